"""What every figure is made of: its specification, the statistics, and the human and chance values beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from carmina import Evaluator, Figure

from .table import row
from .view import View, view_of

BREATHS = ",.;:!?…—–，。；：！？、"
Values = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Spec:
    """How to read one figure."""

    name: str
    definition: str
    better: str = "human"  # "higher", "lower", "human"
    low: float = 0.0
    high: float = 1.0


class Measure(Evaluator):
    """An evaluator of single scores whose figures are functions of a :class:`View`."""

    specs: ClassVar[tuple[Spec, ...]]
    shuffle: ClassVar[str] = "notes"  # what a chance value shuffles: "notes", "words" (words against music), "" nothing

    @abstractmethod
    def measure(self, view: View) -> Values:
        """The value of every spec; ``None`` where the work does not define it."""

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one score beside human and chance values of its language."""
        return figures(self.specs, self.measure(view_of(work)), work.language)


def figures(
    specs: Sequence[Spec], values: Mapping[str, float | None], language: str = "", form: str = ""
) -> list[Figure]:
    """Values dressed with definition, range, direction, human and chance; of poems, those of their form where there are
    some."""
    return [_figure(spec, values.get(spec.name), language, form) for spec in specs]


def _figure(spec: Spec, value: float | None, language: str, form: str) -> Figure:
    human, chance = row(language, spec.name, form)
    value = None if value is None else float(value)
    return Figure(spec.name, value, spec.better, human, chance, spec.low, spec.high, spec.definition)


def stops(after: str) -> bool:
    """Whether punctuation asks for a breath: comma and heavier, of Latin and of Chinese."""
    return any(character in BREATHS for character in after)


def mean(values: np.ndarray) -> float | None:
    """The mean, or ``None`` of nothing."""
    return float(np.mean(values)) if len(values) else None


def auc(values: np.ndarray, positive: np.ndarray) -> float | None:
    """P(a positive's value > a negative's) + P(equal) / 2: the area under the ROC curve; ``None`` unless both exist."""
    wins = int(positive.sum()) * int((~positive).sum())
    if not wins:
        return None
    _, level = np.unique(values, return_inverse=True)
    above = np.bincount(level[positive], minlength=level.max() + 1)
    below = np.bincount(level[~positive], minlength=level.max() + 1)
    return float(np.sum(above * (np.cumsum(below) - below / 2)) / wins)


def entropy(counts: np.ndarray) -> float:
    """Shannon entropy of a histogram, in bits."""
    share = counts[counts > 0] / counts.sum()
    return float(-np.sum(share * np.log2(share))) + 0.0
