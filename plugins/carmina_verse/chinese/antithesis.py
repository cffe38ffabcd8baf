"""对仗: how well the two lines of a couplet answer one another, by a table of word classes and by what stands opposite
in the corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np

STRICT = "MC"  # numbers and colours are answered by their like
NEAR = 0.3  # cosine from which poets set two characters opposite, whatever their classes
UNLIKE = 0.5  # what a character of another class loses as an answer
GOOD = 0.85  # a couplet is called parallel from here on


class Antithesis:
    """Classes and partners of characters."""

    def __init__(self, rows: Sequence[str], vectors: np.ndarray):
        """``rows``: "character[field] classes"."""
        self.index = {row[0]: at for at, row in enumerate(rows)}
        self.classes = {row[0]: row.split(" ")[1] for row in rows}
        self.fields = {row[0]: row[1] for row in rows if row[1] != " "}
        self.vectors = vectors

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Antithesis:
        """The table of this package."""
        path = files("carmina_verse").joinpath("data", "zh-antithesis.npz")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            vectors = table["vectors"].astype(np.float32)
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
            return cls(bytes(table["classes"]).decode().split("\n"), vectors)

    def answers(self, one: str, other: str) -> bool:
        """Whether two characters may stand opposite: of one class, numbers, colours and directions with their like, not
        the same one."""
        first, second = self.classes.get(one, ""), self.classes.get(other, "")
        if not first or not second or one == other:
            return False
        if self.nearness(one, other) >= NEAR:
            return True
        strict = [own[0] if own[0] in STRICT else "" for own in (first, second)]
        if strict[0] != strict[1] and not (strict[0] and strict[1] and strict[0] in second and strict[1] in first):
            return False
        return bool(set(first) & set(second))

    def nearness(self, one: str, other: str) -> float:
        """Cosine of two characters as partners, -1..1; 0 for unknown ones."""
        if one not in self.index or other not in self.index:
            return 0.0
        return float(self.vectors[self.index[one]] @ self.vectors[self.index[other]])

    def score(self, one: str, other: str) -> float:
        """The share of places, 0..1, at which two lines of one length answer one another; doubled characters must be
        doubled in both."""
        if len(one) != len(other) or not one:
            return 0.0
        kept = [self.answers(a, b) for a, b in zip(one, other, strict=True)]
        for at in range(1, len(one)):
            if (one[at] == one[at - 1]) != (other[at] == other[at - 1]):
                kept[at] = False
        return sum(kept) / len(kept)

    def contrast(self, one: str, other: str, level: Callable[[str], str]) -> float:
        """The share of the even places, 0..1, at which 平 stands against 仄; characters of both levels count as
        kept."""
        places = range(1, len(one), 2)
        marks = [(level(one[at]), level(other[at])) for at in places if at < len(other)]
        return sum("both" in pair or pair[0] != pair[1] for pair in marks) / max(1, len(marks))

    @lru_cache(maxsize=512)  # noqa: B019 - one table
    def partners(self, character: str) -> np.ndarray:
        """(characters of the table,) how well each answers a character, -1..1; less by ``UNLIKE`` where the classes
        forbid it."""
        if character not in self.index:
            return np.zeros(len(self.index), np.float32)
        own = self.index[character]
        near = self.vectors @ self.vectors[own]
        bits, strict = self._bits
        shared = (bits & bits[own]) != 0
        unlike = (strict != strict[own]) & ~(((strict & bits[own]) != 0) & ((strict[own] & bits) != 0))
        kept = (near >= NEAR) | (shared & ~unlike)
        near = near - UNLIKE * ~kept
        near[own] = -1
        return near.astype(np.float32)

    @cached_property
    def _bits(self) -> tuple[np.ndarray, np.ndarray]:
        """Of every character its classes as bits, and its first one where that is strict, else 0."""
        letters = sorted({letter for own in self.classes.values() for letter in own})
        value = {letter: 1 << at for at, letter in enumerate(letters)}
        bits = np.array([sum(value[letter] for letter in self.classes[c]) for c in self.index], np.int64)
        return bits, np.array(
            [value[self.classes[c][0]] * (self.classes[c][0] in STRICT) for c in self.index], np.int64
        )
