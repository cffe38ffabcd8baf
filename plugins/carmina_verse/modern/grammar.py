"""Whether modern Chinese is grammatical, as far as the order of kinds of words tells.

The commonest words stand for themselves, the others for their part of speech (jieba's word list) and length; what
follows what is counted over modern prose and verse (``making/modern_grammar.py``), interpolated after Witten and Bell
(1991).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from ..chinese.segmentation import words as segmented
from .subjects import tags

ORDER = 4
BASE = 1024  # classes, at most
START, STOP, PAUSE, UNKNOWN = "<start>", "。", "，", "x1"
_UNITS = re.compile(r"[一-鿿]+|[。！？…]+|[，、；：—]+")


def units(text: str) -> list[str]:
    """A text's words and marks, marks as ``STOP`` and ``PAUSE``."""
    found: list[str] = []
    for run in _UNITS.findall(text):
        if "一" <= run[0] <= "鿿":
            found += segmented(run)
        else:
            found.append(STOP if run[0] in "。！？…" else PAUSE)
    return found


def class_of(word: str) -> str:
    """The part of speech and length of a word that does not stand for itself."""
    tag = tags().get(word, "")
    kind = tag[:2] if tag[:2] in ("nr", "ns", "vn", "ad", "an", "uj", "ul", "ug") else tag[:1] or "x"
    return f"{kind}{min(2, len(word))}"


FAINT = frozenset(
    "是 有 说 到 在 去 来 会 能 要 可以 知道 觉得 想 不能 没有 看见 做 使 叫 应该 愿意 不会 不是 算 成 为".split()
)
"""Verbs that show nothing."""
ADVERBS = frozenset("不 没 很 也 都 就 才 再 又 最 更 太 还 也不 都不 就不 却 曾 已".split())
"""What stands before verbs and adjectives only."""


def predicates(text: str) -> list[str]:
    """Verbs, adjectives that stand before no 的 and no noun, and whatever 了, 着 or 过 follows, in order."""
    words = units(text)
    kinds = [tags().get(word, "x") for word in words]
    after = [*zip(words[1:], kinds[1:], strict=True), ("", "x")]
    return [
        word
        for word, kind, (follower, next_kind) in zip(words, kinds, after, strict=True)
        if follower in ("了", "着", "过")
        or follower != "的"
        and (kind[0] == "v" and kind != "vn" or kind[0] in "az" and kind != "an" and next_kind[0] != "n")
    ]


def misplaced(text: str) -> int:
    """How many adverbs stand before a noun of two characters or more (也不消息)."""
    found = units(text)
    return sum(
        word in ADVERBS and len(after) > 1 and tags().get(after, "x")[0] == "n" for word, after in pairwise(found)
    )


def names_in(text: str) -> list[str]:
    """Words that are names of persons, by the word list."""
    return [word for word in units(text) if len(word) > 1 and tags().get(word, "").startswith("nr")]


def vivid(text: str) -> int:
    """How many verbs of a text show something."""
    return sum(tags().get(word, "x")[0] == "v" and word not in FAINT for word in predicates(text))


class Grammar:
    """Counts of runs of classes."""

    def __init__(self, names: Sequence[str], arrays: dict[str, np.ndarray]):
        self._ids = {name: at for at, name in enumerate(names)}
        self._keys = {n: np.cumsum(arrays[f"keys{n}"].astype(np.int64)) for n in range(1, ORDER + 1)}
        self._counts = {n: arrays[f"counts{n}"].astype(np.float64) for n in range(1, ORDER + 1)}
        self._total = {n: self._sums(n) for n in range(2, ORDER + 1)}
        self._every = float(self._counts[1].sum())

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Grammar:
        """The table of this package."""
        path = files("carmina_verse").joinpath("data", "zh-modern-grammar.npz")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            return cls(bytes(table["names"]).decode().split("\n"), dict(table))

    def _sums(self, order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Histories of an order's runs, how often each is seen, and how many classes follow it."""
        history, first, kinds = np.unique(self._keys[order] // BASE, return_index=True, return_counts=True)
        return history, np.add.reduceat(self._counts[order], first), kinds

    def ids(self, text: str) -> list[int]:
        """The classes of a text's words and marks."""
        unknown = self._ids[UNKNOWN]
        return [self._ids.get(word, self._ids.get(class_of(word), unknown)) for word in units(text)]

    def mean_nats(self, text: str, before: str = "") -> float:
        """Mean log-probability of the words (and marks) of a text after another; 0 of nothing."""
        past = [self._ids[START], *self.ids(before)][1 - ORDER :]
        ids = self.ids(text)
        if not ids:
            return 0.0
        total = 0.0
        for number in ids:
            total += math.log(self._share(past, number))
            past = [*past, number][1 - ORDER :]
        return total / len(ids)

    def _share(self, past: Sequence[int], number: int) -> float:
        share = (self._count(1, number) + 0.5) / (self._every + 0.5 * BASE)
        for order in range(2, min(ORDER, len(past) + 1) + 1):
            key = 0
            for one in past[len(past) + 1 - order :]:
                key = key * BASE + one
            history, sums, kinds = self._total[order]
            at = int(np.searchsorted(history, key))
            if at >= len(history) or history[at] != key:
                break
            share = (self._count(order, key * BASE + number) + kinds[at] * share) / (sums[at] + kinds[at])
        return share

    def _count(self, order: int, key: int) -> float:
        keys = self._keys[order]
        at = int(np.searchsorted(keys, key))
        return float(self._counts[order][at]) if at < len(keys) and keys[at] == key else 0.0
