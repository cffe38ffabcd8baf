"""Where training and fine-tuning teach by preference, if their recipe asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from torch import Tensor

from ...contracts import Example, Workshop
from ...recipe import Recipe
from ..loop import Trainer
from .rounds import Teacher, check
from .table import Taught


def teacher_of(
    workshop: Workshop,
    recipe: Recipe,
    trainer: Trainer,
    data: Path,
    notes: Mapping[str, Any],
    tell: Callable[[str], None],
) -> Teacher | None:
    """The teacher of a recipe, opened before anything is trained, so that what cannot be is told at once; None: no
    table asks for one."""
    if recipe.preference is None and recipe.adversarial is None:
        return None
    check(recipe, trainer.crew.size)
    return Teacher(workshop, recipe, trainer, data, notes, tell)


def taught(
    teacher: Teacher | None, weights: dict[str, Tensor], examples: Sequence[Example]
) -> tuple[dict[str, Tensor], Taught | None]:
    """The weights to keep, and what teaching changed; without a teacher those that there were."""
    if teacher is None:
        return weights, None
    trainer = teacher.trainer
    trainer.fill(weights)
    found = teacher.run(examples)
    return {name: tensor.detach().cpu() for name, tensor in trainer.network.state_dict().items()}, found
