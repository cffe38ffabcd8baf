"""The cheapest way to say one line in feet of one kind: a search over readings of words and kinds of feet.

The costs follow what metrists count as ordinary (Attridge 1982; Hanson and Kiparsky 1996): stress of a long word on a
weak place is the worst, an inverted foot is ordinary where a line or a phrase begins, a full word of one syllable may
stand weak, a small one strong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .saying import sayings, words_and_pauses

# the places of each kind of foot, and of the feet that may stand for it: places -> (cost, what it is called)
FEET: dict[str, dict[str, tuple[float, str]]] = {
    "iambic": {"-+": (0.0, ""), "+-": (0.5, "inverted foot"), "--+": (1.0, "anapaest for iamb")},
    "trochaic": {"+-": (0.0, ""), "-+": (0.9, "inverted foot"), "+--": (1.0, "dactyl for trochee")},
    "anapaestic": {"--+": (0.0, ""), "-+": (0.35, "iamb for anapaest")},
    "dactylic": {"+--": (0.0, ""), "+-": (0.5, "trochee for dactyl")},
}
RISING = ("iambic", "anapaestic")
LENGTHENING = ("anapaest for iamb", "dactyl for trochee")
HEAVY = "heavy "  # with a full word on a weak place, or with three weak places between two beats
PRESSED = "promotion beside a stress"  # glittering sense bright: no reader hears a beat on -ing there
INVERTED, WRENCHED = "inverted foot", "wrenched foot"  # wrenched: of one long word, after a beat and without a pause
MOST_FEET = 8
MOST_WORDS = 40
WHOLE = "whole last foot"  # of a falling metre whose lines otherwise lack the end of theirs
AVOIDED = 99.0
CLASH = 3.3  # a long word's stress on a weak place
PROMOTED, SECONDARY = 0.45, 0.5  # its weak syllable on a strong one; its second stress on a weak one
CROWDED = 0.5  # a third weak syllable between two beats
FULL_WEAK, SMALL_STRONG = 0.55, 0.4  # words of one syllable
STRESSED_FIRST = (0.7, 1.3)  # of an anapaest where the line begins, and elsewhere
FEMININE, HEADLESS, CATALECTIC, MIDLINE, WRENCH = 0.4, 0.8, 0.0, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Sound:
    """One syllable of a line as said."""

    stress: str  # 0, 1, 2
    alone: bool  # a word of one syllable
    full: bool  # of a content word
    opens: bool  # a phrase begins here: the line's start, or after a mark


@dataclass(frozen=True, slots=True)
class Reading:
    """One line in one metre."""

    cost: float
    feet: int
    licences: tuple[str, ...]
    stresses: tuple[str, ...]  # of each word, as said
    places: str  # strong (+) and weak (-)


def read_line(
    language: Any, text: str, only: str = "", avoided: tuple[str, ...] = ()
) -> dict[tuple[str, int], Reading]:
    """(metre, number of feet) -> the cheapest reading (``only``: in one metre; without the licences ``avoided``, where
    it can be); nothing for a line without words."""
    words, opens = words_and_pauses(language, text)
    if not words or len(words) > MOST_WORDS:
        return {}
    full = [bool(said and said[-1].content) for said in language.syllabify(words)]
    best: dict[tuple[str, int], Reading] = {}
    for rarity, choice in sayings(language, words, opens, full):
        sounds = [
            Sound(digit, len(way) == 1, full[at], not place and at in opens)
            for at, way in enumerate(choice)
            for place, digit in enumerate(way)
        ]
        for metre in (only,) if only else FEET:
            for feet, (cost, licences, places) in _walk(sounds, metre).items():
                key = metre, feet
                dear = AVOIDED * any(takes(licences, kind) for kind in avoided)
                if key not in best or cost + rarity + dear < best[key].cost - 1e-9:
                    best[key] = Reading(cost + rarity + dear, feet, licences, choice, places)
    return best


def takes(licences: Sequence[str], kind: str | tuple[str, ...]) -> bool:
    """Whether a line takes a licence of a kind, or of one of several."""
    if kind == WHOLE:
        return "catalectic" not in licences
    return any(licence.startswith(kind) for licence in licences)


State = tuple[float, tuple[str, ...], str]


def _walk(sounds: Sequence[Sound], metre: str) -> dict[int, State]:
    """Number of feet -> (cost, licences, places) of the cheapest way to fill them."""
    count = len(sounds)
    reached: list[dict[int, State]] = [{} for _ in range(count + 1)]
    reached[0] = {0: (0.0, (), "")}
    if metre in RISING and sounds[0].stress != "0":
        reached[1] = {1: (HEADLESS + _at(sounds[0], "+"), ("headless",), "+")}
    for at in range(count):
        for feet, state in reached[at].items():
            if feet >= MOST_FEET:
                continue
            for places, (cost, name) in FEET[metre].items():
                end = at + len(places)
                if end <= count:
                    own = sounds[at:end]
                    total = cost + _foot(own, places, metre, at)
                    if name == INVERTED and at and not sounds[at].opens:
                        wrenched = any(s.stress == "1" and not s.alone for s in own)
                        total += MIDLINE + WRENCH * wrenched
                        name = WRENCHED if wrenched else name
                    crowded = "---" in state[2][-2:] + places
                    total += CROWDED * crowded
                    if name in LENGTHENING and (
                        crowded or any(_full(s) for s, p in zip(own, places, strict=True) if p == "-")
                    ):
                        name = HEAVY + name
                    names = [name, PRESSED if _pressed(sounds, at, places) else ""]
                    _keep(reached[end], feet + 1, state, total, [f"{n} {feet + 1}" for n in names if n], places)
            if metre not in RISING:  # the last foot may lack its weak places
                _short(reached[count], sounds[at:], feet, state)
    found = dict(reached[count])
    if metre in RISING and count > 1 and (sounds[-1].stress != "1" or sounds[-1].alone):
        for feet, state in reached[count - 1].items():
            if feet:
                _keep(found, feet, state, FEMININE + _at(sounds[-1], "-"), ["feminine ending"], "-")
    return found


def _short(into: dict[int, State], rest: Sequence[Sound], feet: int, state: State) -> None:
    if len(rest) == 1:
        _keep(into, feet + 1, state, CATALECTIC + _at(rest[0], "+"), ["catalectic"], "+")


def _keep(into: dict[int, State], feet: int, state: State, cost: float, names: Sequence[str], places: str) -> None:
    total = state[0] + cost
    if feet and (feet not in into or total < into[feet][0]):
        into[feet] = total, (*state[1], *names), state[2] + places


def _pressed(sounds: Sequence[Sound], at: int, places: str) -> bool:
    """Whether a beat falls on a weak syllable of a long word beside a full word that bears none, without a pause."""
    for n, place in enumerate(places, at):
        if place == "+" and sounds[n].stress == "0" and not sounds[n].alone:
            after = n + 1 < len(sounds) and not sounds[n + 1].opens and sounds[n + 1]
            before = n and not sounds[n].opens and sounds[n - 1]
            if any(other and other.alone and other.full for other in (before, after)):
                return True
    return False


def _foot(own: Sequence[Sound], places: str, metre: str, at: int) -> float:
    """What the syllables of one foot cost on its places. The first of an anapaest may be stressed (*Never fear*): most
    easily where the line begins."""
    costs = [_at(s, p) for s, p in zip(own, places, strict=True)]
    if metre == "anapaestic" and places == "--+":
        costs[0] = min(costs[0], STRESSED_FIRST[bool(at)])
    return sum(costs)


def _full(sound: Sound) -> bool:
    """Whether a syllable is too heavy to slip into a foot beside another weak one."""
    return sound.full if sound.alone else sound.stress != "0"


def _at(sound: Sound, place: str) -> float:
    """What it costs that a syllable stands on a strong or a weak place."""
    if place == "+":
        if sound.alone:
            return 0.0 if sound.full else SMALL_STRONG
        return {"1": 0.0, "2": 0.1}.get(sound.stress, PROMOTED)
    if sound.alone:
        return FULL_WEAK if sound.full else 0.0
    return {"1": CLASH, "2": SECONDARY}.get(sound.stress, 0.0)
