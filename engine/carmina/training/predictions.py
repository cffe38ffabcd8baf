"""What a model says of every choice in a set of examples: run as it decodes, no torch, many sequences at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..contracts import Example, Runner
from ..logits import log_sum_exp

BATCH = 64


@dataclass(frozen=True, slots=True)
class Predictions:
    """N counted choices."""

    kind: np.ndarray  # (N,) index of the example's kind
    chosen: np.ndarray  # (N,) the right id
    guess: np.ndarray  # (N,) the likeliest id
    nats: np.ndarray  # (N,) -ln of what the right id got
    rank: np.ndarray  # (N,) how many ids the model held likelier
    confidence: np.ndarray  # (N,) probability of the likeliest id

    def of(self, own: np.ndarray) -> Predictions:
        """Those that a mask (N,) keeps."""
        return Predictions(*(getattr(self, name)[own] for name in Predictions.__slots__))


def predictions(
    runner: Runner,
    examples: Sequence[Example],
    kinds: Sequence[str],
    progress: Callable[[float], None] = lambda _: None,
) -> Predictions:
    """Every counted choice of the examples; ``kinds`` are theirs, in order."""
    order = sorted(examples, key=lambda example: len(example.chosen))
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    parts: list[Predictions] = []
    for done, group in enumerate(groups):
        progress(done / len(groups))
        parts += _choices(runner, group, kinds)
    return Predictions(*(np.concatenate([getattr(part, name) for part in parts]) for name in Predictions.__slots__))


def _choices(runner: Runner, group: Sequence[Example], kinds: Sequence[str]) -> Iterator[Predictions]:
    """One batch, step by step; sequences stand with the longest last, and leave when they end."""
    kind = np.array([kinds.index(example.kind) for example in group])
    lengths = np.array([len(example.chosen) for example in group])
    alive = np.arange(len(group))
    state = runner.start(len(group))
    for step in range(int(lengths.max())):
        if (lengths[alive] <= step).any():
            stay = np.flatnonzero(lengths[alive] > step)
            alive, state = alive[stay], runner.reorder(state, stay)
        ids = np.array([group[int(at)].steps[step] for at in alive], np.int64).reshape(len(alive), -1)
        logits, state = runner.step(ids, state)
        chosen = np.array([group[int(at)].chosen[step] for at in alive], np.int64)
        counted = np.flatnonzero(chosen >= 0)
        if len(counted):
            yield _judged(kind[alive[counted]], chosen[counted], logits[counted].astype(np.float64))


def _judged(kind: np.ndarray, chosen: np.ndarray, logits: np.ndarray) -> Predictions:
    top = logits.max(1)
    total = log_sum_exp(logits)[:, 0]
    own = logits[np.arange(len(chosen)), chosen]
    return Predictions(kind, chosen, logits.argmax(1), total - own, (logits > own[:, None]).sum(1), np.exp(top - total))
