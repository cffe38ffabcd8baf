"""Chord symbols as people print them <-> what MusicXML says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SYMBOL = re.compile(r"([A-G])([#b♯♭]?)(.*?)(?:/([A-G])([#b♯♭]?))?")
_ALTERS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}

# Printed suffix -> kind of MusicXML, and degrees (number, alteration) added to it.
_KINDS: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
for _kind, _suffixes in {
    "major": ("", "maj", "M", "major"),
    "minor": ("m", "min", "-", "minor"),
    "dominant": ("7", "dom7"),
    "major-seventh": ("maj7", "M7", "Maj7", "Δ", "Δ7", "ma7"),
    "minor-seventh": ("m7", "min7", "-7"),
    "major-minor": ("mM7", "m(maj7)", "mMaj7", "mmaj7"),
    "diminished": ("dim", "°", "o"),
    "diminished-seventh": ("dim7", "°7", "o7"),
    "half-diminished": ("m7b5", "ø", "ø7", "m7(b5)", "m7♭5"),
    "augmented": ("aug", "+"),
    "augmented-seventh": ("7#5", "+7", "aug7", "7(#5)"),
    "suspended-fourth": ("sus4", "sus"),
    "suspended-second": ("sus2",),
    "major-sixth": ("6", "maj6"),
    "minor-sixth": ("m6", "min6"),
    "dominant-ninth": ("9",),
    "major-ninth": ("maj9", "M9"),
    "minor-ninth": ("m9", "min9"),
    "dominant-11th": ("11",),
    "minor-11th": ("m11",),
    "dominant-13th": ("13",),
    "major-13th": ("maj13",),
    "minor-13th": ("m13",),
    "power": ("5",),
}.items():
    for _suffix in _suffixes:
        _KINDS[_suffix] = (_kind, ())
_KINDS |= {
    "add9": ("major", ((9, 0),)),
    "(add9)": ("major", ((9, 0),)),
    "add2": ("major", ((2, 0),)),
    "madd9": ("minor", ((9, 0),)),
    "m(add9)": ("minor", ((9, 0),)),
    "add4": ("major", ((4, 0),)),
    "6/9": ("major-sixth", ((9, 0),)),
    "69": ("major-sixth", ((9, 0),)),
    "7sus4": ("suspended-fourth", ((7, 0),)),
    "7sus": ("suspended-fourth", ((7, 0),)),
    "9sus4": ("suspended-fourth", ((7, 0), (9, 0))),
    "7b9": ("dominant", ((9, -1),)),
    "7#9": ("dominant", ((9, 1),)),
    "7#11": ("dominant", ((11, 1),)),
}
_SUFFIXES = {}
for _suffix, (_kind, _degrees) in _KINDS.items():
    if not _degrees:
        _SUFFIXES.setdefault(_kind, _suffix)


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord symbol taken apart. ``kind`` is ``other`` where the symbol is not understood, ``none`` for no chord."""

    kind: str
    suffix: str  # as printed after the root
    root: tuple[str, int] | None = None  # step, alteration
    bass: tuple[str, int] | None = None
    degrees: tuple[tuple[int, int], ...] = ()


def parse(symbol: str) -> Harmony:
    """A printed symbol -> its parts; one that is not understood is kept whole as the suffix."""
    plain = symbol.strip()
    if plain.upper() in ("N.C.", "NC", "N.C"):
        return Harmony("none", plain)
    match = _SYMBOL.fullmatch(plain)
    if match and match[3] in _KINDS:
        kind, degrees = _KINDS[match[3]]
        bass = (match[4], _ALTERS[match[5]]) if match[4] else None
        return Harmony(kind, match[3], (match[1], _ALTERS[match[2]]), bass, degrees)
    return Harmony("other", plain)


_LETTERS = "CDEFGAB"
_NATURALS = (0, 2, 4, 5, 7, 9, 11)
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
    """How a chord's tone is written, (step, alteration): the third of F# is A#; None where that would take a double sign.

    A sixth chord's sixth and an augmented second are left to the key.
    """
    if harmony.root is None:
        return None
    letter, alter = harmony.root
    above = (pitch_class - _NATURALS[_LETTERS.index(letter)] - alter) % 12
    if (
        above in (1, 2, 5)
        or above == 9
        and harmony.kind != "diminished-seventh"
        or above == 8
        and "augmented" not in harmony.kind
    ):
        return None
    place = (_LETTERS.index(letter) + _ABOVE[above]) % 7
    needed = (pitch_class - _NATURALS[place] + 6) % 12 - 6
    return (_LETTERS[place], needed) if abs(needed) <= 1 else None


def printed(harmony: Harmony) -> str:
    """The parts -> a symbol."""
    if harmony.root is None:
        return harmony.suffix or "N.C."
    suffix = harmony.suffix or _SUFFIXES.get(harmony.kind, "")
    bass = "/" + _letter(harmony.bass) if harmony.bass else ""
    return _letter(harmony.root) + suffix + bass


def _letter(tone: tuple[str, int]) -> str:
    return tone[0] + ("#" * tone[1] if tone[1] > 0 else "b" * -tone[1])
