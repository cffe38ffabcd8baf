"""A line on its way: ``carmina.Hypothesis`` over words, in a metre, to a rhyme; it looks ahead, so that it never
strands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .ngrams import START, Ngrams

LEAST = 1e-6  # chance below which a word does not follow another


class Metre:
    """Which words may stand where in a pattern, and from where the end can be reached."""

    def __init__(self, model: Ngrams, stresses: Sequence[str], pattern: str):
        """``stresses``: of each word of the model, its syllables as digits: 1 stressed, 0 not."""
        self.pattern, self.model = pattern, model
        self.sizes = np.array([len(digits) for digits in stresses])
        self.fits = np.array([[_fits(digits, pattern[at:]) for digits in stresses] for at in range(len(pattern) + 1)])
        self.follows = model.chances > LEAST  # (V, V)

    def reach(self, ends: Iterable[int]) -> np.ndarray:
        """(places + 1, V) whether a word that starts at a place can begin the rest of a line that closes with one of
        ``ends``."""
        size = len(self.pattern)
        last = np.zeros(len(self.sizes), bool)
        last[list(ends)] = True
        out = np.zeros((size + 1, len(self.sizes)), bool)
        for at in range(size - 1, -1, -1):
            after = at + self.sizes
            for word in np.flatnonzero(self.fits[at]):
                if after[word] == size:
                    out[at, word] = last[word]
                else:
                    out[at, word] = bool((self.follows[word] & out[after[word]]).any())
        return out


class Line:
    """One line of verse."""

    def __init__(self, metre: Metre, reach: np.ndarray, wanted: np.ndarray):
        """``wanted``: (V,) nats added to each word: keywords are welcome, words that stand already are not."""
        self.metre, self.reach, self.wanted = metre, reach, wanted
        self.at, self.ids = 0, [START]

    @property
    def done(self) -> bool:
        return self.at == len(self.metre.pattern)

    def context(self) -> tuple[int, ...]:
        return ()

    def logit_bias(self) -> np.ndarray:
        allowed = self.reach[self.at] & self.metre.follows[self.ids[-1]]
        allowed[self.ids[1:]] &= np.array([len(self.metre.model.words[n]) < 4 for n in self.ids[1:]], bool)
        if not allowed.any():  # rather a word twice than no line
            allowed = self.reach[self.at] & self.metre.follows[self.ids[-1]]
        return np.where(allowed, self.wanted, -np.inf).astype(np.float32)

    def take(self, chosen: int) -> None:
        self.ids.append(chosen)
        self.at += int(self.metre.sizes[chosen])

    def fork(self) -> Line:
        copy = Line(self.metre, self.reach, self.wanted)
        copy.at, copy.ids = self.at, list(self.ids)
        return copy


def _fits(digits: str, places: str) -> bool:
    """A word of one syllable stands anywhere; the stress of a longer one needs a strong place."""
    if not digits or len(digits) > len(places):
        return False
    return len(digits) == 1 or all(place == "+" or digit == "0" for digit, place in zip(digits, places, strict=False))
