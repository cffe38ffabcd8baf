"""Which letters sound as which phones: the cheapest monotone alignment, each letter giving 0 to 3 phones.

Costs (nats) are ``data/alignment.txt``, learned from the lexicon by ``train_align.py``. A letter gives at most one
vowel, so every syllable has its own letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import inf

from .lexicon import Phones, data, is_vowel

Chunk = tuple[str, ...]  # phones without stress digits that one letter gives
Costs = Mapping[tuple[str, Chunk], float]
LONGEST = 3  # phones of one letter
UNSEEN = 9.0  # cost of a letter sounding as it never did, and of each phone beyond the first


@cache
def costs() -> Costs:
    """(letter, chunk) -> cost in nats."""
    rows = (line.split("\t") for line in data("alignment.txt").decode().splitlines() if not line.startswith("#"))
    return {(letter, tuple(chunk.split())): float(cost) for letter, chunk, cost in rows}


def bare(phones: Phones) -> Chunk:
    """Phones without their stress digits."""
    return tuple(phone.rstrip("012") for phone in phones)


def align(letters: str, phones: Phones, table: Costs | None = None) -> tuple[int, ...] | None:
    """How many phones each letter gives, in order; ``None`` when they cannot share the phones out.

    ``letters`` is lower case a-z and apostrophes.
    """
    table = costs() if table is None else table
    sounds = bare(phones)
    chunks = _chunks(sounds)
    best: list[float] = [0.0] + [inf] * len(sounds)  # by phones used so far
    trail: list[list[int]] = []
    for letter in letters:
        after, took = [inf] * len(best), [0] * len(best)
        for used, base in enumerate(best):
            if base < inf:
                for length, chunk in enumerate(chunks[used]):
                    total = base + _cost(table, letter, chunk)
                    if total < after[used + length]:
                        after[used + length], took[used + length] = total, length
        best = after
        trail.append(took)
    return _hypothesis_back(trail) if best[-1] < inf else None


def _chunks(sounds: Chunk) -> list[list[Chunk]]:
    """By first phone: what one letter might give from there on, shortest first."""
    starts: list[list[Chunk]] = []
    for start in range(len(sounds) + 1):
        ends = range(start, min(start + LONGEST, len(sounds)) + 1)
        starts.append([sounds[start:end] for end in ends if sum(map(is_vowel, sounds[start:end])) <= 1])
    return starts


def _cost(table: Costs, letter: str, chunk: Chunk) -> float:
    known = table.get((letter, chunk))
    return UNSEEN * max(1, len(chunk)) if known is None else known


def _hypothesis_back(trail: Sequence[Sequence[int]]) -> tuple[int, ...]:
    lengths, at = [], len(trail[-1]) - 1 if trail else 0
    for took in reversed(trail):
        lengths.append(took[at])
        at -= took[at]
    return tuple(reversed(lengths))
