"""The notes of two phrases on the way from one to the other: they change places one after another."""

from __future__ import annotations

from collections.abc import Sequence

GOLDEN = 0.6180339887  # an order that is spread evenly over a phrase, whatever its length
Notes = Sequence[tuple[int, int]]  # (height, sixteenths)


def between(one: Notes, other: Notes, at: float) -> tuple[tuple[int, int], ...]:
    """The notes at a place from 0 (one) to 1 (other). Both phrases are laid along as many slots as the longer one has
    notes; each slot turns from one to the other once on the way, as many on each stretch of it, so neighbours on a path
    differ by what turned."""
    slots = max(len(one), len(other))
    order = sorted(range(slots), key=lambda slot: (slot + 1) * GOLDEN % 1.0)
    turned = set(order[: round(at * slots)])
    found = []
    for slot in range(slots):
        own = other if slot in turned else one
        note, before = slot * len(own) // slots, (slot - 1) * len(own) // slots if slot else -1
        if note != before:  # a note stands in the first of its slots
            found.append(own[note])
    return tuple(found) or tuple(one if at < 1 / 2 else other)
