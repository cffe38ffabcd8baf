"""Bars as played -> metres and pickup whose bar lines fall where the bars do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import TICKS_PER_QUARTER, Metre


@dataclass(frozen=True, slots=True)
class Played:
    """One printed bar in one of its passes."""

    index: int  # of the printed bar
    turn: int  # which pass, from 1
    turns: int  # of how many
    onset: int
    length: int
    metre: Metre

    @property
    def end(self) -> int:
        return self.onset + self.length


def metres_of(played: Sequence[Played]) -> tuple[int, tuple[Metre, ...]]:
    """(length of an incomplete first bar or 0, metre changes). A bar that a repeat sign cuts in two counts as one."""
    first = played[0]
    pickup = first.length if first.length < first.metre.bar_ticks and len(played) > 1 else 0
    whole = list(_whole_bars(played[1:] if pickup else played))
    metres: list[Metre] = []
    for place, (onset, length, metre) in enumerate(whole):
        last = place == len(whole) - 1
        real = metre if length == metre.bar_ticks or last and length < metre.bar_ticks else _odd(length) or metre
        if not metres or (metres[-1].beats, metres[-1].unit) != (real.beats, real.unit):
            metres.append(Metre(real.beats, real.unit, onset))
    metres[0] = Metre(metres[0].beats, metres[0].unit)
    return (pickup if pickup < metres[0].bar_ticks else 0), tuple(metres)


def _whole_bars(played: Sequence[Played]) -> Iterator[tuple[int, int, Metre]]:
    """(onset, length, metre as written), halves of one bar joined."""
    at = 0
    while at < len(played):
        bar, stop, length = played[at], at + 1, played[at].length
        while (
            stop < len(played)
            and length < bar.metre.bar_ticks
            and played[stop].metre == bar.metre
            and (length + played[stop].length <= bar.metre.bar_ticks)
        ):
            length += played[stop].length
            stop += 1
        yield bar.onset, length, bar.metre
        at = stop


def _odd(length: int) -> Metre | None:
    """The metre of a bar of unusual length."""
    for unit in (4, 8, 16, 32):
        beats, left = divmod(length * unit, 4 * TICKS_PER_QUARTER)
        if not left and 1 <= beats <= 32:
            return Metre(beats, unit)
    return None
