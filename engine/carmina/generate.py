"""The decoding loop: a runner, constraints and a decoder -> ids. Public page; knows no words and no notes.

Each candidate is a :class:`~carmina.Hypothesis`; all of them advance together, so that one read of the weights serves
all. A candidate's chance comes from its own seed, so it does not depend on its neighbours. Composing, varying, verse
and borrowed models all decode here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from .chance import log_shares as log_shares
from .chance import log_total, settled
from .chance import shares as shares
from .contracts import Decoder, Hypothesis, Runner
from .errors import NoSolution
from .reading import Heard as Heard
from .reading import Reader as Reader
from .reading import Row as Row
from .reading import ending_nats as ending_nats
from .reading import reader as reader

START = 0  # field 0 before the first choice
Seed = int | Sequence[int]
NOTHING = "the constraints leave nothing to choose: what was asked contradicts itself. Relax one of the wishes."


@dataclass
class Decoded:
    """A candidate, on its way or at its end."""

    hypothesis: Any
    rows: list[Row] = field(default_factory=list)  # what was fed for it
    ids: list[int] = field(default_factory=list)  # what was chosen
    nats: float = 0.0  # log-probability under the network alone
    each: list[float] = field(default_factory=list)  # that of every id
    weight: float = 0.0  # where candidates are steered: nats by which it is likelier than it was drawn
    after: Callable[[], Any] | None = None  # the state of one sequence with ``rows`` behind it, where it was asked for

    @property
    def fluency(self) -> float:
        """Mean log-probability of an id, nats."""
        return self.nats / max(1, len(self.ids))

    def fork(self) -> Decoded:
        """An independent copy."""
        return Decoded(self.hypothesis.fork(), list(self.rows), list(self.ids), self.nats, list(self.each), self.weight)


@dataclass(frozen=True)
class Prefix:
    """Where candidates go on from."""

    state: Any  # of one sequence, which ``decode`` leaves as it is
    last: int  # the id that is to be fed first


def decode(
    runner: Runner,
    hypotheses: Sequence[Hypothesis],
    decoder: Decoder,
    seeds: Sequence[Seed],
    temperature: float = 1.0,
    prefix: Prefix | None = None,
    steered: bool = False,
    states: bool = False,
) -> list[Decoded]:
    """Every candidate at its end, in order: from the beginning, or each from a copy of the same ``prefix``.

    ``steered``: candidates that the constraints lead where the network would not go give way to copies of the others
    (sequential Monte Carlo, Lew 2023). Then a candidate depends on its neighbours, and chance comes from the first seed
    too. ``states``: each comes with the state at its end (``after``), so that nothing is fed twice.

    Raises ``NoSolution`` where the constraints leave a candidate nothing.
    """
    assert len(hypotheses) == len(seeds)
    found = [Decoded(hypothesis) for hypothesis in hypotheses]
    rngs = [np.random.default_rng(seed) for seed in seeds]
    live = [n for n, one in enumerate(found) if not one.hypothesis.done]
    first, state = START, None
    if prefix is not None and live:
        first, state = prefix.last, runner.reorder(prefix.state, np.zeros(len(live), int))
    elif live:
        state = runner.start(len(live))
    while live:
        rows = [(found[n].ids[-1] if found[n].ids else first, *found[n].hypothesis.context()) for n in live]
        logits, state = runner.step(np.array(rows), state)
        logs = log_shares(logits)
        alive = [found[n] for n in live]
        parents, chosen = _chosen(logs, alive, decoder, [rngs[n] for n in live], temperature, steered)
        if (parents != np.arange(len(live))).any():
            old = [found[live[parent]] for parent in parents]
            for at, n in enumerate(live):
                found[n] = old[at].fork()
            state, rows = runner.reorder(state, parents), [rows[parent] for parent in parents]
        for at, n in enumerate(live):
            _take(found[n], rows[at], int(chosen[at]), float(logs[parents[at], chosen[at]]))
        stay = [at for at, n in enumerate(live) if not found[n].hypothesis.done]
        for at, n in enumerate(live) if states else ():
            if found[n].hypothesis.done:
                found[n].after = partial(runner.reorder, state, np.array([at]))
        if 0 < len(stay) < len(live):
            state = runner.reorder(state, np.array(stay, int))
        live = [live[at] for at in stay]
    return found


def generate(
    runner: Runner, hypotheses: Sequence[Hypothesis], decoder: Decoder, seeds: Sequence[Seed], temperature: float = 1.0
) -> list[tuple[Hypothesis, float]]:
    """Walk every candidate to its end; each with its summed log-probability under the network (nats), in order."""
    return [(one.hypothesis, one.nats) for one in decode(runner, hypotheses, decoder, seeds, temperature)]


def _chosen(
    logs: np.ndarray,
    candidates: Sequence[Decoded],
    decoder: Decoder,
    rngs: Sequence[np.random.Generator],
    temperature: float,
    steered: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Parents (B,) and ids (B,), as the decoder has them; ids that every constraint forbids are not shown to it."""
    scores = settled(logs + np.stack([one.hypothesis.logit_bias() for one in candidates]))
    if not np.isfinite(scores.max(axis=1)).all():
        raise NoSolution(NOTHING)
    some = np.flatnonzero(scores.max(axis=0) > -np.inf)
    nats, kept = np.array([one.nats for one in candidates]), np.arange(len(candidates))
    if steered:
        sharper = np.float32(1 / temperature)
        kept = resampled(candidates, log_total(scores * sharper) - log_total(logs * sharper), rngs[0])
        scores = scores[kept]
    if len(some) < scores.shape[1]:
        scores = scores.take(some, axis=1)
    parents, chosen = decoder.choose(scores, nats[kept], rngs, temperature)
    return kept[parents], some[chosen]


def resampled(candidates: Sequence[Decoded], allowed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Add to each weight how much of what the network would do next is allowed (nats); returns which go on.

    Drawn by weight with one number for all (Kitagawa 1996), where the weights' effective number is below half (Liu and
    Chen 1995).
    """
    for one, more in zip(candidates, allowed, strict=True):
        one.weight += float(more)
    weights = np.array([[one.weight for one in candidates]], np.float32)
    drawn = shares(weights)[0].astype(np.float64)
    if 1 / (drawn**2).sum() >= len(candidates) / 2:
        return np.arange(len(candidates))
    for one in candidates:
        one.weight = float(log_total(weights)[0] - settled(np.log(np.float32(len(candidates)))))
    marks = (np.arange(len(candidates)) + rng.random()) / len(candidates)
    return np.minimum(np.searchsorted(np.cumsum(drawn), marks), len(candidates) - 1)


def _take(one: Decoded, row: Row, chosen: int, nats: float) -> None:
    one.rows.append(row)
    one.ids.append(chosen)
    one.nats += nats
    one.each.append(nats)
    one.hypothesis.take(chosen)
