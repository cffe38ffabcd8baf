"""Metre: the felt beats of a time signature, and how strong each place of a bar is.

Strength is one scale for all signatures, the bar on top: 4 the bar line; 3 where the bar divides into its larger parts
(the half of 4/4, 2/4, 2/2, 6/8 and 12/8; the parts of 5/4 and 7/8); 2 any other beat; 1 the half of a beat, or the
third of a compound one; 0 anything finer (after Lerdahl and Jackendoff, *A Generative Theory of Tonal Music*, 1983,
chapter 4).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from ..works import TICKS_PER_QUARTER, Metre


def is_compound(metre: Metre) -> bool:
    """Whether beats divide in threes: 6/8, 9/8, 12/8, 6/4, and 3/8, which is felt in one."""
    return metre.beats % 3 == 0 and (metre.unit >= 8 or metre.beats > 3)


def beat_ticks(metre: Metre) -> int:
    """Length of one felt beat: a dotted quarter in 6/8, a quarter in 3/4, a half note in 2/2."""
    unit = 4 * TICKS_PER_QUARTER // metre.unit
    return unit * 3 if is_compound(metre) else unit


def division_ticks(metre: Metre) -> int:
    """First division of the beat: its third in a compound metre, else its half."""
    return beat_ticks(metre) // (3 if is_compound(metre) else 2)


def beats_in_bar(metre: Metre) -> int:
    """Felt beats a bar, at least 1: 2 in 6/8, 1 in 3/8."""
    return max(1, metre.bar_ticks // beat_ticks(metre))


def beat_groups(metre: Metre) -> tuple[int, ...]:
    """Lengths in beats of the parts of a bar: 4 is 2 2, 3 is 2 1, 5 is 3 2, 7 is 2 2 3."""
    count = beats_in_bar(metre)
    if count <= 2:
        return (1,) * count
    if count == 3:
        return (2, 1)
    if count % 2 == 0:
        return (2,) * (count // 2)
    return (3, 2) if count == 5 else (2,) * ((count - 3) // 2) + (3,)


def strength(metre: Metre, place_ticks: int) -> int:
    """How strong a place is, 0..4; ``place_ticks`` from the bar line, of any bar: the places repeat."""
    return _strength(metre.beats, metre.unit, place_ticks % metre.bar_ticks)


@lru_cache(maxsize=1 << 14)
def _strength(beats: int, unit: int, place: int) -> int:
    metre = Metre(beats, unit)
    if place == 0:
        return 4
    beat = beat_ticks(metre)
    if beats_in_bar(metre) != 3 and place in {beat * n for n in accumulate(beat_groups(metre))}:
        return 3
    if place % beat == 0:
        return 2
    return 1 if place % division_ticks(metre) == 0 else 0
