"""How well a model foretells what people wrote: loss, accuracy and calibration by pass, on a split it never saw.

Runs the model as it decodes (its runner, no torch), many sequences at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..contracts import Example, Runner, Workshop
from ..errors import BadInput

BATCH = 64
BINS = 15                            # of confidence, for the calibration error


@dataclass(frozen=True, slots=True)
class PassFigures:
    """Figures of one kind of choice, e.g. the pitches pass of a melody model."""

    name: str                        # "all": every choice
    choices: int
    bits: float                      # mean -log2 of what the model gave the right id
    bits_by_frequency: float         # the same of a model that knows only how often each id occurs in this split
    accuracy: float                  # share of right first guesses
    top3: float                      # share of right ids among the first three guesses
    calibration_error: float         # expected |confidence - accuracy| over 15 bins (Guo et al. 2017), 0..1

    @property
    def loss(self) -> float:
        """Nats a choice."""
        return self.bits * float(np.log(2))

    @property
    def perplexity(self) -> float:
        return float(2.0 ** self.bits)


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the model said of each counted choice; N choices."""

    kind: np.ndarray                 # (N,) index of the example's kind
    chosen: np.ndarray               # (N,) the right id
    nats: np.ndarray                 # (N,)
    rank: np.ndarray                 # (N,) how many ids the model held likelier
    confidence: np.ndarray           # (N,) probability of the likeliest id


def assess(workshop: Workshop, name: str | None, data: Path, task: str, split: str,
           network: str | None = None) -> list[PassFigures]:
    """Figures of a model on one split of a corpus folder, by kind of choice and over all."""
    if not Path(data).is_dir():
        raise BadInput(f"there is no corpus folder {data}. Name the folder that the tokenizer {task!r} reads.")
    model = workshop.model(name, task, network)
    examples = list(workshop.get("tokenizer", task)().examples(Path(data), workshop))
    held = [example for example in examples if example.split == split and (example.chosen >= 0).any()]
    if not held:
        known = ", ".join(sorted({example.split for example in examples})) or "none"
        raise BadInput(f"the corpus {data} has no split {split!r} for the tokenizer {task!r}; splits: {known}.")
    return figures(model.runner, held, workshop)


def figures(runner: Runner, examples: Sequence[Example], workshop: Workshop | None = None) -> list[PassFigures]:
    """As :func:`assess`, of an opened model and its examples."""
    kinds = sorted({example.kind for example in examples})
    order = sorted(examples, key=lambda example: len(example.chosen))
    groups = [order[at:at + BATCH] for at in range(0, len(order), BATCH)]
    parts: list[_Choices] = []
    for done, group in enumerate(groups):
        if workshop is not None:
            workshop.progress(done / len(groups), "assessing")
        parts += _choices(runner, group, kinds)
    found = _Choices(*(np.concatenate([getattr(part, name) for part in parts]) for name in _Choices.__slots__))
    rows = [_figures(kind or "ids", found, found.kind == at) for at, kind in enumerate(kinds)]
    return rows if len(rows) == 1 else [*rows, _figures("all", found, np.ones(len(found.kind), bool))]


def _choices(runner: Runner, group: Sequence[Example], kinds: Sequence[str]) -> Iterator[_Choices]:
    """One batch, step by step; sequences stand with the longest last, and leave when they end."""
    kind = np.array([kinds.index(example.kind) for example in group])
    lengths = np.array([len(example.chosen) for example in group])
    alive = np.arange(len(group))
    state = runner.start(len(group))
    for step in range(int(lengths.max())):
        if (lengths[alive] <= step).any():
            stay = np.flatnonzero(lengths[alive] > step)
            alive, state = alive[stay], runner.reorder(state, stay)
        ids = np.array([group[at].steps[step] for at in alive], np.int64).reshape(len(alive), -1)
        logits, state = runner.step(ids, state)
        chosen = np.array([group[at].chosen[step] for at in alive], np.int64)
        counted = np.flatnonzero(chosen >= 0)
        if len(counted):
            yield _judged(kind[alive[counted]], chosen[counted], logits[counted].astype(np.float64))


def _judged(kind: np.ndarray, chosen: np.ndarray, logits: np.ndarray) -> _Choices:
    top = logits.max(1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(1))
    own = logits[np.arange(len(chosen)), chosen]
    return _Choices(kind, chosen, total - own, (logits > own[:, None]).sum(1), np.exp(top - total))


def _figures(name: str, found: _Choices, own: np.ndarray) -> PassFigures:
    share = np.bincount(found.chosen[own]) / own.sum()
    rank = found.rank[own]
    return PassFigures(
        name, int(own.sum()), float(found.nats[own].mean() / np.log(2)),
        float(-np.sum(share[share > 0] * np.log2(share[share > 0]))),
        float((rank == 0).mean()), float((rank < 3).mean()), calibration_error(found.confidence[own], rank == 0),
    )


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: |mean confidence - share right| of each bin, weighted by its choices."""
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gap = np.bincount(which, confidence - right, BINS)
    return float(np.abs(gap).sum() / len(confidence))
