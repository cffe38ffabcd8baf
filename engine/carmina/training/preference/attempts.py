"""Works that a model writes while it is trained: to the words or keywords of people's works, several to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from ... import models
from ...contracts import Example, PromptedWork, Workshop
from ...errors import BadInput, CarminaError
from ...nn.adapters import Adapted

HELD = 8  # one work in so many is measured on where the corpus holds none out


@dataclass(frozen=True, slots=True)
class Attempt:
    """A work of the model, and what it chose for it."""

    prompt: str
    work: Any
    sequences: tuple[Example, ...]


class Opened:
    """A workshop in which one model is open already: asked for by its path, it is handed out without reading it
    again."""

    def __init__(self, workshop: Workshop, path: Path, task: str):
        self._workshop, self._path = workshop, str(path)
        self._model = workshop.model(str(path), task, None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._workshop, name)

    def model(self, name: str | None, task: str, network: str | None) -> Any:
        return self._model if name == self._path else self._workshop.model(name, task, network)


def whole_weights(network: nn.Module) -> dict[str, np.ndarray]:
    """A network's weights as a model file has them; an adapted one's joined."""
    state = network.base.state_dict() if isinstance(network, Adapted) else network.state_dict()
    joined = network.merged() if isinstance(network, Adapted) else {}
    return {name: joined.get(name, tensor).detach().float().cpu().numpy() for name, tensor in state.items()}


def attempts(
    workshop: Workshop,
    network: nn.Module,
    notes: Mapping[str, Any],
    asked: Sequence[tuple[str, int]],
    path: Path,
    tick: Callable[[int], None] = lambda _: None,
) -> list[Attempt]:
    """A work for each (prompt, seed), by a network as it is now; ``path`` is where its model lies meanwhile.

    What cannot be written (words that no language reads, a form without room) is left out; raises ``BadInput`` where
    that is all.
    """
    task = notes["tokenizer"]
    models.write(path, whole_weights(network), notes, "float32")
    found: list[Attempt] = []
    fault: CarminaError | None = None
    try:
        opened: Any = Opened(workshop, path, task)
        tokenizer = workshop.get("tokenizer", task)()
        for number, (prompt, seed) in enumerate(asked):
            tick(number)
            try:
                work = tokenizer.attempt(prompt, seed, str(path), opened)
            except CarminaError as problem:
                fault = problem
                continue
            sequences = tuple(e for e in tokenizer.traced(work, workshop) if (np.asarray(e.chosen) >= 0).any())
            if sequences:
                found.append(Attempt(prompt, work, sequences))
    finally:
        path.unlink(missing_ok=True)
    if not found:
        raise BadInput(f"nothing could be written to the works of the corpus ({fault or 'none left a trace'}).")
    return found


def prompted(workshop: Workshop, task: str, data: Path, seed: int) -> tuple[list[PromptedWork], list[PromptedWork]]:
    """People's works to train on and to measure on, in an order that the seed makes; one of each prompt."""
    tokenizer = workshop.get("tokenizer", task)()
    people = list({work.prompt: work for work in tokenizer.people(data, workshop) if work.prompt.strip()}.values())
    if len(people) < 2:
        raise BadInput(
            f"the corpus {data} has {len(people)} works that the tokenizer {task!r} could write to; training by "
            "preference needs two at least, and a tokenizer that tells them."
        )
    order = np.random.default_rng([seed, len(people)]).permutation(len(people))
    mixed = [people[at] for at in order]
    held = [work for work in mixed if work.split == "validation"] or mixed[:: max(2, min(HELD, len(mixed)))]
    return [work for work in mixed if work.split != "test" and work not in held], held
