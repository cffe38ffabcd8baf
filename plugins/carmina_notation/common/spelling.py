"""How a pitch is written in a key: F sharp or G flat."""

from __future__ import annotations

from collections.abc import Callable

from carmina import Key

STEPS = "FCGDAEB"  # the line of fifths
NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}

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
    tune goes: sharp when it rises a semitone, flat when it falls one. ``in_chord`` says first how the chord that sounds writes
    a pitch class that is not the key's.
    """
    said = in_chord(pitch % 12) if in_chord and (pitch - key.tonic) % 12 in _CHROMATIC[key.mode] else None
    if said:
        return *said, (pitch - said[1]) // 12 - 1
    place = tonic_place(key) + _place((pitch - key.tonic) % 12, key.mode, (next_pitch or -9) - pitch)
    step, alter = STEPS[(place + 1) % 7], (place + 1) // 7
    if not -2 <= alter <= 2:
        step, alter = next((s, a) for s in STEPS for a in (0, 1, -1) if (NATURAL[s] + a - pitch) % 12 == 0)
    return step, alter, (pitch - alter) // 12 - 1


def tonic_place(key: Key) -> int:
    """The tonic's place on the line of fifths, C = 0."""
    return key.fifths + (3 if key.mode == "minor" else 0)


def _place(degree: int, mode: str, rise: int) -> int:
    for place in _DIATONIC[mode]:
        if place * 7 % 12 == degree:
            return place
    usual, rising, falling = _CHROMATIC[mode][degree]
    return rising if rise == 1 else falling if rise == -1 else usual


def key_alters(key: Key) -> dict[str, int]:
    """What the key signature does to each step."""
    return {
        step: (1 if place < key.fifths else 0) - (1 if 6 - place < -key.fifths else 0)
        for place, step in enumerate(STEPS)
    }


def name(step: str, alter: int, octave: int) -> str:
    """For people: ``F#4``, ``Bb3``."""
    return step + ("#" * alter if alter > 0 else "b" * -alter) + str(octave)


def key_name(key: Key) -> str:
    """For people: ``F# minor``."""
    place = tonic_place(key) + 1
    alter = place // 7
    return STEPS[place % 7] + ("#" * alter if alter > 0 else "b" * -alter) + " " + key.mode
