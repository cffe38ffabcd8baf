"""A pass under rules: the hypothesis says what is possible, the constraints what is allowed and how welcome."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

import numpy as np

from carmina import BadInput, Constraint, NoSolution

from ..rules.base import ToldOnce
from .all import PassHypothesis
from .piece import Piece
from .vocabulary import SIZE


class Guided:
    """A :class:`~carmina.Hypothesis` over one pass of a piece."""

    def __init__(self, hypothesis: PassHypothesis, rules: Sequence[Constraint]):
        self.hypothesis, self.rules = hypothesis, rules

    @property
    def done(self) -> bool:
        return self.hypothesis.done

    @property
    def piece(self) -> Piece:
        return self.hypothesis.piece

    def context(self) -> list[int]:
        return self.hypothesis.context()

    def logit_bias(self) -> np.ndarray:
        """(V,) float32: -inf outside the hypothesis's choices, else the sum of the rules. An id that is given is the
        only one."""
        total = np.full(SIZE, -np.inf, np.float32)
        if self.hypothesis.forced is not None:
            total[self.hypothesis.forced] = 0.0
            return total
        total[_index(self.hypothesis.choices())] = 0.0
        for rule in self.rules:
            if isinstance(rule, ToldOnce):
                told = rule.told(self.hypothesis)
                if told is not None:
                    total += told
                continue
            bias = rule.logit_bias(self.hypothesis)
            if np.shape(bias) != (SIZE,):
                raise BadInput(
                    f"the constraint {rule.name!r} gave a bias of shape {np.shape(bias)}; it must be ({SIZE},), "
                    "one entry a token."
                )
            total += bias
        if not total.max() > -np.inf:
            self._blame()
        return total

    def _blame(self) -> None:
        """Name the constraint that leaves nothing to choose, or that gives what is no number."""
        left = np.full(SIZE, -np.inf, np.float32)
        left[_index(self.hypothesis.choices())] = 0.0
        for rule in self.rules:
            left = left + rule.logit_bias(self.hypothesis)
            if np.isnan(left).any():
                raise BadInput(f"the constraint {rule.name!r} gave a bias that is no number (NaN).")
            if not np.isfinite(left).any():
                raise NoSolution(
                    f"the constraint {rule.name!r} leaves nothing to choose ({rule.task}, line "
                    f"{self.hypothesis.line_number + 1}). "
                    "Relax it, or leave its plugin out (--without)."
                )

    def take(self, chosen: int) -> None:
        self.hypothesis.take(chosen)

    def fork(self) -> Guided:
        return Guided(copy.deepcopy(self.hypothesis), self.rules)


def _index(choices: Iterable[int]) -> slice | list[int]:
    """What numpy takes the choices by; quickest where they stand in a row."""
    return slice(choices.start, choices.stop) if isinstance(choices, range) else list(choices)
