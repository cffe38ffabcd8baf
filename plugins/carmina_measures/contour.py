"""The tune by itself: range, intervals, leaps, breath."""

from __future__ import annotations

import numpy as np

from carmina import TICKS_PER_QUARTER, Score

from .figures import Measure, Spec, Values, mean
from .view import View

LEAP = 5  # semitones: a fourth or more
BREATH_TICKS = TICKS_PER_QUARTER // 4  # a rest this long is a breath
LONG_TICKS = 2 * TICKS_PER_QUARTER  # so is the end of a note this long


class Contour(Measure):
    name = "contour"
    summary = "range, tessitura, steps and leaps, breath"
    specs = (
        Spec("range", "highest minus lowest pitch, semitones (as muspy)", high=127),
        Spec("distinct_pitches", "how many pitches the tune has (as muspy's n_pitches_used)", high=128),
        Spec("tessitura", "width of the middle 80 % of the singing time, semitones", high=127),
        Spec("repeats", "share of intervals that repeat the pitch"),
        Spec("small_intervals", "share of intervals of at most 2 semitones"),
        Spec("over_octave", "share of intervals above an octave"),
        Spec("stepwise", "share of intervals of 1 or 2 semitones among those that move"),
        Spec("leap_recovery", f"share of leaps (>= {LEAP} semitones) that the next moving interval turns back"),
        Spec("breath_seconds", "longest stretch without a rest of a sixteenth or a note of two quarters, s", high=600),
    )

    def measure(self, view: View) -> Values:
        step = np.diff(view.pitch)
        size = np.abs(step)
        return {
            "range": int(np.ptp(view.pitch)) if len(view.pitch) else None,
            "distinct_pitches": len(np.unique(view.pitch)) or None,
            "tessitura": tessitura(view),
            "repeats": mean(size == 0),
            "small_intervals": mean(size <= 2),
            "over_octave": mean(size > 12),
            "stepwise": mean(size[size > 0] <= 2),
            "leap_recovery": leap_recovery(step),
            "breath_seconds": longest_breath(view),
        }


def tessitura(view: View) -> float | None:
    """Pitch at 90 % minus pitch at 10 % of the singing time, in semitones."""
    if not len(view.pitch):
        return None
    order = np.argsort(view.pitch, kind="stable")
    passed = np.cumsum(view.length[order]) / view.length.sum()
    low, high = np.searchsorted(passed, (0.1, 0.9))
    return int(view.pitch[order[high]] - view.pitch[order[low]])


def leap_recovery(step: np.ndarray) -> float | None:
    """Share of leaps after which the tune turns back; repeated notes in between are passed over."""
    moving = step[step != 0]
    leap = np.abs(moving[:-1]) >= LEAP
    return mean((np.sign(moving[1:]) != np.sign(moving[:-1]))[leap])


def longest_breath(view: View) -> float | None:
    """Seconds of the longest stretch of singing between two chances to breathe."""
    if not len(view.pitch):
        return None
    end = view.onset + view.length
    rest = np.append(view.onset[1:] - end[:-1], BREATH_TICKS)
    chance = (rest >= BREATH_TICKS) | (view.length >= LONG_TICKS)
    chance[-1] = True
    starts = view.onset[np.append(0, np.flatnonzero(chance)[:-1] + 1)]
    return float(np.max(seconds(view.score, end[chance]) - seconds(view.score, starts)))


def seconds(score: Score, ticks: np.ndarray) -> np.ndarray:
    """The time of each tick under the score's tempi."""
    onsets = np.array([tempo.onset_ticks for tempo in score.tempi])
    pace = np.array([60 / (tempo.quarters_per_minute * TICKS_PER_QUARTER) for tempo in score.tempi])
    at = np.concatenate([[0.0], np.cumsum(np.diff(onsets) * pace[:-1])])
    which = np.searchsorted(onsets, ticks, "right") - 1
    return at[which] + (ticks - onsets[which]) * pace[which]
