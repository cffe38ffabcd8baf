"""What happens in a stretch of a score, found without walking through all of it: a page of bars stays linear in its
notes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from carmina import Note


class Timeline:
    """Things at ticks, in order; those at one tick stay as they were."""

    def __init__(self, things: Iterable[Any], tick: Callable[[Any], int] = lambda thing: thing.onset_ticks):
        self._things = sorted(things, key=tick)
        self._ticks = [tick(thing) for thing in self._things]

    def between(self, start: int, end: int) -> Sequence[Any]:
        """Those from ``start`` on and before ``end``."""
        return self._things[bisect_left(self._ticks, start) : bisect_left(self._ticks, end)]

    def at(self, tick: int) -> Any:
        """The last one at ``tick`` or before it; there is one."""
        return self._things[bisect_right(self._ticks, tick) - 1]


class Notes(Timeline):
    """A track's notes."""

    def __init__(self, notes: Sequence[Note]):
        super().__init__(notes)
        self._latest = list(accumulate((note.end_ticks for note in self._things), max))

    def cross(self, tick: int) -> bool:
        """Whether a note that began before sounds on after ``tick``."""
        before = bisect_left(self._ticks, tick)
        return before > 0 and self._latest[before - 1] > tick

    def sounding(self, start: int, end: int) -> Sequence[Note]:
        """Those of a line without overlaps that sound in a stretch."""
        first = bisect_left(self._ticks, start)
        while first and self._things[first - 1].end_ticks > start:
            first -= 1
        return self._things[first : bisect_left(self._ticks, end)]
