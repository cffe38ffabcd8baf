"""Figures of piano accompaniment, learnt: what two hands do in a bar or half a bar, in steps of the chord."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from carmina import Metre
from carmina.theory import beat_groups, beats_in_bar, is_compound

UNIT_TICKS = {"2/4": 960, "4/4": 1920, "3/4": 1440, "3/8": 720, "6/8": 1440, "9/8": 2160}
TEXTURES = ("block", "repeated", "offbeat", "broken")
Cell = tuple[tuple[int, int, int], ...]  # (onset, length in ticks, steps of the chord above the hand's lowest)


@dataclass(frozen=True)
class Figure:
    """What two hands do in one unit."""

    unit: str
    upper: Cell
    lower: Cell
    songs: int  # that have it
    upper_pitch: int = 60  # where the hand's lowest note lies on average
    lower_pitch: int = 45

    @cached_property
    def rhythm(self) -> frozenset[int]:
        """The onsets in the unit."""
        return frozenset(onset for onset, _, _ in (*self.upper, *self.lower))

    @property
    def onsets(self) -> int:
        """Different onsets in the unit."""
        return len(self.rhythm)

    @property
    def density(self) -> float:
        """Onsets a quarter note."""
        return self.onsets * 480 / UNIT_TICKS[self.unit]

    @cached_property
    def thickness(self) -> float:
        """Notes an onset."""
        return (len(self.upper) + len(self.lower)) / max(1, self.onsets)

    @cached_property
    def texture(self) -> str:
        """block, repeated, offbeat or broken."""
        if _moves(self.upper) or _moves(self.lower):
            return "broken"
        lower, upper = ({onset for onset, _, _ in cell} for cell in (self.lower, self.upper))
        if 0 in lower and 0 not in upper:
            return "offbeat"
        return "block" if self.density <= 1 else "repeated"


def _moves(cell: Cell) -> bool:
    """Whether a hand goes through the chord one note after the other."""
    by_onset: dict[int, set[int]] = {}
    for onset, _, step in cell:
        by_onset.setdefault(onset, set()).add(step)
    return len(by_onset) > 1 and len({frozenset(steps) for steps in by_onset.values()}) > 1


@lru_cache(maxsize=1)
def shipped() -> tuple[Figure, ...]:
    """Every figure that comes with the plugin."""
    text = (Path(__file__).with_name("data") / "figures.json").read_text("utf-8")
    return tuple(
        Figure(
            row["unit"],
            _cell(row["upper"]),
            _cell(row["lower"]),
            row["songs"],
            row.get("upper_pitch", 60),
            row.get("lower_pitch", 45),
        )
        for row in json.loads(text)["figures"]
    )


def _cell(rows: list[list[int]]) -> Cell:
    return tuple((onset, length, step) for onset, length, step in rows)


def units(metre: Metre) -> list[tuple[str, int]]:
    """The smallest units that fill a bar: (unit, ticks that it lasts there)."""
    beat = metre.bar_ticks // beats_in_bar(metre)
    if is_compound(metre):
        return [("3/8", beat)] * beats_in_bar(metre)
    lengths = beat_groups(metre)
    if lengths == (2, 1):
        lengths = (3,)
    if lengths == (1, 1):
        lengths = (2,)
    return [("3/4" if length == 3 else "2/4", length * beat) for length in lengths]


WIDER = {("2/4", "2/4"): "4/4", ("3/8", "3/8"): "6/8", ("3/8", "3/8", "3/8"): "9/8"}


def fitted(figure: Figure, metre: Metre) -> list[int] | None:
    """How long the figure lasts each time that it fills its part of a bar; None where it does not fit the metre."""
    small = units(metre)
    names = tuple(unit for unit, _ in small)
    if figure.unit == names[0]:
        return [ticks for unit, ticks in small if unit == figure.unit]
    if WIDER.get(names) == figure.unit:
        return [metre.bar_ticks]
    if len(names) == 4 and WIDER.get(names[:2]) == figure.unit:
        return [metre.bar_ticks // 2] * 2
    return None


def laid(figure: Figure, metre: Metre) -> list[tuple[Figure, int]]:
    """A bar full of the figure; a part of an uneven bar (5/4, 7/8) that it does not fit gets the one most like it."""
    small = units(metre)
    if all(unit == small[0][0] for unit, _ in small):
        return [(figure, ticks) for ticks in fitted(figure, metre) or [metre.bar_ticks]]
    return [(figure if unit == figure.unit else _like(figure, unit), ticks) for unit, ticks in small]


def _like(figure: Figure, unit: str) -> Figure:
    def strange(other: Figure) -> tuple:
        return (
            other.texture != figure.texture,
            abs(other.density - figure.density) + abs(other.thickness - figure.thickness),
            -other.songs,
        )

    return min((other for other in shipped() if other.unit == unit and other.upper and other.lower), key=strange)
