"""A training recipe: frozen dataclasses read from TOML. Unknown keys and values out of bounds are errors that say so."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import BadInput, BadOption


@dataclass(frozen=True, slots=True)
class Optimisation:
    """How the weights move: AdamW with linear warm-up and cosine decay (Loshchilov & Hutter 2017)."""

    steps: int = 2000  # optimiser steps in all
    batch_ids: int = 8192  # ids in a batch, padding included
    crop: int = 384  # longest sequence, in steps
    learning_rate: float = 1e-3
    final_rate: float = 0.05  # share of the rate that is left at the end
    warmup: int = 100  # steps
    weight_decay: float = 0.1  # on matrices only
    clip: float = 1.0  # largest norm of the gradient
    average: float = 0.0  # decay of the running mean of the weights that is kept; 0: the weights themselves
    validate_every: int = 200  # steps
    patience: int = 0  # validations without improvement before stopping; 0: never
    rounded_from: float = 1.0  # share of the steps after which weights are rounded as int4 stores them; 1: never
    accumulate: int = 1  # parts that a batch is worked on in, one after the other, where memory is short
    precision: str = "bf16"  # of matrix products: "bf16", "fp32"
    sharded: bool = False  # among several processes: weights and optimiser are spread too (FSDP2), not only batches


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that makes a model, but the corpus itself."""

    name: str
    tokenizer: str
    network: str
    config: Mapping[str, Any] = field(default_factory=dict)  # of the network, without its fields
    optimisation: Optimisation = field(default_factory=Optimisation)
    hide: Mapping[str, float] = field(default_factory=dict)  # field -> chance that a sequence does not see it
    balance: Mapping[str, float] = field(default_factory=dict)  # field -> 0..1, how far its rare classes count more
    seed: int = 0
    licence: str = "Apache-2.0"
    about: str = ""  # for the model card


_BOUNDS = {
    "steps": (1, 10_000_000),
    "batch_ids": (16, 10_000_000),
    "crop": (8, 65_536),
    "learning_rate": (1e-8, 1.0),
    "final_rate": (0.0, 1.0),
    "warmup": (0, 1_000_000),
    "weight_decay": (0.0, 10.0),
    "clip": (1e-6, 1e6),
    "average": (0.0, 0.999999),
    "validate_every": (1, 1_000_000),
    "patience": (0, 1_000_000),
    "rounded_from": (0.0, 1.0),
    "accumulate": (1, 4096),
}
_CHOICES = {"precision": ("bf16", "fp32"), "sharded": (True, False)}


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file; raises ``BadInput`` or ``BadOption``."""
    try:
        raw = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as fault:
        raise BadInput(f"cannot read the recipe {path}: {fault.strerror}. Give the path of a TOML file.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput(f"the recipe {path} is not valid TOML: {fault}.") from fault
    return recipe_of(raw)


def recipe_of(raw: Mapping[str, Any]) -> Recipe:
    """A recipe from plain data."""
    _known(raw, Recipe)
    for key in ("name", "tokenizer", "network"):
        if not isinstance(raw.get(key), str):
            raise BadOption(key, raw.get(key), "a name, which a recipe must give")
    section = dict(raw.get("optimisation", {}))
    _known(section, Optimisation)
    for key, value in section.items():
        if key in _CHOICES:
            if value not in _CHOICES[key]:
                raise BadOption(key, value, ", ".join(map(str, _CHOICES[key])).lower())
            continue
        low, high = _BOUNDS[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise BadOption(key, value, f"{low} to {high}")
    for table in ("hide", "balance"):
        for key, value in dict(raw.get(table, {})).items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise BadOption(f"{table}.{key}", value, "0 to 1")
    return Recipe(**{**raw, "optimisation": Optimisation(**section)})


def _known(raw: Mapping[str, Any], kind: type) -> None:
    names = [f.name for f in dataclasses.fields(kind)]
    for key in raw:
        if key not in names:
            raise BadOption("recipe", key, ", ".join(names))


def recipe_text(recipe: Recipe) -> str:
    """The recipe as TOML, which :func:`read_recipe` reads back; values at their defaults are written too."""
    plain = dataclasses.asdict(recipe)
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in plain.items()
        if not isinstance(value, dict)
    ]
    for title, table in ((key, value) for key, value in plain.items() if isinstance(value, dict) and value):
        lines += [
            "",
            f"[{title}]",
            *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()),
        ]
    return "\n".join(lines) + "\n"
