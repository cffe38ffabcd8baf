"""Network + constraints + decoder -> ids. Knows no words and no notes.

Each candidate is a :class:`~carmina.Hypothesis`; all of them advance together, so that one read of the weights serves all. A
candidate's chance comes from its own seed, so it does not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .contracts import Decoder, Hypothesis, Runner
from .errors import NoSolution

START = 0  # field 0 before the first choice


def generate(
    runner: Runner, hypotheses: Sequence[Hypothesis], decoder: Decoder, seeds: Sequence[int], temperature: float = 1.0
) -> list[tuple[Hypothesis, float]]:
    """Walk every candidate to its end; each with its summed log-probability under the network (nats), in order."""
    assert len(hypotheses) == len(seeds)
    rngs = [np.random.default_rng(seed) for seed in seeds]
    finished: dict[int, tuple[Hypothesis, float]] = {
        i: (hypothesis, 0.0) for i, hypothesis in enumerate(hypotheses) if hypothesis.done
    }
    live = [i for i, hypothesis in enumerate(hypotheses) if not hypothesis.done]
    current = {i: hypotheses[i] for i in live}
    totals = np.zeros(len(hypotheses))
    last = np.full(len(hypotheses), START)
    state = runner.start(len(live))
    while live:
        rows = np.array([(last[i], *current[i].context()) for i in live])
        logits, state = runner.step(rows, state)
        logs = logits - _log_sum(logits)
        scores = logs + np.stack([current[i].logit_bias() for i in live])
        if not np.isfinite(scores.max(axis=1)).all():
            raise NoSolution("the constraints leave nothing to choose. Relax one of them.")
        parents, chosen = decoder.choose(scores, totals[live], [rngs[i] for i in live], temperature)
        if (parents != np.arange(len(live))).any():
            current = {live[b]: current[live[p]].fork() for b, p in enumerate(parents)}
            totals[live] = totals[np.array(live)[parents]]
            state = runner.reorder(state, parents)
        for b, (i, pick) in enumerate(zip(live, chosen, strict=True)):
            totals[i] += logs[parents[b], pick]
            last[i] = pick
            current[i].take(int(pick))
        done = [i for i in live if current[i].done]
        if done:
            finished |= {i: (current[i], float(totals[i])) for i in done}
            keep = np.array([b for b, i in enumerate(live) if not current[i].done], dtype=int)
            live = [live[b] for b in keep]
            state = runner.reorder(state, keep)
    return [finished[i] for i in range(len(hypotheses))]


def _log_sum(logits: np.ndarray) -> np.ndarray:
    top = logits.max(axis=1, keepdims=True)
    return top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
