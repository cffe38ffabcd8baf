"""Histograms of tunes, and how alike two histograms are."""

from __future__ import annotations

import numpy as np

from carmina import TICKS_PER_QUARTER

from .tonality import keys_at
from .view import View

SIXTEENTH = TICKS_PER_QUARTER // 4
LENGTHS = 65  # lengths in sixteenths, 0..64 (a longer note counts as 64)
PLACES = 48  # parts of a bar
KINDS = ("pitch", "duration", "pitch_class", "interval", "length", "place")


def folded(pitch: np.ndarray) -> np.ndarray:
    """Pitches brought into the two octaves 60..83, as ReLyMe's and SongMASS's scripts do."""
    below, above = 60 + pitch % 12, 72 + pitch % 12
    return np.where(pitch < 60, below, np.where(pitch >= 84, above, pitch))


def counts(view: View, kind: str) -> np.ndarray:
    """One histogram of a song, as counts.

    pitch: 24, folded; duration: syllables' (or wordless notes') lengths in sixteenths; pitch_class: 12 above the tonic;
    interval: 25, -12..12 semitones, larger ones at the ends; length: notes' lengths in sixteenths; place: 48 parts of
    the bar.
    """
    if kind == "pitch":
        return np.bincount(folded(view.pitch) - 60, minlength=24)
    if kind == "duration":
        return _lengths(view.held if view.syllables else view.length)
    if kind == "pitch_class":
        return np.bincount((view.pitch - keys_at(view.score, view.onset)[0]) % 12, minlength=12)
    if kind == "interval":
        return np.bincount(np.clip(np.diff(view.pitch), -12, 12) + 12, minlength=25)
    if kind == "length":
        return _lengths(view.length)
    assert kind == "place", kind
    return np.bincount(view.place * PLACES // np.maximum(view.bar_ticks, 1) % PLACES, minlength=PLACES)


def _lengths(ticks: np.ndarray) -> np.ndarray:
    sixteenths = np.clip(np.rint(ticks / SIXTEENTH).astype(np.int64), 0, LENGTHS - 1)
    return np.bincount(sixteenths, minlength=LENGTHS)


def shares(rows: np.ndarray) -> np.ndarray:
    """Counts (..., K) -> shares that sum to 1; empty histograms stay 0."""
    total = rows.sum(-1, keepdims=True)
    return rows / np.maximum(total, 1)


def overlaps(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """(A, K), (B, K) shares -> (A, B) overlap sum(min(p, q)), 0..1."""
    return np.array([np.minimum(row, theirs).sum(-1) for row in ours]).reshape(len(ours), len(theirs))


def jensen_shannon(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Jensen-Shannon divergence of shares along the last axis, bits, 0..1."""
    middle = (p + q) / 2
    return (_divergence(p, middle) + _divergence(q, middle)) / 2


def _divergence(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    held = p > 0
    ratio = np.divide(p, q, out=np.ones(np.broadcast_shapes(p.shape, q.shape)), where=held & (q > 0))
    return (np.where(held, p, 0) * np.log2(ratio)).sum(-1)
