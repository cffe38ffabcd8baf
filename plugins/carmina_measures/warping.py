"""Melody distance: dynamic time warping of pitch curves, many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .histograms import SIXTEENTH, folded
from .view import View

MOST_FRAMES = 512  # 128 quarters: what lies beyond is not compared
BATCH = 64


def curve(view: View) -> np.ndarray:
    """The pitch of each sung sixteenth (folded to two octaves, rests left out), minus its mean."""
    frames = np.repeat(folded(view.pitch), np.maximum(np.rint(view.length / SIXTEENTH).astype(int), 1))[:MOST_FRAMES]
    return frames - frames.mean() if len(frames) else frames.astype(float)


def melody_distances(pairs: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """MD of (reference, own) pairs of curves: cheapest warping cost in semitones over the own curve's length."""
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    found = np.full(len(pairs), np.nan)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        found[batch] = _warp([pairs[i][0] for i in batch], [pairs[i][1] for i in batch])
    return found


def _warp(first: list[np.ndarray], second: list[np.ndarray]) -> np.ndarray:
    """The classic recurrence, walked by anti-diagonals so that a whole diagonal of all pairs is one operation."""
    rows, columns = np.array([len(x) for x in first]), np.array([len(x) for x in second])
    height, width = rows.max(initial=0), columns.max(initial=0)
    a, b = _padded(first, height), _padded(second, width)[:, ::-1]
    pairs = len(first)
    before = np.full((pairs, height + 1), np.inf, np.float32)  # cost at (i, d - 1 - i), i from 1
    earlier = before.copy()
    earlier[:, 0] = 0
    found = np.full(pairs, np.nan)
    for diagonal in range(height + width - 1):
        low, high = max(0, diagonal - width + 1), min(height, diagonal + 1)
        at = width - 1 - diagonal  # b[:, at + i] is second[diagonal - i]
        cost = np.abs(a[:, low:high] - b[:, at + low : at + high])
        best = np.minimum(np.minimum(before[:, low:high], before[:, low + 1 : high + 1]), earlier[:, low:high])
        now = np.full_like(before, np.inf)
        now[:, low + 1 : high + 1] = cost + best
        ended = np.flatnonzero((rows + columns - 2 == diagonal) & (rows > 0) & (columns > 0))
        found[ended] = now[ended, rows[ended]] / columns[ended]
        earlier, before = before, now
    return found


def _padded(curves: list[np.ndarray], size: int) -> np.ndarray:
    table = np.zeros((len(curves), size), np.float32)
    for row, curve_ in zip(table, curves, strict=True):
        row[: len(curve_)] = curve_
    return table
