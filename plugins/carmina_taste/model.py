"""What a person likes, learnt from what they chose (Bradley & Terry 1952 over figures, as in preference learning).

The one kept of several is taken to be better than each that was rejected. Weights have a Gaussian prior around no
preference, so that a few choices move them a little and contradicting ones not at all; Newton's method finds the
likeliest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .features import WORD_PREFIX, Features

if TYPE_CHECKING:
    import numpy as np

PRIOR = 0.6  # standard deviation of a weight, nats a usual spread
WORDS_PRIOR = 1.0  # of the sketch of words, whose length is 1
MOST_NATS = 3.0  # that a taste weighs for or against a work
STEPS, ENOUGH = 25, 1e-8


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: a work that was kept, and those that were not."""

    kept: Features
    rejected: tuple[Features, ...]


@dataclass(frozen=True, slots=True)
class Taste:
    """Weights by the name of a figure, nats a usual spread."""

    weights: Mapping[str, float]

    def score(self, work: Features) -> float:
        """How much better (above 0) or worse than a work of no known figures, nats without bounds: for comparing."""
        return sum(self.weights.get(name, 0.0) * value for name, value in work.items())

    def nats(self, work: Features) -> float:
        """As :meth:`score`, within -3..3: for weighing beside other things."""
        return min(max(self.score(work), -MOST_NATS), MOST_NATS)

    def order(self, works: Sequence[Features]) -> list[int]:
        """Places of the works, the liked first; equal ones stay in their order."""
        scores = [self.score(work) for work in works]
        return sorted(range(len(works)), key=lambda at: -scores[at])


def learnt(choices: Sequence[Choice]) -> Taste:
    """The likeliest taste; without choices, none."""
    import numpy as np  # here: the commands are listed without it

    pairs = [(choice.kept, other) for choice in choices for other in choice.rejected]
    names = sorted({name for pair in pairs for work in pair for name in work})
    if not pairs:
        return Taste({})
    place = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(pairs), len(names)))
    for row, (kept, other) in zip(rows, pairs, strict=True):
        for name, value in kept.items():
            row[place[name]] += value
        for name, value in other.items():
            row[place[name]] -= value
    # a choice among many is one decision, not many
    weight = np.array([1 / len(choice.rejected) ** 0.5 for choice in choices for _ in choice.rejected])
    prior = np.array([WORDS_PRIOR if name.startswith(WORD_PREFIX) else PRIOR for name in names])
    return Taste(dict(zip(names, map(float, _likeliest(rows, weight, prior)), strict=True)))


def _likeliest(rows: np.ndarray, weight: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """(F,) weights; rows (N, F) are kept less rejected, weight (N,), prior (F,) standard deviations."""
    import numpy as np

    found = np.zeros(rows.shape[1])
    precision = 1 / prior**2
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (1 - chance)) - precision * found
        bend = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if float(np.abs(step).max()) < ENOUGH:
            break
    return found


def foretold(choices: Sequence[Choice]) -> tuple[float, float]:
    """How often a taste learnt from all other choices would have kept the same work, and how often chance would."""
    if not choices:
        return 0.0, 0.0
    right = chance = 0.0
    for at, choice in enumerate(choices):
        others = learnt([*choices[:at], *choices[at + 1 :]])
        works = [choice.kept, *choice.rejected]
        scores = [others.score(work) for work in works]
        best = [score == max(scores) for score in scores]
        right += best[0] / sum(best)
        chance += 1 / len(works)
    return right / len(choices), chance / len(choices)
