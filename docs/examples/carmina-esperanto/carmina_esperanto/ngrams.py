"""The model: how often a word follows a word in our lines, and a kind of word a kind. A ``carmina.Runner``."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from .language import FUNCTION

START = 0  # the id before the first word of a line
KINDS = 0.2  # share of the chance that goes by kinds of words, so that new neighbours are met
WORD = re.compile(r"[^\W\d_]+")


class Ngrams:
    """Word ids; 0 stands before a line."""

    def __init__(self, lines: list[list[str]]):
        self.lines = lines
        self.words = ["", *sorted({word for line in lines for word in line})]
        self.index = {word: at for at, word in enumerate(self.words)}
        self.fields = (len(self.words),)
        self.ends = {self.index[line[-1]] for line in lines}  # words that a line closes with
        self.chances = self._chances()  # (V, V) of each word after each

    def _chances(self) -> np.ndarray:
        size = len(self.words)
        pairs = np.zeros((size, size))
        for line in self.lines:
            ids = [START, *(self.index[word] for word in line)]
            np.add.at(pairs, (ids[:-1], ids[1:]), 1)
        names = sorted({kind(word) for word in self.words})
        member = np.array([[kind(word) == name for name in names] for word in self.words], float)  # (V, kinds)
        by_kind = member.T @ pairs @ member
        spread = member * (pairs.sum(axis=0)[:, None] + 1e-9)
        spread /= spread.sum(axis=0)
        kinds = member @ _shares(by_kind) @ spread.T
        kinds[:, START] = 0
        return (1 - KINDS) * _shares(pairs) + KINDS * _shares(kinds)

    # ---- carmina.Runner

    def start(self, batch: int) -> Any:
        return None

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """ids (B, 1) -> logits (B, V): the words before the last are forgotten."""
        with np.errstate(divide="ignore"):
            return np.maximum(np.log(self.chances[ids[:, 0]]), -30).astype(np.float32), None

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        return None


def kind(word: str) -> str:
    """Small words are each of their own kind; the others go by their ending, which tells what they are."""
    if word in FUNCTION or not word:
        return word
    return next(
        (ending for ending in ("ojn", "ajn", "oj", "aj", "on", "an", "as", "is", "os") if word.endswith(ending)),
        word[-1],
    )


def _shares(counts: np.ndarray) -> np.ndarray:
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)


@lru_cache(maxsize=1)
def shipped() -> Ngrams:
    """The model of ``lines.txt``."""
    text = files(__package__).joinpath("lines.txt").read_text("utf-8")
    return Ngrams([WORD.findall(line.lower()) for line in text.splitlines() if line.strip()])
