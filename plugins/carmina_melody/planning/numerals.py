"""Roman numerals in a key -> chord symbols, and what the melody models are told of them.

``I``, ``vi7``, ``bVII``, ``V7/ii``, ``iv6``, ``ii°``, ``iiø7``, ``III7``, ``Imaj7``, ``Vsus4``, ``Iadd9``, ``I64``
(its fifth in the bass), ``I/3`` (the third degree in the bass). Degrees are those of the major scale in major; in
minor III, VI and VII are the natural ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from carmina import BadInput, Key
from carmina.theory import PitchName, tonic_fifths

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7}
_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_NATURAL = (0, 2, 3, 5, 7, 8, 10)
_NUMERAL = re.compile(
    r"([b#]?)(VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i)(°7|ø7|°|\+|maj7|7sus4|sus4|sus2|add9|9|7|6(?!4))?(64)?(?:/(.+))?"
)
_DEGREE = re.compile(r"([b#]?)([1-7])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A chord as semitones above the tonic."""

    root: int  # 0..11
    suffix: str  # as printed after the root, e.g. "m7"
    bass: int | None = None  # 0..11 above the tonic; None: the root

    @property
    def known(self) -> int:
        """The nearest chord that the melody models know: root * 4 + quality."""
        if self.suffix.startswith(("dim", "m7b5")):
            return self.root * 4 + 3
        if self.suffix.startswith("m") and not self.suffix.startswith("maj"):
            return self.root * 4 + 1
        return self.root * 4 + 2 * (self.suffix == "7")

    def symbol(self, key: Key) -> str:
        """As a lead sheet prints it, spelt as the key is."""
        name = _letter(self.root, key, sharp=self.suffix.startswith(("dim", "m7b5")))
        return name + self.suffix + ("" if self.bass is None else "/" + _letter(self.bass, key))


def read(text: str, mode: str) -> Numeral:
    """A numeral -> its chord; raises ``BadInput``."""
    found = _NUMERAL.fullmatch(text)
    if not found:
        raise BadInput(f"{text!r} is no Roman numeral; e.g. I, vi, V7, bVII, ii°, V7/ii, I64. Mend it in the plan.")
    accidental, roman, kind, six_four, over = found.groups()
    root = _above(accidental, _ROMAN[roman.upper()], mode, raised=kind in ("°", "°7") and roman == "vii")
    suffix = _suffix(roman, kind or "")
    if over and (bass := _DEGREE.fullmatch(over)):
        return Numeral(root, suffix, _above(bass[1], int(bass[2]), mode))
    if over:
        target = read(over, mode)
        return Numeral((_above(accidental, _ROMAN[roman.upper()], "major") + target.root) % 12, suffix)
    return Numeral(root, suffix, (root + 7) % 12 if six_four else None)


def _above(accidental: str, degree: int, mode: str, raised: bool = False) -> int:
    """Semitones above the tonic. A flat is taken from the major scale, so that bVII is the same chord in both modes."""
    scale = _MAJOR if mode == "major" or accidental or raised else _NATURAL
    return (scale[degree - 1] + {"": 0, "b": -1, "#": 1}[accidental]) % 12


def _suffix(roman: str, kind: str) -> str:
    if kind in ("°", "°7"):
        return "dim" + kind[1:]
    if kind == "ø7":
        return "m7b5"
    if kind == "+":
        return "aug"
    return ("m" if roman.islower() else "") + kind


_FIFTHS = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)  # semitones above the tonic -> fifths from it


def _letter(above: int, key: Key, sharp: bool = False) -> str:
    fifths = _FIFTHS[above % 12]
    if sharp and fifths < -3:
        fifths += 12
    place = tonic_fifths(key) + fifths
    while place > 12:
        place -= 12
    while place < -8:
        place += 12
    return str(PitchName.at(place))
