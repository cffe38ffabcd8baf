"""One training run from recipe to model file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from .. import models
from ..contracts import Example, Workshop
from ..errors import BadInput
from ..recipe import Recipe
from .loop import Trainer

Report = Callable[[Mapping[str, Any]], None]


def train(workshop: Workshop, recipe: Recipe, data: Path, output: Path, runs: Path, report: Report,
          device: str | None = None, threads: int | None = None) -> None:
    """Train on ``data`` and write the model to ``output``; goes on from a checkpoint in ``runs``."""
    if not Path(data).is_dir():
        raise BadInput(f"there is no corpus folder {data}.")
    if threads:
        torch.set_num_threads(threads)
    tokenizer = workshop.get("tokenizer", recipe.tokenizer)()
    config = {**recipe.config, "fields": list(tokenizer.field_sizes)}
    network = workshop.get("network", recipe.network)().build(config)
    trainer = Trainer(recipe, network, tokenizer.field_names, runs, report, device)
    trainer.resume()
    weights = trainer.run(_examples(tokenizer, data, workshop))
    output.parent.mkdir(parents=True, exist_ok=True)
    models.write(output, {name: tensor.float().numpy() for name, tensor in weights.items()},
                 _notes(recipe, config, trainer), "int4" if trainer.progress.rounded else "float16")


def _examples(tokenizer: Any, data: Path, workshop: Workshop) -> list[Example]:
    examples = list(tokenizer.examples(Path(data), workshop))
    if not any(e.split == "train" for e in examples):
        raise BadInput(f"the corpus {data} holds nothing to train on for the tokenizer {tokenizer.name!r}.")
    return examples


def _notes(recipe: Recipe, config: Mapping[str, Any], trainer: Trainer) -> dict[str, Any]:
    """What the model file says of itself."""
    history = trainer.progress.history
    return {
        "name": recipe.name, "tokenizer": recipe.tokenizer, "network": recipe.network, "config": dict(config),
        "licence": recipe.licence, "about": recipe.about, "recipe": asdict(recipe),
        "parameters": sum(p.numel() for p in trainer.network.parameters()),
        "validation": min(history, key=lambda row: row.get("all", row["train"])) if history else {},
    }
