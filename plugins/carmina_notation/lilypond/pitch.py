"""LilyPond's note names in four languages, absolute and relative octaves, and durations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

STEPS = (0, 2, 4, 5, 7, 9, 11)  # semitones of c d e f g a b
_LATIN = ("do", "re", "mi", "fa", "sol", "la", "si")
_DURATION = r"(?:\d{1,3}|\\breve|\\longa)\.{0,4}(?:\*\d{1,4}(?:/\d{1,4})?){0,3}"
DURATION = re.compile(_DURATION)


@dataclass(frozen=True, slots=True)
class Tone:
    """A written pitch: step 0 (c) .. 6 (b), semitones altered, octave (4 begins at middle C)."""

    step: int
    alter: int
    octave: int

    @property
    def pitch(self) -> int:
        return 12 * (self.octave + 1) + STEPS[self.step] + self.alter

    def near(self, step: int, alter: int, octaves: int) -> Tone:
        """The tone of that step at most a fourth away, then moved by octaves."""
        octave = self.octave + (1 if step - self.step < -3 else -1 if step - self.step > 3 else 0)
        return Tone(step, alter, octave + octaves)


@cache
def names(language: str) -> Mapping[str, tuple[int, int]]:
    """Name -> (step, alteration)."""
    found: dict[str, tuple[int, int]] = {}
    for step, letter in enumerate("cdefgab"):
        if language in ("italiano", "italian", "espanol", "español", "français", "portugues", "catalan"):
            sharp, flat = ("s", "b") if language.startswith("esp") else ("d", "b")
            for alter, mark in ((0, ""), (1, sharp), (2, 2 * sharp), (-1, flat), (-2, 2 * flat)):
                found[_LATIN[step] + mark] = step, alter
        elif language == "english":
            for alter, marks in ((0, ("",)), (1, ("s", "sharp")), (2, ("ss", "x")), (-1, ("f", "flat")), (-2, ("ff",))):
                found |= {letter + mark: (step, alter) for mark in marks}
        else:
            plain = "h" if language == "deutsch" and letter == "b" else letter
            for alter, mark in ((0, ""), (1, "is"), (2, "isis"), (-1, "es"), (-2, "eses")):
                found[plain + mark] = step, alter
    if "c" in found and language != "english":
        found |= {"es": (2, -1), "eses": (2, -2), "as": (5, -1), "ases": (5, -2)}
    if language == "deutsch":
        found |= {"b": (6, -1), "bes": (6, -1)}
    return found


@cache
def note_pattern(language: str) -> re.Pattern[str]:
    """A note word: name, octave marks, duration, and what hangs on it."""
    known = "|".join(sorted(names(language), key=len, reverse=True))
    return re.compile(
        rf"(?P<name>{known}|[rRsq])(?P<marks>[',]*)[!?]*(?P<length>{_DURATION})?(?P<rest>[()\[\]~|^_\-.:>+\d!?]*)"
    )


def duration(text: str) -> Fraction:
    """``4.``, ``2*3/4``, ``1`` -> of a whole note; raises ZeroDivisionError never: a zero counts as 1."""
    base, *factors = text.split("*")
    plain = base.rstrip(".")
    length = {"\\breve": Fraction(2), "\\longa": Fraction(4)}.get(plain) or Fraction(1, max(1, int(plain)))
    length *= 2 - Fraction(1, 2 ** (len(base) - len(plain)))
    for factor in factors:
        above, _, below = factor.partition("/")
        length *= Fraction(int(above), max(1, int(below or 1)))
    return length


def octaves(marks: str) -> int:
    """Octaves up that ``'`` and ``,`` ask for."""
    return min(marks.count("'"), 9) - min(marks.count(","), 9)
