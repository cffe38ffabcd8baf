"""One training run from recipe to model file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .. import models
from ..contracts import Example, Workshop
from ..errors import BadInput, BadModel, BadOption
from ..recipe import Recipe
from .advice import SMALL, advice
from .distributed import Crew
from .examples import read_examples
from .loop import Trainer
from .preference.rounds import Teacher
from .preference.teaching import taught, teacher_of
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
    if not recipe.optimisation.steps and not recipe.start:
        raise BadOption("optimisation.steps", 0, "1 and more, or a start that is taught by preference as it stands")
    if threads:
        torch.set_num_threads(threads)
    crew = Crew.from_environment()
    with crew.together(device):
        source, parts = corpus(workshop, recipe, data)
        if source.digest and (recipe.private or recipe.preference or recipe.adversarial):
            raise BadInput(
                f"{data} is a corpus in shards, which [private], [preference] and [adversarial] do not read: they work "
                "piece by piece. Give the folder that the shards were made from."
            )
        for line in advice(parts) if crew.leads and (parts.redrawn or parts.train_pieces < SMALL) else ():
            advise(line)
        trainer = trainer_of(workshop, recipe, runs, report, device, crew)
        if crew.leads:
            advise(trainer.precision_summary)
        watch, teacher = watched(trainer, parts.examples), _teacher(workshop, recipe, trainer, data, advise)
        trainer.resume()
        weights, table = taught(teacher, trainer.run(source), parts.examples)
        if table is not None:
            advise("\n".join(table.lines))
        for line in watch.told(weights) if watch else ():
            advise(line)
        if crew.leads:
            output.parent.mkdir(parents=True, exist_ok=True)
            models.write(
                output,
                {name: tensor.float().numpy() for name, tensor in weights.items()},
                {
                    **_notes(recipe, _config(recipe, workshop.get("tokenizer", recipe.tokenizer)), trainer),
                    **({"preference": table.notes} if table else {}),
                },
                "int4" if trainer.progress.rounded else "float16",
            )
        return crew.leads


def _teacher(
    workshop: Workshop, recipe: Recipe, trainer: Trainer, data: Path, tell: Callable[[str], None]
) -> Teacher | None:
    config = _config(recipe, workshop.get("tokenizer", recipe.tokenizer))
    notes = {"name": recipe.name, "tokenizer": recipe.tokenizer, "network": recipe.network, "config": config}
    return teacher_of(workshop, recipe, trainer, data, notes, tell)


def trainer_of(
    workshop: Workshop,
    recipe: Recipe,
    runs: Path,
    report: Report,
    device: str | None = None,
    crew: Crew | None = None,
    key: int | None = None,
) -> Trainer:
    """A trainer of the recipe's network with the weights that it starts from, the same for the same seed; ``key`` as
    in ``PrivateTrainer``."""
    crew = crew or Crew()
    tokenizer = workshop.get("tokenizer", recipe.tokenizer)()
    torch.manual_seed(recipe.seed)
    network = workshop.get("network", recipe.network)().build(_config(recipe, tokenizer))
    if recipe.start:
        fill(network, workshop, recipe)
    more = (network, tokenizer.field_names, runs, report, crew.device(device), crew, workshop.progress)
    return opened(recipe, *more, key=key)


def opened(recipe: Recipe, *more: Any, key: int | None = None, **settings: Any) -> Trainer:
    """The kind of trainer that a recipe asks for; the rest as :class:`Trainer`."""
    if recipe.private is None:
        return Trainer(recipe, *more, **settings)
    from .private.trainer import PrivateTrainer

    return PrivateTrainer(recipe, *more, key=key, **settings)


def watched(trainer: Trainer, examples: Sequence[Example]) -> Any:
    """A ``private.telling.Watch`` over a private training, told of the weights that it starts from; else None."""
    if trainer.recipe.private is None:
        return None
    from .private.telling import Watch

    return Watch(trainer, examples)


def fill(network: torch.nn.Module, workshop: Workshop, recipe: Recipe) -> None:
    """Give a network the weights of the model that its recipe starts from; raises ``BadModel`` where it is another."""
    path = models.locate(workshop, recipe.start, recipe.tokenizer, None)
    weights, notes = models.read(path)
    own = network.state_dict()
    same = notes.get("tokenizer") == recipe.tokenizer and notes.get("network") == recipe.network
    if not same or {n: tuple(t.shape) for n, t in own.items()} != {n: weights[n].shape for n in weights}:
        raise BadModel(
            f"the recipe's start, {path}, is a {notes.get('network')} for {notes.get('tokenizer')!r} of another shape "
            "than the recipe says. Copy [config] from the recipe that it was made by, or leave start out."
        )
    network.load_state_dict({name: torch.from_numpy(np.array(weights[name])) for name in weights})


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
    return {
        "name": recipe.name,
        "tokenizer": recipe.tokenizer,
        "network": recipe.network,
        "config": dict(config),
        "licence": recipe.licence,
        "about": recipe.about,
        "recipe": asdict(recipe),
        "parameters": sum(p.numel() for p in trainer.network.parameters()),
        "validation": trainer.best_row,
        **promised(trainer),
    }


def promised(trainer: Trainer) -> dict[str, Any]:
    """What a private model's header says of its privacy; of another's nothing."""
    promise = getattr(trainer, "promise", None)
    return {} if promise is None else {"private": promise}
