"""Which settings are kept: the best that lie apart from one another and from what stood there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from ..passes.piece import Piece
from .distance import Heard, distance

DIFFERENT = 0.2  # distance at which two settings count as different
MOST_ALTERNATIVES = 20
Work = TypeVar("Work")  # what is written: a piece of the song, or the whole score
Measure = Callable[[Heard, Heard], float]


@dataclass(frozen=True)
class Setting(Generic[Work]):
    """One way of writing what was to be written."""

    merit: float
    piece: Work
    heard: Heard  # its new notes


def new_notes(piece: Piece) -> Heard:
    """What has been written: (onset, length, pitch) in units."""
    return [(n.onset, n.length, n.height) for frame in piece.frames for n in frame.notes if not n.fixed]


def unlikely(totals: Sequence[float], syllables: int) -> list[float]:
    """For each log-probability, how far it lies under the usual one, in nats a syllable; 0 above it."""
    usual = float(np.median(totals))
    return [min(0.0, total - usual) / max(1, syllables) for total in totals]


def apart(settings: Sequence[Setting[Work]], old: Heard, many: int, measure: Measure = distance) -> list[Setting[Work]]:
    """The best, each at least ``DIFFERENT`` from ``old`` and from those before it; ``many`` at most."""
    chosen: list[Setting[Work]] = []
    for setting in sorted(settings, key=lambda s: -s.merit):
        others = [*([old] if old else []), *(c.heard for c in chosen)]
        if len(chosen) < many and all(measure(setting.heard, other) >= DIFFERENT for other in others):
            chosen.append(setting)
    return chosen


def different(
    settings: Sequence[Setting[Work]], old: Heard, many: int, measure: Measure = distance
) -> list[Setting[Work]]:
    """``many`` that are :func:`apart`; where there are too few, those that lie farthest from the chosen, none twice."""
    chosen = apart(settings, old, many, measure)
    left = [s for s in settings if not any(s is c for c in chosen)]
    while left and len(chosen) < many:
        far = max(left, key=lambda s: (min([distance(s.heard, c.heard) for c in chosen] or [1.0]), s.merit))
        left = [s for s in left if s is not far]
        if all(far.heard != c.heard for c in chosen):
            chosen.append(far)
    return chosen
