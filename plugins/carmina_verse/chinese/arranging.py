"""Where in a line of characters the words stand that it is to say: as many as its levels and rhyme allow, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

PARTICLES = frozenset(
    "的了着过吗呢吧啊呀地得么嘛们这那个每都也就把被"
)  # of today's speech: old forms have no room for them
LONE = 0.6  # characters: what one alone is worth less than two of them are
NOISE = 0.35  # of what makes one arrangement another, at most; less than any word is worth


def arranged(
    words: Sequence[str],
    beats: Callable[[int], Sequence[int]],
    fits: Callable[[int, str], bool],
    rng: np.random.Generator,
) -> dict[int, str]:
    """Place in the line -> word. ``beats``: where a word of so many characters may begin; ``fits``: whether one may
    stand there."""
    own = list(words)
    places = [[at for at in beats(len(word)) if fits(at, word)] for word in own]
    noise = [[NOISE * float(rng.random()) for _at in some] for some in places]

    @cache
    def best(at: int, number: int) -> tuple[float, tuple[tuple[int, str], ...]]:
        if number == len(own):
            return 0.0, ()
        found = best(at, number + 1)
        for place, chance in zip(places[number], noise[number], strict=True):
            if place >= at:
                rest, pins = best(place + len(own[number]), number + 1)
                worth = len(own[number]) - LONE + chance + rest
                if worth > found[0]:
                    found = worth, ((place, own[number]), *pins)
        return found

    return dict(best(0, 0)[1])
