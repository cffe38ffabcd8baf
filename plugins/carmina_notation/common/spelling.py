"""How a pitch is written in a key: F sharp or G flat."""

from __future__ import annotations

from collections.abc import Callable

from carmina import Key
from carmina.theory import LINE_OF_FIFTHS, NATURALS, PitchName, tonic_fifths

# Places on the line of fifths, counted from the tonic: 0 tonic, 1 dominant, 7 the sharpened tonic, -2 the flat seventh.
_DIATONIC = {"major": range(-1, 6), "minor": range(-4, 3)}
# Chromatic degrees, semitones above the tonic: usual place, place when it rises a semitone, when it falls one.
_CHROMATIC = {
    "major": {1: (7, 7, -5), 3: (-3, 9, -3), 6: (6, 6, 6), 8: (-4, 8, -4), 10: (-2, 10, -2)},
    "minor": {1: (-5, -5, -5), 4: (4, 4, 4), 6: (6, 6, -6), 9: (3, 3, 3), 11: (5, 5, 5)},
}


def spell(
    pitch: int, key: Key, next_pitch: int | None = None, in_chord: Callable[[int], tuple[str, int] | None] | None = None
) -> tuple[str, int, int]:
    """MIDI pitch -> step letter, alteration (-2..2) and octave (middle C is C, 0, 4).

    Notes of the key are written as the key signature has them, the leading tone of minor raised; others lean where the
    tune goes: sharp when it rises a semitone, flat when it falls one. ``in_chord`` says first how the chord that sounds
    writes a pitch class that is not the key's.
    """
    said = in_chord(pitch % 12) if in_chord and (pitch - key.tonic) % 12 in _CHROMATIC[key.mode] else None
    if said:
        return *said, (pitch - said[1]) // 12 - 1
    place = tonic_fifths(key) + _place((pitch - key.tonic) % 12, key.mode, (next_pitch or -9) - pitch)
    step, alter = PitchName.at(place)
    if not -2 <= alter <= 2:
        step, alter = next((s, a) for s in LINE_OF_FIFTHS for a in (0, 1, -1) if (NATURALS[s] + a - pitch) % 12 == 0)
    return step, alter, (pitch - alter) // 12 - 1


def _place(degree: int, mode: str, rise: int) -> int:
    for place in _DIATONIC[mode]:
        if place * 7 % 12 == degree:
            return place
    usual, rising, falling = _CHROMATIC[mode][degree]
    return rising if rise == 1 else falling if rise == -1 else usual


def name(step: str, alter: int, octave: int) -> str:
    """For people: ``F#4``, ``Bb3``."""
    return f"{PitchName(step, alter)}{octave}"
