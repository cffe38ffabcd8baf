"""Which words keep company in the corpus: vectors whose nearness is association (made by ``build_associations``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

NEAR = 0.25  # cosines below this are no association
GRID = 2048  # steps of a coordinate: so coarse that a cosine is exact in whatever order it is summed


class Associations:
    """Words and their unit vectors."""

    def __init__(self, words: Sequence[str], vectors: np.ndarray):
        self.index = {word: at for at, word in enumerate(words)}
        self.vectors = vectors

    @classmethod
    @lru_cache(maxsize=2)
    def shipped(cls, language: str) -> Associations:
        """The table of a language; an empty one where none ships."""
        path = files("carmina_verse").joinpath("data", f"{language}-associations.npz")
        if not path.is_file():
            return cls((), np.zeros((0, 1), np.float32))
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            vectors = table["vectors"].astype(np.float64)
            units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
            return cls(bytes(table["words"]).decode().split("\n"), (np.round(units * GRID) / GRID).astype(np.float32))

    def relevance(self, words: Sequence[str], keywords: Sequence[str]) -> np.ndarray | None:
        """(words,) nearness to the nearest keyword, 0..1; None where no keyword is known."""
        known = [self.index[keyword] for keyword in keywords if keyword in self.index]
        if not known:
            return None
        best = np.maximum((self.vectors @ self.vectors[known].T).max(axis=1) - NEAR, 0) / (1 - NEAR)
        places = np.array([self.index.get(word, -1) for word in words])
        return np.where(places >= 0, best[places], 0).astype(np.float32)

    def nearness(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Mean cosine of two lots of words, -1..1; 0 where one is unknown."""
        first, second = ([self.index[w] for w in lot if w in self.index] for lot in (one, other))
        if not first or not second:
            return 0.0
        return float((self.vectors[first] @ self.vectors[second].T).mean())
