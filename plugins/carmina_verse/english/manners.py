"""How people close, open and end lines, as counts of the corpus (made by ``making.manners``), and draws from them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from .text import NO_MARK
from .word_lists import FUNCTION_WORDS

FINAL = ".!?"  # what may close a poem
WORN_OPENERS = frozenset(
    "and but when or then so for till until while because although though nor yet as where since if".split()
)
RARE_OPENERS = {
    "j": "just joy june join", "k": "keep know knowing kind", "q": "quick quiet quite quietly queens quoth",
    "v": "vainly voices vast veiled visions", "x": "xerxes xylophones xanthippe xantippe",
    "z": "zephyrs zealous zigzag zion zeus zebras zithers", "u": "upon until under unless",
}  # letters that few lines begin with -> words that may stand there  # fmt: skip
OWNERS = frozenset("my thy her his their our your its".split())
ENOUGH = 12  # stanzas of a size from which a poet's own marks are drawn
WORN_SHARE = 0.0008  # of all lines: a word that ends more of them is worn


@lru_cache(maxsize=1)
def poets() -> Mapping[str, Any]:
    """What was counted of single poets (made by ``making.poets``)."""
    found: Mapping[str, Any] = json.loads(files("carmina_verse").joinpath("data", "en-poets.json").read_text("utf-8"))
    return found


class Manners:
    """The table."""

    def __init__(self, table: Mapping[str, Any]):
        self._closes: Mapping[str, Mapping[str, int]] = table["closes"]
        self._openers: Mapping[str, Mapping[str, int]] = table["openers"]
        self._ends: Mapping[str, int] = table["ends"]
        self._lines = int(table["lines"])
        self.words: Mapping[str, float] = table.get("words", {})  # nats by which a poet has them more readily
        self.again = float(table.get("again", 0.0))  # share of a poet's lines that begin as the line before

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Manners:
        """The one that ships."""
        return cls(json.loads(files("carmina_verse").joinpath("data", "en-manners.json").read_text("utf-8")))

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, name: str) -> Manners:
        """Those of a poet or a period; where nothing was counted of one, people's at large."""
        own, usual = poets().get(name), cls.shipped()
        if own is None:
            return usual
        openers = {mark: own["openers"].get(mark) or row for mark, row in usual._openers.items()}
        closes = {**usual._closes, **{size: row for size, row in own["closes"].items() if sum(row.values()) >= ENOUGH}}
        return cls({**own, "openers": openers, "closes": closes, "ends": usual._ends, "lines": usual._lines})

    def begun(self, marks: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
        """How lines behind such marks begin: "" anyhow, "^" not with And, But, When and their like, or with a word: of
        a poet that was counted, as often as the poet begins as the line before did, or with a small word.
        """
        found: list[str] = []
        for mark in marks:
            worn = "" if self.worn_opener(mark, rng) else "^"
            if not self.words:
                found.append(worn)
                continue
            before = next((word for word in reversed(found) if word not in ("", "^")), "")
            again = before and rng.random() < self.again
            found.append(before if again else self._opener(mark, rng) or worn)
        return tuple(found)

    def _opener(self, mark: str, rng: np.random.Generator) -> str:
        own = self._openers.get(mark) or self._openers["."]
        words = list(own)
        word = words[int(rng.choice(len(words), p=np.array(list(own.values()), float) / sum(own.values())))]
        return word if word in FUNCTION_WORDS and word not in WORN_OPENERS else ""

    def favour(self, words: Sequence[str]) -> np.ndarray:
        """(words,) nats by which the poet has each more readily than poets at large."""
        return np.array([self.words.get(word, 0.0) for word in words], np.float32)

    def marks(self, size: int, rng: np.random.Generator, final: bool) -> list[str]:
        """The closing mark of each line of a stanza, drawn as people have them; ``final``: the poem ends with it."""
        found: list[str] = []
        while len(found) < size:
            left = size - len(found)
            part = left if str(left) in self._closes else 4 if left > 5 else left
            if str(part) not in self._closes:  # one line
                found += ["."]
                continue
            last = final and part == left
            rows = [(row, many) for row, many in self._closes[str(part)].items() if self._closes_well(row, last)]
            shares = np.array([many for _row, many in rows], float)
            found += rows[int(rng.choice(len(rows), p=shares / shares.sum()))][0]
        return found

    @staticmethod
    def _closes_well(row: str, final: bool) -> bool:
        return row[-1] in FINAL if final else row[-1] != NO_MARK

    def worn_opener(self, before: str, rng: np.random.Generator) -> bool:
        """Whether a line after such a mark begins with And, But, When and their like, drawn at people's rate."""
        own = self._openers.get(before) or self._openers["."]
        worn = sum(many for word, many in own.items() if word in WORN_OPENERS)
        return bool(rng.random() < worn / sum(own.values()))

    def openers_with(self, letter: str) -> list[str]:
        """Words that begin lines and begin with a letter, those that people most often take first."""
        count: Counter[str] = Counter()
        for own in self._openers.values():
            count.update({word: many for word, many in own.items() if word.startswith(letter)})
        return list(
            dict.fromkeys([*(word for word, _many in count.most_common()), *RARE_OPENERS.get(letter, "").split()])
        )

    def joint(self, before: str, word: str) -> float:
        """How usual a line's first word is after a mark, nats above or below what is usual after any."""
        return self._joints.get((before, word), 0.0)

    @cached_property
    def _joints(self) -> Mapping[tuple[str, str], float]:
        sums = {mark: sum(own.values()) for mark, own in self._openers.items()}
        whole: Counter[str] = Counter()
        for own in self._openers.values():
            whole.update(own)
        return {
            (mark, word): math.log(
                (self._openers[mark].get(word, 0) + 1.0) / (sums[mark] + 1) / (whole[word] / sum(sums.values()))
            )
            for mark in self._openers
            for word in whole
            if sums[mark]
        }

    @cached_property
    def worn(self) -> Mapping[str, float]:
        """How far each worn end word is above the share that is not worn, nats."""
        return {
            word: math.log(many / self._lines / WORN_SHARE)
            for word, many in self._ends.items()
            if many > WORN_SHARE * self._lines
        }

    def worn_costs(self, words: Sequence[str]) -> np.ndarray:
        """(words,) nats above what is not worn."""
        return np.array([self.worn.get(word, 0.0) for word in words], np.float32)
