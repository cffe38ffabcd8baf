"""How various a model's works are: what a preference must not buy its gains with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ...contracts import Example
from .attempts import Attempt

GRAM, WINDOW = 4, 64  # ids of a run, and runs of a window: shares of longer texts are smaller by their length alone


@dataclass(frozen=True, slots=True)
class Diversity:
    """Both 0..1, higher is more various."""

    distinct: float  # share of runs of four ids that are new in a window of 64 of a sequence (Li et al. 2016)
    apart: float  # share of runs that two works to the same prompt do not have in common, mean of all pairs

    def holds(self, before: Diversity, least: float) -> bool:
        """Whether both are at least this share of what they were."""
        return self.distinct >= least * before.distinct and self.apart >= least * before.apart


def diversity(works: Sequence[Attempt]) -> Diversity:
    """Of works to one or several prompts."""
    windows = [share for work in works for sequence in work.sequences for share in _distinct(_runs(sequence))]
    groups: dict[str, list[set[tuple[object, ...]]]] = {}
    for work in works:
        groups.setdefault(work.prompt, []).append({(s.kind, *run) for s in work.sequences for run in _runs(s)})
    pairs = [_apart(a, b) for group in groups.values() for a, b in combinations(group, 2)]
    return Diversity(float(np.mean(windows)) if windows else 0.0, float(np.mean(pairs)) if pairs else 0.0)


def _runs(sequence: Example) -> list[tuple[int, ...]]:
    ids = [int(n) for n in sequence.chosen if n >= 0]
    return [tuple(ids[at : at + GRAM]) for at in range(len(ids) - GRAM + 1)]


def _distinct(runs: Sequence[tuple[int, ...]]) -> list[float]:
    cut = [runs[at : at + WINDOW] for at in range(0, max(1, len(runs) - WINDOW + 1), WINDOW)]
    return [len(set(window)) / len(window) for window in cut if window]


def _apart(one: set[tuple[object, ...]], other: set[tuple[object, ...]]) -> float:
    return 1 - len(one & other) / max(1, min(len(one), len(other)))
