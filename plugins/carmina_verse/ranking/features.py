"""Figures of a whole English poem that tell people's poems from corrupted and from written ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from ..drafting.associations import Associations
from ..english.manners import OWNERS, WORN_OPENERS, Manners
from ..english.persons import PERSONS
from ..english.scene import Scene
from ..english.text import MARKS, NO_MARK, ends
from ..english.tokenizer import tokens_of_verse
from ..english.word_lists import FUNCTION_WORDS

NAMES = (
    "surprise",  # mean bits a letter of the lines, under the small model
    "surprise_off",  # how far that is from people's
    "surprise_spread",  # standard deviation over lines
    "neighbours",  # mean nearness of the content words of a line to those of the next
    "whole",  # of any two lines
    "joints",  # how usual each line's first word is after the mark before it, nats
    "worn_openers",  # share of lines
    "worn_ends",  # mean nats by which end words are worn
    "owned_ends",  # share of lines that end on somebody's something
    "drift",  # changes of person a line
    "contradictions",  # words a line, by weight, that contradict the scene (``english.scene``)
    "repeated",  # content words that stand in several lines, a line
    "plainness",  # mean log-frequency of content words
    "content",  # content words a line
    "run_on",  # share of lines without a closing mark
    "final",  # share of lines that close a sentence
    "inner",  # marks inside lines, a line
    "fragments",  # share of sentences of under four words
)
PEOPLE = 2.0  # bits a letter: people's lines under the small model, about


def features(lines: Sequence[Sequence[str]], bits: Sequence[float]) -> np.ndarray:
    """(len(NAMES),) of words and marks line by line, and the surprise of each line, bits a letter."""
    bare = [ends(list(line)) for line in lines]
    words = [[word for word in tokens if word not in MARKS] for tokens, _mark in bare]
    content = [[word for word in line if word not in FUNCTION_WORDS] for line in words]
    near, many = Associations.shipped("en"), max(1, len(lines))
    manners, surprise = Manners.shipped(), float(np.mean(bits)) if len(bits) else PEOPLE
    persons = [PERSONS.get(word) for line in words for word in line if word in PERSONS]
    count = Counter(word for line in content for word in set(line))
    table = _frequencies()
    logs = [table.get(word, -12.0) for line in content for word in line]
    sentences = _sentences(lines)
    vectors = [_mean(near, line) for line in content]
    return np.array(
        [
            surprise,
            abs(surprise - PEOPLE),
            float(np.std(bits)) if len(bits) else 0.0,
            float(np.mean([a @ b for a, b in pairwise(vectors)] or [0.0])),
            float(np.mean([a @ b for a, b in combinations(vectors, 2)] or [0.0])),
            float(np.mean([manners.joint(mark, own[0]) for (_t, mark), own in zip(bare, words[1:], strict=False) if
            own] or [0.0])),
            sum(line[0] in WORN_OPENERS for line in words if line) / many,
            float(np.mean([manners.worn.get(line[-1], 0.0) for line in words if line] or [0.0])),
            sum(len(line) > 1 and line[-2] in OWNERS for line in words) / many,
            sum(a != b for a, b in pairwise(persons)) / many,
            max(0.0, Scene().costs([word for line in words for word in line])) / many,
            sum(own - 1 for own in count.values()) / many,
            float(np.mean(logs or [0.0])),
            sum(map(len, content)) / many,
            sum(mark == NO_MARK for _tokens, mark in bare) / many,
            sum(mark in ".!?" for _tokens, mark in bare) / many,
            sum(word in MARKS for tokens, _mark in bare for word in tokens) / many,
            sum(size < 4 for size in sentences) / max(1, len(sentences)),
        ]
    )  # fmt: skip


def _mean(near: Any, words: Sequence[str]) -> np.ndarray:
    known = [near.index[word] for word in words if word in near.index]
    return near.vectors[known].mean(axis=0) if known else np.zeros(near.vectors.shape[1])


def _sentences(lines: Sequence[Sequence[str]]) -> list[int]:
    """Words of each sentence."""
    sizes, size = [], 0
    for word in (word for line in lines for word in line):
        if word in (".", "!", "?"):
            sizes.append(size)
            size = 0
        elif word not in MARKS:
            size += 1
    return [*sizes, size] if size else sizes


def _frequencies() -> dict[str, float]:
    if not _LOGS:
        words = tokens_of_verse().words.all
        total = sum(word.count for word in words)
        _LOGS.update({word.text: math.log(word.count / total) for word in words})
    return _LOGS


_LOGS: dict[str, float] = {}
