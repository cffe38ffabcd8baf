"""The plan of a song above its notes: what a person may read and change before a note is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .checks import require

Development = Literal["new", "exact", "sequence", "inversion", "new end", "free"]
Cadence = Literal["open", "closed", "deceptive"]
TakenUp = Literal["none", "stated", "exact", "sequence", "inversion", "new end"]
DEVELOPMENTS = ("new", "exact", "sequence", "inversion", "new end", "free")
CADENCES = ("open", "closed", "deceptive")
TAKEN_UP = ("none", "stated", "exact", "sequence", "inversion", "new end")
MOST_BARS = 12  # of a line
_CELL = re.compile(r"[x.]*")
_PARSONS = re.compile(r"[udr*]*")


@dataclass(frozen=True, slots=True)
class Motif:
    """A few notes that a listener knows again, one a syllable: the head of the lines that take them up."""

    places: tuple[float, ...]  # quarters from its first note to each further one, rising, above 0 to 12
    steps: tuple[int, ...]  # steps of the scale from its first note to each further one, -7..7

    def __post_init__(self) -> None:
        require(
            1 <= len(self.places) == len(self.steps) <= 11,
            f"a motif has {len(self.places)} places and {len(self.steps)} steps; as many of each, 1 to 11",
        )
        rising = all(a < b for a, b in zip((0.0, *self.places), self.places, strict=False))
        require(rising and self.places[-1] <= 12, f"a motif's places {self.places} do not rise within 0..12 quarters")
        require(all(-7 <= step <= 7 for step in self.steps), f"a motif's steps {self.steps} are outside -7..7")


@dataclass(frozen=True, slots=True)
class Echo:
    """Some syllables of a line that sing again what others sang, in the same line or in an earlier one."""

    at: int  # the first of them, counted in its line from 1
    syllables: int  # how many, 2..24
    line: int  # the line of the section in which they were sung first, from 1
    of: int  # the first syllable there, from 1
    shift: int = 0  # steps of the scale that they are moved by, -7..7

    def __post_init__(self) -> None:
        require(2 <= self.syllables <= 24, f"an echo's syllables {self.syllables} are outside 2..24")
        for name, value in (("at", self.at), ("line", self.line), ("of", self.of)):
            require(1 <= value <= 400, f"an echo's {name} {value} is outside 1..400")
        require(-7 <= self.shift <= 7, f"an echo's shift {self.shift} is outside -7..7")


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line of verse."""

    bars: int  # from its first bar line to that of the next line, 1..12
    start: float = 0.0  # quarters from its first bar line to its first syllable, -6..6; below 0: a pickup
    develops: int = 0  # which line of its section it takes up, from 1; 0: none
    how: Development = "new"  # what becomes of that line's tune
    shift: int = 0  # steps of the scale that a sequence or an inversion is moved by, -7..7
    cadence: Cadence = "open"  # the harmony at its end: open, at home, or elsewhere than it promised
    end: int = 0  # degree of the scale that it ends on, 1..7; 0: any
    breath: float = 0.0  # quarters of silence after it at least, 0..4
    motif: TakenUp = "none"  # whether its head states the section's motif, or what it makes of it; moved by shift
    contour: str = ""  # Parsons code (1975): up, down, repeat, * any, one letter for every syllable but the first
    echoes: tuple[Echo, ...] = ()  # what of it was heard before, in the order of their syllables

    def __post_init__(self) -> None:
        require(1 <= self.bars <= MOST_BARS, f"a line's bars {self.bars} are outside 1..{MOST_BARS}")
        require(-6 <= self.start <= 6, f"a line's start {self.start} is outside -6..6 quarters")
        require(0 <= self.develops <= 400, f"develops {self.develops} is outside 0..400")
        require(self.how in DEVELOPMENTS, f"how {self.how!r} is none of {DEVELOPMENTS}")
        require(-7 <= self.shift <= 7, f"shift {self.shift} is outside -7..7")
        require(self.cadence in CADENCES, f"cadence {self.cadence!r} is none of {CADENCES}")
        require(0 <= self.end <= 7, f"end {self.end} is outside 0..7")
        require(0 <= self.breath <= 4, f"breath {self.breath} is outside 0..4 quarters")
        require(self.motif in TAKEN_UP, f"motif {self.motif!r} is none of {TAKEN_UP}")
        require(
            bool(_PARSONS.fullmatch(self.contour)) and len(self.contour) <= 90,
            f"a contour {self.contour[:20]!r} is not made of u, d, r and *, 90 at most",
        )
        require(len(self.echoes) <= 45, f"a line has {len(self.echoes)} echoes; 45 at most")


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One tune, and all sections that are sung to it."""

    melody: str  # the tune's name, as in :class:`SectionMark`
    lines: tuple[LinePlan, ...]
    chords: tuple[str, ...] = ()  # Roman numerals, one text a bar, several with spaces between them share it: "I V7"
    cells: tuple[str, ...] = ()  # rhythm of a bar: x where a syllable starts, each sign a sixteenth; repeated as needed
    syncopation: float = 0.0  # share of syllables that come before the beat that they belong to, 0..1
    register: int = 0  # semitones that it lies above the middle of the voice, -12..12
    climax: int = 0  # which line rises highest, from 1; 0: none
    motif: Motif | None = None  # what its lines take up

    def __post_init__(self) -> None:
        require(bool(self.lines), "a section's plan needs at least one line")
        require(0 <= self.syncopation <= 1, f"syncopation {self.syncopation} is outside 0..1")
        require(-12 <= self.register <= 12, f"register {self.register} is outside -12..12")
        require(0 <= self.climax <= len(self.lines), f"climax {self.climax} is outside 0..{len(self.lines)}")
        require(len(self.chords) <= 4096 and len(self.cells) <= 64, "a section's plan has too many chords or cells")
        for cell in self.cells:
            require(bool(_CELL.fullmatch(cell)) and len(cell) <= 96, f"a cell {cell!r} is not made of x and .")
        for number, line in enumerate(self.lines, 1):
            require(line.develops < number, f"line {number} develops line {line.develops}, which does not precede it")
            for echo in line.echoes:
                before = echo.line < number or (echo.line == number and echo.of + echo.syllables <= echo.at)
                require(before, f"line {number} echoes syllable {echo.of} of line {echo.line}, which is not before it")


@dataclass(frozen=True, slots=True)
class SongPlan:
    """What is decided about a song before its notes. The same plan, words and seed give the same song."""

    metre: str  # e.g. "4/4"
    mode: Literal["major", "minor"]
    idiom: str  # the popular or traditional idiom that it was drawn from, e.g. "rock"
    sections: tuple[SectionPlan, ...]  # one a tune, in the order of first singing
    pace: float = 0.75  # quarters that a syllable has on the average, rests included, 0.1..8

    def __post_init__(self) -> None:
        require(self.mode in ("major", "minor"), f"mode {self.mode!r} is none of ('major', 'minor')")
        require(bool(self.sections), "a plan needs at least one section")
        require(0.1 <= self.pace <= 8, f"pace {self.pace} is outside 0.1..8 quarters")
