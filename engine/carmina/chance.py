"""From logits to shares, alike on every processor: a draw must not hang on the last bits.

Logarithms lie on a grid of 1/1024 nat and exponentials come from a table of whole multiples of 2**-32, so that their
sums are exact in any order. Shapes: B candidates, V vocabulary. Used wherever ids are drawn (:mod:`carmina.generate`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np

GRID = 1024  # steps a nat
DEEPEST = 23  # nats below the best at which a share is nothing, as 2**-33 is
FINE = 2.0**32  # steps of an exponential
NEAR = 1 << 16  # numbers at a time


def log_shares(logits: np.ndarray) -> np.ndarray:
    """logits (B, V) -> log-probabilities (B, V) float32, nats, each a multiple of 1/1024 and so exact when summed."""
    logs = np.empty_like(logits)
    for rows in _blocks(logits):
        below, powers = _powers(logits[rows])
        sums = np.maximum(powers.sum(axis=1, keepdims=True), 1)  # the best alone is 1, unless something is no number
        below += np.rint(np.log(sums) * GRID).astype(np.float32)
        np.multiply(below, np.float32(-1 / GRID), out=logs[rows])
    return logs


def shares(logits: np.ndarray) -> np.ndarray:
    """logits (B, V) -> probabilities (B, V) float32."""
    shares = np.empty(logits.shape, np.float32)
    for rows in _blocks(logits):
        _below, powers = _powers(logits[rows])
        shares[rows] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def log_total(scores: np.ndarray) -> np.ndarray:
    """scores (B, V) -> (B,) float32: the logarithm of the sum of their exponentials, nats, a multiple of 1/1024."""
    sums = np.empty(len(scores))
    for rows in _blocks(scores):
        sums[rows] = _powers(scores[rows])[1].sum(axis=1)
    return settled(scores.max(axis=1) + np.log(np.maximum(sums, 1)).astype(np.float32))


def settled(scores: np.ndarray) -> np.ndarray:
    """The nearest multiples of 1/1024, float32; -inf stays. For scores that rules have added to."""
    return np.rint(scores * np.float32(GRID)) * np.float32(1 / GRID)


def _blocks(logits: np.ndarray) -> Iterator[slice]:
    """Some rows at a time, so that what is between logits and shares stays in the processor's cache."""
    rows = max(1, NEAR // logits.shape[1])
    return (slice(first, first + rows) for first in range(0, len(logits), rows))


def _powers(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many steps each is below the best of its row, and e to the power of that (float64)."""
    below = logits.max(axis=1, keepdims=True) - logits
    below *= np.float32(GRID)
    np.rint(below, out=below)
    table = _table()  # nothing is clipped, all are within it; int32 takes seven times as long as intp
    return below, table.take(np.fmin(below, len(table) - 1).astype(np.intp), mode="clip")


@functools.cache
def _table() -> np.ndarray:
    return np.rint(np.exp(-np.arange(GRID * DEEPEST + 1) / GRID) * FINE) / FINE
