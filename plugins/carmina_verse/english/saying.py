"""What a line is to say, as words of the lexicon: in the words that are planned, or in their like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..planning.images import Images
from ..planning.said import lots
from .persons import PERSONS
from .scene import Lore

LIKE = 3  # words that may stand for one, at most
NEAR = 0.55  # cosine from which a word that keeps the same company may stand for another
KEPT = frozenset((*PERSONS, *"no not never none nothing but yet still now".split()))  # small words that tell something
FORMS = ("ing", "ed", "ly", "s")  # what a word ends on, its like ends on too


class Saying:
    """For the lines of one poem."""

    def __init__(self, studio: Any, images: Images, freedom: float):
        self._studio, self._images, self._freedom = studio, images, freedom
        self._groups: dict[str, list[str]] = {}
        for word, first in Lore.shipped().group.items():
            self._groups.setdefault(first, []).append(word)

    def words(self, text: str, number: int) -> tuple[tuple[int, ...], ...]:
        """Lots of words, in order; of each lot one is to stand. ``number``: of the line, whose chance is its own."""
        rng, found = np.random.default_rng([len(text), number, 31]), []
        for lot in lots(text):
            own = [at for word in lot if (at := self._studio.word(word)) is not None]
            free = rng.random() < self._freedom
            if not own or free and self._studio.sounds.function[own[0]] and lot[0] not in KEPT:
                continue
            if free and len(lot) == 1 and not self._studio.sounds.function[own[0]]:
                own += [at for word in self._like(lot[0]) if (at := self._studio.word(word)) is not None]
            found.append(tuple(own))
        return tuple(found)

    def _like(self, word: str) -> list[str]:
        """Synonyms of a word, then what keeps its company most, in its form."""
        figures = Lore.shipped().figure
        if word in figures:
            return []  # a mother is no child
        own = self._groups.get(Lore.shipped().group.get(word, ""), [])
        near = (other for other, cosine in self._images.of(word).items() if cosine >= NEAR)
        return [other for other in _formed([*own, *near], word) if other != word and other not in figures][:LIKE]


def _formed(words: list[str], like: str) -> Iterator[str]:
    form = _form(like)
    return (word for word in dict.fromkeys(words) if _form(word) == form)


def _form(word: str) -> str:
    return next((end for end in FORMS if word.endswith(end)), "")
