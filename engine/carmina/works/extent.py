"""How large a score is, from what it says and not by walking through it: known at once however far apart its notes
are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .music import TICKS_PER_QUARTER, Score


@dataclass(frozen=True, slots=True)
class Extent:
    """What the cost of writing a score down grows with."""

    notes: int  # of all parts
    bars: int  # of all parts together: what a page has to show
    seconds: float  # how long it sounds


def extent(score: Score) -> Extent:
    """The extent of a score."""
    notes = sum(len(track.notes) for track in score.tracks)
    bars = _spans(score.metres, score.end_ticks, lambda metre, ticks: -(-ticks // metre.bar_ticks))
    seconds = _spans(
        score.tempi, score.end_ticks, lambda tempo, ticks: ticks / TICKS_PER_QUARTER * 60 / tempo.quarters_per_minute
    )
    return Extent(notes, int(bars) * max(1, len(score.tracks)), seconds)


def _spans(changes: Sequence[Any], end: int, measured: Callable[[Any, int], float]) -> float:
    """The sum over the spans between changes, of each with its length in ticks."""
    onsets = [*(min(change.onset_ticks, end) for change in changes[1:]), end]
    return sum(
        measured(change, max(0, until - change.onset_ticks)) for change, until in zip(changes, onsets, strict=True)
    )
