"""Where the bar lines of a score fall."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from carmina import Metre, Score


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a score."""

    onset_ticks: int
    length_ticks: int
    metre: Metre
    number: int  # from 1; 0 for an incomplete first bar
    phase_ticks: int = 0  # how far into its metre it begins: above 0 for an incomplete first bar

    @property
    def end_ticks(self) -> int:
        return self.onset_ticks + self.length_ticks


def bars(score: Score) -> tuple[Bar, ...]:
    """Every bar up to the end of the last note; at least one, and the last one whole."""
    return tuple(_walk(score, max(score.end_ticks, 1)))


def _walk(score: Score, end_ticks: int) -> Iterator[Bar]:
    at, number, metres = 0, 0 if score.pickup_ticks else 1, deque(score.metres)
    while at < end_ticks:
        while len(metres) > 1 and metres[1].onset_ticks <= at:
            metres.popleft()
        whole = metres[0].bar_ticks
        length = score.pickup_ticks if at == 0 and score.pickup_ticks else whole
        yield Bar(at, length, metres[0], number, whole - length)
        at, number = at + length, number + 1


def lead_ticks(score: Score) -> int:
    """Length of the rest that completes an incomplete first bar in the file."""
    return score.metres[0].bar_ticks - score.pickup_ticks if score.pickup_ticks else 0
