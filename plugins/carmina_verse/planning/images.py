"""Images: the words that a subject brings, from what keeps company in the corpus, or (modern words) in a model of
today's English."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from ..drafting.associations import Associations

NEAR = 24  # images of a word, at most
FAINTER = 0.96  # of the nearness of each further image of a modern word
MODERN_NEAR = 0.75  # nearness of the first of them
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "'s")


@lru_cache(maxsize=1)
def modern() -> Mapping[str, tuple[str, ...]]:
    """Words that the corpus lacks -> words that it has (made by ``making.modern_english``)."""
    path = files("carmina_verse").joinpath("data", "en-modern.z")
    rows = zlib.decompress(path.read_bytes()).decode().splitlines() if path.is_file() else []
    return {row.split(" ")[0]: tuple(row.split(" ")[1:]) for row in rows}


class Images:
    """For English."""

    def __init__(self, associations: Associations, hidden: Collection[str] = ()):
        """``hidden``: words that are no images (small words, names)."""
        self._near, self._hidden = associations, frozenset(hidden)
        self._words = list(associations.index)

    def known(self, word: str) -> str:
        """The word as the associations have it (grandmothers: grandmother); empty where they do not."""
        forms = [word, *(word.removesuffix(end) for end in ENDINGS if word.endswith(end)), word + "s", word + "e"]
        return next((form for form in forms if form in self._near.index), "")

    def of(self, word: str) -> dict[str, float]:
        """Images of a word with their nearness, 0..1, the nearest first; none where nothing is known of it."""
        key = self.known(word) if word not in modern() else ""
        if key:
            cosines = self._near.vectors @ self._near.vectors[self._near.index[key]]
            order = np.argsort(-cosines, kind="stable")[: 3 * NEAR]
            found = {self._words[at]: float(cosines[at]) for at in order}
        else:
            told = modern().get(word) or modern().get(word.removesuffix("s")) or modern().get(word + "s") or ()
            found = {image: MODERN_NEAR * FAINTER**at for at, image in enumerate(told)}
        found = {image: share for image, share in found.items() if image not in self._hidden and image != word}
        return dict(list(found.items())[:NEAR])

    def nearness(self, words: Sequence[str], subjects: Sequence[str]) -> np.ndarray | None:
        """(words,) how near each word is to the nearest subject, 0..1; modern subjects count through their images."""
        standing: list[str] = []
        for subject in subjects:
            known = self.known(subject) if subject not in modern() else ""
            standing += [known] if known else list(self.of(subject))[:6]
        return self._near.relevance(words, standing)
