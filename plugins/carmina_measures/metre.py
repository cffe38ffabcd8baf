"""Metrical strength: how heavy a place in the bar is, by the hierarchy that music theory gives each metre.

4 the downbeat; 3 the middle of a bar that has one; 2 any other beat; 1 the half of a beat (or a third of a compound
one); 0 anything finer (Lerdahl and Jackendoff 1983). 6/x, 9/x and 12/x are compound: a beat is three units.
"""

from __future__ import annotations

import numpy as np

from carmina import TICKS_PER_QUARTER, Metre

STRENGTHS = 5  # 0..4
COMPOUND = (6, 9, 12)


def beat_ticks(metre: Metre) -> int:
    """Length of the felt beat: the unit, or three units in a compound metre."""
    unit = 4 * TICKS_PER_QUARTER // metre.unit
    return 3 * unit if metre.beats in COMPOUND else unit


def division_ticks(metre: Metre) -> int:
    """First division of the beat: its third in a compound metre, else its half."""
    return beat_ticks(metre) // (3 if metre.beats in COMPOUND else 2)


def strengths(place_ticks: np.ndarray, bar: np.ndarray, beat: np.ndarray, division: np.ndarray) -> np.ndarray:
    """Strength 0..4 of each place (ticks from the bar line), given its bar's, beat's and division's length in ticks."""
    beats = bar // beat
    middle = (beats % 2 == 0) & (place_ticks * 2 == bar)
    found = np.zeros(len(place_ticks), np.int64)
    found[place_ticks % division == 0] = 1
    found[place_ticks % beat == 0] = 2
    found[middle] = 3
    found[place_ticks == 0] = 4
    return found
