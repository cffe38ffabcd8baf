"""What LilyPond music becomes on its way: streams of struck notes, the signs that hold for all, where a voice is."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from carmina import Clef, Direction, Grace, Metre

from .pitch import Tone
from .tokens import Cursor


@dataclass(slots=True)
class Struck:
    """One note or chord; times in whole notes from the start."""

    at: Fraction
    length: Fraction
    pitches: tuple[int, ...]
    free: bool  # for a syllable: no tie, slur or sung beam leads into it
    tied: bool  # to the note before
    graces: tuple[Grace, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Stream:
    """What one voice sounds, and the lyric expressions set to it."""

    name: str = ""
    notes: list[Struck] = field(default_factory=list)
    words: list[Cursor] = field(default_factory=list)
    clefs: list[tuple[Fraction, Clef]] = field(default_factory=list)
    directions: list[tuple[Fraction, Direction]] = field(default_factory=list)


@dataclass(slots=True)
class Signs:
    """What holds for all voices."""

    metres: dict[Fraction, Metre] = field(default_factory=dict)
    keys: dict[Fraction, tuple[int, str]] = field(default_factory=dict)
    tempi: dict[Fraction, float] = field(default_factory=dict)
    partial: Fraction = Fraction(0)
    repeats: list[tuple[Fraction, Fraction, int]] = field(default_factory=list)  # start, end, times
    endings: dict[Fraction, int] = field(default_factory=dict)  # where the n-th ending begins
    chords: dict[Fraction, str] = field(default_factory=dict)  # symbols


@dataclass(slots=True)
class State:
    """Where a voice is."""

    stream: Stream
    tone: Tone | None = None  # what the next pitch is relative to; None: absolute
    octaves: int = 0  # of \\fixed
    length: Fraction = Fraction(1, 4)
    scale: Fraction = Fraction(1)
    slur: bool = False
    beam: bool = False
    tie: bool = False
    melisma: bool = False
    graces: list[Grace] = field(default_factory=list)  # that wait for their note
