"""Intervals by name: a quality and a number."""

from __future__ import annotations

# semitones of each interval by its usual short name: P perfect, M major, m minor, A augmented, d diminished
INTERVAL_SIZES = {
    "P1": 0,
    "m2": 1,
    "M2": 2,
    "m3": 3,
    "M3": 4,
    "P4": 5,
    "A4": 6,
    "d5": 6,
    "P5": 7,
    "m6": 8,
    "M6": 9,
    "m7": 10,
    "M7": 11,
    "P8": 12,
    "m9": 13,
    "M9": 14,
    "m10": 15,
    "M10": 16,
    "P15": 24,
}
_MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)


def interval_size(number: int, alter: int = 0) -> int:
    """Semitones of a major or perfect interval by its number (1 a unison, 9 a ninth), altered: ``(9, -1)`` is 13."""
    octaves, step = divmod(number - 1, 7)
    return 12 * octaves + _MAJOR_SCALE[step] + alter
