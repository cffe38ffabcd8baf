"""One line on its way through the tokens of a borrowed model: every reading of the tokens so far that the plan allows.

Tokens do not say where a word ends (moon, moonlight), so several readings may be open at once; a token is allowed when
one of them can take it, and every reading that is kept can be finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from .paths import Path
from .units import Units

NEVER = -np.inf


@dataclass(frozen=True)
class Spot:
    """One reading: the unit that is being written begins at ``place``."""

    place: int
    low: int  # rows of the table that agree with the tokens so far
    high: int
    depth: int = 0  # tokens of the unit that are written
    taken: tuple[int, ...] = ()  # units before it
    marks: tuple[tuple[int, str], ...] = ()  # (units before it, mark)


class BorrowedHypothesis:
    """A candidate."""

    def __init__(self, path: Path, tables: Mapping[str, Units], marks: Mapping[str, int], size: int):
        """``marks``: text of a mark -> its token. ``size``: of the vocabulary."""
        self._path, self._tables, self._marks, self._size = path, tables, marks, size
        self._spots = [self._start(0, (), ())]
        self.taken: tuple[int, ...] = ()
        self.inner: tuple[tuple[int, str], ...] = ()
        self.closing = ""
        self.done = False

    def context(self) -> tuple[int, ...]:
        """A borrowed model is told nothing but the text."""
        return ()

    def fork(self) -> BorrowedHypothesis:
        twin = object.__new__(BorrowedHypothesis)
        twin.__dict__.update(self.__dict__)
        twin._spots = list(self._spots)
        return twin

    def _start(self, place: int, taken: tuple[int, ...], marks: tuple[tuple[int, str], ...]) -> Spot:
        return Spot(place, 0, len(self._table(place).unit), 0, taken, marks)

    def _table(self, place: int) -> Units:
        return self._tables[self._path.surrounding(place)]

    def logit_bias(self) -> np.ndarray:
        """(V,) nats for the next token."""
        out = np.full(self._size, NEVER, np.float32)
        for spot in self._spots:
            self._unit_tokens(spot, out)
            for after in self._after(spot):
                if after.place < self._path.length:
                    self._unit_tokens(after, out)
                    for mark, nats in self._inner_marks(after):
                        out[self._marks[mark]] = max(out[self._marks[mark]], nats)
                else:
                    for mark in self._path.closing:
                        out[self._marks[mark]] = max(out[self._marks[mark]], 0.0)
        return out

    def _unit_tokens(self, spot: Spot, out: np.ndarray) -> None:
        table = self._table(spot.place)
        weights = self._path.weights(spot.place, spot.taken)[table.unit[spot.low : spot.high]]
        going = np.isfinite(weights) & (table.length[spot.low : spot.high] > spot.depth)
        nats = weights[going] if not spot.depth else 0.0
        np.maximum.at(out, table.grid[spot.depth, spot.low : spot.high][going], nats)

    def _after(self, spot: Spot) -> list[Spot]:
        """Where the reading stands if its unit ends here; one for each unit of these tokens."""
        table = self._table(spot.place)
        found: list[Spot] = []
        if not spot.depth:
            return found
        for row in range(spot.low, spot.high):
            if table.length[row] != spot.depth:
                break  # shorter ones stand first
            unit = int(table.unit[row])
            if np.isfinite(self._path.weights(spot.place, spot.taken)[unit]):
                place = spot.place + int(self._path.sizes[unit])
                taken = (*spot.taken, unit)
                found.append(
                    self._start(place, taken, spot.marks)
                    if place < self._path.length
                    else Spot(place, 0, 0, 0, taken, spot.marks)
                )
        return found[:1]

    def _inner_marks(self, spot: Spot) -> list[tuple[str, float]]:
        fits = 2 <= spot.place <= self._path.length - 2 and not spot.marks
        return [(mark, nats) for mark, nats in self._path.inner.items() if mark in self._marks] if fits else []

    def take(self, token: int) -> None:
        """Go on with a token that was welcome."""
        spots: list[Spot] = []
        for spot in self._spots:
            spots += self._into(spot, token)
            for after in self._after(spot):
                if after.place == self._path.length:
                    for mark in self._path.closing:
                        if self._marks[mark] == token:
                            return self._finish(after, mark)
                else:
                    spots += self._into(after, token)
                    spots += [
                        replace(after, marks=((len(after.taken), mark),))
                        for mark, _nats in self._inner_marks(after)
                        if self._marks[mark] == token
                    ]
        self._spots = spots
        if not self._path.closing:
            ended = next(
                (after for spot in spots for after in self._after(spot) if after.place == self._path.length), None
            )
            if ended is not None:
                self._finish(ended, "")
        return None

    def _into(self, spot: Spot, token: int) -> list[Spot]:
        table = self._table(spot.place)
        low, high = table.narrowed(spot.low, spot.high, spot.depth, token)
        if low == high or not np.isfinite(self._path.weights(spot.place, spot.taken)[table.unit[low:high]]).any():
            return []
        return [replace(spot, low=low, high=high, depth=spot.depth + 1)]

    def _finish(self, spot: Spot, mark: str) -> None:
        self.done, self.taken, self.inner, self.closing = True, spot.taken, spot.marks, mark
