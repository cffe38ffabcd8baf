"""What a model writes when nothing asks it for anything: to round it by, and to compare two models on.

Shapes: N sequences, T steps, F fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...contracts import Example, Runner, Workshop
from ...logits import log_sum_exp

SEQUENCES, STEPS = 16, 160
MOST_EXAMPLES = 96  # of a corpus, of each kind
START = 0  # field 0 before the first choice


class FreeHypothesis:
    """Any id may come, a number of times; the fields that tell what it is about say nothing (0)."""

    def __init__(self, fields: Sequence[int], steps: int):
        self.fields, self.left, self.done = tuple(fields), steps, False
        self.ids: list[int] = []
        self._free = np.zeros(self.fields[0], np.float32)

    def context(self) -> list[int]:
        return [0] * (len(self.fields) - 1)

    def logit_bias(self) -> np.ndarray:
        return self._free

    def take(self, chosen: int) -> None:
        self.ids.append(chosen)
        self.left -= 1
        self.done = self.left == 0

    def fork(self) -> FreeHypothesis:
        other = FreeHypothesis(self.fields, self.left)
        other.ids, other.done = list(self.ids), self.done
        return other


def own_samples(workshop: Workshop, runner: Runner, seed: int) -> list[np.ndarray]:
    """N of (T, F): steps of sequences that the model itself drew."""
    hypotheses = [FreeHypothesis(runner.fields, STEPS) for _ in range(SEQUENCES)]
    decoder = workshop.get("decoder", "nucleus")()
    drawn = workshop.generate(runner, hypotheses, decoder, [seed * SEQUENCES + n for n in range(SEQUENCES)], 1.0)
    steps = np.zeros((SEQUENCES, STEPS, len(runner.fields)), np.int64)
    for row, (hypothesis, _nats) in zip(steps, drawn, strict=True):
        assert isinstance(hypothesis, FreeHypothesis)
        row[:, 0] = [START, *hypothesis.ids[:-1]]
    return list(steps)


def of_examples(examples: Sequence[Example], most: int = MOST_EXAMPLES) -> list[np.ndarray]:
    """The steps of the first training examples of each kind."""
    kinds: dict[str, int] = {}
    kept = []
    for one in (one for one in examples if one.split == "train"):
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        if kinds[one.kind] <= most:
            steps = np.asarray(one.steps, np.int64)
            kept.append(steps[:, None] if steps.ndim == 1 else steps)
    return kept


def agreement(runner: Runner, other: Runner, samples: Sequence[np.ndarray]) -> dict[str, float]:
    """How alike two models predict: share of same first guesses (1: always), and bits that the second loses to the
    first (0: none)."""
    same, lost, count = 0.0, 0.0, 0
    for ours, theirs in _logs(runner, other, samples):
        same += float((ours.argmax(1) == theirs.argmax(1)).sum())
        lost += float((np.exp(ours) * (ours - theirs)).sum()) / np.log(2)
        count += len(ours)
    return {"same first guess": same / count, "bits lost": lost / count}


def _logs(runner: Runner, other: Runner, samples: Sequence[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Log-probabilities (N, V) of both at each step of sequences of one length."""
    steps = np.stack(samples)
    states = [runner.start(len(steps)), other.start(len(steps))]
    for t in range(steps.shape[1]):
        pair = []
        for at, one in enumerate((runner, other)):
            logits, states[at] = one.step(steps[:, t], states[at])
            pair.append(logits - log_sum_exp(logits))
        yield pair[0], pair[1]
