"""The pedal of a piano in MIDI: down and up in the file, the ring of notes in a score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from carmina import Note

LONGEST_RING = 61440


def ringing(notes: Sequence[Note], pedal: Sequence[tuple[int, bool]]) -> list[Note]:
    """The notes, each of which rings on as long as the pedal is down at its end. ``pedal``: ticks, in order, and
    whether it goes down."""
    changes: list[tuple[int, bool]] = []
    for tick, down in pedal:
        if not changes or changes[-1][1] != down:
            changes.append((tick, down))
    ticks = [tick for tick, _ in changes]
    return [replace(note, ring_ticks=_ring(note, ticks, changes)) for note in notes] if changes else list(notes)


def _ring(note: Note, ticks: Sequence[int], changes: Sequence[tuple[int, bool]]) -> int:
    place = bisect_right(ticks, note.end_ticks) - 1
    if place < 0 or not changes[place][1] or place + 1 == len(changes):
        return 0
    return min(LONGEST_RING, ticks[place + 1] - note.end_ticks)
