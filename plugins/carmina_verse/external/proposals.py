"""A page on which an endpoint proposes lines: those that fit are taken as they are, the others are repaired.

Repair is writing again under the same constraints, with the proposal's words (or characters in their places) welcome.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from carmina import Decoder

from ..drafting.page import Drafted, Page

LEAN = 8.0  # nats for what a proposal holds
KEPT = 3.0  # nats for each id of a proposal that a mended line keeps
EXACT = 24  # proposals that are taken as they are, at most
NEVER = np.float32(-np.inf)


class Guided:
    """A hypothesis that takes given ids, one after the other."""

    def __init__(self, hypothesis: Any, ids: Sequence[int], at: int = 0):
        self.inner, self._ids, self._at = hypothesis, ids, at

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def logit_bias(self) -> np.ndarray:
        out = np.full(len(self.inner.soft), NEVER, np.float32)
        out[self._ids[self._at]] = 0.0
        return out

    def take(self, chosen: int) -> None:
        self._at += 1
        self.inner.take(chosen)

    def fork(self) -> Guided:
        return Guided(self.inner.fork(), self._ids, self._at)


class Leaning:
    """A hypothesis to which some ids are welcome: once each wherever they come, or each at its own place."""

    def __init__(self, hypothesis: Any, ids: Sequence[int], placed: bool, at: int = 0):
        self.inner, self._ids, self._placed, self._at = hypothesis, ids, placed, at
        self.kept = 0  # ids of the proposal that stand

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def logit_bias(self) -> np.ndarray:
        out = self.inner.logit_bias().copy()
        wanted = self._ids[self._at : self._at + 1] if self._placed else self._ids
        out[[number for number in set(wanted) if number >= 0]] += np.float32(LEAN)
        return out

    def take(self, chosen: int) -> None:
        wanted = self._ids[self._at : self._at + 1] if self._placed else self._ids
        self.kept += chosen in wanted
        if not self._placed and chosen in wanted:
            at = self._ids.index(chosen)
            self._ids = [*self._ids[:at], *self._ids[at + 1 :]]
        self._at += 1
        self.inner.take(chosen)

    def fork(self) -> Leaning:
        twin = Leaning(self.inner.fork(), self._ids, self._placed, self._at)
        twin.kept = self.kept
        return twin


class ProposingPage(Page):
    """Stands where :class:`Page` stands."""

    def __init__(
        self,
        runner: Any,
        prompt: Sequence[int],
        propose: Callable[[str, int, float], list[str]],
        ask: Callable[[Any, str], str],
        spelt: Callable[[Any, str], list[list[int]]],
        printed: Callable[[Sequence[int]], str],
        placed: bool,
    ):
        """``ask``: a hypothesis and the poem so far -> what the endpoint is asked. ``spelt``: a hypothesis and a
        proposal -> ids, several ways, the most faithful first. ``printed``: ids -> text. ``placed``: whether ids have
        places (Chinese)."""
        super().__init__(runner, prompt)
        self._propose, self._ask, self._spelt, self._printed, self._placed = propose, ask, spelt, printed, placed
        self._text = ""

    def keep(self, rows: Sequence[Any], ids: Sequence[int], after: Any = None) -> None:
        super().keep(rows, ids, after)
        if ids:
            self._text += self._printed(ids) + "\n"

    def draft(
        self, hypotheses: Sequence[Any], decoder: Decoder, seeds: Sequence[Sequence[int]], temperature: float
    ) -> list[Drafted]:
        """Lines from the endpoint, mended where they need it; the package's own where it proposes nothing of use."""
        asked = self._ask(hypotheses[0], self._text)
        found = self._propose(asked, sum(seeds[0]), temperature)
        exact: list[Guided] = []
        leaning: list[list[int]] = []
        for text in found:
            ways = self._spelt(hypotheses[0], text)
            fitting = next(
                (
                    Guided(hypothesis.fork(), ids)
                    for ids in ways
                    for hypothesis in _distinct(hypotheses)
                    if follows(hypothesis.fork(), ids)
                ),
                None,
            )
            if fitting is not None and len(exact) < EXACT:
                exact.append(fitting)
            elif ways:
                leaning.append(ways[0])
        rest = hypotheses[len(exact) :] if leaning or not exact else []
        mended = [
            Leaning(hypothesis.fork(), leaning[at % len(leaning)], self._placed) if leaning else hypothesis
            for at, hypothesis in enumerate(rest)
        ]
        drafts = super().draft([*exact, *mended], decoder, seeds[: len(exact) + len(mended)], temperature)
        for draft in drafts:
            draft.nats += KEPT * getattr(draft.hypothesis, "kept", 0) if isinstance(draft.hypothesis, Leaning) else 0.0
            draft.hypothesis = getattr(draft.hypothesis, "inner", draft.hypothesis)
        return drafts


def _distinct(hypotheses: Sequence[Any]) -> list[Any]:
    """One hypothesis of each plan."""
    return list({id(hypothesis.plan): hypothesis for hypothesis in hypotheses}.values())


def follows(hypothesis: Any, ids: Sequence[int]) -> bool:
    """Whether a hypothesis may take these ids and is then done."""
    for number in ids:
        if (
            hypothesis.done
            or not 0 <= number < len(hypothesis.soft)
            or not np.isfinite(hypothesis.logit_bias()[number])
        ):
            return False
        hypothesis.take(number)
    return bool(hypothesis.done)
