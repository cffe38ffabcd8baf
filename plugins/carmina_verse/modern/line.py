"""A line of modern verse, or a sentence of prose, on its way: symbol by symbol, with what is planned of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .tokenizer import LEFT, LINE_END, LINES, PROSE_STEP, SIZE

NEVER = np.float32(-np.inf)
BEGUN = 3.5  # nats for the next character of a wished word that stands at the line's end so far
TWICE = 1.5  # nats from a character that the line holds already


@dataclass(frozen=True)
class LinePlan:
    """What a line must be."""

    allowed: np.ndarray  # (V,) what may stand in it
    soft: np.ndarray  # (V,) nats: repetition and the like
    length: int = 0  # symbols; 0: it ends where it will, at one of ``stops``
    number: int = 1  # of the line in the poem, from 1
    left: int = 0  # lines that are left with it, or of prose symbols; 0 untold
    final: int = 0  # class of the modern final that it rhymes on, told to the model
    rhymed: bool = False
    last: np.ndarray | None = None  # (V,) what may be the last symbol
    end: int = LINE_END  # what closes a line of verse
    told: bool = True  # whether the model is told of the plan
    stops: frozenset[int] = frozenset()  # of prose
    closers: frozenset[int] = frozenset()  # marks that may follow a stop (”)
    least: int = 6  # symbols of prose before a stop
    most: int = 56  # after which it must stop
    inner: np.ndarray | None = None  # (V,) marks: not first, nor one after another
    first: np.ndarray | None = None  # (V,) what may not begin it
    dangling: np.ndarray | None = None  # (V,) what may not end it, or stand before a mark
    opening: tuple[int, ...] = ()  # ids that it begins with
    pins: Mapping[int, int] = field(default_factory=dict)  # place -> the id that stays there
    wishes: Mapping[tuple[int, ...], float] = field(default_factory=dict)  # words -> nats for their first character
    bound: frozenset[tuple[int, ...]] = frozenset()  # of them, words that are finished once they are begun


class ModernLine:
    """One candidate (a :class:`carmina.Hypothesis`)."""

    def __init__(self, plan: LinePlan):
        self.plan = plan
        self.ids: list[int] = []

    @property
    def done(self) -> bool:
        if self.plan.length:
            return len(self.ids) == self.plan.length + 1
        if not self.ids:
            return False
        if self.ids[-1] in self.plan.closers and len(self.ids) > 1:
            return self.ids[-2] in self.plan.stops
        return self.ids[-1] in self.plan.stops and len(self.ids) >= self.plan.least and not self._open

    @property
    def _open(self) -> bool:
        """Whether a quotation is open."""
        opening, closing = self._quotes
        return sum(n == opening for n in self.ids) > sum(n == closing for n in self.ids)

    @property
    def _quotes(self) -> tuple[int, int]:
        return min(self.plan.closers, default=-1) - 1, min(self.plan.closers, default=-1)

    def context(self) -> list[int]:
        plan, at = self.plan, len(self.ids)
        if not plan.told:
            return [0, 0, 0, 0, 0]
        if not plan.length:
            return [0, 0, min(LINES, max(1, -(-(plan.left - at) // PROSE_STEP))) if plan.left else 0, 0, 0]
        return [
            min(plan.length - at, LEFT - 1),
            min(plan.number, LINES),
            min(plan.left, LINES),
            1 + int(plan.rhymed),
            plan.final if plan.rhymed else 0,
        ]

    def logit_bias(self) -> np.ndarray:
        plan, at = self.plan, len(self.ids)
        if at < len(plan.opening) or at in plan.pins:
            out = np.full(SIZE, NEVER)
            out[plan.pins.get(at, plan.opening[at] if at < len(plan.opening) else 0)] = 0
            return out
        if plan.length and at == plan.length:
            out = np.full(SIZE, NEVER)
            out[plan.end] = 0
            return out
        if not plan.length and at >= plan.most:
            out = np.full(SIZE, NEVER)
            out[list(plan.stops if self.ids[-1] not in plan.stops else plan.closers)] = 0
            return out
        if not plan.length and at and self.ids[-1] in plan.stops and self._open:
            out = np.full(SIZE, NEVER)
            out[list(plan.closers)] = 0
            return out
        out = np.where(plan.allowed, plan.soft, NEVER)
        if plan.inner is not None and (at == 0 or plan.inner[self.ids[-1]]):
            out[plan.inner] = NEVER
        if at == 0 and plan.first is not None:
            out[plan.first] = NEVER
        if plan.dangling is not None and plan.inner is not None and at and plan.dangling[self.ids[-1]]:
            out[plan.inner] = NEVER
        if plan.dangling is not None and plan.length and at == plan.length - 1:
            out[plan.dangling] = NEVER
        if plan.length and plan.inner is not None and at == plan.length - 2:
            out[plan.inner] = NEVER  # no single character is left after a mark
            if plan.dangling is not None and plan.last is not None and not (plan.last & ~plan.inner).any():
                out[plan.dangling] = NEVER  # a mark comes next
        for number in set(self.ids):
            out[number] -= TWICE
        if plan.length and at == plan.length - 1 and plan.last is not None:
            out = np.where(plan.last, np.maximum(out, -8), NEVER)
        self._wished(out, at)
        return out

    def _wished(self, out: np.ndarray, at: int) -> None:
        room = self.plan.length - at if self.plan.length else 99
        for word, nats in self.plan.wishes.items():
            if _holds(self.ids, word):
                continue
            begun = next((n for n in range(len(word) - 1, 0, -1) if tuple(self.ids[-n:]) == word[:n]), 0)
            if begun and len(word) - begun <= room and np.isfinite(out[word[begun]]):
                if word in self.plan.bound:
                    out[np.arange(SIZE) != word[begun]] = NEVER
                    return
                out[word[begun]] += BEGUN
            elif not begun and len(word) <= room:
                out[word[0]] += nats

    def take(self, chosen: int) -> None:
        self.ids.append(chosen)

    def fork(self) -> ModernLine:
        twin = ModernLine(self.plan)
        twin.ids = list(self.ids)
        return twin


def _holds(ids: Sequence[int], word: Sequence[int]) -> bool:
    return any(tuple(ids[at : at + len(word)]) == tuple(word) for at in range(len(ids) - len(word) + 1))
