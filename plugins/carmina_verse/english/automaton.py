"""A line of English verse on its way: from its closing mark and rhyme word back to its beginning.

The automaton knows how many syllables are left, and allows only words after which the line can still be filled: the
metre, the letter it must begin with, and words pinned to a place are all looked ahead for, so no line strands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from .lexicon import Sounds
from .text import MARKS, NO_MARK

INNER_MARKS = 1  # at most, in one line
MARK_COST = np.float32(-0.7)  # nats from a mark inside a line; three times that from one that ends a sentence
FIRST_WORDS = 2  # syllables at the beginning of a line that no mark cuts off
NO_MARK_COST = np.float32(-1.2)  # nats from a line that runs on
TRUST = np.float32(0.7)  # share of the lookahead's nats that counts
FLOOR = np.float32(-6.0)
NEVER = np.float32(-np.inf)
Ahead = Callable[[np.ndarray], np.ndarray]  # (V,) of what may come next -> (V,) how likely each id leads to it, nats


@dataclass(frozen=True)
class LinePlan:
    """What one line must be."""

    pattern: str  # weak "-", strong "+", free "~"
    where: tuple[int, int, int, int]  # fields: line of the stanza, lines left, rhyme back, metre
    allowed: np.ndarray  # (words,) that may be written
    last: np.ndarray  # (words,) that may end the line
    marks: tuple[str, ...]  # that may close the line
    letter: str = ""  # that must begin it
    pins: Mapping[int, int] = field(default_factory=dict)  # syllables left when the word ends there -> word
    strict: bool = False
    barred: np.ndarray | None = None  # (words,) that may not begin it, where others can
    end_bias: np.ndarray | None = None  # (V,) nats for the first piece of the last word
    before_end: np.ndarray | None = None  # (V,) nats for the first piece of the word before it
    told: bool = False  # whether the pins are what the line is to say: no mark stands before them


class Automaton:
    """Which words may come, for each number of syllables left; one for all candidates of one plan."""

    def __init__(self, sounds: Sounds, plan: LinePlan, ahead: Ahead | None = None):
        self.sounds, self.plan, self._ahead = sounds, plan, ahead
        self.length = len(plan.pattern)
        fit = sounds.fit(plan.pattern, plan.strict) & plan.allowed  # (length + 1, words)
        if plan.letter:
            fit &= (sounds.letters == ord(plan.letter.lower())) | (
                sounds.syllables[None] != np.arange(self.length + 1)[:, None]
            )
        for left, word in plan.pins.items():
            fit = _pinned(fit, sounds, left, word)
        opened = self._filled(self._barred(fit)) if plan.barred is not None else fit
        self.fit = opened if opened[self.length].any() and plan.barred is not None else self._filled(fit)
        self._first: dict[int, np.ndarray] = {}
        self._begun: dict[int, np.ndarray] = {}
        self.soft: np.ndarray | None = None

    def _barred(self, fit: np.ndarray) -> np.ndarray:
        """Without the words that should not begin the line."""
        assert self.plan.barred is not None
        begins = self.sounds.syllables[None] == np.arange(self.length + 1)[:, None]
        return fit & ~(begins & self.plan.barred)

    def _filled(self, fit: np.ndarray) -> np.ndarray:
        """Only words after which the rest of the line can be filled."""
        reach = np.zeros(self.length + 1, bool)
        reach[0] = True
        for left in range(1, self.length + 1):
            if left == self.length:
                fit[left] &= self.plan.last
            fit[left] &= reach[np.maximum(left - self.sounds.syllables, 0)]
            reach[left] = fit[left].any()
        return fit

    def first_pieces(self, left: int) -> np.ndarray:
        """The pieces with which a word may begin."""
        if left not in self._first:
            self._first[left] = np.unique(self.sounds.grid[0][self.fit[left]])
        return self._first[left]

    def beginnings(self, left: int, soft: np.ndarray) -> np.ndarray:
        """(V,) nats for the first pieces of the next word; all candidates of one line share them."""
        if self.soft is not soft:
            self.soft, self._begun = soft, {}
        if left not in self._begun:
            self._begun[left] = self._beginning(left, soft)
        return self._begun[left]

    def _beginning(self, left: int, soft: np.ndarray) -> np.ndarray:
        out = np.full(len(soft), NEVER, np.float32)
        found, place = self.first_pieces(left), self.plan.pattern[left - 1]
        out[found] = soft[found]
        if left == self.length and self.plan.end_bias is not None:
            out[found] += self.plan.end_bias[found]
        if place != "~":
            out[found] += self.sounds.stress_cost(place == "+")[found]
        after = left - self.sounds.piece_syllables[found]
        for short, nats in self.foresight.items():
            out[found] += np.where(after == short, nats[found], 0)
        return out

    @cached_property
    def foresight(self) -> dict[int, np.ndarray]:
        """Syllables left -> (V,) nats for the word after which so many are left: one that may begin a line, or leads to
        a pin."""
        if self._ahead is None:
            return {}
        found = {0: TRUST * np.maximum(self._ahead(_mask(self.sounds, list(self.sounds.mark_ids.values()))), FLOOR)}
        for left, word in self.plan.pins.items():
            led = self._ahead(_mask(self.sounds, [self.sounds.pieces[word][0]]))
            # a rare word is unlikely anywhere: what counts is where it is likelier than elsewhere
            found[left] = TRUST * np.maximum(led - np.median(led), FLOOR)
        return found

    @property
    def possible(self) -> bool:
        """Whether any line fits."""
        return bool(self.fit[self.length].any())


def _mask(sounds: Sounds, ids: list[int]) -> np.ndarray:
    mask = np.zeros(sounds.tokens.field_sizes[0], bool)
    mask[ids] = True
    return mask


def _pinned(fit: np.ndarray, sounds: Sounds, left: int, word: int) -> np.ndarray:
    """No word may reach over the pinned one, and where it belongs nothing else may stand."""
    size = int(sounds.syllables[word])
    ends = np.arange(len(fit))[:, None]
    begins = ends - sounds.syllables[None]
    fit = fit & ~((begins < left) & (ends > left - size))
    fit[left] = False
    fit[left, word] = sounds.syllables[word] <= left
    return fit


class EnglishLine:
    """One candidate (a :class:`carmina.Hypothesis`)."""

    def __init__(self, automaton: Automaton, soft: np.ndarray):
        """``soft`` (V,) nats for first pieces: repetition, relevance."""
        self.plan, self.sounds, self.automaton = automaton.plan, automaton.sounds, automaton
        self.soft = soft
        self.left = automaton.length
        self.tokens: list[str] = []  # from the end of the line
        self.words: list[int] = []
        self._low, self._high, self._depth = 0, len(self.sounds.words), 0
        self._open = False  # the closing mark is written
        self._inner = 0

    @property
    def done(self) -> bool:
        return self.left == 0

    def context(self) -> tuple[int, ...]:
        return (min(max(self.left, 1), 17), *self.plan.where)

    def logit_bias(self) -> np.ndarray:
        if not self._open:
            return self._only(self.plan.marks)
        return self._inside() if self._depth else self._beginnings()

    def _inside(self) -> np.ndarray:
        out = np.full(len(self.soft), NEVER, np.float32)
        fits = self.automaton.fit[self.left, self._low : self._high]
        out[self.sounds.grid[self._depth, self._low : self._high][fits]] = 0.0
        return out

    def _beginnings(self) -> np.ndarray:
        out = self.automaton.beginnings(self.left, self.soft).copy()
        if len(self.words) == 1 and self.plan.before_end is not None:
            out += self.plan.before_end
        if (
            self.words
            and len(self.sounds.pieces[self.words[-1]]) == 1
            and len(self.automaton.first_pieces(self.left)) > 1
        ):
            out[self.sounds.pieces[self.words[-1]][0]] = NEVER
        if self._may_mark():
            for mark in MARKS:
                out[self.sounds.mark_ids[mark]] = MARK_COST if mark in ",;—" else 3 * MARK_COST
        return out

    def _may_mark(self) -> bool:
        return (
            FIRST_WORDS < self.left < self.automaton.length
            and self._inner < INNER_MARKS
            and bool(self.tokens)
            and self.tokens[-1] not in MARKS
            and not (self.plan.told and self.left in self.plan.pins)
        )

    def _only(self, marks: tuple[str, ...]) -> np.ndarray:
        out = np.full(len(self.soft), NEVER, np.float32)
        for mark in marks:
            out[self.sounds.mark_ids[mark]] = NO_MARK_COST if mark == NO_MARK else 0.0
        return out

    def take(self, chosen: int) -> None:
        if not self._open:
            self._open = True
            self.closing = self.sounds.tokens.pieces.id_to_piece(chosen)
            return
        piece = self.sounds.tokens.pieces.id_to_piece(chosen)
        if not self._depth and piece in MARKS:
            self.tokens.append(piece)
            self._inner += 1
            return
        self._into(chosen)
        if piece.endswith("▁"):
            self._finish()

    def _into(self, piece: int) -> None:
        column = self.sounds.grid[self._depth, self._low : self._high]
        inside = np.flatnonzero(column == piece)
        self._low, self._high = self._low + int(inside[0]), self._low + int(inside[-1]) + 1
        self._depth += 1

    def _finish(self) -> None:
        word = self._low
        self.words.append(word)
        self.tokens.append(self.sounds.words[word].text)
        self.left -= int(self.sounds.syllables[word])
        self._low, self._high, self._depth = 0, len(self.sounds.words), 0

    @property
    def pattern(self) -> str:
        """The pattern that the line keeps."""
        return self.plan.pattern

    def fork(self) -> EnglishLine:
        twin = object.__new__(EnglishLine)
        twin.__dict__.update(self.__dict__)
        twin.tokens, twin.words = list(self.tokens), list(self.words)
        return twin

    @property
    def text(self) -> list[str]:
        """Words and marks in reading order, the closing mark last unless it is none."""
        end = [] if self.closing == NO_MARK else [self.closing]
        return [*reversed(self.tokens), *end]
