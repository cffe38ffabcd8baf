"""A stretch of Chinese verse on its way: a few lines, character by character, each place with its tone and rhyme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NEVER = np.float32(-np.inf)
REPEAT = 2.5                           # nats from a character that stands in the poem already
DOUBLED = 0.7                          # nats from one that doubles the character before it


@dataclass(frozen=True)
class StretchPlan:
    """Some lines."""

    masks: Sequence[np.ndarray]        # for each character (V,) whether an id may stand there
    rows: np.ndarray                   # (characters, F - 1) the fields of each place
    starts: frozenset[int]             # places that begin a line
    ends: frozenset[int]               # places of rhyme; no two hold one character


class ChineseStretch:
    """One candidate (a :class:`carmina.Walk`)."""

    def __init__(self, plan: StretchPlan, soft: np.ndarray):
        """``soft`` (V,) nats: repetition, relevance."""
        self._plan, self._soft = plan, soft
        self.ids: list[int] = []

    @property
    def done(self) -> bool:
        return len(self.ids) == len(self._plan.masks)

    def context(self) -> list[int]:
        return self._plan.rows[len(self.ids)].tolist()

    def welcome(self) -> np.ndarray:
        at = len(self.ids)
        out = np.where(self._plan.masks[at], self._soft, NEVER)
        for number in self.ids:
            out[number] -= REPEAT
        if self.ids and at not in self._plan.starts:
            out[self.ids[-1]] += REPEAT - DOUBLED
        if at in self._plan.ends:
            out[[self.ids[place] for place in self._plan.ends if place < at]] = NEVER
        return out

    def take(self, chosen: int) -> None:
        self.ids.append(chosen)

    def fork(self) -> ChineseStretch:
        twin = ChineseStretch(self._plan, self._soft)
        twin.ids = list(self.ids)
        return twin
