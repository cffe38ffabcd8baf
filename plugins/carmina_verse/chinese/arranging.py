"""Where in a line of characters the words stand that it is to say: as many as its levels and rhyme allow, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

PARTICLES = frozenset(
    "的了着过吗呢吧啊呀地得么嘛们这那个每都也就把被"
)  # of today's speech: old forms have no room for them
LONE = 0.6  # characters: what one alone is worth less than two of them are
NOISE = 0.35  # of what makes one arrangement another, at most; less than any word is worth
Way = tuple[float, tuple[tuple[int, str], ...]]  # worth, (place, word) of each word


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

    end = max((at + len(word) for word, some in zip(own, places, strict=True) for at in some), default=0)
    behind: list[Way] = [(0.0, ())] * (end + 1)  # of the words after, by the place; a line may have any number of them
    for word, some, chances in zip(reversed(own), reversed(places), reversed(noise), strict=True):
        behind = [_with(at, word, list(zip(some, chances, strict=True)), behind) for at in range(end + 1)]
    return dict(behind[0][1])


def _with(at: int, word: str, places: Sequence[tuple[int, float]], behind: Sequence[Way]) -> Way:
    """The best way from a place on, with a word or without it."""
    found = behind[at]
    for place, chance in places:
        if place >= at:
            rest, pins = behind[place + len(word)]
            worth = len(word) - LONE + chance + rest
            if worth > found[0]:
                found = worth, ((place, word), *pins)
    return found
