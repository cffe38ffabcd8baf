"""How far two settings of the same bars lie from one another, 0 (the same) to 1."""

from __future__ import annotations

from collections.abc import Sequence

SLOT = 3  # units: a sixteenth
Heard = Sequence[tuple[int, int, int]]  # (onset, length, pitch) in units


def distance(one: Heard, other: Heard) -> float:
    """The mean of two shares: sixteenths in which another pitch (or silence) sounds, and attacks that the two do not
    share."""
    first, second = _slots(one), _slots(other)
    heard = first.keys() | second.keys()
    pitches = sum(first.get(at) != second.get(at) for at in heard) / max(1, len(heard))
    attacks, others = {note[0] for note in one}, {note[0] for note in other}
    shared = len(attacks & others) / max(1, len(attacks | others))
    return (pitches + 1 - shared) / 2 if heard else 0.0


def melodic_distance(one: Heard, other: Heard) -> float:
    """The share of sixteenths in which another pitch sounds: for settings of one rhythm."""
    first, second = _slots(one), _slots(other)
    heard = first.keys() | second.keys()
    return sum(first.get(at) != second.get(at) for at in heard) / max(1, len(heard))


def _slots(notes: Heard) -> dict[int, int]:
    return {at: pitch for onset, length, pitch in notes for at in range(onset - onset % SLOT, onset + length, SLOT)}
