"""Lengths in ticks -> written note values, tied where one value does not do.

A note may hide a beat only if it begins and ends on places nearly as strong (quarters off the beat, but no dotted note
across the middle of a 4/4 bar); how the bar is divided between its beats is told by :mod:`.windows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina import Metre
from carmina.theory import beat_ticks, is_compound

from .windows import FINEST, TYPES, Window


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
