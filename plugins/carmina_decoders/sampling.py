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
WIDE = 256  # ids from which on a row is not sorted whole
FINE, HEAPS = 16, 512  # heaps a nat below the best; the last holds all that is deeper


class Sampler(Decoder):
    """Draws each candidate's next id from what its cut leaves."""

    @abstractmethod
    def cut(self, probabilities: Array) -> Array:
        """(..., N) probabilities of the N likeliest ids, from high to low -> which stay, as a boolean (..., N): all up
        to some place."""

    def choose(self, scores: Array, totals: Array, rngs: Sequence[np.random.Generator], temperature: float):
        if scores.shape[1] < WIDE:
            return np.arange(len(scores)), self._all_drawn(scores, rngs, temperature)
        ids = [self._drawn(score, rng, temperature) for score, rng in zip(scores, rngs, strict=True)]
        return np.arange(len(scores)), np.array(ids, np.int64)

    def _all_drawn(self, scores: Array, rngs: Sequence[np.random.Generator], temperature: float) -> Array:
        """Narrow rows side by side, each sorted whole."""
        scores = np.ascontiguousarray(scores)
        order = np.argsort(-scores, axis=1, kind="stable")
        below = scores.astype(np.float64) - scores.max(axis=1, keepdims=True).astype(np.float64)
        likely = np.exp(below / temperature)
        whole = likely.sum(axis=1, keepdims=True)
        likely = np.take_along_axis(likely, order, axis=1)
        weights = likely * self.cut(likely / whole)
        reached = np.cumsum(weights, axis=1)
        drawn = np.array([[rng.random()] for rng in rngs]) * reached[:, -1:]
        last = weights.shape[1] - 1 - (weights[:, ::-1] > 0).argmax(axis=1)
        places = np.minimum((reached <= drawn).sum(axis=1), last)
        return order[np.arange(len(scores)), places]

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
        return np.cumsum(probabilities, axis=-1) - probabilities < self.MASS

    def choose(self, scores, totals, rngs, temperature):
        if scores.shape[1] < WIDE:
            return super().choose(scores, totals, rngs, temperature)
        best = scores.max(axis=1, keepdims=True).astype(np.float64)
        below = (best - scores) / temperature  # (B, V) nats
        likely = np.exp(-below)
        heaps = np.minimum(below * FINE, HEAPS - 1).astype(np.intp)
        rows = np.arange(len(scores))
        held = np.bincount((heaps + rows[:, None] * HEAPS).ravel(), likely.ravel(), len(rows) * HEAPS)
        reached = np.cumsum(held.reshape(-1, HEAPS), axis=1)
        ids = [self._of_heaps(*row) for row in zip(heaps, likely, reached, rngs, strict=True)]
        return rows, np.array(ids, np.int64)

    def _of_heaps(self, heaps: Array, likely: Array, reached: Array, rng: np.random.Generator) -> int:
        """The draw of one row: only the heap that the cut falls in and the one that chance falls in are sorted.
        ``reached``: what each heap and all likelier ones hold."""
        last = int(np.searchsorted(reached, reached[-1] * self.MASS))
        ids, sums = _sorted_heap(last, heaps, likely, reached)
        before = np.concatenate((reached[last - 1 : last] if last else [0.0], sums[:-1]))
        stay = max(1, int((before < reached[-1] * self.MASS).sum()))
        ids, sums = ids[:stay], sums[:stay]
        drawn = rng.random() * sums[-1]
        heap = int(np.searchsorted(reached[:last], drawn, side="right"))
        if heap < last:
            ids, sums = _sorted_heap(heap, heaps, likely, reached)
        return int(ids[min(int(np.searchsorted(sums, drawn, side="right")), len(ids) - 1)])


def _sorted_heap(heap: int, heaps: Array, likely: Array, reached: Array) -> tuple[Array, Array]:
    """The ids of a heap from the likeliest on, and what each and all before it hold, likelier heaps too."""
    ids = np.flatnonzero(heaps == heap)
    ids = ids[np.argsort(-likely[ids], kind="stable")]
    sums: Array = np.cumsum(likely[ids]) + (reached[heap - 1] if heap else 0.0)
    return ids, sums


class TopK(Sampler):
    """The ``COUNT`` most likely ids."""

    name = "top-k"
    summary = "a draw from the 12 most likely ids"
    COUNT = 12

    def cut(self, probabilities):
        return np.arange(probabilities.shape[-1]) < self.COUNT


class MinP(Sampler):
    """Ids at least ``SHARE`` as likely as the best."""

    name = "min-p"
    summary = "a draw from the ids at least 8 % as likely as the best"
    SHARE = 0.08

    def cut(self, probabilities):
        return probabilities >= self.SHARE * probabilities[..., :1]


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
