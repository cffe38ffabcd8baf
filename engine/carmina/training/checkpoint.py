"""Checkpoints that survive a kill at any moment: written beside their place, then renamed. safetensors only."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from ..errors import BadModel
from ..recipe import Recipe
from .distributed import spread_like


def save(path: Path, tensors: Mapping[str, Tensor], notes: Mapping[str, Any]) -> None:
    """Write tensors and JSON-able notes as one file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    flat = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    save_file(flat, partial, metadata={name: json.dumps(value, sort_keys=True) for name, value in notes.items()})
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, path)


def load(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Tensors and notes; raises ``BadModel`` when the file is missing or damaged."""
    try:
        with safe_open(path, framework="pt") as file:
            notes = {name: json.loads(value) for name, value in (file.metadata() or {}).items()}
            return {name: file.get_tensor(name) for name in file.keys()}, notes  # noqa: SIM118 - not a dict
    except (OSError, SafetensorError, ValueError) as fault:
        raise BadModel(f"the checkpoint {path} cannot be read ({fault}). Delete it to start again.") from fault


def optimiser_tensors(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The optimiser's state as named tensors."""
    return {
        f"optimiser.{index}.{name}": torch.as_tensor(value)
        for index, state in optimiser.state_dict()["state"].items()
        for name, value in state.items()
    }


def restore_optimiser(optimiser: torch.optim.Optimizer, tensors: Mapping[str, Tensor]) -> None:
    """Undo :func:`optimiser_tensors`; tensors are spread over processes as their parameters are."""
    parameters = [parameter for group in optimiser.param_groups for parameter in group["params"]]
    states: dict[int, dict[str, Tensor]] = {}
    for key, tensor in tensors.items():
        if key.startswith("optimiser."):
            _prefix, index, name = key.split(".", 2)
            own = parameters[int(index)]
            states.setdefault(int(index), {})[name] = spread_like(tensor, own) if tensor.shape == own.shape else tensor
    optimiser.load_state_dict({"state": states, "param_groups": optimiser.state_dict()["param_groups"]})


def made_by(recipe: Recipe) -> dict[str, Any]:
    """What a checkpoint must have in common with the run that goes on from it."""
    return {
        "tokenizer": recipe.tokenizer,
        "network": recipe.network,
        "seed": recipe.seed,
        "config": {key: list(value) if isinstance(value, tuple) else value for key, value in recipe.config.items()},
    }
