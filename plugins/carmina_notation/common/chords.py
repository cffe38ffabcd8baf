"""Chord symbols as people print them <-> what MusicXML says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from carmina.theory import NATURALS, ChordSymbol, ChordTone, PitchName, is_no_chord, read_chord

# Kind of MusicXML -> the suffix that says it; of kinds that fit a chord equally well, the first is written.
_KINDS = {
    "major": "",
    "minor": "m",
    "dominant": "7",
    "major-seventh": "maj7",
    "minor-seventh": "m7",
    "major-minor": "mM7",
    "diminished": "dim",
    "diminished-seventh": "dim7",
    "half-diminished": "m7b5",
    "augmented": "aug",
    "augmented-seventh": "7#5",
    "suspended-fourth": "sus4",
    "suspended-second": "sus2",
    "major-sixth": "6",
    "minor-sixth": "m6",
    "dominant-ninth": "9",
    "major-ninth": "maj9",
    "minor-ninth": "m9",
    "dominant-11th": "11",
    "major-11th": "maj11",
    "minor-11th": "m11",
    "dominant-13th": "13",
    "major-13th": "maj13",
    "minor-13th": "m13",
    "power": "5",
}


class Degree(NamedTuple):
    """What a symbol adds to its kind, alters in it or leaves out of it, as MusicXML's ``degree``."""

    value: int
    alter: int = 0  # add: from a dominant chord's degree; alter: from the kind's
    type: str = "add"


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord symbol taken apart. ``kind`` is ``other`` where the symbol is not understood, ``none`` for no chord."""

    kind: str
    suffix: str  # as printed after the root
    root: tuple[str, int] | None = None  # step, alteration
    bass: tuple[str, int] | None = None
    degrees: tuple[Degree, ...] = ()


def parse(symbol: str) -> Harmony:
    """A printed symbol -> its parts; one that is not understood is kept whole as the suffix."""
    plain = symbol.strip()
    if is_no_chord(plain):
        return Harmony("none", plain)
    read = read_chord(plain)
    if read is None:
        return Harmony("other", plain)
    kind, degrees = _kind(read.tones)
    return Harmony(kind, read.suffix, read.root, read.bass, degrees)


def _kind_tones(kind: str) -> dict[int, int]:
    read = read_chord("C" + _KINDS[kind])
    assert isinstance(read, ChordSymbol)
    return dict(read.tones)


@lru_cache(maxsize=512)
def _kind(tones: tuple[ChordTone, ...]) -> tuple[str, tuple[Degree, ...]]:
    """The kind from which the fewest changes lead to these tones, and the changes."""
    found = {kind: _changes(_kind_tones(kind), tones) for kind in _KINDS}
    best = min(found, key=lambda kind: len(found[kind]))
    return best, found[best]


def _changes(kind: dict[int, int], tones: Sequence[ChordTone]) -> tuple[Degree, ...]:
    wanted: dict[int, list[int]] = {}
    for degree, alter in tones:
        wanted.setdefault(degree, []).append(alter)
    found = [Degree(degree, 0, "subtract") for degree in kind if degree not in wanted]
    for degree, alters in wanted.items():
        if degree in kind and kind[degree] not in alters:
            first, *alters = alters
            found.append(Degree(degree, first - kind[degree], "alter"))
        dominant = -1 if degree == 7 else 0
        found += [Degree(degree, alter - dominant) for alter in alters if kind.get(degree) != alter]
    return tuple(sorted(found))


_LETTERS = "CDEFGAB"
_ABOVE = {
    0: 0,
    1: 1,
    2: 1,
    3: 2,
    4: 2,
    5: 3,
    6: 4,
    7: 4,
    8: 4,
    9: 6,
    10: 6,
    11: 6,
}  # semitones above the root -> letters above it


def tone_spelt(harmony: Harmony, pitch_class: int) -> tuple[str, int] | None:
    """How a chord's tone is written, (step, alteration): the third of F# is A#; None where that would take a double
    sign.

    A sixth chord's sixth and an augmented second are left to the key.
    """
    if harmony.root is None or harmony.kind == "none":
        return None
    letter, alter = harmony.root
    above = (pitch_class - NATURALS[letter] - alter) % 12
    if (
        above in (1, 2, 5)
        or above == 9
        and harmony.kind != "diminished-seventh"
        or above == 8
        and "augmented" not in harmony.kind
    ):
        return None
    place = (_LETTERS.index(letter) + _ABOVE[above]) % 7
    needed = (pitch_class - NATURALS[_LETTERS[place]] + 6) % 12 - 6
    return (_LETTERS[place], needed) if abs(needed) <= 1 else None


def printed(harmony: Harmony, shown: Sequence[Degree] = ()) -> str:
    """The parts -> a symbol. ``shown``: the degrees that a page prints beside the kind."""
    if harmony.root is None or harmony.kind == "none":
        return harmony.suffix or "N.C."
    suffix = harmony.suffix or _KINDS.get(harmony.kind, "")
    bass = f"/{PitchName(*harmony.bass)}" if harmony.bass else ""
    return f"{PitchName(*harmony.root)}{suffix}{''.join(map(_degree_text, shown))}{bass}"


def _degree_text(degree: Degree) -> str:
    sign = "#" * degree.alter if degree.alter > 0 else "b" * -degree.alter
    if degree.type == "subtract":
        return f"(no{degree.value})"
    return f"({sign}{degree.value})" if sign else f"(add{degree.value})"
