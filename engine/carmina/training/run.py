"""One training run from recipe to model file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from .. import models
from ..contracts import Workshop
from ..errors import BadInput, BadOption
from ..recipe import Recipe
from .advice import SMALL, advice
from .distributed import Crew
from .examples import read_examples
from .loop import Trainer
from .splits import Sides, sides
from .streaming.index import is_sharded
from .streaming.sources import Held, Source, Streamed

Report = Callable[[Mapping[str, Any]], None]


def train(
    workshop: Workshop,
    recipe: Recipe,
    data: Path,
    output: Path,
    runs: Path,
    report: Report,
    device: str | None = None,
    threads: int | None = None,
    advise: Callable[[str], None] = lambda _: None,
) -> bool:
    """Train on ``data`` and write the model to ``output``; goes on from a checkpoint in ``runs``.

    Under ``torchrun`` as one of many; whether it is this process that wrote the model. ``advise`` is told the
    precision, and what so small a corpus lets expect.
    """
    if recipe.optimisation.sharded and recipe.optimisation.rounded_from < 1:
        raise BadOption(
            "rounded_from",
            recipe.optimisation.rounded_from,
            "1 where sharded is true: shares of weights cannot be rounded alone",
        )
    if threads:
        torch.set_num_threads(threads)
    crew = Crew.from_environment()
    with crew.together(device):
        source, parts = corpus(workshop, recipe, data)
        for line in advice(parts) if crew.leads and (parts.redrawn or parts.train_pieces < SMALL) else ():
            advise(line)
        trainer = trainer_of(workshop, recipe, runs, report, device, crew)
        if crew.leads:
            advise(trainer.precision_summary)
        trainer.resume()
        weights = trainer.run(source)
        if crew.leads:
            output.parent.mkdir(parents=True, exist_ok=True)
            models.write(
                output,
                {name: tensor.float().numpy() for name, tensor in weights.items()},
                _notes(recipe, _config(recipe, workshop.get("tokenizer", recipe.tokenizer)), trainer),
                "int4" if trainer.progress.rounded else "float16",
            )
        return crew.leads


def trainer_of(
    workshop: Workshop, recipe: Recipe, runs: Path, report: Report, device: str | None = None, crew: Crew | None = None
) -> Trainer:
    """A trainer of the recipe's network with fresh weights, the same for the same seed."""
    crew = crew or Crew()
    tokenizer = workshop.get("tokenizer", recipe.tokenizer)()
    torch.manual_seed(recipe.seed)
    network = workshop.get("network", recipe.network)().build(_config(recipe, tokenizer))
    return Trainer(recipe, network, tokenizer.field_names, runs, report, crew.device(device), crew, workshop.progress)


def corpus(workshop: Workshop, recipe: Recipe, data: Path) -> tuple[Source, Sides]:
    """Where the examples of a corpus folder come from, shards or memory, and how many pieces stand on each side.

    Raises ``BadInput`` where there is nothing to learn.
    """
    tokenizer = workshop.get("tokenizer", recipe.tokenizer)()
    if is_sharded(Path(data)):
        shards = Streamed(data)
        shards.check(recipe.tokenizer, tokenizer.field_sizes)
        return shards, Sides((), shards.side("train").pieces, shards.side("validation").pieces, False)
    examples = read_examples(workshop, recipe.tokenizer, Path(data))
    if not examples:
        raise BadInput(f"the corpus {data} holds nothing to train on for the tokenizer {tokenizer.name!r}.")
    parts = sides(examples, recipe.seed)
    return Held(parts.examples), parts


def trials_on(
    workshop: Workshop, recipe: Recipe, data: Path, device: str | None, threads: int | None
) -> Callable[[Recipe, Path, Report], float]:
    """What ``training.search`` asks for: trains a varied recipe on ``data`` and gives its lowest validation loss, nats
    an id."""
    if threads:
        torch.set_num_threads(threads)
    source, _parts = corpus(workshop, recipe, data)

    def trained(varied: Recipe, folder: Path, report: Report) -> float:
        shutil.rmtree(folder, ignore_errors=True)
        try:
            trainer = trainer_of(workshop, varied, folder, report, device)
            trainer.run(source)
            return trainer.progress.best
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return trained


def _config(recipe: Recipe, tokenizer: Any) -> dict[str, Any]:
    return {**recipe.config, "fields": list(tokenizer.field_sizes)}


def _notes(recipe: Recipe, config: Mapping[str, Any], trainer: Trainer) -> dict[str, Any]:
    """What the model file says of itself."""
    history = trainer.progress.history
    return {
        "name": recipe.name,
        "tokenizer": recipe.tokenizer,
        "network": recipe.network,
        "config": dict(config),
        "licence": recipe.licence,
        "about": recipe.about,
        "recipe": asdict(recipe),
        "parameters": sum(p.numel() for p in trainer.network.parameters()),
        "validation": min(history, key=lambda row: row.get("all", row["train"])) if history else {},
    }
