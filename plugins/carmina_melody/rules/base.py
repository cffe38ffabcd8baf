"""What every rule of the melody passes is made with."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from carmina import Constraint

from ..passes.vocabulary import SIZE

MOST_TOLD = 20_000  # of a rule: what it says of so many states is kept


class MelodyRule(Constraint):
    """A constraint of this package: it knows the pass itself, not only what ``carmina.MelodyState`` tells of it."""


class ToldOnce(MelodyRule):
    """A rule that hangs on little of where a pass stands: what it says of that is found once a work."""

    def __init__(self) -> None:
        self._told: dict[Hashable, np.ndarray] = {}

    def begin(self, brief: Any, style: Any) -> None:
        super().begin(brief, style)
        self._told = {}

    def heeds(self, hypothesis: Any) -> tuple[Any, ...] | None:
        """All that the rule hangs on here; ``None`` where it has nothing to say."""
        raise AssertionError("a rule heeds something")

    def told(self, hypothesis: Any) -> np.ndarray | None:
        """As :meth:`logit_bias`, not to be written to; ``None`` for nothing."""
        heeded = self.heeds(hypothesis)
        if heeded is None:
            return None
        found = self._told.get(heeded)
        if found is None:
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            found = self._told[heeded] = self.made(heeded)
            found.flags.writeable = False
        return found

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        """(V,) what the rule says where this is so."""
        raise AssertionError("a rule says something")

    def logit_bias(self, state: Any) -> np.ndarray:
        found = self.told(state)
        return np.zeros(SIZE, np.float32) if found is None else found.copy()
