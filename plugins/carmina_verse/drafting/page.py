"""Writes several versions of the next stretch of a poem side by side, from where the poem stands.

A poem is written line by line: the runner's state after the lines that stand is kept, every candidate of the next line
starts from a copy of it, and the chosen one is fed to the kept state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from carmina import Decoder, NoSolution, Runner

Row = tuple[int, ...]  # the fields of a step, the id before it first


class LineHypothesis(Protocol):
    """One candidate of a line; as :class:`carmina.Hypothesis`."""

    done: bool

    def context(self) -> Sequence[int]: ...

    def logit_bias(self) -> np.ndarray: ...

    def take(self, chosen: int) -> None: ...

    def fork(self) -> LineHypothesis: ...


@dataclass
class Drafted:
    """A finished candidate."""

    hypothesis: Any
    rows: list[Row] = field(default_factory=list)  # what was fed for it
    ids: list[int] = field(default_factory=list)  # what was chosen
    nats: float = 0.0  # log-probability under the network alone

    @property
    def fluency(self) -> float:
        """Mean log-probability of an id, nats."""
        return self.nats / max(1, len(self.ids))


class Page:
    """The network, and its memory of what has been written so far."""

    def __init__(self, runner: Runner, prompt: Sequence[int]):
        self.runner, self.state, self._width = runner, runner.start(1), len(runner.fields)
        self.last = prompt[-1]
        for number in prompt[:-1]:
            self._feed((number,) + (0,) * (self._width - 1))

    def _feed(self, row: Row) -> None:
        _logits, self.state = self.runner.step(np.array([row]), self.state)

    def keep(self, rows: Sequence[Row], ids: Sequence[int]) -> None:
        """Go on from a candidate that was drafted here."""
        for row in rows:
            self._feed(row)
        if ids:
            self.last = ids[-1]

    def commonplace(self, draft: Drafted) -> float:
        """Mean log-probability of a draft's ids by counting alone, nats; 0 where the runner does not count."""
        counted = getattr(self.runner, "commonplace", None)
        return counted(np.array([row[0] for row in draft.rows]), np.array(draft.ids)) if counted else 0.0

    def draft(
        self,
        hypotheses: Sequence[LineHypothesis],
        decoder: Decoder,
        seeds: Sequence[Sequence[int]],
        temperature: float,
    ) -> list[Drafted]:
        """Every hypothesis at its end, in order. Chance of each comes from its own seed alone."""
        drafts = [Drafted(hypothesis) for hypothesis in hypotheses]
        rngs = [np.random.default_rng(list(seed)) for seed in seeds]
        state = self.runner.reorder(self.state, np.zeros(len(hypotheses), int))
        live = [n for n, hypothesis in enumerate(hypotheses) if not hypothesis.done]
        while live:
            rows = [(drafts[n].ids[-1] if drafts[n].ids else self.last, *drafts[n].hypothesis.context()) for n in live]
            logits, state = self.runner.step(np.array(rows), state)
            logs = logits - log_sum(logits)
            scores = logs + np.stack([drafts[n].hypothesis.logit_bias() for n in live])
            if not np.isfinite(scores.max(axis=1)).all():
                raise NoSolution(
                    "nothing fits here: the form, the rhyme and what was asked contradict each other. Relax one."
                )
            totals = np.array([drafts[n].nats for n in live])
            some = np.flatnonzero(np.isfinite(scores).any(axis=0))  # the rest is chosen by no decoder
            parents, chosen = decoder.choose(scores[:, some], totals, [rngs[n] for n in live], temperature)
            chosen = some[chosen]
            state = self._taken(drafts, live, rows, logs, parents, chosen, state)
            keep = [at for at, n in enumerate(live) if not drafts[n].hypothesis.done]
            if len(keep) < len(live):
                live = [live[at] for at in keep]
                state = self.runner.reorder(state, np.array(keep, int))
        return drafts

    def _taken(self, drafts, live, rows, logs, parents, chosen, state):
        if (parents != np.arange(len(live))).any():
            old = [drafts[live[p]] for p in parents]
            for at, n in enumerate(live):
                drafts[n] = Drafted(old[at].hypothesis.fork(), list(old[at].rows), list(old[at].ids), old[at].nats)
            state = self.runner.reorder(state, parents)
            rows = [rows[p] for p in parents]
        for at, n in enumerate(live):
            draft = drafts[n]
            draft.rows.append(rows[at])
            draft.ids.append(int(chosen[at]))
            draft.nats += float(logs[parents[at], chosen[at]])
            draft.hypothesis.take(int(chosen[at]))
        return state


def log_sum(logits: np.ndarray) -> np.ndarray:
    """(B, V) -> (B, 1): the logarithm of what the exponentials of each row add up to."""
    top = logits.max(axis=1, keepdims=True)
    return top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
