"""What counting alone predicts: interpolated Kneser-Ney n-grams (Kneser & Ney 1995; Chen & Goodman 1999) over ids.

The baseline that a network must beat. An id's context is the ids chosen before it in its own sequence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

ORDER = 5  # of the longest n-grams, the chosen id included
KEY_BITS = 62  # of a packed n-gram; with a large vocabulary the order is lower
START = 0  # stands before a sequence; ids are packed as id + 1


class NGrams:
    """Counts of training sequences, for bits of others."""

    def __init__(self, sequences: Sequence[np.ndarray], vocabulary: int, order: int = ORDER):
        """``vocabulary``: how many ids there might be."""
        self.vocabulary, self._bits = vocabulary, int(vocabulary + 1).bit_length()
        self.order = max(1, min(order, KEY_BITS // self._bits))
        keys = self._keys(sequences)  # (order, N)
        self._grams = [np.unique(keys[n], return_counts=True) for n in range(self.order)]

    def _keys(self, sequences: Sequence[np.ndarray]) -> np.ndarray:
        """(order, N): each id with its 0, 1, ... predecessors, packed, the id in the lowest bits."""
        rows = [
            np.concatenate([np.full(self.order - 1, START), np.asarray(s, np.int64) + 1]) for s in sequences if len(s)
        ]
        if not rows:
            return np.zeros((self.order, 0), np.int64)
        found = []
        for n in range(self.order):
            parts = [
                sum(row[self.order - 1 - back : len(row) - back] << (self._bits * back) for back in range(n + 1))
                for row in rows
            ]
            found.append(np.concatenate(parts))
        return np.array(found, np.int64)

    def bits(self, sequences: Sequence[np.ndarray]) -> list[float]:
        """Mean bits an id under the models of order 1, 2, ...; of no ids, none."""
        keys = self._keys(sequences)
        if not keys.shape[1]:
            return []
        return [float(-np.log2(self._chance(keys, order)).mean()) for order in range(1, self.order + 1)]

    def _chance(self, keys: np.ndarray, order: int) -> np.ndarray:
        """(N,) probability of each id under the model of an order, from the shortest context up."""
        chance = np.full(keys.shape[1], 1 / self.vocabulary)
        for n in range(order):
            known, counts = self._grams[n] if n == order - 1 else self._continuations(n)
            chance = self._interpolated(known, counts, keys[n], chance)
        return chance

    def _continuations(self, n: int) -> tuple[np.ndarray, np.ndarray]:
        """n-grams below the highest order count the contexts that they were met in, not how often."""
        longer = self._grams[n + 1][0]
        return np.unique(longer & ((1 << (self._bits * (n + 1))) - 1), return_counts=True)

    def _interpolated(self, known: np.ndarray, counts: np.ndarray, keys: np.ndarray, lower: np.ndarray) -> np.ndarray:
        once, twice = (counts == 1).sum(), (counts == 2).sum()
        discount = once / (once + 2 * twice) if once else 0.5
        contexts, first = np.unique(known >> self._bits, return_index=True)
        totals, kinds = np.add.reduceat(counts, first), np.diff(np.append(first, len(known)))
        at, met = _find(contexts, keys >> self._bits)
        own_at, own_met = _find(known, keys)
        own = np.where(own_met, counts[own_at] - discount, 0.0) / totals[at]
        return np.where(met, own + discount * kinds[at] / totals[at] * lower, lower)


def _find(known: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each number stands in a sorted array, and whether it does."""
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return at, known[at] == wanted
