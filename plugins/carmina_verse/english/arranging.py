"""Where in a line the words stand that it is to say: as many as its metre has room for, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

SMALL = 0.15  # what a small word (of, the) is worth beside one that tells something
RARITY = 0.06  # for each nat by which a word is rarer than COMMON
COMMON = -7.0  # log-share
GAP = 0.05  # taken for each syllable that is left between two words
MOST_GAP = 4  # syllables
FAVOUR = 0.3  # share of the nats by which a poet has a word more readily
NOISE = 0.25  # spread of what makes one arrangement another
Way = tuple[float, tuple[tuple[int, int], ...]]  # worth, (syllables up to its end, word) of each word


def arrangements(
    sounds: Any,
    fit: np.ndarray,
    said: Sequence[Sequence[int]],
    many: int,
    rng: np.random.Generator,
    favour: np.ndarray | None = None,
) -> Iterator[tuple[float, Mapping[int, int]]]:
    """Different ways to place words, with what each says.

    ``fit`` (syllables + 1, words): whether a word may end after so many syllables. ``said``: words in order, each with
    what may stand for it; ``favour`` (words,): nats by which some are more welcome. A way is a map from the syllables
    up to the end of a word to the word, as ``LinePlan.pins``.
    """
    length, seen = len(fit) - 1, set()
    total = float(sounds.counts.sum())
    worths = [_worth(sounds, lot, total) for lot in said]
    welcome = np.zeros(len(sounds.counts)) if favour is None else FAVOUR * favour
    places = [
        [(int(sounds.syllables[word]), word, float(welcome[word]), np.flatnonzero(fit[1:, word]) + 1) for word in lot]
        for lot in said
    ]
    for _ in range(many):
        noise = NOISE * rng.gumbel(size=(len(said), length + 1))
        pins = _best(places, worths, length, noise)
        key = tuple(sorted(pins.items()))
        if pins and key not in seen:
            seen.add(key)
            standing = set(pins.values())
            yield sum(worth for lot, worth in zip(said, worths, strict=True) if standing & set(lot)), pins


def _worth(sounds: Any, lot: Sequence[int], total: float) -> float:
    if sounds.function[lot[0]]:
        return SMALL
    return 1.0 + RARITY * max(0.0, COMMON - float(np.log((sounds.counts[lot[0]] + 1) / total)))


def _best(
    places: Sequence[Sequence[tuple[int, int, float, np.ndarray]]],
    worths: Sequence[float],
    length: int,
    noise: np.ndarray,
) -> dict[int, int]:
    """The arrangement that is worth most with this noise: the last word first, since a line may have any number."""
    behind: list[Way] = [(-GAP * (length - at), ()) for at in range(length + 1)]  # of the words after, by the place
    for number in reversed(range(len(places))):
        behind = [_with(at, places[number], worths[number], noise[number], behind) for at in range(length + 1)]
    return dict(behind[0][1])


def _with(
    at: int,
    lot: Sequence[tuple[int, int, float, np.ndarray]],
    worth: float,
    noise: np.ndarray,
    behind: Sequence[Way],
) -> Way:
    """The best way from a place on, with a word or without it."""
    found = behind[at]
    for size, word, welcome, ends in lot:
        for end in map(int, ends):
            gap = end - size - at
            if 0 <= gap <= MOST_GAP:
                rest, pins = behind[end]
                own = worth + float(noise[end]) * worth - GAP * gap + welcome + rest
                if own > found[0]:
                    found = own, ((end, word), *pins)
    return found
