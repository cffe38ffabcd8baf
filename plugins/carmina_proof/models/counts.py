"""Counts of pairs and triples of tokens as probabilities: what is likely to stand beside what.

Interpolated as Witten and Bell (1991) did; how many kinds of tokens follow a context is taken from how often it was
seen (Heaps' law). Keys are hashed to 32 bits: of a million keys, one query in 4,000 meets a stranger's count.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np

BITS = 17  # of a token's id
STEPS_A_NAT = 20.0  # of rounded logarithms of counts
KINDS = 0.75  # power of a context's uses that is about the kinds of tokens after it
FEWEST_KINDS = 8.0
DISCOUNT = 0.6  # of every count: what was seen once may be chance
UNSEEN = 0.01  # share of all tokens that are not in the vocabulary
A_WORD = 12.5  # nats by which one such token is less likely than all of them together
LEAST = 1e-12
_MIX = np.uint64(0x9E3779B97F4A7C15)


def hashed(keys: np.ndarray) -> np.ndarray:
    """32 bits of packed ids (T,)."""
    return ((keys.astype(np.uint64) * _MIX) >> np.uint64(32)).astype(np.uint32)


def packed(*ids: np.ndarray) -> np.ndarray:
    """Ids (T,) of two or three tokens in a row as one number (T,)."""
    out = np.zeros(len(ids[0]), np.uint64)
    for column in ids:
        out = (out << np.uint64(BITS)) | np.asarray(column).astype(np.uint64)
    return out


class Table:
    """Counts by hashed key."""

    def __init__(self, steps: np.ndarray, counts: np.ndarray):
        """``steps`` (N,) differences of the sorted keys; ``counts`` (N,) rounded logarithms."""
        self._keys = np.cumsum(steps.astype(np.uint64)).astype(np.uint32)
        self._counts = np.exp(counts / STEPS_A_NAT)

    def __call__(self, keys: np.ndarray) -> np.ndarray:
        """Packed keys (T,) -> how often each was seen (T,); 0 where it was not."""
        wanted = hashed(keys)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, self._counts[at], 0.0)


class Counts:
    """A vocabulary, with how often its tokens stand alone, in pairs and in triples."""

    def __init__(self, arrays: dict[str, np.ndarray]):
        self._words = arrays["words"]
        self.single = np.exp(arrays["single"] / STEPS_A_NAT)
        self.unknown = len(self.single)  # the id of any other token
        self._single = np.append(self.single + 0.5, UNSEEN * self.single.sum())
        self._total = self.single.sum()
        self._pairs = Table(arrays["pair_steps"], arrays["pair_counts"])
        self._triples = Table(arrays["triple_steps"], arrays["triple_counts"])

    @classmethod
    def open(cls, path: Path) -> Counts:
        """The table in an .npz file."""
        with np.load(path, allow_pickle=False) as file:
            return cls(dict(file))

    @cached_property
    def words(self) -> list[str]:
        """Each token by its id, the commonest first."""
        return bytes(self._words).decode().split("\n")

    @cached_property
    def ids(self) -> dict[str, int]:
        """Token -> id."""
        return {word: at for at, word in enumerate(self.words)}

    def id(self, word: str) -> int:
        """The id of a token, ``unknown`` where it has none."""
        return self.ids.get(word, self.unknown)

    def count(self, word: str) -> float:
        """How often a token was seen."""
        at = self.ids.get(word)
        return 0.0 if at is None else float(self.single[at])

    def pair(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """How often ids (T,) stood before others (T,)."""
        return self._pairs(packed(one, other))

    def nats(self, first: np.ndarray, second: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """ids (T,) after two others -> the log-probability of each (T,)."""
        alone = self._single[chosen] / self._total
        led = self._single[second]
        two = np.maximum(self._pairs(packed(second, chosen)) - DISCOUNT, 0.0)
        share = _mixed(two, led, alone)
        seen = self._pairs(packed(first, second))
        three = np.maximum(self._triples(packed(first, second, chosen)) - DISCOUNT, 0.0)
        deep = _mixed(three, seen, share)
        nats = np.log(np.maximum(np.where(seen > 0, deep, share), LEAST))
        return nats - A_WORD * (chosen == self.unknown)

    def run(self, ids: np.ndarray) -> np.ndarray:
        """Rows of ids (B, T) -> log-probability (B,) of all but the first two of each row."""
        parts = [self.nats(ids[:, at - 2], ids[:, at - 1], ids[:, at]) for at in range(2, ids.shape[1])]
        return np.sum(parts, axis=0)


def _mixed(counts: np.ndarray, uses: np.ndarray, shorter: np.ndarray) -> np.ndarray:
    """What follows a context of so many uses, and what the shorter context says, by how many kinds follow it."""
    kinds = np.maximum(uses**KINDS, FEWEST_KINDS)
    return (counts + kinds * shorter) / (uses + kinds)
