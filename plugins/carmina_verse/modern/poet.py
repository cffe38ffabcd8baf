"""Writes modern Chinese line by line, or sentence by sentence: one text on its way, as one particle of the search
(``drafting.particles``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from carmina import Decoder

from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted, Page
from ..drafting.scoring import ModernScoring
from .judgement import EMPTY_WORDS, ModernJudgement, Standing
from .line import LinePlan, ModernLine
from .shapes import Shape, Step
from .tokenizer import SIZE
from .vocabulary import SHUNNED, ModernCharacters

LOOKED_BACK = 6  # lines in which a character counts as said already


@dataclass(frozen=True, eq=False)
class Material:
    """What a text is made of."""

    characters: ModernCharacters
    bare: Sequence[int]  # the prompt of an empty page
    allowed: np.ndarray  # (V,) what may be written
    owed: Sequence[str]  # what it is to speak of
    favour: np.ndarray | None = None  # (V,) nats by which the poet asked for has each character more readily


class ModernPoet:
    """A text on its way (a :class:`carmina_verse.drafting.particles.Walker`)."""

    def __init__(
        self,
        material: Material,
        page: Page,
        decoder: Decoder,
        judgement: ModernJudgement,
        seed: int,
        shape: Shape | None = None,
    ):
        """``shape``: what the text must be, None where single lines are asked for."""
        self.characters, self.allowed, self._favour = material.characters, material.allowed, material.favour
        self.page, self.decoder = page, decoder
        self.judgement, self.seed, self.shape = judgement, seed, shape
        self.standing = Standing(list(material.owed))
        self.score = 0.0
        self._empty = EmptyPage(page.runner, material.bare, judgement.weights.belonging)
        spelt = [self.characters.ids(word) for word in SHUNNED if word not in judgement.asked]
        self._shunned = [ids for ids in spelt if ids]
        self._branch: tuple[int, ...] = ()  # which fork of which text this is
        self._step: Step | None = None
        if shape is not None:
            shape.stand(self)

    @property
    def weights(self) -> ModernScoring:
        """What counts how much."""
        return self.judgement.weights

    @property
    def lines(self) -> list[str]:
        """What stands."""
        return self.standing.lines

    # ---- as a particle

    @property
    def done(self) -> bool:
        return self.shape is None or self.shape.done

    def fork(self) -> Self:
        """An independent copy whose chance is its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.page, twin.standing, twin._step = self.page.fork(), self.standing.fork(), None
        self._branch, twin._branch = (*self._branch, 0), (*self._branch, 1)
        if self.shape is not None:
            twin.shape = self.shape.fork([self.seed, 31, len(self.lines), *twin._branch[-8:]])
        return twin

    def drafts(self, many: int) -> list[Drafted]:
        """Finished candidates of the next line."""
        assert self.shape is not None  # single lines are asked for by ``versions``
        self._step = self.shape.step(self)
        drafts = self._drafted(self._step, many)
        fits = self._step.fits
        return [draft for draft in drafts if fits is None or fits(self.text(draft))] or drafts

    def worths(self, drafts: Sequence[Drafted]) -> list[float]:
        """What each draft of the next line is worth here, nats."""
        assert self._step is not None  # the drafts came from it
        worths = [self._worth(draft, self._step) for draft in drafts]
        return self._empty.added(drafts, worths)

    def take(self, draft: Drafted, worth: float) -> None:
        """Go on from a draft."""
        assert self.shape is not None  # as in ``drafts``
        self.score += worth
        self.page.keep(draft.rows, draft.ids)
        text = self.text(draft)
        self.standing.add(text)
        self.shape.took(self, text)
        self.shape.stand(self)

    def stand(self, text: str, end: int | None = None) -> None:
        """Put text that is given on the page, and what ends it."""
        ids = [*self.characters.tokens.encode(text).tolist(), *([end] if end is not None else [])]
        rows, last = [], self.page.last
        for number in ids:
            rows.append((last, 0, 0, 0, 0, 0))
            last = number
        self.page.keep(rows, ids)
        if text:
            self.standing.add(text)

    # ---- writing

    def versions(self, step: Step, many: int) -> list[str]:
        """Versions of the next line, the best first; none is put on the page."""
        drafts = self._drafted(step, 4 * max(8, many))
        return [self.text(draft) for draft in sorted(drafts, key=lambda draft: -self._worth(draft, step))]

    def text(self, draft: Drafted) -> str:
        """A draft as text."""
        return self.characters.text(draft.ids)

    def _worth(self, draft: Drafted, step: Step) -> float:
        return self.judgement.worth(self.text(draft), draft.fluency, self.standing, step.images, step.due)

    def _drafted(self, step: Step, many: int) -> list[Drafted]:
        wishes, soft = self._wishes(step.images, step.due), self._soft()
        walks = []
        for at in range(many):
            plan = step.plans[at % len(step.plans)]
            wished, bound = wishes[at % len(wishes)]
            own = replace(plan, soft=soft + plan.soft, wishes=wished, bound=bound)
            walks.append(_Shunning(own, self._shunned, self.weights.shunned))
        seeds = [(self.seed, len(self.lines), at, *self._branch[-12:]) for at in range(many)]
        return self.page.draft(walks, self.decoder, seeds, self.weights.temperature)

    def _wishes(
        self, images: Sequence[str], due: Sequence[str]
    ) -> list[tuple[dict[tuple[int, ...], float], frozenset[tuple[int, ...]]]]:
        """For candidates in turn, what is wished and what is finished once begun: nothing, images, owed words, both."""
        weights, ids = self.weights, self.characters.ids
        some = {own: weights.wished for word in self.standing.fresh(images) if (own := ids(word))}
        must = {own: weights.owed for word in due if word in self.standing.owed and (own := ids(word))}
        if not must:
            return [(some, frozenset()), ({}, frozenset()), (some, frozenset())]
        whole = frozenset(must)
        return [(some | must, whole), (must, whole), (some | must, frozenset()), (some, frozenset())]

    def _soft(self) -> np.ndarray:
        """(V,) nats: what was said already is unwelcome."""
        soft = np.zeros(SIZE, np.float32)
        if self._favour is not None:
            soft += np.float32(self.weights.manner) * self._favour
        for character, many in Counter("".join(self.lines[-LOOKED_BACK:])).items():
            number = self.characters.tokens.ids.get(character)
            owed = any(character in word for word in self.standing.owed)
            if number is not None and "一" <= character <= "鿿" and character not in EMPTY_WORDS and not owed:
                soft[number] -= self.weights.again * many
        return soft


class _Shunning(ModernLine):
    """A line that does not end words of another time."""

    def __init__(self, plan: LinePlan, shunned: Sequence[tuple[int, ...]], cost: float):
        super().__init__(plan)
        self._shunned, self._cost = shunned, cost

    def logit_bias(self) -> np.ndarray:
        out = super().logit_bias()
        for word in self._shunned:
            if len(self.ids) >= len(word) - 1 and tuple(self.ids[len(self.ids) - len(word) + 1 :]) == word[:-1]:
                out[word[-1]] -= self._cost
        return out

    def fork(self) -> ModernLine:
        twin = _Shunning(self.plan, self._shunned, self._cost)
        twin.ids = list(self.ids)
        return twin
