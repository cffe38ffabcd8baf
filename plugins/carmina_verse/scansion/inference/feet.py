"""The cheapest way to say one line in feet of one kind: a search over readings of words and kinds of feet.

The costs follow what metrists count as ordinary (Attridge 1982; Hanson and Kiparsky 1996): stress of a long word on a
weak place is the worst, an inverted foot is ordinary where a line or a phrase begins, a full word of one syllable may
stand weak, a small one strong.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..english import FIGURE, WORD, run_together, said_as

# the places of each kind of foot, and of the feet that may stand for it: places -> (cost, what it is called)
FEET: dict[str, dict[str, tuple[float, str]]] = {
    "iambic": {"-+": (0.0, ""), "+-": (0.5, "inverted foot"), "--+": (1.0, "anapaest for iamb")},
    "trochaic": {"+-": (0.0, ""), "-+": (0.9, "inverted foot"), "+--": (1.0, "dactyl for trochee")},
    "anapaestic": {"--+": (0.0, ""), "-+": (0.35, "iamb for anapaest")},
    "dactylic": {"+--": (0.0, ""), "+-": (0.5, "trochee for dactyl")},
}
RISING = ("iambic", "anapaestic")
LENGTHENING, HEAVY = ("anapaest for iamb", "dactyl for trochee"), "heavy "  # heavy: with a full word on a weak place
INVERTED, WRENCHED = "inverted foot", "wrenched foot"  # wrenched: of one long word, after a beat and without a pause
MOST_FEET = 8
MOST_READINGS = 96
WHOLE = "whole last foot"  # of a falling metre whose lines otherwise lack the end of theirs
AVOIDED = 99.0
LEANING = frozenset("upon into unto within without".split())  # whose stress hardly sounds
CLASH, PROMOTED, SECONDARY = (
    3.3,
    0.45,
    0.5,
)  # a long word's stress on a weak place; its weak syllable, its second stress
FULL_WEAK, SMALL_STRONG = 0.55, 0.4  # words of one syllable
ELISION, ELIDED, MOST_MEETINGS = 0.5, 0.6, 4  # of vowels that meet; of a word that verse alone makes shorter
MELTING = ("IY0", "OW0", "AH0", "UW0", "IY1", "UW1")  # many a, shadow of, the air, to obey; he is
STRESSED_FIRST = (0.7, 1.3)  # of an anapaest where the line begins, and elsewhere
RARE_READING, FEMININE, HEADLESS, CATALECTIC, MIDLINE, WRENCH = 0.45, 0.4, 0.8, 0.0, 0.7, 0.5
_LEVEL = re.compile(r"(?:un|over|under|out|up|down|fore|mid|where|there|here)[a-z]{3,}")  # of two stresses either leads
_PIECE = re.compile(rf"{WORD.pattern}|{FIGURE.pattern}|[^\w\s]")
_PAUSE = frozenset(',;:.!?—–()"“”…')


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


def words_and_pauses(language: Any, text: str) -> tuple[list[str], set[int]]:
    """(the words of a line, which of them begin a phrase)."""
    words: list[str] = []
    opens = {0}
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text).replace("-", " ").replace("—", " — ")):
        if piece in _PAUSE:
            opens.add(len(words))
        elif any(map(str.isalpha, piece)) or FIGURE.fullmatch(piece):
            words += said_as(language, piece)
    return words, opens


def read_line(
    language: Any, text: str, only: str = "", avoided: tuple[str, ...] = ()
) -> dict[tuple[str, int], Reading]:
    """(metre, number of feet) -> the cheapest reading (``only``: in one metre; without the licences ``avoided``, where
    it can be); nothing for a line without words."""
    words, opens = words_and_pauses(language, text)
    ways = [_ways(language, word) for word in words]
    if not words or not all(ways) or len(words) > 40:
        return {}
    full = [bool(said and said[-1].content) for said in language.syllabify(words)]
    meetings = [at for at in range(len(words) - 1) if at + 1 not in opens and _meet(language, *words[at : at + 2])]
    best: dict[tuple[str, int], Reading] = {}
    for rarity, choice in _run_on(_choices(ways), meetings[:MOST_MEETINGS]):
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


def takes(licences: Sequence[str], kind: str) -> bool:
    """Whether a line takes a licence of a kind."""
    if kind == WHOLE:
        return "catalectic" not in licences
    return any(licence.startswith(kind) for licence in licences)


def _meet(language: Any, word: str, following: str) -> bool:
    """Whether the vowel that ends a word and the one that begins the next may be one syllable: *many a*, *the air*,
    *to obey*; where the language itself says so, they are."""
    if language.synalepha(word, following):
        return True
    if not hasattr(language, "phonemes"):
        return False
    ends, begins = language.phonemes(word)[-1:], language.phonemes(following)[:1]
    return bool(ends and begins) and ends[0] in MELTING and begins[0][-1:].isdigit() and ends[0][-1:].isdigit()


def _run_on(
    choices: Iterator[tuple[float, tuple[str, ...]]], meetings: Sequence[int]
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Each choice of readings as it is, and with one or two meetings of vowels run together."""
    for rarity, choice in choices:
        yield rarity, choice
        for many in (1, 2) if rarity < 2 * RARE_READING else ():
            for places in itertools.combinations(meetings, many):
                if all(choice[at][-1] == "0" or len(choice[at]) == 1 for at in places):
                    yield rarity + ELISION * many, run_together(choice, places)


def _ways(language: Any, word: str) -> list[tuple[str, float]]:
    """Ways to stress a word, each with what it costs to choose it."""
    phones = language.phonemes(word) if hasattr(language, "phonemes") else ()
    best = "".join(phone[-1] for phone in phones if phone[-1].isdigit())
    others = ["".join(str(syllable.stress or 0) for syllable in way) for way in language.pronunciations(word)]
    found = list(dict.fromkeys(led for way in (best, *others) if way for led in _led(word, way)))[:4]
    short = ["".join(str(syllable.stress or 0) for syllable in way) for way in language.elided(word)]
    return [
        *((way, RARE_READING * min(rank, 1)) for rank, way in enumerate(found)),
        *((way, ELIDED) for way in dict.fromkeys(short) if way not in found),
    ]


def _led(word: str, way: str) -> list[str]:
    """Where a word has two stresses as strong as each other (*thereby*, *unborn*, *overcome*), each in the lead."""
    if word in LEANING:
        return [way.replace("1", "2")]
    if way.count("1") > 1:
        return [way[:at].replace("1", "2") + "1" + way[at + 1 :].replace("1", "2") for at in _places(way)]
    if way.count("1") == way.count("2") == 1 and len(way) < 4 and _LEVEL.fullmatch(word):
        return [way, way.translate(_EXCHANGED)]
    return [way]


def _places(way: str) -> list[int]:
    return [at for at, digit in enumerate(way) if digit == "1"]


_EXCHANGED = str.maketrans("12", "21")


def _choices(ways: Sequence[Sequence[tuple[str, float]]]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Readings of a line, those of fewest rare words first."""
    several = [at for at, own in enumerate(ways) if len(own) > 1]
    plain = [own[0][0] for own in ways]
    made = 0
    for rare in range(min(len(several), 3) + 1):
        for places in itertools.combinations(several, rare):
            for picks in itertools.product(*(range(1, len(ways[at])) for at in places)):
                made += 1
                if made > MOST_READINGS:
                    return
                choice = list(plain)
                for at, pick in zip(places, picks, strict=True):
                    choice[at] = ways[at][pick][0]
                yield sum(ways[at][pick][1] for at, pick in zip(places, picks, strict=True)), tuple(choice)


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
                    if name in LENGTHENING and any(_full(s) for s, p in zip(own, places, strict=True) if p == "-"):
                        name = HEAVY + name
                    _keep(reached[end], feet + 1, state, total, name and f"{name} {feet + 1}", places)
            if metre not in RISING:  # the last foot may lack its weak places
                _short(reached[count], sounds[at:], feet, state)
    found = dict(reached[count])
    if metre in RISING and count > 1 and (sounds[-1].stress != "1" or sounds[-1].alone):
        for feet, state in reached[count - 1].items():
            if feet:
                _keep(found, feet, state, FEMININE + _at(sounds[-1], "-"), "feminine ending", "-")
    return found


def _short(into: dict[int, State], rest: Sequence[Sound], feet: int, state: State) -> None:
    if len(rest) == 1:
        _keep(into, feet + 1, state, CATALECTIC + _at(rest[0], "+"), "catalectic", "+")


def _keep(into: dict[int, State], feet: int, state: State, cost: float, name: str, places: str) -> None:
    total = state[0] + cost
    if feet and (feet not in into or total < into[feet][0]):
        into[feet] = total, (*state[1], name) if name else state[1], state[2] + places


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
