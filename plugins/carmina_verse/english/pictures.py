"""Which words name or paint something, by counting: those that stand behind an article or a possessive."""

from __future__ import annotations

import numpy as np

from ..drafting.shipped_models import shipped_ngrams
from .tokenizer import EnglishVerse

DETERMINERS = "the a an my his her our their your thy this that these those some no every each".split()
PICTURE = 0.095  # share of a word's uses behind one of them, from which it is a picture (ship .39, snow .20, fled .04)


def pieces_of_pictures(tokens: EnglishVerse) -> np.ndarray:
    """(V,) for the last piece of a word: whether it is a picture; all are where no counts ship."""
    counted = shipped_ngrams("en")
    if counted is None:
        return np.ones(tokens.field_sizes[0], bool)
    mask = np.zeros(tokens.field_sizes[0], bool)
    mask[[tokens.of_word(word)[0] for word in DETERMINERS]] = True
    found: np.ndarray = np.exp(counted.ahead(mask)) >= PICTURE
    return found
