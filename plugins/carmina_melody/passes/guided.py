"""A pass under rules: the hypothesis says what is possible, the constraints what is allowed and how welcome."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np

from carmina import Constraint

from .all import PassHypothesis
from .vocabulary import SIZE


class Guided:
    """A :class:`~carmina.Hypothesis` over one pass of a piece."""

    def __init__(self, hypothesis: PassHypothesis, rules: Sequence[Constraint]):
        self.hypothesis, self.rules = hypothesis, rules

    @property
    def done(self) -> bool:
        return self.hypothesis.done

    @property
    def piece(self):
        return self.hypothesis.piece

    def context(self) -> list[int]:
        return self.hypothesis.context()

    def logit_bias(self) -> np.ndarray:
        """(V,) float32: -inf outside the hypothesis's choices, else the sum of the rules. An id that is given is the only one."""
        total = np.full(SIZE, -np.inf, np.float32)
        if self.hypothesis.forced is not None:
            total[self.hypothesis.forced] = 0.0
            return total
        total[list(self.hypothesis.choices())] = 0.0
        for rule in self.rules:
            total += rule.logit_bias(self.hypothesis)
        return total

    def take(self, chosen: int) -> None:
        self.hypothesis.take(chosen)

    def fork(self) -> Guided:
        return Guided(copy.deepcopy(self.hypothesis), self.rules)
