"""How a bar is divided: where notes may stand between its beats, in twos, in threes, in tuplets.

Triplets stand in windows of an eighth, a quarter or a half note, and so do tuplets of 5, 7 and more, which are taken
only where what is there fits nothing simpler: first of a beat, then of a half note, then of the bar. Tuplets within
tuplets are written as the one tuplet that has all their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import Metre
from carmina.theory import is_compound

TYPES = {
    3840: "breve",
    1920: "whole",
    960: "half",
    480: "quarter",
    240: "eighth",
    120: "16th",
    60: "32nd",
    30: "64th",
    15: "128th",
}
FINEST = 15  # a 128th
FINEST_TRIPLE = 40  # a 32nd of a triplet
TUPLETS = (5, 7, 9, 10, 11, 13)  # notes in the time of fewer
FINE_TUPLETS = (*range(14, 16), *range(17, 32))  # only where enough is there to be sure of one
SURE = 4  # places of a fine tuplet, or of one that is longer than a half note, that are taken
NEAR = 1  # ticks that a place of a tuplet may be off, since 480 has no seventh


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a bar that is divided in twos, or in threes; notes stand on multiples of ``grid`` from its start.

    A tuplet's is divided in ``parts`` instead.
    """

    start: int
    length: int
    grid: int
    parts: int = 0  # of TUPLETS

    @property
    def triple(self) -> bool:
        """Whether it is a triplet's or a tuplet's."""
        return self.parts > 0 or self.grid % 40 == 0

    @property
    def ratio(self) -> tuple[int, int]:
        """How many are played in the time of how many."""
        if not self.parts:
            return 3, 2
        fits = (n for n in range(self.parts - 1, 0, -1) if self.length % n == 0 and self.length // n in TYPES)
        return self.parts, next(fits, 1)

    def places(self) -> list[int]:
        """Where notes may stand, its end left out."""
        if self.parts:
            return [self.start + _part(self.length, self.parts, n) for n in range(self.parts)]
        return list(range(self.start, self.start + self.length, self.grid))


def windows(metre: Metre, start: int, end: int, boundaries: Sequence[int]) -> list[Window]:
    """How the part ``start..end`` of a bar is divided, given where its notes begin and end."""
    size = 240 if is_compound(metre) or metre.unit >= 8 else 480
    found = []
    at = start
    while at < end:
        stop = min((at // size + 1) * size, end)
        inside = [b for b in boundaries if at < b < stop]
        parts = _parts(inside, at, stop - at) if stop - at == size else 0
        found.append(Window(at, stop - at, _grid(inside, at, whole=stop - at == size), parts))
        at = stop
    found = list(_widened(found, boundaries)) if size == 480 else found
    spans = [960, metre.bar_ticks] if (start, end) == (0, metre.bar_ticks) else [960]
    for length in spans:
        found = _joined(found, boundaries, length)
    return found


def _joined(found: Sequence[Window], boundaries: Sequence[int], length: int) -> list[Window]:
    """Windows that together make a tuplet of this length become one, if any does not have its own boundaries."""
    out: list[Window] = []
    place = 0
    while place < len(found):
        start = found[place].start
        stop = place
        while stop < len(found) and found[stop].start + found[stop].length <= start + length:
            stop += 1
        group = found[place:stop]
        whole = group and group[-1].start + group[-1].length == start + length and start % length == 0
        inside = [b for b in boundaries if start < b < start + length]
        if whole and not all(_holds(window, boundaries) for window in group):
            parts = _parts(inside, start, length) if length <= 960 or len(inside) >= SURE else 0
            if parts:
                out.append(Window(start, length, 60, parts))
                place = stop
                continue
        out.append(found[place])
        place += 1
    return out


def _holds(window: Window, boundaries: Sequence[int]) -> bool:
    places = window.places()
    inside = [b for b in boundaries if window.start < b < window.start + window.length]
    return all(min(abs(b - place) for place in places) <= (NEAR if window.parts else 0) for b in inside)


def _part(length: int, parts: int, number: int) -> int:
    return (2 * length * number + parts) // (2 * parts)


def _parts(inside: Sequence[int], start: int, length: int) -> int:
    """The tuplet on whose places these boundaries stand; 0 where a simpler grid has them, or none."""
    if not inside or not _misfit(inside, start, FINEST) or not _misfit(inside, start, FINEST_TRIPLE):
        return 0
    for parts in (*TUPLETS, *(FINE_TUPLETS if len(inside) >= SURE else ())):
        if length // parts < FINEST:
            break
        places = [start + _part(length, parts, number) for number in range(parts + 1)]
        if all(min(abs(b - place) for place in places) <= NEAR for b in inside):
            return parts
    return 0


def _grid(inside: Sequence[int], start: int, whole: bool) -> int:
    """The grid that these boundaries stand on; where none fits, the nearer of the two coarse ones."""
    if not _misfit(inside, start, FINEST):
        return FINEST
    if whole and not _misfit(inside, start, FINEST_TRIPLE):
        return FINEST_TRIPLE
    return 80 if whole and _misfit(inside, start, 80) < _misfit(inside, start, 60) else 60


def _misfit(inside: Sequence[int], start: int, grid: int) -> int:
    return sum(min((b - start) % grid, -(b - start) % grid) for b in inside)


def _widened(found: Sequence[Window], boundaries: Sequence[int]) -> Iterator[Window]:
    """Two quarters that together hold a triplet of quarters become one window."""
    place = 0
    while place < len(found):
        pair = found[place : place + 2]
        start = pair[0].start
        inside = {b - start for b in boundaries if start < b < start + 960}
        if len(pair) == 2 and start % 960 == 0 and all(w.triple for w in pair) and inside <= {320, 640}:
            yield Window(start, 960, FINEST_TRIPLE)
            place += 2
        elif len(pair) == 2 and start % 960 == 0 and (parts := _parts([start + b for b in inside], start, 960)):
            yield Window(start, 960, 60, parts)
            place += 2
        else:
            yield pair[0]
            place += 1
