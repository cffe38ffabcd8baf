"""Lengths in ticks -> written note values, tied where one value does not do.

A note may hide a beat only if it begins and ends on places nearly as strong (quarters off the beat, but no dotted note
across the middle of a 4/4 bar); triplets stand in windows of an eighth, a quarter or a half note, and so do tuplets of
5, 7 and more, which are taken only where what is there fits nothing simpler: first of a beat, then of a half note,
then of the bar. Tuplets within tuplets are written as the one tuplet that has all their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import Metre
from carmina.theory import beat_ticks, is_compound

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
class Value:
    """One written note value at its place in a bar (ticks from the start of the whole bar)."""

    start: int
    length: int
    type: str
    dots: int = 0
    triple: tuple[int, int] | None = None  # start and length of the tuplet's window it stands in
    ratio: tuple[int, int] = (3, 2)  # of the tuplet: so many in the time of so many
    unit: str = ""  # of the tuplet: the type of its parts

    @property
    def end(self) -> int:
        return self.start + self.length


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


def level(metre: Metre, tick: int) -> int:
    """How strong a place of the bar is: 5 the bar line, 4 its half or dotted beats, 3 beats, then ever finer."""
    if tick % metre.bar_ticks == 0:
        return 5
    beat = beat_ticks(metre)
    if tick % beat == 0:
        halves = not is_compound(metre) and metre.beats % 2 == 0 and metre.beats > 2 and tick % (2 * beat) == 0
        return 4 if halves or is_compound(metre) else 3
    unit = beat // 3 if is_compound(metre) else beat // 2
    if tick % unit == 0:
        return 2
    return 1 if tick % (unit // 2) == 0 else 0


def _weakest(metre: Metre) -> int:
    """Ticks between the places that :func:`level` tells from all finer ones, on which it is 0."""
    beat = beat_ticks(metre)
    return max(FINEST, (beat // 3 if is_compound(metre) else beat // 2) // 2)


def written(start: int, end: int, metre: Metre, divided: Sequence[Window], rest: bool = False) -> Iterator[Value]:
    """The values of one note or rest from ``start`` to ``end`` of a bar."""
    for piece_start, piece_end, window in _pieces(start, end, divided):
        if window is None:
            yield from _binary(piece_start, piece_end, metre, rest)
        else:
            yield from _triple(piece_start, piece_end, window)


def _pieces(start: int, end: int, divided: Sequence[Window]) -> Iterator[tuple[int, int, Window | None]]:
    at = start
    for window in divided:
        edge = window.start + window.length
        if not window.triple or edge <= at or window.start >= end or (at <= window.start and edge <= end):
            continue  # a note that fills a window needs no triplet
        if at < window.start:
            yield at, window.start, None
        yield max(at, window.start), min(edge, end), window
        at = min(edge, end)
    if at < end:
        yield at, end, None


def _binary(start: int, end: int, metre: Metre, rest: bool) -> Iterator[Value]:
    length = end - start
    plain = _plain(length)
    cut = _cut(start, end, metre, rest)
    if plain and cut is None:
        yield Value(start, length, *plain)
    elif cut is None:
        largest = max(v for v in (*TYPES, *(t * 3 // 2 for t in TYPES)) if v <= max(length, min(TYPES)))
        if largest >= length:
            yield Value(start, length, TYPES[min(TYPES)])
        else:
            yield from _binary(start, start + largest, metre, rest)
            yield from _binary(start + largest, end, metre, rest)
    else:
        yield from _binary(start, cut, metre, rest)
        yield from _binary(cut, end, metre, rest)


def _plain(length: int) -> tuple[str, int] | None:
    if length in TYPES:
        return TYPES[length], 0
    return (TYPES[length * 2 // 3], 1) if length % 3 == 0 and length * 2 // 3 in TYPES else None


def _cut(start: int, end: int, metre: Metre, rest: bool) -> int | None:
    """Where a tie must show the beat; none if one value may cover it all."""
    step = _weakest(metre)
    inner = range(start // step * step + step, end, step) or range(start // FINEST * FINEST + FINEST, end, FINEST)
    if not inner:
        return None
    strongest = max(level(metre, tick) for tick in inner)
    places = [tick for tick in inner if level(metre, tick) == strongest]
    first, last = level(metre, start), level(metre, end)
    covers = (_rest_covers if rest else _note_covers)(first, last, strongest, len(places), is_compound(metre))
    plain = _plain(end - start)
    if covers and plain and not (rest and plain[1] and not is_compound(metre)):
        return None
    return places[-1] if first >= strongest else places[0]


def _note_covers(first: int, last: int, strongest: int, count: int, threes: bool) -> bool:
    """Whether a value between places of these strengths may hide ``count`` places of the ``strongest``."""
    if threes and strongest == 4:
        return min(first, last) >= 4
    return min(first, last) >= strongest - 1 and (first >= strongest or count == 1)


def _rest_covers(first: int, last: int, strongest: int, count: int, threes: bool) -> bool:
    """As for notes, but rests show every beat that they do not begin on the stronger side of."""
    return first > strongest and last >= min(strongest, 3 + threes) or strongest <= 1


def _triple(start: int, end: int, window: Window) -> Iterator[Value]:
    if window.parts:
        yield from _of_tuplet(start, end, window)
        return
    at = start
    while at < end:
        length = next(
            v
            for v in (960, 720, 480, 360, 240, 180, 120, 90, 60, 30, 1)
            if _plain(v) and v * 2 // 3 <= end - at or v == 1
        )
        ticks = max(length * 2 // 3, 1)
        unit = {240: "16th", 480: "eighth", 960: "quarter"}.get(window.length, "eighth")
        yield Value(at, ticks, *(_plain(length) or ("128th", 0)), (window.start, window.length), unit=unit)
        at += ticks


def _of_tuplet(start: int, end: int, window: Window) -> Iterator[Value]:
    """Values of one note within a tuplet, which begins and ends on its places."""
    edges = [*window.places(), window.start + window.length]
    first, last = (min(range(len(edges)), key=lambda n: abs(edges[n] - tick)) for tick in (start, end))
    part = window.length // window.ratio[1]
    while first < last:
        many = max(n for n in (1, 2, 3, 4, 6, 8) if first + n <= last and _plain(n * part))
        ticks = edges[first + many] - edges[first]
        kind = _plain(many * part) or ("128th", 0)
        yield Value(edges[first], ticks, *kind, (window.start, window.length), window.ratio, TYPES[part])
        first += many
