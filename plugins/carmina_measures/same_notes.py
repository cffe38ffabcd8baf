"""How many notes two tunes have in common, as transcriptions are judged: equal pitch, onset within 50 ms (mir_eval)."""

from __future__ import annotations

import numpy as np

from .contour import seconds
from .view import View

WITHIN_SECONDS = 0.05
DECIMALS = 4  # of a difference, as mir_eval rounds it


def note_f1(ours: View, theirs: View) -> float:
    """Harmonic mean of the shares of each tune's notes that the other has, one to one; 0 where one has none."""
    if not len(ours.pitch) or not len(theirs.pitch):
        return 0.0
    own, other = (_by_pitch(view) for view in (ours, theirs))
    matched = sum(_matched(onsets, other[pitch]) for pitch, onsets in own.items() if pitch in other)
    return 2 * matched / (len(ours.pitch) + len(theirs.pitch))


def _by_pitch(view: View) -> dict[int, np.ndarray]:
    onset = seconds(view.score, view.onset)
    return {int(pitch): onset[view.pitch == pitch] for pitch in np.unique(view.pitch)}


def _matched(one: np.ndarray, other: np.ndarray) -> int:
    """The most pairs of onsets within reach; taking the earliest that fits is best on a line."""
    at = found = 0
    for onset in one:
        while at < len(other) and round(onset - other[at], DECIMALS) > WITHIN_SECONDS:
            at += 1
        if at < len(other) and round(other[at] - onset, DECIMALS) <= WITHIN_SECONDS:
            found, at = found + 1, at + 1
    return found
