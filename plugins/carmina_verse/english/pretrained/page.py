"""A page on which the base writes: stands where :class:`carmina_verse.drafting.page.Page` stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import Decoder, NoSolution, Runner

from ...drafting.page import Drafted, log_sum
from .hypothesis import BaseHypothesis, Readings, Tables
from .tokenizer import EnglishBase, after_sentence

MOST_STEPS = 200  # ids of one line


class BasePage:
    """The base, and its memory of what has been written so far."""

    last = 0

    def __init__(self, runner: Runner, tokens: EnglishBase, sounds: Any, request: str):
        self.runner, self._tokens, self._sounds = runner, tokens, sounds
        self._tables = tables(tokens, sounds)
        self._state = runner.start(1)
        *asked, self._pending = tokens.asked(request)
        self._feed(asked)
        self._written: list[str] = []  # words and marks, in reading order
        self._lines = 0

    def _feed(self, ids: Sequence[int]) -> None:
        for number in ids:
            _logits, self._state = self.runner.step(np.array([[number]]), self._state)

    def keep(self, _rows: Sequence[Any], ids: Sequence[int]) -> None:
        """Go on from a line, given as ids of the package's own tokenizer."""
        tokens = self._sounds.tokens.decode(np.array(ids))
        self._end_line(stanza=False)
        self._feed([self._pending])
        *rest, self._pending = self._tokens.line(tokens, after_sentence(self._written))
        self._feed(rest)
        self._written += tokens
        self._lines += 1

    def _end_line(self, stanza: bool) -> None:
        """The last id of the line before is fed, and what ends it waits."""
        if self._lines and self._pending not in (self._tokens.line_end, self._tokens.stanza_end):
            self._feed([self._pending])
            self._pending = self._tokens.stanza_end if stanza else self._tokens.line_end

    def commonplace(self, draft: Drafted) -> float:
        """Nothing is counted in the base's ids."""
        return 0.0

    def draft(
        self, walks: Sequence[Any], decoder: Decoder, seeds: Sequence[Sequence[int]], temperature: float
    ) -> list[Drafted]:
        """Every line at its end, in order; each from a plan of its own and a chance of its own."""
        self._end_line(stanza=walks[0].plan.where[0] == 1)
        upper = after_sentence(self._written)
        shared = lru_cache(maxsize=None)(lambda automaton: Readings(automaton, walks[0].soft, self._tables))
        lines = [BaseHypothesis(shared(walk.automaton), upper) for walk in walks]
        rngs = [np.random.default_rng(list(seed)) for seed in seeds]
        nats = self._write(lines, decoder, rngs, temperature)
        return [
            Drafted(line, ids=self._sounds.tokens.line(line.text), nats=float(total))
            for line, total in zip(lines, nats, strict=True)
        ]

    def _write(
        self, lines: list[BaseHypothesis], decoder: Decoder, rngs: Sequence[np.random.Generator], temperature: float
    ) -> np.ndarray:
        """Bring the hypotheses to their ends; returns the log-probability of each, nats."""
        state = self.runner.reorder(self._state, np.zeros(len(lines), int))
        nats, live = np.zeros(len(lines)), list(range(len(lines)))
        last = np.full(len(lines), self._pending)
        for _step in range(MOST_STEPS):
            logits, state = self.runner.step(last[:, None], state)
            logs = logits - log_sum(logits)
            scores = logs + np.stack([lines[n].logit_bias() for n in live])
            if not np.isfinite(scores.max(axis=1)).all():
                raise NoSolution("nothing fits here: the form, the rhyme and what was asked contradict each other. Relax one.")
            some = np.flatnonzero(np.isfinite(scores).any(axis=0))
            parents, chosen = decoder.choose(scores[:, some], nats[live], [rngs[n] for n in live], temperature)
            last = some[chosen]
            if (parents != np.arange(len(live))).any():
                state = self.runner.reorder(state, parents)
                forks, sums = [lines[live[p]].fork() for p in parents], nats[[live[p] for p in parents]]
                for at, n in enumerate(live):
                    lines[n], nats[n] = forks[at], sums[at]
            for at, n in enumerate(live):
                nats[n] += logs[parents[at], last[at]]
                lines[n].take(int(last[at]))
            stay = np.array([at for at, n in enumerate(live) if not lines[n].done], int)
            if not len(stay):
                return nats
            if len(stay) < len(live):
                state, live, last = self.runner.reorder(state, stay), [live[at] for at in stay], last[stay]
        raise AssertionError("a line that does not end")


@lru_cache(maxsize=2)
def tables(tokens: EnglishBase, sounds: Any) -> Tables:
    """Every word of a lexicon as the base's ids."""
    return Tables(tokens, [word.text for word in sounds.words])
