"""What is asked of a fine-tuning. Imports no torch, so that a slip is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import BadOption
from ..home.styles import check_name
from ..recipe import Additions

METHODS = ("lora", "full")


@dataclass(frozen=True, slots=True)
class Tuning:
    """What is asked of a fine-tuning."""

    style: str  # name to be
    data: Path  # corpus folder
    task: str | None = None  # tokenizer; the one that can read the folder
    method: str = "lora"  # or "full": every weight moves
    rank: int = 8  # of an adapter, 1 to 256
    base: str | None = None  # model to start from: shipped, or a file
    network: str | None = None  # kind of network of the shipped model
    steps: int | None = None  # optimiser steps at most; by the size of the corpus
    learning_rate: float | None = None
    patience: int = 4  # validations without improvement before it stops
    seed: int = 0
    replace: bool = False  # a style of this name that has a model for this task already
    summary: str = ""
    more: Additions = Additions()

    def __post_init__(self) -> None:
        check_name(self.style)
        if self.method not in METHODS:
            raise BadOption("--method", self.method, ", ".join(METHODS))
