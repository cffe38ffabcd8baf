"""Writes several versions of the next stretch of a poem side by side, from where the poem stands.

A poem is written line by line: the runner's state after the lines that stand is kept, every candidate of the next line
starts from a copy of it, and the chosen one is fed to the kept state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np

from carmina import Decoder, Hypothesis, Runner
from carmina.generate import Decoded, Prefix, Row, decode, log_shares

from .rules import Ruled, Rules

Drafted = Decoded  # a finished candidate of a stretch


class Page:
    """The network, and its memory of what has been written so far."""

    def __init__(self, runner: Runner, prompt: Sequence[int], rules: Rules | None = None):
        """``rules``: constraints of plugins that every line is drafted under."""
        self.runner, self.state, self._width = runner, runner.start(1), len(runner.fields)
        self._rules, self._written = rules, ()  # type: tuple[Rules | None, tuple[int, ...]]
        self.last = prompt[-1]
        for number in prompt[:-1]:
            self._feed((number,) + (0,) * (self._width - 1))

    def fork(self) -> Self:
        """A page that goes its own way from here."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.state = self.runner.reorder(self.state, np.zeros(1, int))
        return twin

    def _feed(self, row: Row) -> None:
        _logits, self.state = self.runner.step(np.array([row]), self.state)

    def keep(self, rows: Sequence[Row], ids: Sequence[int], after: Callable[[], Any] | None = None) -> None:
        """Go on from a candidate that was drafted here; ``after``: its own state, where it is known."""
        if after is not None:
            self.state = after()
        for row in rows if after is None else ():
            self._feed(row)
        if ids:
            self.last = ids[-1]
            self._written += tuple(ids)

    def nats(self, rows: Sequence[Row], ids: Sequence[int]) -> float:
        """Log-probability of ids here under the network; the page has then read them."""
        total = 0.0
        for row, chosen in zip(rows, ids, strict=True):
            logits, self.state = self.runner.step(np.array([row]), self.state)
            total += float(log_shares(logits)[0, chosen])
        return total

    def commonplace(self, draft: Drafted) -> float:
        """Mean log-probability of a draft's ids by counting alone, nats; 0 where the runner does not count."""
        counted = getattr(self.runner, "commonplace", None)
        return counted(np.array([row[0] for row in draft.rows]), np.array(draft.ids)) if counted else 0.0

    def draft(
        self,
        hypotheses: Sequence[Hypothesis],
        decoder: Decoder,
        seeds: Sequence[Sequence[int]],
        temperature: float,
    ) -> list[Drafted]:
        """Every hypothesis at its end, in order. Chance of each comes from its own seed alone."""
        prefix: Any = Prefix(self.state, self.last)
        walked = [Ruled(one, self._rules, self._written) for one in hypotheses] if self._rules else hypotheses
        found = decode(self.runner, walked, decoder, [list(seed) for seed in seeds], temperature, prefix, states=True)
        for draft in found if self._rules else ():
            draft.hypothesis = draft.hypothesis.inner
        return found
