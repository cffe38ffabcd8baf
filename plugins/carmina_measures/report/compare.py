"""Two sets of songs side by side: means, and their difference in spreads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carmina import Figure

from .gather import Subject

LEAST = 2  # songs on each side that a spread needs


@dataclass(frozen=True, slots=True)
class Contrast:
    """One figure of two sets."""

    group: str
    figure: Figure  # what it means; its value is the first set's mean
    first: float
    second: float
    songs: tuple[int, int]  # that define it
    spreads: float | None  # (second - first) / pooled standard deviation (Cohen's d); None: too few, or no spread


def contrasts(first: Sequence[Subject], second: Sequence[Subject]) -> list[Contrast]:
    """Every figure that both sets define."""
    ours, theirs = _columns(first), _columns(second)
    return [
        _contrast(group, figure, values, theirs[name][2])
        for name, (group, figure, values) in ours.items()
        if name in theirs
    ]


def _columns(subjects: Sequence[Subject]) -> dict[tuple[str, str], tuple[str, Figure, list[float]]]:
    found: dict[tuple[str, str], tuple[str, Figure, list[float]]] = {}
    for one in subjects:
        for group in one.groups:
            for figure in group.figures:
                assert figure.value is not None  # a subject has those that are defined
                found.setdefault((group.name, figure.name), (group.name, figure, []))[2].append(float(figure.value))
    return found


def _contrast(group: str, figure: Figure, a: list[float], b: list[float]) -> Contrast:
    pooled = 0.0
    if min(len(a), len(b)) >= LEAST:
        pooled = float(
            np.sqrt(((len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2))
        )
    gap = float(np.mean(b) - np.mean(a))
    return Contrast(
        group, figure, float(np.mean(a)), float(np.mean(b)), (len(a), len(b)), gap / pooled if pooled > 1e-12 else None
    )
