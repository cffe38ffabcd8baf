"""What a line costs for saying what was said: words, phrases and beginnings that stand already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..drafting.scoring import Scoring

EXCLAIMED = ("oh", "o", "ah")
DOUBLED = 1.5  # nats from a word beside itself
NO_CONTENT = 0.25  # nats from a line of small words alone


def repetition(sounds: Any, weights: Scoring, words: Sequence[int], lines: Sequence[Any], echo: int = -1) -> float:
    """Nats. ``words`` from the end of the line; ``echo``: a word that may return here (-1: none)."""
    spared = {stem(sounds, echo)} if echo >= 0 else set()
    before = Counter(own for line in lines for own in {stem(sounds, word) for word in line.words} - spared)
    forwards = words[::-1]
    grams = sum(gram in _grams(line.words, n) for n in (2, 3) for gram in _grams(forwards, n) for line in lines)
    content = [word for word in words if not sounds.function[word]]
    cost = weights.phrase * grams + weights.repeated * sum(before[stem(sounds, word)] for word in content)
    cost += weights.twice * (len(content) - len({stem(sounds, word) for word in content})) + NO_CONTENT * (not content)
    cost += DOUBLED * sum(one == other for one, other in pairwise(words))
    cost += weights.same_beginning * sum(line.words[0] == words[-1] for line in lines[-4:] if line.words)
    return cost + weights.exclamation * sum(sounds.words[word].text in EXCLAIMED for word in words)


def stem(sounds: Any, word: int) -> str:
    """The word without its ending: rail, rails and railing are one."""
    return re.sub(r"(?<=[a-z]{3})(?:'s|ings?|ed|es|s)$", "", sounds.words[word].text)


def _grams(words: Sequence[int], size: int) -> set[tuple[int, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
