"""The best path through a chain of states, or a good one drawn near it."""

from __future__ import annotations

import numpy as np


def viterbi(scores: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """scores (S, K) nats, steps (S, K, K) or (K, K) nats from the state before -> (S,) states of the best path."""
    count = len(scores)
    if not count:
        return np.zeros(0, np.int64)
    total, back = scores[0].copy(), np.zeros(scores.shape, np.int64)
    for at in range(1, count):
        through = total[:, None] + (steps if steps.ndim == 2 else steps[at])
        back[at] = through.argmax(axis=0)
        total = through[back[at], np.arange(scores.shape[1])] + scores[at]
    path = np.empty(count, np.int64)
    path[-1] = total.argmax()
    for at in range(count - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path
