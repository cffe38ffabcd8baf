"""A page on which the base writes: stands where :class:`carmina_verse.drafting.page.Page` stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import Decoder, Runner
from carmina.generate import Prefix, decode, log_shares

from ...drafting.page import Drafted
from .hypothesis import BaseHypothesis, Readings, Tables
from .tokenizer import EnglishBase, after_sentence

DRAFTS = 12  # of each line: the base is five times as large as the small model
TEMPERATURE = 0.8  # unless another is asked for
STRAIN = 5.0  # nats: what is less likely than this counts double, for a word that is forced spoils its line


class BasePage:
    """The base, and its memory of what has been written so far."""

    last = 0

    def __init__(
        self,
        runner: Runner,
        tokens: EnglishBase,
        sounds: Any,
        request: str,
        temperature: float | None = None,
        bias: np.ndarray | None = None,
    ):
        """``request``: what is asked, in plain English. ``sounds``: the words that may be written; ``bias`` (W,): nats
        that each of them is welcome."""
        self._bias = bias
        self.runner, self._tokens, self._sounds = runner, tokens, sounds
        self._temperature = temperature or TEMPERATURE
        self._tables = tables(tokens, sounds)
        self._state = runner.start(1)
        *asked, self._pending = tokens.asked(request)
        self._feed(asked)
        self._written: list[str] = []  # words and marks of the last line, in reading order
        self._line_open = False  # the last line stands, and what ends it does not

    def fork(self) -> BasePage:
        """A page that goes its own way from here."""
        twin = object.__new__(BasePage)
        twin.__dict__.update(self.__dict__)
        twin._state = self.runner.reorder(self._state, np.zeros(1, int))
        return twin

    def _feed(self, ids: Sequence[int]) -> None:
        for number in ids:
            _logits, self._state = self.runner.step(np.array([[number]]), self._state)

    def keep(self, _rows: Sequence[Any], ids: Sequence[int], _after: Any = None) -> None:
        """Go on from a line, given as ids of the package's own tokenizer."""
        tokens = self._sounds.tokens.decode(np.array(ids))
        self._end_line(stanza=False)
        line = self._tokens.line(tokens, after_sentence(self._written))
        self._feed([self._pending, *line[:-1]])
        self._pending, self._written, self._line_open = line[-1], tokens, True

    def _end_line(self, stanza: bool) -> None:
        """What ends the line before waits to be fed."""
        if self._line_open:
            self._feed([self._pending])
            self._pending = self._tokens.stanza_end if stanza else self._tokens.line_end
            self._line_open = False

    def nats(self, _rows: Sequence[Any], ids: Sequence[int]) -> float:
        """Log-probability of a line here, given as ids of the package's own tokenizer; the page has then read it."""
        tokens = self._sounds.tokens.decode(np.array(ids))
        self._end_line(stanza=False)
        line, total, last = self._tokens.line(tokens, after_sentence(self._written)), 0.0, self._pending
        for number in line:
            logits, self._state = self.runner.step(np.array([[last]]), self._state)
            total, last = total + float(log_shares(logits)[0, number]), number
        self._pending, self._written, self._line_open = line[-1], tokens, True
        return total

    def commonplace(self, draft: Drafted) -> float:
        """Nothing is counted in the base's ids."""
        return 0.0

    def draft(
        self, hypotheses: Sequence[Any], decoder: Decoder, seeds: Sequence[Sequence[int]], temperature: float
    ) -> list[Drafted]:
        """The first lines at their ends, in order, each from a plan of its own; at the page's own temperature."""
        hypotheses = hypotheses[:DRAFTS]
        self._end_line(stanza=hypotheses[0].plan.where[0] == 1)
        upper = after_sentence(self._written)
        shared = lru_cache(maxsize=None)(
            lambda automaton, soft: Readings(automaton, soft.soft, self._tables, self._bias)
        )
        own = [BaseHypothesis(shared(one.automaton, hypotheses[0]), upper) for one in hypotheses]
        prefix = Prefix(self._state, self._pending)
        found = decode(
            self.runner, own, decoder, [list(seed) for seed in seeds[:DRAFTS]], self._temperature, prefix, steered=True
        )
        return [self._drafted(one) for one in found]

    def _drafted(self, one: Drafted) -> Drafted:
        """With the ids of the package's own tokenizer, as the poet keeps lines."""
        strained = sum(min(0.0, nats + STRAIN) for nats in one.each[1:])
        return Drafted(one.hypothesis, ids=self._sounds.tokens.line(one.hypothesis.text), nats=one.nats + strained)


@lru_cache(maxsize=2)
def tables(tokens: EnglishBase, sounds: Any) -> Tables:
    """Every word of a lexicon as the base's ids."""
    return Tables(tokens, [word.text for word in sounds.words])
