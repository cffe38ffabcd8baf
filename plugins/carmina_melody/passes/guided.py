"""A pass under rules: the walk says what is possible, the constraints what is allowed and how welcome."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np

from carmina import Constraint

from .all import PassWalk
from .vocabulary import SIZE


class Guided:
    """A :class:`~carmina.Walk` over one pass of a piece."""

    def __init__(self, walk: PassWalk, rules: Sequence[Constraint]):
        self.walk, self.rules = walk, rules

    @property
    def done(self) -> bool:
        return self.walk.done

    @property
    def piece(self):
        return self.walk.piece

    def context(self) -> list[int]:
        return self.walk.context()

    def welcome(self) -> np.ndarray:
        """(V,) float32: -inf outside the walk's choices, else the sum of the rules. An id that is given is the only one."""
        total = np.full(SIZE, -np.inf, np.float32)
        if self.walk.forced is not None:
            total[self.walk.forced] = 0.0
            return total
        total[list(self.walk.choices())] = 0.0
        for rule in self.rules:
            total += rule.welcome(self.walk)
        return total

    def take(self, chosen: int) -> None:
        self.walk.take(chosen)

    def fork(self) -> Guided:
        return Guided(copy.deepcopy(self.walk), self.rules)
