"""The plans of this package's lines read forwards, for a model that writes from the beginning to the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from ..chinese.stretch import REPEAT
from ..english.text import NO_MARK

FIRST, NEXT, BREAK = (
    "first",
    "next",
    "break",
)  # where a unit stands: begins a line, follows, or begins a later line of a stretch
COMMA_COST = -1.5  # nats from a comma inside a line


class Path(Protocol):
    """Places from 0 to ``length``, to be filled with units."""

    length: int
    sizes: np.ndarray  # (units,) places that each unit takes
    inner: Mapping[str, float]  # marks that may stand between units -> nats
    closing: Sequence[str]  # texts of which one must follow the last unit; empty: none

    def surrounding(self, place: int) -> str:
        """FIRST, NEXT or BREAK."""

    def weights(self, place: int, taken: Sequence[int]) -> np.ndarray:
        """(units,) nats for the unit at a place; -inf where it must not stand. Whatever is allowed can be gone on
        from."""


class EnglishPath:
    """A line of words: an automaton of :mod:`en_lines`, with which words can be gone on from towards the end."""

    def __init__(
        self, automaton: Any, soft: np.ndarray, known: Mapping[str, np.ndarray], bias: np.ndarray | None = None
    ):
        self._auto, self._sounds, self._known = automaton, automaton.sounds, known
        self.length, self.sizes = automaton.length, automaton.sounds.syllables
        self.inner, self.closing = {",": COMMA_COST}, automaton.plan.marks
        self._soft = soft[self._sounds.grid[0]] + (0.0 if bias is None else bias)
        self._open = np.zeros(self.length + 1, bool)
        self._open[self.length] = True
        self._cached: dict[int, np.ndarray] = {}
        for place in range(self.length - 1, -1, -1):
            self._open[place] = self._allowed(place).any()

    @property
    def possible(self) -> bool:
        """Whether any line fits with the words that the model knows."""
        return bool(self._open[0])

    def surrounding(self, place: int) -> str:
        return NEXT if place else FIRST

    def _allowed(self, place: int) -> np.ndarray:
        ends = place + self.sizes
        fits = ends <= self.length
        ends = np.minimum(ends, self.length)
        return (
            fits & self._auto.fit[ends, np.arange(len(ends))] & self._open[ends] & self._known[self.surrounding(place)]
        )

    def weights(self, place: int, taken: Sequence[int]) -> np.ndarray:
        if place not in self._cached:
            kind = self._auto.plan.pattern[place]
            cost = (
                self._sounds.stress_cost(kind == "+")[self._sounds.grid[0]] * (self.sizes == 1) if kind != "~" else 0.0
            )
            self._cached[place] = np.where(self._allowed(place), self._soft + cost, -np.inf)
        out = self._cached[place]
        if taken and np.isfinite(out).sum() > 1:
            out = out.copy()
            out[taken[-1]] = -np.inf
        return out


class ChinesePath:
    """A stretch of characters, from its plan in :mod:`zh_lines`."""

    def __init__(self, plan: Any, soft: np.ndarray, known: Mapping[str, np.ndarray]):
        self._plan, self._soft, self._known = plan, soft, known
        self.length, self.sizes = len(plan.masks), np.ones(len(soft), np.int64)
        self.inner: dict[str, float] = {}
        self.closing: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the model knows a character for every place, and enough for rhymes that differ."""
        known = [int((mask & self._known[self.surrounding(at)]).sum()) for at, mask in enumerate(self._plan.masks)]
        return all(many > (len(self._plan.ends) if at in self._plan.ends else 0) for at, many in enumerate(known))

    def surrounding(self, place: int) -> str:
        return FIRST if not place else BREAK if place in self._plan.starts else NEXT

    def weights(self, place: int, taken: Sequence[int]) -> np.ndarray:
        out = np.where(self._plan.masks[place] & self._known[self.surrounding(place)], self._soft, -np.inf)
        out[list(taken)] -= REPEAT
        if place in self._plan.ends:
            out[[taken[at] for at in self._plan.ends if at < place]] = -np.inf
        return out


def mark_text(mark: str) -> str:
    """How a closing mark continues a line."""
    return "\n" if mark == NO_MARK else mark
