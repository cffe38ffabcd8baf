"""A passage of prose on its way (a :class:`carmina.Hypothesis`): so many words, no phrase twice, an end at a
sentence's end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

PHRASE = 4  # tokens that do not come twice in this order
NEVER = np.float32(-np.inf)
_END = re.compile(r"[.!?][\"'”’)]*\s*$")


@dataclass(frozen=True)
class Bounds:
    """How long a passage is."""

    least: int  # words before which it does not end
    most: int  # words at which it ends, at its last whole sentence
    tokens: int = 4096  # at which it ends too: what the model has room for


class Passage:
    """A candidate."""

    done = False

    def __init__(self, before: Sequence[int], text_of: Callable[[Sequence[int]], str], voice: Any, bounds: Bounds):
        """``before``: the tokens that it goes on from. ``voice``: the model, for its size and what ends its texts."""
        self._ids, self._text_of, self._voice, self._bounds = list(before), text_of, voice, bounds
        self._start = len(self._ids)

    def context(self) -> tuple[int, ...]:
        """The model is told nothing but the text."""
        return ()

    def logit_bias(self) -> np.ndarray:
        """(V,) nats: nothing that ends texts, nothing that makes a phrase a second time."""
        out = np.zeros(self._voice.size, np.float32)
        out[list(self._voice.special)] = NEVER
        recent = self._ids[-(PHRASE - 1) :]
        for at in range(len(self._ids) - PHRASE + 1):
            if self._ids[at : at + PHRASE - 1] == recent:
                out[self._ids[at + PHRASE - 1]] = NEVER
        return out

    def take(self, chosen: int) -> None:
        """One token more."""
        self._ids.append(chosen)
        words = len(self.text.split())
        full = words >= self._bounds.most or len(self._ids) - self._start >= self._bounds.tokens
        self.done = full or (words >= self._bounds.least and bool(_END.search(self.text)))

    def fork(self) -> Passage:
        """An independent copy."""
        twin = object.__new__(Passage)
        twin.__dict__.update(self.__dict__)
        twin._ids = list(self._ids)
        return twin

    @property
    def text(self) -> str:
        """What was written."""
        return self._text_of(self._ids[self._start :])

    def whole(self) -> str:
        """The passage up to its last whole sentence; whether it begins with a space is as the model joins it to the
        text before."""
        ends = [found.end() for found in re.finditer(r"[.!?][\"'”’)]*(?=\s|$)", self.text)]
        return (self.text[: ends[-1]] if ends else self.text).rstrip()
