"""What the passes are told of a plan: a piece's guide, and the harmony of its bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from carmina import LinePlan, SectionPlan

from ..passes.vocabulary import UNITS_PER_QUARTER
from .idioms import Idiom
from .numerals import Numeral, read

MAJOR_STEPS = (0, 2, 4, 5, 7, 9, 11)
MINOR_STEPS = (0, 2, 3, 5, 7, 8, 10)


@dataclass(frozen=True, slots=True)
class Guide:
    """What a stretch of a song follows."""

    idiom: Idiom
    pace: float  # units a syllable, rests included
    section: SectionPlan | None = None  # none while the plan is still drawn
    lines: tuple[LinePlan, ...] = ()  # of this stretch
    first_line: int = 0  # in its section, from 0
    first_bar: int = 0
    chords: tuple[tuple[Numeral, ...], ...] = field(default=())  # a bar each, of this stretch
    head: float | None = None  # where a line's first stress should stand, quarters from its first bar line; none: free

    def line(self, index: int) -> LinePlan | None:
        return self.lines[index] if index < len(self.lines) else None

    def cell(self, bar: int) -> str:
        """The rhythm that a bar of this stretch likes, "" where any."""
        cells = self.section.cells if self.section else ()
        return cells[(self.first_bar + bar) % len(cells)] if cells else ""


def guide_of(section: SectionPlan, idiom: Idiom, mode: str, pace: float, first: int, last: int) -> Guide:
    """The guide of lines ``first`` up to ``last`` (not included) of a section; its chords go round where they are
    too few."""
    before = sum(line.bars for line in section.lines[:first])
    bars = sum(line.bars for line in section.lines[first:last])
    read_bars = [tuple(read(text, mode) for text in bar.split()) for bar in section.chords]
    chords = tuple(read_bars[(before + i) % len(read_bars)] for i in range(bars)) if read_bars else ()
    lines = section.lines[first:last]
    return Guide(idiom, pace * UNITS_PER_QUARTER, section, lines, first, before, chords)


def degree_pitch(degree: int, mode: str) -> int:
    """A degree of the scale, 1..7 -> semitones above the tonic."""
    return (MINOR_STEPS if mode == "minor" else MAJOR_STEPS)[degree - 1]


def shares(chords: Sequence[Numeral], start: int, length: int, beat: int) -> list[tuple[int, Numeral]]:
    """(onset in units, chord) of the chords that share a bar: evenly, on beats."""
    beats = max(1, length // beat)
    return [(start + (i * beats // len(chords)) * beat, chord) for i, chord in enumerate(chords[:beats])]
