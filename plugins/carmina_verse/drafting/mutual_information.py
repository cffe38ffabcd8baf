"""How much better a draft fits this poem than any other: its likelihood here, less its likelihood on an empty page.

The criterion of maximum mutual information (Li et al. 2016, "A diversity-promoting objective function"): what is likely
everywhere belongs nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from carmina.generate import reader

from .page import Drafted

SHORTLIST = 16  # of the best drafts are asked
OF_A_PARTICLE = 6  # of the best drafts of one particle


class EmptyPage:
    """A page of the same form and style with no keywords and no lines on it."""

    def __init__(self, runner: Any, bare: Sequence[int], share: float):
        """``bare``: the ids of a prompt without keywords; empty where the runner is a borrowed one, which is not asked.
        ``share`` of the difference counts, 0..1."""
        self._share, self._reader = share, reader(runner) if bare else None
        if self._reader is not None:
            rows = [(number,) + (0,) * (len(runner.fields) - 1) for number in bare]
            self._state, self._last = self._reader.fed(self._reader.start(), rows[:-1]), bare[-1]

    def added(self, drafts: Sequence[Drafted], worths: Sequence[float]) -> list[float]:
        """The worths with belonging added; those outside of the short list are given what its worst was given."""
        first = sorted(range(len(drafts)), key=lambda at: -worths[at])[:OF_A_PARTICLE]
        gains = self._share * self._belonging([drafts[at] for at in first])
        sums = np.array(worths, float) + float(gains.min())
        sums[first] += gains - gains.min()
        return [float(total) for total in sums]

    def best(self, drafts: Sequence[Drafted], worth: Callable[[Drafted], float]) -> tuple[Drafted, float]:
        """The draft of the highest worth and belonging together, and that sum."""
        worths = [worth(draft) for draft in drafts]
        first = sorted(range(len(drafts)), key=lambda at: -worths[at])[:SHORTLIST]
        short = [drafts[at] for at in first]
        sums = np.array([worths[at] for at in first]) + self._share * self._belonging(short)
        at = int(sums.argmax())
        return short[at], float(sums[at])

    def _belonging(self, drafts: Sequence[Drafted]) -> np.ndarray:
        if self._reader is None:
            return np.zeros(len(drafts))
        return np.array([draft.fluency for draft in drafts]) - self._fluency(drafts)

    def _fluency(self, drafts: Sequence[Drafted]) -> np.ndarray:
        """Mean log-probability of an id of each draft on the empty page, nats."""
        assert self._reader is not None  # where there is none, nothing is asked of it
        lines = [[(self._last, *draft.rows[0][1:]), *draft.rows[1:]] for draft in drafts]
        each = self._reader.heard(self._state, lines, [draft.ids for draft in drafts])
        return np.array([own.sum(dtype=np.float64) / len(own) for own in each])
