"""The author's marks on sung syllables: chords, further notes, punctuation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from ..text import letters
from ..works import SheetWord, Syllable

MAX_EXTRA_NOTES = 64  # of one syllable


def marked(words: Iterable[SheetWord], sung_words: Iterable[tuple[Syllable, ...]]) -> list[Syllable]:
    """The line's syllables with the author's marks; marks of a word that cannot be sung pass to its neighbours."""
    out: list[Syllable] = []
    waiting: list[str] = []  # chords of words that are not sung
    for word, syllables in zip(words, sung_words, strict=True):
        waiting += filter(None, [word.chord])
        if syllables:
            out += _with_notes(word.extra_notes, _with_chords(word, syllables, waiting))
            waiting = []
        elif out and word.more_chords:
            out[-1] = replace(out[-1], more_chords=(*out[-1].more_chords, *(name for _, name in word.more_chords)))
        else:
            waiting += (name for _, name in word.more_chords)
        if out and word.after and not (syllables or out[-1].after) or syllables:
            out[-1] = replace(out[-1], after=word.after)
    return out


def _with_chords(word: SheetWord, syllables: Sequence[Syllable], before: Sequence[str]) -> tuple[Syllable, ...]:
    """The syllables of a word with its chords: those ``before`` it on the first, each inside it on the syllable that
    holds its place, those after it while the last is held, as are all but the first of one syllable."""
    if not before and not word.more_chords:
        return tuple(syllables)
    own: list[list[str | None]] = [[] for _ in syllables]
    own[0] += before
    for place, (at, chord) in zip(_places(word, syllables), word.more_chords, strict=True):
        own[place] += [chord] if own[place] or at < letters(word.text) else [None, chord]
    return tuple(
        replace(s, chord=chords[0], more_chords=tuple(filter(None, chords[1:]))) if chords else s
        for s, chords in zip(syllables, own, strict=True)
    )


def _places(word: SheetWord, syllables: Sequence[Syllable]) -> list[int]:
    """For each further chord the syllable that holds its place; by share of the word where a language says it in other
    letters, as it does figures."""
    starts = list(accumulate((letters(s.text) for s in syllables), initial=0))
    whole, told = letters(word.text), starts.pop()
    return [
        max(0, bisect_right(starts, at if told == whole else at * told // max(1, whole)) - 1)
        for at, _ in word.more_chords
    ]


def _with_notes(extra_notes: tuple[int, ...], syllables: tuple[Syllable, ...]) -> list[Syllable]:
    """Each hyphen part's further notes on its syllable; the last part's on the last one when the counts differ."""
    notes = [0] * len(syllables)
    for part, extra in enumerate(extra_notes):
        last = part == len(extra_notes) - 1 or part >= len(syllables)
        at = len(syllables) - 1 if last else part
        notes[at] = min(notes[at] + extra, MAX_EXTRA_NOTES)
    return [replace(s, extra_notes=n) if n else s for s, n in zip(syllables, notes, strict=True)]
