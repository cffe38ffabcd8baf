"""From logits to shares, alike on every processor: a draw must not hang on the last bits.

Logarithms lie on a grid of 1/1024 nat and exponentials come from a table of whole multiples of 2**-32, so that their
sums are exact in any order. Shapes: B candidates, V vocabulary. Used wherever ids are drawn (:mod:`carmina.generate`).
"""

from __future__ import annotations

import functools

import numpy as np

GRID = 1024  # steps a nat
DEEPEST = 23  # nats below the best at which a share is nothing, as 2**-33 is
FINE = 2.0**32  # steps of an exponential


def log_shares(logits: np.ndarray) -> np.ndarray:
    """logits (B, V) -> log-probabilities (B, V) float32, nats, each a multiple of 1/1024 and so exact when summed."""
    below, powers = _powers(logits)
    sums = np.maximum(powers.sum(axis=1, keepdims=True), 1)  # the best alone is 1, unless something is no number
    total = np.rint(np.log(sums) * GRID).astype(np.float32)
    logs: np.ndarray = (below + total) * np.float32(-1 / GRID)
    return logs


def shares(logits: np.ndarray) -> np.ndarray:
    """logits (B, V) -> probabilities (B, V) float32."""
    _below, powers = _powers(logits)
    shares: np.ndarray = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def log_total(scores: np.ndarray) -> np.ndarray:
    """scores (B, V) -> (B,) float32: the logarithm of the sum of their exponentials, nats, a multiple of 1/1024."""
    _below, powers = _powers(scores)
    return settled(scores.max(axis=1) + np.log(np.maximum(powers.sum(axis=1), 1)).astype(np.float32))


def settled(scores: np.ndarray) -> np.ndarray:
    """The nearest multiples of 1/1024, float32; -inf stays. For scores that rules have added to."""
    return np.rint(scores * np.float32(GRID)) * np.float32(1 / GRID)


def _powers(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many steps each is below the best of its row, and e to the power of that (float64)."""
    below = np.rint((logits.max(axis=1, keepdims=True) - logits) * np.float32(GRID))
    table = _table()
    return below, table.take(np.fmin(below, len(table) - 1).astype(np.intp))  # int32 takes it seven times as long


@functools.cache
def _table() -> np.ndarray:
    return np.rint(np.exp(-np.arange(GRID * DEEPEST + 1) / GRID) * FINE) / FINE
