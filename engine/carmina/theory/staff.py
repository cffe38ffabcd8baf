"""Where a pitch stands on a staff."""

from __future__ import annotations

from ..works import Clef

_STEPS = (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)  # letters above C, by semitones, as flats
_REFERENCE = {"G": 32, "F": 24, "C": 28, "percussion": 34}  # the letter that the sign names, counted from C0
MOST_LEDGERS = 5  # that a page should ever show


def ledger_lines(clef: Clef, pitch: int) -> int:
    """How many ledger lines a MIDI pitch needs, above or below; 0 on the staff and next to it."""
    middle = _REFERENCE[clef.sign] + 2 * (3 - clef.line) + 7 * clef.octaves
    letter = 7 * (pitch // 12 - 1) + _STEPS[pitch % 12]
    return max(0, (abs(letter - middle) - 4) // 2)
