"""What is found in a text, and which finds stand where two overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("name", "place", "date", "number", "email", "phone", "link", "address", "id")


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch of a text that tells of somebody."""

    kind: str  # one of KINDS
    start: int
    end: int


def settled(found: Iterable[Find]) -> list[Find]:
    """In order, without overlaps: the longer find stands, and of two alike the one of the earlier kind."""
    kept: list[Find] = []
    for find in sorted(found, key=lambda one: (-(one.end - one.start), KINDS.index(one.kind), one.start)):
        if all(find.end <= other.start or find.start >= other.end for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda one: one.start)
