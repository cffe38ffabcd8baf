"""Ways to choose the next id. All work on log-weights (B, V) and never choose an id of -inf.

Greedy takes the best; top-k (Fan et al. 2018), nucleus (Holtzman et al. 2020) and min-p (Nguyen et al. 2024) cut the
tail off before a draw; beam search keeps the best sums.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np

from carmina import Decoder

Array = np.ndarray
SHARES = (1e-2, 1e-4, 0.0)  # of the best id: the others are sorted only where the cut goes that far


class Sampler(Decoder):
    """Draws each candidate's next id from what its cut leaves."""

    @abstractmethod
    def cut(self, probabilities: Array) -> Array:
        """(N,) probabilities of the N likeliest ids, from high to low -> which stay, as a boolean (N,): all up to some
        place."""

    def choose(self, scores: Array, totals: Array, rngs: Sequence[np.random.Generator], temperature: float):
        ids = [self._drawn(score, rng, temperature) for score, rng in zip(scores, rngs, strict=True)]
        return np.arange(len(scores)), np.array(ids, np.int64)

    def _drawn(self, score: Array, rng: np.random.Generator, temperature: float) -> int:
        likely = np.exp((score.astype(np.float64) - float(score.max())) / temperature)  # (V,), the best of them 1
        for least in SHARES:
            ids = np.flatnonzero(likely >= least)
            ids = ids[np.argsort(-score[ids], kind="stable")]
            stays = self.cut(likely[ids] / likely.sum())
            if not stays.all():
                break
        weights = likely[ids] * stays
        reached, last = np.cumsum(weights), int(np.flatnonzero(weights)[-1])
        return int(ids[min(int(np.searchsorted(reached, rng.random() * reached[-1], side="right")), last)])


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
    mixes = True

    def choose(self, scores, totals, rngs, temperature):
        wide = len(scores)
        sums = totals[:, None] + scores
        if not totals.any():  # all rows alike at the start: spread over the first one's ids
            sums[1:] = -np.inf if np.isfinite(sums[0]).sum() >= wide else sums[1:]
        best = np.argsort(-sums, axis=None, kind="stable")[:wide]
        parents, ids = np.unravel_index(best, sums.shape)
        bad = ~np.isfinite(sums[parents, ids])
        parents[bad], ids[bad] = parents[0], ids[0]
        return parents, ids
