"""Names of pitches: a letter and its alteration, in English and in German."""

from __future__ import annotations

import re
from typing import NamedTuple

LINE_OF_FIFTHS = "FCGDAEB"  # each letter a fifth above the one before; F is -1, C is 0
NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}  # semitones above C
_SIGNS = {"#": 1, "♯": 1, "b": -1, "♭": -1, "x": 2, "𝄪": 2, "𝄫": -2}
_ENDINGS = {"": 0, "is": 1, "isis": 2, "es": -1, "eses": -2, "s": -1, "ses": -2}

# "As" and "Es" are A flat and E flat, but "Asus4" is a suspended A
ENGLISH_NAME = r"[A-GH](?:##|♯♯|x|bb(?![0-9])|♭♭|𝄪|𝄫|[#♯b♭])?"
GERMAN_NAME = r"(?:[CDFGHAE](?:isis|is)|[CDFGHB](?:eses|es)|[AE](?:ses|s)(?!us))"
_NAME = re.compile(rf"({GERMAN_NAME})|({ENGLISH_NAME})")


class PitchName(NamedTuple):
    """A note without its octave, e.g. ``PitchName("B", -1)``: B flat."""

    step: str  # C, D, E, F, G, A or B
    alter: int = 0  # semitones: sharps above 0, flats below

    @property
    def pitch_class(self) -> int:
        """0 (C) .. 11."""
        return (NATURALS[self.step] + self.alter) % 12

    @property
    def fifths(self) -> int:
        """Its place on the line of fifths: C is 0, G is 1, F is -1, B flat is -2."""
        return LINE_OF_FIFTHS.index(self.step) - 1 + 7 * self.alter

    @classmethod
    def at(cls, fifths: int) -> PitchName:
        """The name at a place of the line of fifths."""
        return cls(LINE_OF_FIFTHS[(fifths + 1) % 7], (fifths + 1) // 7)

    def __str__(self) -> str:
        return self.step + ("#" * self.alter if self.alter > 0 else "b" * -self.alter)


def read_pitch_name(text: str, german: bool = False) -> tuple[PitchName, int] | None:
    """The name that a text begins with, and how many of its characters it takes; ``None`` where it begins with none.

    ``H`` is B natural. ``B`` is B natural too, and B flat where the text around it is ``german``.
    """
    found = _NAME.match(text)
    if not found:
        return None
    if found[1]:
        letter, ending = found[1][0], found[1][1:]
        return PitchName("B" if letter == "H" else letter, _ENDINGS[ending]), found.end()
    letter, signs = found[2][0], found[2][1:]
    alter = sum(_SIGNS[sign] for sign in signs)
    if letter == "H":
        letter = "B"
    elif letter == "B" and german and not signs:
        alter = -1
    return PitchName(letter, alter), found.end()
