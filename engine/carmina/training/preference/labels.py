"""Who says which of two works is preferred: people, figures, or a discriminator. All three answer alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ...contracts import PromptedWork, Workshop
from ...errors import BadInput, BadOption
from ...recipe import Adversarial, Preference, Recipe
from ..loop import Trainer
from .attempts import Attempt
from .discriminator import judged, states_of
from .dpo import Pair
from .people import labelled_pairs
from .rules import LEAST_MARGIN, Rules

MOST_PEOPLE = 100  # of people's works that are measured or judged


class Labels(Protocol):
    """What a teacher asks."""

    name: str
    given: list[Pair] | None  # pairs that were labelled beforehand; None: :meth:`pairs` labels the model's works
    people: dict[str, float]  # what people's works have of the figures

    def begin(self, trainer: Trainer) -> None:
        """Called once, when the trainer's network has the weights that teaching begins with."""

    def pairs(self, works: Sequence[Attempt]) -> list[Pair]:
        """The best and the worst work to each prompt, where one is better."""

    def figures(self, works: Sequence[Attempt]) -> dict[str, float]:
        """Means over works; "distance" (from people's, lower is better) among them."""


def labels_for(workshop: Workshop, recipe: Recipe, people: Sequence[PromptedWork], data: Path) -> Labels:
    """As the recipe's tables say; raises ``BadOption`` where they ask for nothing."""
    if recipe.adversarial is not None:
        return Discriminated(workshop, recipe.tokenizer, recipe.adversarial, people)
    assert recipe.preference is not None
    if not recipe.preference.pairs and not recipe.preference.rules and not recipe.preference.bands:
        raise BadOption("preference", "nothing to prefer by", "pairs (a file), rules or bands")
    return Figured(workshop, recipe.tokenizer, recipe.preference, people, data)


def best_and_worst(works: Sequence[Attempt], costs: Sequence[float], margin: float) -> list[Pair]:
    """A pair of each prompt whose works differ by more than ``margin`` in what they cost."""
    groups: dict[str, list[int]] = {}
    for at, work in enumerate(works):
        groups.setdefault(work.prompt, []).append(at)
    found = []
    for group in groups.values():
        best, worst = min(group, key=lambda at: costs[at]), max(group, key=lambda at: costs[at])
        if costs[worst] - costs[best] > margin:
            found.append(Pair(works[best].sequences, works[worst].sequences))
    return found


class Figured:
    """By figures; or by people, whose pairs are learnt while figures, if any, are told."""

    def __init__(self, workshop: Workshop, task: str, asked: Preference, people: Sequence[PromptedWork], data: Path):
        self.rules = Rules(workshop, asked.rules, asked.bands)
        middles = self.rules.learn([work.work for work in people[:MOST_PEOPLE]])
        self.name = "people" if asked.pairs else "rules"
        self.given = labelled_pairs(workshop, task, _found(asked.pairs, data)) if asked.pairs else None
        costs = [self.rules.cost(work.work) for work in people[:MOST_PEOPLE]] if self.rules.names else []
        self.people = {**middles, **({"distance": float(np.mean(costs))} if costs else {})}

    def begin(self, trainer: Trainer) -> None:
        """Figures look at works alone."""

    def pairs(self, works: Sequence[Attempt]) -> list[Pair]:
        return best_and_worst(works, [self.rules.cost(work.work) for work in works], LEAST_MARGIN)

    def figures(self, works: Sequence[Attempt]) -> dict[str, float]:
        rows = [self.rules.figures(work.work) for work in works]
        means = {name: [row[name] for row in rows if name in row] for name in self.rules.names}
        costs = [np.mean(list(self.rules.costs(row).values())) for row in rows if row]
        found = {name: float(np.mean(values)) for name, values in means.items() if values}
        return {"distance": float(np.mean(costs)) if costs else 0.0, **found}


class Discriminated:
    """By a discriminator over the states of the model as it was before all teaching."""

    given: list[Pair] | None = None
    trainer: Trainer

    def __init__(self, workshop: Workshop, task: str, asked: Adversarial, people: Sequence[PromptedWork]):
        self.name, self.shrink = "discriminator", asked.shrink
        tokenizer = workshop.get("tokenizer", task)()
        traced = (tuple(tokenizer.traced(work.work, workshop)) for work in people[:MOST_PEOPLE])
        self._traced = [sequences for sequences in traced if sequences]
        if len(self._traced) < 2:
            raise BadInput("a discriminator needs two works of people at least that the tokenizer can trace.")
        self.kinds = sorted({sequence.kind for sequences in self._traced for sequence in sequences})
        self.people: dict[str, float] = {}

    def begin(self, trainer: Trainer) -> None:
        """The states of people's works; the weights as they are now go on being the discriminator's eye."""
        self.trainer = trainer
        self._ours = states_of(trainer, self._traced, self.kinds)
        self._eye = {name: tensor.detach().clone() for name, tensor in trainer.network.state_dict().items()}

    def _judged(self, works: Sequence[Attempt]) -> tuple[np.ndarray, float]:
        now = {name: tensor.detach().clone() for name, tensor in self.trainer.network.state_dict().items()}
        self.trainer.fill(self._eye)
        states = states_of(self.trainer, [work.sequences for work in works], self.kinds)
        self.trainer.fill(now)
        prompts = {prompt: at for at, prompt in enumerate(dict.fromkeys(work.prompt for work in works))}
        return judged(self._ours, states, np.array([prompts[work.prompt] for work in works]), self.shrink)

    def pairs(self, works: Sequence[Attempt]) -> list[Pair]:
        return best_and_worst(works, list(-self._judged(works)[0]), 1e-6)

    def figures(self, works: Sequence[Attempt]) -> dict[str, float]:
        told = self._judged(works)[1]
        return {"distance": abs(2 * told - 1), "told from people's": told}


def _found(name: str, data: Path) -> Path:
    """A file of pairs where it is named, or in the folder of the corpus."""
    inside: Any = Path(data) / name
    return Path(name) if Path(name).exists() or not inside.exists() else inside
