"""A training recipe: frozen dataclasses read from TOML. Unknown keys and values out of bounds are errors that say
so."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from . import files, schema
from .schema import Meta, OneLine, Share

Steps = Annotated[int, Meta(ge=1, le=10_000_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Ids = Annotated[int, Meta(ge=16, le=10_000_000)]
Crop = Annotated[int, Meta(ge=8, le=65_536)]
Parts = Annotated[int, Meta(ge=1, le=4096)]
Rate = Annotated[float, Meta(ge=1e-8, le=1)]
Decay = Annotated[float, Meta(ge=0, le=10)]
Mean = Annotated[float, Meta(ge=0, le=0.999999)]
Norm = Annotated[float, Meta(ge=1e-6, le=1e6)]
Seed = Annotated[int, Meta(ge=0, lt=2**32)]
Epsilon = Annotated[float, Meta(gt=0, le=1000)]
Delta = Annotated[float, Meta(gt=0, lt=0.5)]
Noise = Annotated[float, Meta(ge=0, le=1000)]
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"\A[^\x00-\x1f/\\]*[^\x00-\x1f/\\.][^\x00-\x1f/\\]*\Z",
        description="a name of at most 200 letters, without slashes",
    ),
]


@dataclass(frozen=True, slots=True)
class Optimisation:
    """How the weights move: AdamW with linear warm-up and cosine decay (Loshchilov & Hutter 2017)."""

    steps: Annotated[int, Meta(ge=0, le=10_000_000)] = 2000  # optimiser steps in all; 0: what it starts from stays
    batch_ids: Ids = 8192  # ids in a batch, padding included
    crop: Crop = 384  # longest sequence, in steps
    learning_rate: Rate = 1e-3
    final_rate: Share = 0.05  # share of the rate that is left at the end
    warmup: Count = 100  # steps
    weight_decay: Decay = 0.1  # on matrices only
    clip: Norm = 1.0  # largest norm of the gradient
    average: Mean = 0.0  # decay of the running mean of the weights that is kept; 0: the weights themselves
    validate_every: Steps = 200  # steps
    patience: Count = 0  # validations without improvement before stopping; 0: never
    rounded_from: Share = 1.0  # share of the steps after which weights are rounded as int4 stores them; 1: never
    accumulate: Parts = 1  # parts that a batch is worked on in, one after the other, where memory is short
    precision: Literal["auto", "bf16", "fp32"] = "auto"  # of matrix products; auto: bf16 where the hardware has it
    sharded: bool = False  # among several processes: weights and optimiser are spread too (FSDP2), not only batches


@dataclass(frozen=True, slots=True)
class Private:
    """Differentially private training: what is learnt of any one piece is bounded (DP-SGD; Abadi et al. 2016)."""

    epsilon: Epsilon = 8.0  # the budget; training stops before it is overspent
    delta: Delta = 1e-5  # chance that the promise fails; below 1 over the number of pieces
    clip: Norm = 1.0  # largest norm of the gradient of one piece
    pieces: Parts = 32  # that a step draws on average, each by itself (Poisson sampling)
    noise: Noise = 0.0  # standard deviation, in clips; 0: as much as the budget asks for over all steps


@dataclass(frozen=True, slots=True)
class Rounds:
    """How a trained model is taught further by pairs of works of which one is preferred (DPO; Rafailov et al. 2023)."""

    works: Parts = 48  # people's works, a round, to whose words or keywords the model writes
    held_out: Parts = 16  # of the validation side: what is measured before and after
    attempts: Annotated[int, Meta(ge=2, le=64)] = 4  # works of the model to each
    rounds: Annotated[int, Meta(ge=1, le=100)] = 1
    passes: Annotated[int, Meta(ge=1, le=100)] = 2  # over the pairs of a round
    batch_pairs: Parts = 8
    learning_rate: Rate = 1e-5
    beta: Annotated[float, Meta(gt=0, le=10)] = 0.1  # how dear it is to leave the model that was there
    anchor: Decay = 0.2  # weight of the plain likelihood of what is preferred, nats an id (Pang et al. 2024)
    least_diversity: Share = 0.9  # of what was there before: a round that falls below is taken back, and is the last


@dataclass(frozen=True, slots=True)
class Preference(Rounds):
    """Pairs that people labelled, or that figures label: which of two works lies nearer the bands of people's."""

    pairs: Annotated[str, Meta(max_length=2000)] = ""  # JSON Lines of {"chosen": FILE, "rejected": FILE}
    rules: Annotated[tuple[OneLine, ...], Meta(max_length=64)] = ()  # EVALUATOR.FIGURE
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # of a figure; else people's middle half


@dataclass(frozen=True, slots=True)
class Adversarial(Rounds):
    """Pairs that a discriminator labels, which tells people's works from the model's (Goodfellow et al. 2014)."""

    shrink: Annotated[float, Meta(gt=0, le=1e6)] = 10.0  # ridge of the discriminator


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that makes a model, but the corpus itself."""

    name: Name  # also of the folder of its checkpoints
    tokenizer: OneLine
    network: OneLine
    config: Mapping[str, Any] = field(default_factory=dict)  # of the network, without its fields
    optimisation: Optimisation = field(default_factory=Optimisation)
    hide: Mapping[str, Share] = field(default_factory=dict)  # field -> chance that a sequence does not see it
    balance: Mapping[str, Share] = field(default_factory=dict)  # field -> 0..1, how far its rare classes count more
    seed: Seed = 0
    licence: OneLine = "Apache-2.0"
    about: Annotated[str, Meta(max_length=10_000)] = ""  # for the model card
    start: Annotated[str, Meta(max_length=2000)] = ""  # model to start from, shipped or a file; empty: fresh weights
    private: Private | None = None
    preference: Preference | None = None
    adversarial: Adversarial | None = None


@dataclass(frozen=True, slots=True)
class Additions:
    """The tables of a recipe that a fine-tuning takes too."""

    private: Private | None = None
    preference: Preference | None = None
    adversarial: Adversarial | None = None


def read_additions(path: Path) -> Additions:
    """The tables in a TOML file for ``carmina finetune``; raises ``BadInput`` or ``BadOption``."""
    raw = schema.toml(files.read(Path(path), what="the recipe"), f"the recipe {path}")
    return schema.fitted(schema.plain(raw, "the recipe"), Additions, "recipe")


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file; raises ``BadInput`` or ``BadOption``."""
    return recipe_of(schema.toml(files.read(Path(path), what="the recipe"), f"the recipe {path}"))


def recipe_of(raw: Mapping[str, Any]) -> Recipe:
    """A recipe from plain data."""
    return schema.fitted(schema.plain(raw, "the recipe"), Recipe, "recipe")


def recipe_text(recipe: Recipe) -> str:
    """The recipe as TOML, which :func:`read_recipe` reads back; values at their defaults are written too."""
    return schema.toml_text(dataclasses.asdict(recipe))
