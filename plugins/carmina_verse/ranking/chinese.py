"""Figures of a whole Chinese poem in old forms that tell people's poems from mixed and from written ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

from ..chinese.antithesis import Antithesis
from ..chinese.tails import Tails
from ..chinese.world import World
from ..drafting.associations import Associations

NAMES = (
    "surprise",  # mean bits a character, under the small model
    "surprise_off",  # how far that is from people's
    "surprise_spread",  # standard deviation over lines
    "couplets",  # mean nearness of neighbouring lines
    "whole",  # of any two lines
    "far",  # of the two lines that are farthest apart in meaning
    "strays",  # signs of another season or hour, a line
    "twins",  # further names of one thing, a line
    "again",  # characters that come again, a line
    "worn_heads",  # mean logarithm of how many of people's lines begin so
    "numbers",  # numerals a line
    "questions",  # 何 谁 岂 几 a line
    "negations",  # 不 无 未 莫 休 a line
    "feelings",  # words of sorrow a line
    "plainness",  # mean logarithm of the rank of the characters
    "antithesis",  # mean share of places that answer one another in couplets
)
PEOPLE = 5.5  # bits a character: people's lines under the small model, about
NUMBERS, QUESTIONS, NEGATIONS = "一二两三四五六七八九十百千万双几", "何谁岂孰安奈", "不无未莫休非勿没"
FEELINGS = "愁悲恨泪怅惆怨伤断寂寞凄独孤"


class ChineseReader:
    """A poem's figures -> nats: the difference of two is the log-odds that the first is people's and the second is
    not."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray, weights: np.ndarray):
        """All (len(NAMES),)."""
        self.mean, self.spread, self.weights = mean, spread, weights

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> ChineseReader | None:
        """The one that ships; None where none does."""
        path = Path(str(files("carmina_verse").joinpath("data", "ranker-zh.safetensors")))
        if not path.is_file():
            return None
        from safetensors.numpy import load_file

        found = load_file(path)
        return cls(found["mean"], found["spread"], found["weights"])

    @staticmethod
    def reads(lines: Sequence[str]) -> bool:
        """Whether a poem, so far, is of the kind that it was taught on: four or eight lines of five or seven."""
        return len(lines) in (4, 8) and {len(line) for line in lines} in ({5}, {7})

    def score(self, lines: Sequence[str], bits: Sequence[float]) -> float:
        """Nats of a poem as :func:`features` takes it."""
        return float(np.clip((features(lines, bits) - self.mean) / self.spread, -4, 4) @ self.weights)


def features(lines: Sequence[str], bits: Sequence[float]) -> np.ndarray:
    """(len(NAMES),) of lines of characters, and the surprise of each, bits a character."""
    near, tails, many, text = Associations.shipped("zh"), Tails.shipped(), max(1, len(lines)), "".join(lines)
    vectors = [_mean(near, line) for line in lines]
    pairs = [float(a @ b) for a, b in combinations(vectors, 2)] or [0.0]
    surprise, world = float(np.mean(bits)) if len(bits) else PEOPLE, World.shipped()
    ids = tails.ids_of(text)
    couplets = [Antithesis.shipped().score(lines[at], lines[at + 1]) for at in range(0, len(lines) - 1, 2)]
    return np.array(
        [
            surprise,
            abs(surprise - PEOPLE),
            float(np.std(bits)) if len(bits) else 0.0,
            float(np.mean([a @ b for a, b in pairwise(vectors)] or [0.0])),
            float(np.mean(pairs)),
            min(pairs),
            world.strays(lines) / many,
            world.twins(lines) / many,
            sum(own - 1 for own in Counter(text).values()) / many,
            float(np.mean([math.log(1 + tails.lines(tails.ids_of(line[:2]))) for line in lines if line[1:]] or [0.0])),
            sum(c in NUMBERS for c in text) / many,
            sum(c in QUESTIONS for c in text) / many,
            sum(c in NEGATIONS for c in text) / many,
            sum(c in FEELINGS for c in text) / many,
            float(np.mean(np.log(np.array(ids) + 1.0))) if ids else 0.0,
            float(np.mean(couplets or [0.0])),
        ]
    )  # fmt: skip


def _mean(near: Associations, line: str) -> np.ndarray:
    known = [near.index[c] for c in line if c in near.index]
    vector = near.vectors[known].mean(axis=0) if known else np.zeros(near.vectors.shape[1])
    return vector / max(1e-9, float(np.linalg.norm(vector)))
