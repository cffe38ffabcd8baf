"""From a folder of somebody's songs or poems to a style of their own: fine-tune, write the model beside a card,
done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .. import models
from ..contracts import Example, Workshop
from ..errors import BadInput, CarminaError
from ..home.locking import LOCKED
from ..home.styles import CARD, read_style
from ..nn.adapters import Adapted
from ..recipe import Optimisation, Recipe
from .advice import advice
from .examples import read_examples
from .own_style import SCALE, Base, write_style_model
from .preference.teaching import taught, teacher_of
from .run import opened, promised, watched
from .splits import Sides, sides
from .tuning import Tuning

Report = Callable[[Mapping[str, Any]], None]
RATES = {
    "lora": 2e-3,
    "full": 2e-4,
}  # for models of up to USUAL weights; larger ones overfit sooner (docs/experiments.md)
USUAL = 4_000_000
BATCHES, LEAST_IDS, MOST_IDS = 8, 256, 2048  # batches an epoch that are aimed at, and the bounds of a batch
LEAST_DROPOUT = 0.1  # small corpora are soon learnt by heart
EPOCHS, LEAST_STEPS, MOST_STEPS = 20, 60, 3000


@dataclass(frozen=True, slots=True)
class Tuned:
    """What came of it."""

    folder: Path  # of the style
    task: str
    file: Path  # of the model
    moved: int  # weights that were trained
    of: int  # weights of the model
    steps: int
    sides: Sides
    before: Mapping[str, float]  # nats an id on the held-out pieces, "all" and by kind; empty without any
    after: Mapping[str, float]
    advice: tuple[str, ...]


def finetune(
    workshop: Workshop,
    asked: Tuning,
    styles: Path,
    runs: Path,
    report: Report = lambda _: None,
    device: str | None = None,
    threads: int | None = None,
) -> Tuned:
    """Fine-tune as asked and put the style into ``styles``; goes on from a checkpoint in ``runs``."""
    folder = styles / asked.style
    task, examples = _readable(workshop, asked)
    _check_free(workshop, asked, folder, task)
    if threads:
        torch.set_num_threads(threads)
    parts = sides(examples, asked.seed)
    path = models.locate(workshop, asked.base, task, asked.network)
    weights, notes = models.read(path)
    network = _network(workshop, asked, weights, notes)
    recipe = _recipe(asked, task, notes, parts, _count(network, False))
    tokenizer = workshop.get("tokenizer", task)
    trainer = opened(recipe, network, tokenizer.field_names, runs / recipe.name, report, device, tick=workshop.progress)
    validation = [e for e in parts.examples if e.split == "validation"]
    before, watch, told = trainer.evaluate(validation), watched(trainer, parts.examples), list[str]()
    teacher = teacher_of(workshop, recipe, trainer, asked.data, {**notes, "name": recipe.name}, told.append)
    trainer.resume()
    best, table = taught(teacher, trainer.run(parts.examples), parts.examples)
    after = trainer.best_row
    file = write_style_model(
        workshop,
        asked,
        folder,
        Base(task, path, weights, notes),
        best,
        {
            **_provenance(asked, recipe, parts, before, after),
            **promised(trainer),
            **({"preference": table.notes} if table else {}),
        },
    )
    _clear(trainer.folder)
    return Tuned(
        folder,
        task,
        file,
        _count(network, True),
        _count(network, False),
        trainer.progress.step,
        parts,
        before,
        {key: after[key] for key in before},
        (
            *advice(parts, before.get("all"), after.get("all")),
            *(watch.told(best) if watch else ()),
            *(told + ["\n".join(table.lines)] if table else []),
            trainer.precision_summary,
        ),
    )


# ---- what there is to learn from --------------------------------------------------------------------------------------  # noqa: E501


def _readable(workshop: Workshop, asked: Tuning) -> tuple[str, list[Example]]:
    """The task, and all its examples; a folder that two tokenizers read needs ``task`` said."""
    if not asked.data.is_dir():
        raise BadInput(
            f"there is no corpus folder {asked.data}. `carmina corpus import` makes one of a folder of files."
        )
    names = [asked.task] if asked.task else sorted(workshop.all("tokenizer"))
    found = {name: examples for name in names if (examples := _examples(workshop, name, asked, bool(asked.task)))}
    if not found:
        raise BadInput(
            f"the corpus {asked.data} holds nothing to train on for {', '.join(names)}. "
            "`carmina corpus import` makes a corpus of a folder of files."
        )
    if len(found) > 1:
        raise BadInput(f"the corpus {asked.data} holds examples for {' and '.join(found)}. Say which with --task.")
    return next(iter(found.items()))


def _examples(workshop: Workshop, name: str, asked: Tuning, sure: bool) -> list[Example]:
    try:
        return read_examples(workshop, name, asked.data)
    except CarminaError:
        if sure:
            raise
        return []


def _check_free(workshop: Workshop, asked: Tuning, folder: Path, task: str) -> None:
    """Refuse a name that another plugin has, and a model of one's own that would be lost."""
    if (folder / LOCKED).exists():
        raise BadInput(
            f"the style {asked.style!r} is locked. Unlock it first (carmina style unlock {asked.style}), or choose "
            "another name."
        )
    if (folder / CARD).exists():
        if task in read_style(folder).models and not asked.replace:
            raise BadInput(
                f"the style {asked.style!r} has a {task} model already, in {folder}. Give --replace, or another name."
            )
    elif asked.style in workshop.all("style"):
        raise BadInput(f"there is a style {asked.style!r} already, from a plugin. Choose another name.")


# ---- the model, and how it is trained ---------------------------------------------------------------------------------  # noqa: E501


def _network(
    workshop: Workshop, asked: Tuning, weights: Mapping[str, np.ndarray], notes: Mapping[str, Any]
) -> torch.nn.Module:
    """The base network, ready to be trained further."""
    torch.manual_seed(asked.seed)
    config = dict(notes["config"])
    if "dropout" in config:
        config["dropout"] = max(LEAST_DROPOUT, config["dropout"])
    network = workshop.get("network", notes["network"])().build(config)
    network.load_state_dict({name: torch.from_numpy(np.array(weights[name])) for name in weights})
    return Adapted(network, asked.rank, SCALE) if asked.method == "lora" else network


def _recipe(asked: Tuning, task: str, notes: Mapping[str, Any], parts: Sides, weights: int) -> Recipe:
    """Batches, steps and validations by the size of the corpus: about eight batches an epoch, twenty epochs."""
    ids = _ids_an_epoch(parts.examples)
    batch_ids = int(min(MOST_IDS, max(LEAST_IDS, ids // BATCHES)))
    epoch = max(1, round(ids / batch_ids))
    steps = asked.steps or min(MOST_STEPS, max(LEAST_STEPS, EPOCHS * epoch))
    plan = Optimisation(
        steps=steps,
        batch_ids=batch_ids,
        crop=384,
        learning_rate=asked.learning_rate or _rate(asked.method, weights),
        final_rate=0.1,
        warmup=min(20, steps // 5),
        weight_decay=0.01,
        validate_every=max(1, min(steps, max(epoch, steps // 20))),
        patience=asked.patience if parts.validation_pieces else 0,
    )
    taught = notes.get("recipe", {})
    return Recipe(
        f"finetune-{asked.style}-{task}",
        task,
        notes["network"],
        notes["config"],
        plan,
        hide=taught.get("hide", {}),
        private=asked.more.private,
        preference=asked.more.preference,
        adversarial=asked.more.adversarial,
        seed=asked.seed,
        licence=_licence(asked.data),
    )


def _rate(method: str, weights: int) -> float:
    return RATES[method] * min(1.0, USUAL / weights)


def _ids_an_epoch(examples: tuple[Example, ...]) -> int:
    """Ids to train on; of variants of one thing an epoch draws one."""
    taught = {
        (e.group, e.kind) if e.group else number: len(e.chosen)
        for number, e in enumerate(examples)
        if e.split == "train"
    }
    return sum(taught.values())


def _licence(data: Path) -> str:
    """What the corpus's card says, if it has one."""
    from ..corpora import CARD as CORPUS
    from ..corpora import read_card

    return read_card(data / CORPUS).licence if (data / CORPUS).exists() else "as the pieces it was made from"


def _count(network: torch.nn.Module, moving: bool) -> int:
    return sum(p.numel() for p in network.parameters() if p.requires_grad or not moving)


def _provenance(
    asked: Tuning, recipe: Recipe, parts: Sides, before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, Any]:
    """How the model came to be, for its header and the style's card."""
    figures = {"before": round(before["all"], 4), "after": round(after["all"], 4)} if before else {}
    return {
        "corpus": asked.data.name,
        "licence": recipe.licence,
        "method": asked.method,
        "seed": asked.seed,
        "pieces": parts.train_pieces,
        "held_out": parts.validation_pieces,
        "steps": int(after["step"]),
        **figures,
    }


def _clear(folder: Path) -> None:
    """Checkpoints of a run that is done are of no more use."""
    for file in folder.glob("*.safetensors"):
        file.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
