"""Where the tones of a chord lie under a hand, moving as little as may be from chord to chord."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .symbols import Tones

TENTH = 16  # semitones: the widest stretch of a hand
MUDDY = 48  # below this pitch close tones growl
CLOSEST_LOW = 5  # semitones between neighbours there


def voicings(tones: Tones, size: int, low: int, high: int) -> Iterator[tuple[int, ...]]:
    """Every way to lay ``size`` tones between two pitches (inclusive) within a tenth, lowest first."""
    classes = set(tones.classes)
    pitches = [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]
    for chosen in combinations(pitches, size):
        if chosen[-1] - chosen[0] <= TENTH:
            yield chosen


def voiced(
    tones: Tones,
    size: int,
    low: int,
    high: int,
    before: tuple[int, ...] | None,
    leading: int | None = None,
    ceiling: int | None = None,
    shape: tuple[int, ...] = (),
) -> tuple[int, ...]:
    """The best of them: complete, smooth from ``before``, no doubled leading note, below the ``ceiling`` where it can
    be.

    ``shape``: semitones above the lowest note that are wished for.
    """
    found = list(voicings(tones, size, low, high)) or list(voicings(tones, min(size, 2), low - 6, high + 6))
    if not found:
        return ()
    return min(found, key=lambda chosen: (_cost(chosen, tones, low, high, before, leading, ceiling, shape), chosen))


def _cost(
    chosen: tuple[int, ...],
    tones: Tones,
    low: int,
    high: int,
    before: tuple[int, ...] | None,
    leading: int | None,
    ceiling: int | None,
    shape: tuple[int, ...],
) -> float:
    classes = [pitch % 12 for pitch in chosen]
    cost = 3.0 * (tones.third is not None and tones.third not in classes)
    cost += 2.0 * (tones.seventh is not None and tones.seventh not in classes and len(chosen) > 2)
    cost += 1.5 * (len(classes) - len(set(classes))) * (len(set(tones.classes)) >= len(chosen))
    cost += 4.0 * max(0, classes.count(leading) - 1) if leading is not None else 0.0
    cost += sum(4.0 for a, b in zip(chosen, chosen[1:], strict=False) if a < MUDDY and b - a < CLOSEST_LOW)
    cost += sum(2.0 for a, b in zip(chosen, chosen[1:], strict=False) if b - a <= 1)
    cost += 0.08 * abs((chosen[0] + chosen[-1]) - (low + high)) / 2
    if before:
        cost += 0.35 * sum(min(abs(pitch - old) for old in before) for pitch in chosen)
        cost += 0.25 * abs(chosen[-1] - before[-1])
    if ceiling is not None:
        cost += 0.6 * max(0, chosen[-1] - ceiling)
    if shape and len(shape) == len(chosen):
        cost += 0.3 * sum(abs((pitch - chosen[0]) - step) for pitch, step in zip(chosen, shape, strict=True))
    return cost


def leading_note(tones: Tones, tonic: int) -> int | None:
    """The chord's leading note as a pitch class: the key's, or the third of a dominant seventh."""
    if (tonic - 1) % 12 in tones.classes:
        return (tonic - 1) % 12
    return tones.third if tones.above[:4] == (0, 4, 7, 10) else None


def bass_pitch(tones: Tones, low: int, high: int, before: int | None) -> int:
    """The chord's bass within a range, nearest the bass before (or the middle of the range)."""
    pitches = [pitch for pitch in range(low, high + 1) if pitch % 12 == tones.bass]
    middle = (low + high) / 2
    if before is None:
        return min(pitches, key=lambda pitch: abs(pitch - middle + 2))
    return min(pitches, key=lambda pitch: (abs(pitch - before) + 0.15 * abs(pitch - middle), pitch))
