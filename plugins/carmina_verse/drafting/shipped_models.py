"""Opens what writes: the shipped network or another model file, with the n-grams beside it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Runner

from .ngrams import Mixed, NGrams

WEIGHT = {"en": 1.0, "zh": 1.0}  # of the network beside the n-grams; docs/models says how it was chosen


def shipped(language: str) -> dict[str, Path]:
    """The models of a language in this package, the transformer first."""
    folder = Path(str(files("carmina_verse").joinpath("data")))
    found = sorted(folder.glob(f"verse-{language}-*.safetensors"), key=lambda path: "lstm" in path.stem)
    return {path.stem: path for path in found}


def open_runner(workshop: Any, tokens: Any, name: str | None, network: str | None) -> Runner:
    """The runner of a brief's model; raises ``BadModel`` or ``UnknownEntry``."""
    language = tokens.name.rsplit("-", 1)[-1]
    runner, counted = _network(workshop, tokens, name, network, language), shipped_ngrams(language)
    if counted is None:
        return runner
    opens = tokens.mark("<verse>") if language == "en" else tokens.mark("verse")
    weight = 0.0 if isinstance(runner, Silent) else WEIGHT[language]
    return Mixed(runner, counted, weight, opens)


@lru_cache(maxsize=2)
def shipped_ngrams(language: str) -> NGrams | None:
    """The counts of a language in this package; None where none ship."""
    table = Path(str(files("carmina_verse").joinpath("data", f"{language}-ngrams.npz")))
    return NGrams.open(table) if table.exists() else None


def _network(workshop: Any, tokens: Any, name: str | None, network: str | None, language: str) -> Any:
    if name is None and network is None and not shipped(language):
        return Silent(tokens.field_sizes)
    return workshop.model(name, tokens.name, network).runner


class Silent:
    """Stands where no network ships: says nothing, and the n-grams decide."""

    def __init__(self, fields: tuple[int, ...]):
        self.fields = fields

    def start(self, batch: int) -> int:
        return batch

    def step(self, ids: np.ndarray, state: int) -> tuple[np.ndarray, int]:
        """ids (B, F) -> even logits (B, V)."""
        return np.zeros((len(ids), self.fields[0]), np.float32), state

    def reorder(self, state: int, parents: np.ndarray) -> int:
        return len(parents)
