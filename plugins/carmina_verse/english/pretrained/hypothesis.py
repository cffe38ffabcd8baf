"""One line on its way through the base's ids: the word that will end it, then the line from its beginning to that word.

Shapes: N rows of a table, W words, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..automaton import Automaton
from ..text import MARKS, NO_MARK
from .tokenizer import SENTENCE_ENDS, EnglishBase

NEVER = np.float32(-np.inf)
AGAIN = np.float32(-3.0)  # nats from a content word that the line has already
INNER_MARKS = 2  # at most, in one line
FIRST_PLACE = 2  # syllables at either end of a line that no mark cuts off


class Table:
    """Words as ids, sorted, so that those which begin alike stand together."""

    def __init__(self, rows: Sequence[tuple[int, ...]]):
        order = sorted(range(len(rows)), key=lambda word: rows[word])
        self.word = np.array(order)  # (N,)
        self.row = np.argsort(self.word)  # (W,)
        self.length = np.array([len(rows[word]) for word in order])
        self.grid = np.full((int(self.length.max()) + 1, len(order)), -1, np.int32)
        for at, word in enumerate(order):
            self.grid[: len(rows[word]), at] = rows[word]
        self._groups = np.flatnonzero(np.diff(self.grid[0], prepend=-1))

    def beginnings(self, nats: np.ndarray, out: np.ndarray) -> None:
        """Write the best nats (W,) of the words that begin with each id into ``out`` (V,)."""
        best = np.maximum.reduceat(nats[self.word], self._groups)
        out[self.grid[0][self._groups]] = best

    def narrowed(self, low: int, high: int, depth: int, number: int) -> tuple[int, int]:
        """The rows of [low, high) that go on with an id at this depth."""
        column = self.grid[depth, low:high]
        return low + int(np.searchsorted(column, number)), low + int(np.searchsorted(column, number, side="right"))


class Tables:
    """The tables of a lexicon: words as they stand inside a sentence, and at its beginning."""

    def __init__(self, tokens: EnglishBase, words: Sequence[str]):
        self.tokens = tokens
        self.inside = Table([tokens.word(word) for word in words])
        self.sentence = Table([tokens.word(word, upper=True) for word in words])


class Forward:
    """An automaton read from the beginning of the line, to a given last word."""

    def __init__(self, automaton: Automaton, fits: np.ndarray, end: int):
        """``fits`` (length, W): whether a word may begin at a place."""
        sizes, self.length = automaton.sounds.syllables, automaton.length
        open_ = np.zeros(self.length + 1, bool)
        self._allowed = np.zeros_like(fits)
        for place in range(self.length - 1, -1, -1):
            ends = np.minimum(place + sizes, self.length)
            allowed = fits[place] & open_[ends]
            allowed[end] = fits[place, end] and place + sizes[end] == self.length  # there alone
            self._allowed[place], open_[place] = allowed, allowed.any()

    def allowed(self, place: int) -> np.ndarray:
        """(W,) which words may begin at a place."""
        return self._allowed[place]


class Readings:
    """What all candidates of one plan share."""

    def __init__(self, automaton: Automaton, soft: np.ndarray, tables: Tables, bias: np.ndarray | None = None):
        sounds, pattern = automaton.sounds, automaton.plan.pattern
        self.automaton, self.tables, self.sounds = automaton, tables, sounds
        self.length, self.sizes = automaton.length, sounds.syllables
        first = sounds.grid[0]
        self.soft = soft[first] if bias is None else soft[first] + bias
        costs = {kind: sounds.stress_cost(kind == "+")[first] * (self.sizes == 1) for kind in "+-"} | {"~": 0}
        self.nats = np.stack([self.soft + costs[place] for place in pattern]).astype(np.float32)
        ends = np.arange(self.length)[:, None] + self.sizes
        inside = ends <= self.length
        self.fits = inside & automaton.fit[np.minimum(ends, self.length), np.arange(len(self.sizes))]
        self.forward = lru_cache(maxsize=None)(lambda end: Forward(automaton, self.fits, end))
        self.beginnings = lru_cache(maxsize=None)(self._beginnings)

    def ends(self) -> np.ndarray:
        """(W,) nats for the word that is planned to end the line."""
        return np.where(self.automaton.fit[self.length], self.soft, NEVER)

    def _beginnings(self, end: int, place: int, upper: bool, before: tuple[int, ...]) -> np.ndarray:
        """(V,) nats for the first ids of the next word, after the words ``before`` it in the line."""
        nats = np.where(self.forward(end).allowed(place), self.nats[place], NEVER)
        nats[[word for word in before if not self.sounds.function[word]]] += AGAIN
        if before and np.isfinite(nats).sum() > 1:
            nats[before[-1]] = NEVER
        out = np.full(self.tables.tokens.field_sizes[0], NEVER, np.float32)
        (self.tables.sentence if upper else self.tables.inside).beginnings(nats, out)
        return out


class BaseHypothesis:
    """A candidate; ``words`` and ``text`` are as the poet expects them of a line that is done."""

    def __init__(self, readings: Readings, upper: bool):
        self._shared, self._upper = readings, upper
        self._table = readings.tables.inside
        self._low, self._high, self._depth = 0, len(self._table.word), 0
        self.end = -1  # the planned last word, when it is known
        self.place = 0
        self.taken: list[int] = []
        self.tokens: list[str] = []
        self.ids: list[int] = []
        self.closing: str | None = None
        self.pattern = readings.automaton.plan.pattern

    @property
    def done(self) -> bool:
        return self.closing is not None

    def fork(self) -> BaseHypothesis:
        twin = object.__new__(BaseHypothesis)
        twin.__dict__.update(self.__dict__)
        twin.taken, twin.tokens, twin.ids = list(self.taken), list(self.tokens), list(self.ids)
        return twin

    def context(self) -> tuple[int, ...]:
        """The base is told nothing but the ids."""
        return ()

    # ---- what may come

    def logit_bias(self) -> np.ndarray:
        """(V,) nats; what ends the line is the line end's id."""
        out = np.full(self._shared.tables.tokens.field_sizes[0], NEVER, np.float32)
        if self.end < 0 and not self._depth:
            self._table.beginnings(self._shared.ends(), out)
            return out
        if self._depth:
            self._going_on(out)
        word = self._ended()
        if word >= 0 or not self._depth:
            self._next(word, out)
        return out

    def _allowed(self) -> np.ndarray:
        """(W,) words that may be on their way here."""
        if self.end < 0:
            return self._shared.automaton.fit[self._shared.length]
        return self._shared.forward(self.end).allowed(self.place)

    def _going_on(self, out: np.ndarray) -> None:
        rows = slice(self._low, self._high)
        going = self._allowed()[self._table.word[rows]] & (self._table.length[rows] > self._depth)
        out[self._table.grid[self._depth, rows][going]] = 0.0

    def _ended(self) -> int:
        """The word that the ids so far spell, if it may stand here; else -1."""
        if not self._depth or self._table.length[self._low] != self._depth:
            return -1  # shorter ones stand first
        word = int(self._table.word[self._low])
        return word if self._allowed()[word] else -1

    def _next(self, word: int, out: np.ndarray) -> None:
        """What may follow a word that has just ended (-1: a mark, or nothing, is before)."""
        shared, tokens = self._shared, self._shared.tables.tokens
        if self.end < 0:  # the planned word has ended: the line begins
            np.maximum(out, shared.beginnings(word, 0, self._upper, ()), out=out)
            return
        place = self.place + (int(shared.sizes[word]) if word >= 0 else 0)
        if place == shared.length:
            for mark in shared.automaton.plan.marks:
                out[tokens.line_end if mark == NO_MARK else tokens.marks[mark]] = 0.0
            return
        upper = self._upper and word < 0
        before = (*self.taken, word) if word >= 0 else tuple(self.taken)
        np.maximum(out, shared.beginnings(self.end, place, upper, before), out=out)
        if word >= 0 and self._may_mark(place):
            out[list(tokens.marks.values())] = 0.0

    def _may_mark(self, place: int) -> bool:
        used = sum(token in MARKS for token in self.tokens)
        return FIRST_PLACE <= place <= self._shared.length - FIRST_PLACE and used < INNER_MARKS

    # ---- what comes

    def take(self, chosen: int) -> None:
        if self._depth:
            low, high = self._table.narrowed(self._low, self._high, self._depth, chosen)
            if low < high:
                self._low, self._high, self._depth = low, high, self._depth + 1
                self.ids.append(chosen)
                return
            self._finish(self._ended())
        tokens = self._shared.tables.tokens
        if self.end >= 0 and (mark := _mark_of(tokens, chosen)):
            self._mark(mark, chosen)
            return
        if self.end >= 0:
            self._table = self._shared.tables.sentence if self._upper else self._shared.tables.inside
        low, high = self._table.narrowed(0, len(self._table.word), 0, chosen)
        self._low, self._high, self._depth = low, high, 1
        self.ids.append(chosen)

    def _finish(self, word: int) -> None:
        self._low, self._high, self._depth = 0, len(self._table.word), 0
        if self.end < 0:
            self.end = word
            return
        self.place += int(self._shared.sizes[word])
        self.taken.append(word)
        self.tokens.append(self._shared.sounds.words[word].text)
        self._upper = False

    def _mark(self, mark: str, chosen: int) -> None:
        if self.place == self._shared.length:
            self.closing = mark
        else:
            self.tokens.append(mark)
            self._upper = mark in SENTENCE_ENDS
        if mark != NO_MARK:
            self.ids.append(chosen)

    # ---- as the poet expects a line

    @property
    def words(self) -> list[int]:
        """From the end of the line."""
        return self.taken[::-1]

    @property
    def text(self) -> list[str]:
        """Words and marks in reading order."""
        return [*self.tokens, *([] if self.closing in (None, NO_MARK) else [self.closing])]


def _mark_of(tokens: EnglishBase, number: int) -> str:
    if number == tokens.line_end:
        return NO_MARK
    return next((mark for mark, own in tokens.marks.items() if own == number), "")
