"""Chords on six strings: which frets a hand can hold."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from .symbols import Tones

TUNING = (40, 45, 50, 55, 59, 64)  # E A D G B E, lowest first, as MIDI pitches
SPAN = 3  # frets beyond the lowest that the fingers reach
HIGHEST = 9  # fret that a shape begins at
MUTED = None
Shape = tuple[int | None, ...]  # a fret for each string, lowest first


@lru_cache(maxsize=256)
def shape(tones: Tones) -> Shape:
    """The easiest shape that has the chord's tones and its bass lowest."""
    found = [s for position in range(HIGHEST + 1) for s in _shapes(tones, position)]
    return (
        min(found, key=lambda s: (_cost(s, tones), [99 if fret is MUTED else fret for fret in s]))
        if found
        else (MUTED,) * 6
    )


def pitches(held: Shape) -> list[int]:
    """The pitches that sound, lowest string first."""
    return [TUNING[string] + fret for string, fret in enumerate(held) if fret is not MUTED]


def _shapes(tones: Tones, position: int):
    choices = []
    for open_pitch in TUNING:
        reach = {0, *range(max(1, position), max(1, position) + SPAN + 1)}
        frets = [fret for fret in sorted(reach) if tones.has(open_pitch + fret)]
        choices.append(frets)
    for lowest in range(4):
        basses = [fret for fret in choices[lowest] if (TUNING[lowest] + fret) % 12 == tones.bass]
        if basses and all(choices[lowest + 1 :]):
            for rest in product(*choices[lowest + 1 :]):
                for bass in basses:
                    held = (MUTED,) * lowest + (bass, *rest)
                    if fingers(held) <= 4:
                        yield held


def fingers(held: Shape) -> int:
    """How many fingers a shape takes; the first may lie across all strings where none is open."""
    pressed = [fret for fret in held if fret]
    if not pressed:
        return 0
    lowest = min(pressed)
    barred = 0 not in held and pressed.count(lowest) > 1
    return len(pressed) - (pressed.count(lowest) - 1 if barred else 0)


def _cost(held: Shape, tones: Tones) -> float:
    sounding = [pitch % 12 for pitch in pitches(held)]
    pressed = [fret for fret in held if fret]
    cost = 5.0 * len(set(tones.classes) - set(sounding))
    cost += (
        0.6 * fingers(held)
        + 0.5 * (min(pressed) if pressed else 0)
        + 0.4 * (max(pressed) - min(pressed) if pressed else 0)
    )
    cost += 0.8 * held.count(MUTED) + 1.5 * (0 not in held)
    doubled_third = tones.third is not None and sounding.count(tones.third) > 1
    return cost + 0.3 * doubled_third
