"""A stretch of Chinese verse on its way: a few lines, character by character, each place with its tone and rhyme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

NEVER = np.float32(-np.inf)
REPEAT = 2.5  # nats from a character that stands in the poem already
DOUBLED = 0.7  # nats from one that doubles the character before it


@dataclass(frozen=True)
class StretchPlan:
    """Some lines."""

    masks: Sequence[np.ndarray]  # for each character (V,) whether an id may stand there
    rows: np.ndarray  # (characters, F - 1) the fields of each place
    starts: frozenset[int]  # places that begin a line
    ends: frozenset[int]  # places of rhyme; no two hold one character
    ahead: Mapping[int, np.ndarray] = field(
        default_factory=dict
    )  # place -> (V,) nats: what leads well to the next place
    opposite: Mapping[int, int] = field(default_factory=dict)  # place -> the place of the line before that it answers
    answer: Callable[[int], np.ndarray] | None = None  # id -> (V,) nats: what answers it well
    tails: frozenset[int] = frozenset()  # places that end a line long enough to have an ending
    ending: Callable[[Sequence[int]], np.ndarray] | None = None  # the two ids before -> (V,) nats: what ends them well


NARROW = 500  # characters: a place that allows fewer is looked ahead for
TRUST = 0.8  # share of the lookahead's nats that counts


def foresight(masks: Sequence[np.ndarray], chance: Callable[[np.ndarray], np.ndarray] | None) -> dict[int, np.ndarray]:
    """For every place before a narrow one, how well each character leads to it."""
    if chance is None:
        return {}
    return {at: TRUST * np.maximum(chance(mask), -6) for at, mask in enumerate(masks[1:]) if mask.sum() < NARROW}


class ChineseStretch:
    """One candidate (a :class:`carmina.Hypothesis`)."""

    def __init__(self, plan: StretchPlan, soft: np.ndarray):
        """``soft`` (V,) nats: repetition, relevance."""
        self.plan, self.soft = plan, soft
        self.ids: list[int] = []

    @property
    def done(self) -> bool:
        return len(self.ids) == len(self.plan.masks)

    def context(self) -> list[int]:
        return self.plan.rows[len(self.ids)].tolist()

    def logit_bias(self) -> np.ndarray:
        plan, at = self.plan, len(self.ids)
        out = np.where(plan.masks[at], self.soft, NEVER)
        for number in self.ids:
            out[number] -= REPEAT
        if at in plan.ahead:
            out += plan.ahead[at]
        if at in plan.opposite and plan.answer is not None:
            out += plan.answer(self.ids[plan.opposite[at]])
        if at in plan.tails and plan.ending is not None:
            out += plan.ending(self.ids[-2:])
        if self.ids and at not in plan.starts:
            out[self.ids[-1]] += REPEAT - DOUBLED
        if at in plan.ends:
            out[[self.ids[place] for place in plan.ends if place < at]] = NEVER
        return out

    def take(self, chosen: int) -> None:
        self.ids.append(chosen)

    def fork(self) -> ChineseStretch:
        twin = ChineseStretch(self.plan, self.soft)
        twin.ids = list(self.ids)
        return twin
