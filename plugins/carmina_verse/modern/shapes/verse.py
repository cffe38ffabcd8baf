"""Free verse: lines of many lengths, given ones first."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from carmina import Form, VerseBrief

from ..corpus import MARKS
from ..line import LinePlan
from ..plan import ModernPlan
from ..request import Wish, in_lines
from ..tokenizer import SIZE
from .base import Desk, Piece, Shape, Step

LONGEST, SHORTEST = 18, 3  # characters of a line
STANZA = (3, 4, 4, 5)  # lines of the stanzas, by chance
MEANS = (6.5, 11.0)  # characters of a poem's lines on the mean: from, to
TELLING = 1.5  # more of them where something is told
SPREAD = 2.6
LENGTHS = 6  # that the candidates of a line are drafted to


class FreeVerse(Shape):
    """现代诗 and 叙事诗."""

    def __init__(self, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator):
        super().__init__(form, brief, wish, plan, rng)
        self._given, self._letters = in_lines(wish.given, LONGEST), brief.acrostic
        stanzas = brief.stanzas if brief.stanzas is not None else form.repeat
        sizes = [int(rng.choice(STANZA)) for _ in range(stanzas)]
        while sum(sizes) < len(self._letters):
            sizes.append(min(5, max(2, len(self._letters) - sum(sizes))))
        if sum(sizes) <= len(self._given):
            sizes.append(len(self._given) - sum(sizes) + int(rng.choice(STANZA)))
        sizes = [len(own) for own in plan.said if own] or sizes
        self._sizes, self._mean = sizes, float(rng.uniform(*MEANS)) + (TELLING if plan.openers else 0)
        self._pauses = [float(rng.random()) for _ in sizes]

    @property
    def sizes(self) -> Sequence[int]:
        return self._sizes

    def stand(self, poet: Desk) -> None:
        while self.at < len(self._given):
            text = self._given[self.at]
            poet.stand(text, end=self.end())
            self.add(text)

    def step(self, poet: Desk) -> Step:
        total = sum(self.sizes)
        opener, inner = self._opener(), poet.characters.mask(MARKS)
        opening = poet.characters.ids(opener) or ()
        stops, marks = poet.characters.mask("。！？"), poet.characters.mask(set(MARKS) - {"，"})
        last = stops if self._closes() else poet.allowed & ~marks & ~poet.characters.not_last
        said = self.said(poet)
        sizes = [self._length(len(opening), said) for _ in range(LENGTHS)]
        plans = [
            LinePlan(
                poet.allowed,
                np.zeros(SIZE, np.float32),
                size,
                self.at + 1,
                total - self.at,
                end=self.end(),
                last=last,
                inner=inner,
                opening=opening,
                first=poet.characters.not_first,
                dangling=poet.characters.not_last,
                pins=self.pins(said, size - bool(self._closes()), poet),
            )
            for size in sizes
        ]
        return Step(plans, self.images(), self.due(poet.standing.owed, (self.at + 1) / total))

    def _length(self, opening: int, said: Sequence[str] = ()) -> int:
        if said:
            own = sum(map(len, said)) + bool(self._closes()) + int(self.rng.integers(-1, 2)) * (self.freedom > 0)
            return int(np.clip(own, SHORTEST, LONGEST))
        drawn = round(self.rng.normal(self._mean + opening / 2, SPREAD))
        return int(np.clip(drawn, max(SHORTEST, opening + 2), LONGEST))

    def _opener(self) -> str:
        """What the next line begins with, where that is planned or asked for."""
        if self.at < len(self._letters):
            return self._letters[self.at]
        stanza, place = self.place()
        return self.plan.openers[stanza] if place == 0 and stanza < len(self.plan.openers) else ""

    def _closes(self) -> bool:
        """Whether a sentence ends with the next line; elsewhere none does."""
        stanza, place = self.place()
        size = self.sizes[stanza]
        return place + 1 == size or size > 3 and place == size // 2 - 1 and self._pauses[stanza] < 0.5

    def piece(self) -> Piece:
        stanzas = [list(lines) for lines in self.stanzas]
        stanzas[-1][-1] = re.sub(r"[，、；：—]+$", "。", stanzas[-1][-1])
        return Piece(stanzas, [("", "")] * self.at)
