"""Ticks and seconds."""

from __future__ import annotations

from carmina import TICKS_PER_QUARTER, Score


def seconds(score: Score, tick: int) -> float:
    """When a tick sounds."""
    passed, tempi = 0.0, score.tempi
    ends = [*(tempo.onset_ticks for tempo in tempi[1:]), tick]
    for tempo, end in zip(tempi, ends, strict=True):
        if tempo.onset_ticks < tick:
            passed += (min(end, tick) - tempo.onset_ticks) / TICKS_PER_QUARTER * 60 / tempo.quarters_per_minute
    return passed
