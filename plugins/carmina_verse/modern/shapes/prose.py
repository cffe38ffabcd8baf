"""Prose: paragraphs of sentences, given ones first."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from carmina import Form, VerseBrief

from ..corpus import MARKS, STOPS
from ..line import LinePlan
from ..plan import ModernPlan
from ..request import Wish
from ..tokenizer import EOS, LINE_END, SIZE
from .base import Desk, Piece, Shape, Step

SENTENCES = (3, 3, 4)  # of a paragraph, by chance
PARAGRAPH = 45  # symbols of one, at least
SENTENCE = 21  # symbols of one, about
MOST_SENTENCE = 36  # characters
LEAST_SENTENCE = 6


class Prose(Shape):
    """故事 and 散文. A line is a sentence."""

    def __init__(self, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator):
        super().__init__(form, brief, wish, plan, rng)
        self._given = [part for text in wish.given for part in re.findall(r"[^。！？…]+[。！？…]*[”]?", text)]
        self._begun, self._stood = _begun(self._given), False
        stanzas = brief.stanzas if brief.stanzas is not None else form.repeat
        self._sizes = [int(rng.choice(SENTENCES)) for _ in range(stanzas)]
        self._sizes[0] += len(self._given)

    @property
    def sizes(self) -> Sequence[int]:
        return self._sizes

    def stand(self, poet: Desk) -> None:
        if not self._stood:
            self._stood = True
            for text in self._given:
                poet.stand(text)
                self.add(text)
            poet.stand(self._begun)

    def step(self, poet: Desk) -> Step:
        ids, stanza = poet.characters.tokens.ids, self.place()[0]
        new = self.place()[1] == (len(self._given) if stanza == 0 else 0)
        opener = self.plan.openers[stanza] if new and stanza < len(self.plan.openers) else ""
        plan = LinePlan(
            poet.allowed,
            np.zeros(SIZE, np.float32),
            left=SENTENCE * (sum(self.sizes) - self.at),
            stops=frozenset(ids[c] for c in STOPS),
            closers=frozenset((ids["”"],)),
            least=self._least(),
            most=MOST_SENTENCE,
            inner=poet.characters.mask(MARKS),
            opening=poet.characters.ids(opener) or (),
            first=poet.characters.not_first,
            dangling=poet.characters.not_last,
        )
        share = (self.at + 1 - len(self._given)) / max(1, sum(self.sizes) - len(self._given))
        return Step([plan], self.images(), self.due(poet.standing.owed, share), _short)

    def _least(self) -> int:
        """Symbols of the next sentence, at least: a paragraph is not left too short."""
        stanza, place = self.place()
        if place + 1 < self.sizes[stanza]:
            return LEAST_SENTENCE
        new = self.stanzas[-1][len(self._given) if stanza == 0 else 0 :]
        return min(MOST_SENTENCE - 10, max(LEAST_SENTENCE, PARAGRAPH - sum(map(len, new))))

    def took(self, poet: Desk, text: str) -> None:
        stanza, place = self.place()
        closes = place + 1 == self.sizes[stanza]
        self.add(self._begun + text)
        self._begun = ""
        if closes:
            poet.stand("", end=EOS if self.done else LINE_END)

    def piece(self) -> Piece:
        return Piece(self.stanzas, [("", "")] * self.at)


def _begun(given: list[str]) -> str:
    """The sentence that is given up to a comma, a colon or the like, taken from the end of what is given: the text goes
    on from its last mark. A clause without any mark is a sentence, and is closed."""
    if not given or given[-1][-1] in STOPS + "”":
        return ""
    if given[-1][-1] in MARKS:
        return given.pop()
    given[-1] += "。"
    return ""


def _short(text: str) -> bool:
    """Whether a sentence is one that the form can hold."""
    return 2 <= sum("一" <= c <= "鿿" for c in text) <= MOST_SENTENCE
