"""What a drafted line of modern verse, or sentence of prose, is worth beside the lines that stand: see
``drafting.scoring`` for the weights."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from ..chinese.segmentation import frequencies
from ..drafting.scoring import ModernScoring
from ..originality.runs import MOST, longest_run
from .grammar import Grammar, misplaced, names_in, predicates, vivid
from .nearness import content, near, seen
from .plan import stands
from .vocabulary import STOPS

EMPTY_WORDS = "的了是在着不一我你他她它这那有和就也"  # characters that may come as often as they like
PRONOUNS = ("我", "你", "他", "她", "它", "一个")
VAGUE_WORDS = tuple(
    "这种 一种 一切 什么 甚么 当然 关系 事情 这样 那样 所以 因为 但是 不过 样子 办法 这个 那个 一般".split()
)
DENIALS = ("不", "没", "别")
ASKS = re.compile(r"吗|呢[，。！？]|谁|哪|怎|什么|几[个时次]|何|多少|难道|是不是")
FIGURES = "二三四五六七八九十百千万两"


@dataclass
class Standing:
    """What stands of a text, and which words it owes."""

    owed: list[str]
    lines: list[str] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)  # pairs and runs of four

    def add(self, text: str) -> None:
        """A line more."""
        self.owed = [word for word in self.owed if not (word in text and stands(word, text))]
        plain = han(text)
        self.runs.update(plain[at : at + 2] for at in range(len(plain) - 1))
        self.runs.update(plain[at : at + 4] for at in range(len(plain) - 3))
        self.lines.append(text)

    def fork(self) -> Self:
        """An independent copy."""
        return type(self)(list(self.owed), list(self.lines), Counter(self.runs))

    def fresh(self, words: Sequence[str]) -> list[str]:
        """Those of some words that do not stand yet."""
        return [word for word in words if not any(word in line for line in self.lines)]

    @property
    def unclosed(self) -> str:
        """What stands of the sentence that the next line goes on with."""
        return re.split(f"[{STOPS}]", "".join(self.lines[-4:]))[-1]


class ModernJudgement:
    """For one text."""

    def __init__(self, scoring: ModernScoring, asked: str, verse: bool, index: Container[bytes] | None):
        """``asked``: the request's words; ``index``: of the corpus, that nothing be copied."""
        self.weights, self.asked, self._verse, self._index = scoring, asked, verse, index

    def worth(self, text: str, fluency: float, standing: Standing, images: Sequence[str], due: Sequence[str]) -> float:
        """Nats of a line. ``fluency``: mean log-probability of a symbol; ``due``: owed words whose turn has come."""
        weights = self.weights
        worth = fluency + weights.words * wordiness(text)
        worth += weights.grammar * Grammar.shipped().mean_nats(text, standing.unclosed)
        worth += weights.image * any(word in text for word in standing.fresh(images))
        worth += weights.keyword * any(word in text and stands(word, text) for word in due if word in standing.owed)
        about = [*images, *due, *(word for line in standing.lines[-3:] for word in content(line))]
        worth += weights.thing * seen(text) + weights.nearness * near(text, about) - weights.empty * (not content(text))
        worth += weights.vivid * min(1, vivid(text))
        return worth - self._repeats(text, standing) - self._faults(text, standing)

    def _repeats(self, text: str, standing: Standing) -> float:
        """Nats, 0 or more: what the text says already."""
        weights, plain, common = self.weights, han(text), set(EMPTY_WORDS)
        pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
        stale = sum(standing.runs[pair] > 0 and not set(pair) <= common for pair in pairs)
        total = weights.stale * stale / max(4, len(plain)) * 4
        total += weights.run * sum(standing.runs[plain[at : at + 4]] > 0 for at in range(len(plain) - 3))
        total += weights.head * sum(line[:2] == text[:2] for line in standing.lines[-5:])
        near = list(han("".join(standing.lines[-1:])) + plain)
        return total + weights.copied * (longest_run(near, "zh", self._index)[0] > MOST["zh"])

    def _faults(self, text: str, standing: Standing) -> float:
        """Nats, 0 or more: what a line should not be."""
        weights = self.weights
        total = weights.vague * sum(text.count(word) for word in VAGUE_WORDS)
        total += weights.pronoun * max(0, sum(text.count(word) for word in PRONOUNS) - 1)
        total += weights.negation * sum(text.count(c) for c in DENIALS) + weights.cry * text.count("！")
        total += weights.question * (bool(ASKS.search(text)) != ("？" in text)) * (text[-1:] in STOPS)
        total += weights.adverb * misplaced(text)
        total += weights.verbless * (text[-1:] in STOPS and not predicates(standing.unclosed + text))
        total += weights.stranger * sum(word not in self.asked for word in names_in(text))
        total += weights.figure * max(0, sum(c in FIGURES for c in text) - 1)
        if self._verse and not predicates(text):
            total += weights.bare * (1 + sum(not predicates(line) for line in standing.lines[-2:]))
        return total


def han(text: str) -> str:
    """The Chinese characters of a text."""
    return "".join(c for c in text if "一" <= c <= "鿿")


@lru_cache(maxsize=4096)
def wordiness(text: str) -> float:
    """The share, 0..1, of a text's characters that stand in words of two or more, or are very common alone."""
    known = frequencies()
    plain = "".join(c if "一" <= c <= "鿿" else " " for c in text)
    total, in_words = 0, 0.0
    for run in plain.split():
        best = [0.0]
        for end in range(1, len(run) + 1):
            ways = [best[end - 1] + (0.7 if known.get(run[end - 1], 0) > 20000 else 0.0)]
            for length in (2, 3, 4):
                if length <= end and known.get(run[end - length : end], 0) > 3:
                    ways.append(best[end - length] + length)
            best.append(max(ways))
        total += len(run)
        in_words += best[-1]
    return in_words / total if total else 0.0
