"""Which characters make words together, by jieba's dictionary: evidence for or against a slip.

The weights are a logistic regression on one writer's poems (docs/experiments/proofreading.md), in the network's nats.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

LEAST_USES = 3
SIZES = (2, 3, 4)  # characters of a word
OWN, MEANT = 0.7, 0.26  # nats for each of the logarithm of a word's uses: the one that stands, the one that is meant
NO_WORD, NO_MEANT, USUAL = 5.0, 4.0, 5.0  # where there is none; so that most edits gain nothing


@cache
def words() -> dict[str, int]:
    """Word of two to four characters -> uses."""
    found = {}
    for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines():
        word, uses, *_ = row.split(" ")
        if len(word) in SIZES and int(uses) >= LEAST_USES:
            found[word] = int(uses)
    return found


def uses(line: Sequence[str], at: int) -> int:
    """The uses of the commonest word that holds the character of a line at a place; 0: there is none."""
    table, text = words(), "".join(line)
    return max(
        (
            table.get(text[first : first + size], 0)
            for size in SIZES
            for first in range(max(0, at - size + 1), at + 1)
            if first + size <= len(text)
        ),
        default=0,
    )


def cost(line: Sequence[str], at: int, other: str) -> float:
    """Nats that speak against a character at a place being a slip for another."""
    own, meant = uses(line, at), uses([*line[:at], other, *line[at + 1 :]], at)
    return OWN * math.log1p(own) - MEANT * math.log1p(meant) - NO_WORD * (not own) + NO_MEANT * (not meant) + USUAL
