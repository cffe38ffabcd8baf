"""Which spoken sounds belong to which sung syllable, whether or not speech has as many vowels as the song has
syllables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .speech import VOWELS, Sound

_WEAK = frozenset("əɪɐᵻɘɨ")
_OPENNESS = {**dict.fromkeys("aɑæɐɶ", 4), **dict.fromkeys("ɛɔʌɜœɒ", 3), **dict.fromkeys("eoəɤøɚɝɘɵ", 2)}  # the rest: 1
_HOLD = (0.3, 0.7)  # of a vowel: where it may be held
_LED = 0.7  # of what leads to the most open part of a vowel


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sounds of one syllable: (start, end) in seconds of the speech."""

    onset: tuple[tuple[float, float], ...]  # consonants before the vowel
    vowel: tuple[float, float]
    hold: float  # the moment within the vowel that a long note rests on
    coda: tuple[tuple[float, float], ...]  # consonants after it that end the word


def aligned(sounds: Sequence[Sound], words: Sequence[tuple[int, int]]) -> list[Spoken]:
    """One :class:`Spoken` for each syllable of the words (place in the text, syllables), in order.

    Words that speech runs together are taken together; so is a word without any sound with the one before it.
    """
    places = [place for place, _ in words]
    heard: list[list[Sound]] = [[] for _ in words]
    for sound in sounds:
        if sound.name:
            heard[max(0, bisect_right(places, sound.place) - 1)].append(sound)
    found: list[Spoken] = []
    for group in _groups(heard):
        found += _word([sound for index in group for sound in heard[index]], sum(words[index][1] for index in group))
    return found


def _groups(heard: Sequence[Sequence[Sound]]) -> list[list[int]]:
    """Indices of words, those without a vowel joined to the one before (or after, at the beginning)."""
    groups: list[list[int]] = []
    for index, sounds in enumerate(heard):
        silent = not any(sound.vowel for sound in sounds)
        if groups and (silent or not any(s.vowel for i in groups[-1] for s in heard[i])):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _word(sounds: Sequence[Sound], count: int) -> list[Spoken]:
    sounds = list(sounds) or [Sound("ə", 0.0, 0.05, 0)]
    vowels = _vowels(sounds, count)
    found, before = [], 0
    for place, (index, (start, end), hold) in enumerate(vowels):
        opens = start + _glide(sounds[index].name) * (end - start) if index >= before else start
        onset = tuple((s.start, s.end) for s in sounds[before:index]) + (((start, opens),) if opens > start else ())
        vowel = opens, end
        before = index + 1
        ends = place == len(vowels) - 1
        coda = tuple((s.start, s.end) for s in sounds[before:]) if ends else ()
        found.append(Spoken(onset, vowel, hold, coda))
    return found


def _vowels(sounds: Sequence[Sound], count: int) -> list[tuple[int, tuple[float, float], float]]:
    """(index, stretch, hold) of the vowels that ``count`` syllables rest on.

    Too many: the weakest pass as consonants. Too few: the longest are cut in two, as in "fire" on two notes. None: the
    longest sound is taken for one.
    """
    indices = [i for i, sound in enumerate(sounds) if sound.vowel] or [
        max(range(len(sounds)), key=lambda i: sounds[i].end - sounds[i].start)
    ]
    while len(indices) > count:
        indices.remove(min(indices, key=lambda i: _weight(sounds[i])))
    pieces = [(i, sounds[i]) for i in indices]
    while len(pieces) < count:
        longest = max(range(len(pieces)), key=lambda p: pieces[p][1].end - pieces[p][1].start)
        index, sound = pieces[longest]
        middle = (sound.start + sound.end) / 2
        pieces[longest : longest + 1] = [(index, replace(sound, end=middle)), (index, replace(sound, start=middle))]
    return [(index, (s.start, s.end), s.start + _hold(s.name) * (s.end - s.start)) for index, s in pieces]


def _weight(sound: Sound) -> float:
    return (sound.end - sound.start) * (0.4 if set(sound.name) & VOWELS <= _WEAK else 1.0)


def _hold(name: str) -> float:
    """Where in a vowel, 0..1, its most open part lies."""
    place, count = _peak(name)
    return min(max((place + 0.5) / count, _HOLD[0]), _HOLD[1])


def _glide(name: str) -> float:
    """How much of a vowel, 0..1, leads to its most open part, as the u of "uo": sung before the beat, as consonants
    are."""
    place, count = _peak(name)
    return _LED * place / count


def _peak(name: str) -> tuple[int, int]:
    """The place of the most open letter among the vowels of a name, and how many they are."""
    letters = [letter for letter in name if letter in VOWELS] or ["ə"]
    return max(range(len(letters)), key=lambda i: _OPENNESS.get(letters[i], 1)), len(letters)
