"""The weights of the learned reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from .features import NAMES, features


class Ranker:
    """A poem's figures -> nats: the difference of two is the log-odds that the first is people's and the second is
    not."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray, weights: np.ndarray):
        """All (len(NAMES),)."""
        self.mean, self.spread, self.weights = mean, spread, weights

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Ranker | None:
        """The one that ships for English; None where none does."""
        path = Path(str(files("carmina_verse").joinpath("data", "ranker-en.safetensors")))
        return cls.opened(path) if path.is_file() else None

    @classmethod
    def opened(cls, path: Path) -> Ranker:
        """The one in a file."""
        from safetensors.numpy import load_file

        found: Mapping[str, np.ndarray] = load_file(path)
        return cls(found["mean"], found["spread"], found["weights"])

    def score(self, lines: Sequence[Sequence[str]], bits: Sequence[float]) -> float:
        """Nats of a poem as :func:`features` takes it."""
        return self.of(features(lines, bits))

    def of(self, found: np.ndarray) -> float:
        """Nats of figures."""
        assert len(found) == len(NAMES)
        return float(np.clip((found - self.mean) / self.spread, -4, 4) @ self.weights)
