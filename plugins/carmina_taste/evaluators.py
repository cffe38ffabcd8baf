"""A work by the taste of whoever uses this machine: what ``--taste`` chooses alternatives by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from carmina import Evaluator, Figure

from .features import features
from .model import Taste
from .store import Store

DEFINITION = (
    "chance that you would keep it rather than a work without anything that you like or dislike, learnt from what you "
    "kept and rejected here (`carmina taste show`); not defined before the first choice"
)


class SongTaste(Evaluator):
    """How well a song suits what was kept and rejected on this machine."""

    name, summary = "taste", "how well a song suits what you have kept and rejected"
    takes = "Score"
    personal = True

    @cached_property
    def _taste(self) -> Taste:
        """As it is when the first work is measured: what is learnt serves them all."""
        kind = "song" if self.takes == "Score" else "poem"
        return Store(self.workshop).taste(kind) if self.workshop is not None else Taste({})

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """One figure, 0..1; None without choices, or while taste is off."""
        if not self._taste.weights:
            return [Figure("taste", None, definition=DEFINITION)]
        return [Figure("taste", 1 / (1 + math.exp(-self._taste.nats(features(work)))), definition=DEFINITION)]


class PoemTaste(SongTaste):
    """How well a poem suits what was kept and rejected on this machine."""

    name, summary = "poem-taste", "how well a poem suits what you have kept and rejected"
    takes = "Poem"
