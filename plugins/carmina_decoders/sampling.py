"""Ways to choose the next id. All work on log-weights (B, V) and never choose an id of -inf.

Greedy takes the best; top-k (Fan et al. 2018), nucleus (Holtzman et al. 2020) and min-p (Nguyen et al. 2024) cut the tail
off before a draw; beam search keeps the best sums.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np

from carmina import Decoder

Array = np.ndarray
HEAD = 256                             # ids that are sorted first; a cut is seldom further on


class Sampler(Decoder):
    """Draws each candidate's next id from what its cut leaves."""

    @abstractmethod
    def cut(self, probabilities: Array) -> Array:
        """The highest probabilities, sorted from high to low -> which of them stay: all until the first that does not."""

    def choose(self, scores: Array, totals: Array, rngs: Sequence[np.random.Generator], temperature: float):
        order = _best_first(scores, HEAD)
        weights = np.exp((scores.astype(np.float64) - scores.max(axis=1, keepdims=True)) / temperature)
        weights /= weights.sum(axis=1, keepdims=True)
        ids = np.empty(len(scores), dtype=np.int64)
        for row, rng in enumerate(rngs):
            first = order[row]
            kept = self.cut(weights[row, first])
            if kept[-1] and len(first) < scores.shape[1]:  # the cut is further on
                first = np.argsort(-scores[row], kind="stable")
                kept = self.cut(weights[row, first])
            reached = np.cumsum(weights[row, first] * kept)
            last = int(np.flatnonzero(weights[row, first] * kept)[-1])
            ids[row] = first[min(int(np.searchsorted(reached, rng.random() * reached[-1], side="right")), last)]
        return np.arange(len(scores)), ids


def _best_first(scores: Array, many: int) -> Array:
    """The columns of each row's ``many`` highest scores from high to low; equal ones in order."""
    if scores.shape[1] > many:
        head = np.sort(np.argpartition(-scores, many - 1, axis=1)[:, :many], axis=1)
    else:
        head = np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
    order = np.argsort(-np.take_along_axis(scores, head, axis=1), axis=1, kind="stable")
    return np.take_along_axis(head, order, axis=1)


class Greedy(Decoder):
    """The best id each time."""

    name = "greedy"
    summary = "the most likely id each time; every seed gives the same"

    def choose(self, scores, totals, rngs, temperature):
        return np.arange(len(scores)), scores.argmax(axis=1)


class Nucleus(Sampler):
    """The smallest set of ids that holds ``MASS`` of the probability."""

    name = "nucleus"
    summary = "a draw from the most likely ids that together hold 95 % of the probability"
    MASS = 0.95

    def cut(self, probabilities):
        return np.cumsum(probabilities) - probabilities < self.MASS


class TopK(Sampler):
    """The ``COUNT`` most likely ids."""

    name = "top-k"
    summary = "a draw from the 12 most likely ids"
    COUNT = 12

    def cut(self, probabilities):
        return np.arange(len(probabilities)) < self.COUNT


class MinP(Sampler):
    """Ids at least ``SHARE`` as likely as the best."""

    name = "min-p"
    summary = "a draw from the ids at least 8 % as likely as the best"
    SHARE = 0.08

    def cut(self, probabilities):
        return probabilities >= self.SHARE * probabilities[0]


class Beam(Decoder):
    """Keeps the best sums over all candidates; temperature has no effect."""

    name = "beam"
    summary = "beam search as wide as there are candidates: likely, and much alike"

    def choose(self, scores, totals, rngs, temperature):
        wide = len(scores)
        sums = totals[:, None] + scores
        if not totals.any():             # all rows alike at the start: spread over the first one's ids
            sums[1:] = -np.inf if np.isfinite(sums[0]).sum() >= wide else sums[1:]
        best = np.argsort(-sums, axis=None, kind="stable")[:wide]
        parents, ids = np.unravel_index(best, sums.shape)
        bad = ~np.isfinite(sums[parents, ids])
        parents[bad], ids[bad] = parents[0], ids[0]
        return parents, ids
