"""Bars as a page prints them, before repeats and verses are played out: what readers of notation hand over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from carmina import Clef, Direction, Grace, Metre, Place, Syllable

from .jumps import Road
from .words import split_after

_NUMBER = re.compile(r"\s*\d{1,2}\s*[.):]\s*(?=[^\W\d_])")  # "1. An": a verse's number, not a word that is sung


def unnumbered(text: str) -> str:
    """A syllable without the number of its verse, as programs print it before the first word."""
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


@dataclass(slots=True)
class Lyric:
    """One lyric of one note: a syllable, or none where a melisma goes on."""

    text: str
    begins: bool
    ends: bool
    ends_line: bool

    def syllable(self) -> Syllable | None:
        if not self.text.strip():
            return None
        text, after = split_after(unnumbered(self.text) if self.begins else self.text)
        place: Place = ("single" if self.ends else "begin") if self.begins else ("end" if self.ends else "middle")
        return Syllable(text, place=place, after=after, ends_line=self.ends_line)


def elided(first: Lyric, then: Lyric) -> Lyric:
    """Two lyrics that one note sings."""
    text = f"{first.text.rstrip()} {then.text.lstrip()}".strip()
    return Lyric(text, first.begins, then.ends, then.ends_line)


@dataclass(slots=True)
class Sounded:
    """One printed note; ticks from the start of its bar."""

    at: int
    length: int
    pitch: int
    velocity: int
    voice: str
    staff: str
    tied: bool  # to the note before
    lyrics: dict[int, Lyric]  # by number
    graces: tuple[Grace, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Printed:
    """One bar of one part."""

    length: int = 0
    implicit: bool = False
    notes: list[Sounded] = field(default_factory=list)
    keys: list[tuple[int, tuple[int, str]]] = field(default_factory=list)  # (tick in the bar, fifths and mode)
    metre: Metre | None = None
    tempi: list[tuple[int, float]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    opens: bool = False
    closes: int = 0  # how often it is played; 0: no repeat sign
    said_times: bool = False  # the file says how often
    endings: frozenset[int] | None = None
    numerals: list[tuple[int, str]] = field(default_factory=list)  # (tick in the bar, e.g. "V7")
    road: Road = field(default_factory=Road)
    clefs: list[tuple[str, Clef]] = field(default_factory=list)  # staff; ticks from the start of the bar
    directions: list[tuple[str, Direction]] = field(default_factory=list)  # staff; ticks from the start of the bar
