"""The base as a voice that goes on from prose: what a Hugging Face folder is to stories, of the shipped weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from .opening import Base

REQUEST, TELL = "Continue this story.", "Write a short story"
WINDOW = 1000  # tokens that it keeps in mind


def base_voice(workshop: Any) -> BaseVoice:
    """The shipped base; raises ``BadModel`` where it is not installed."""
    return BaseVoice(Base.opened(workshop))


class BaseVoice:
    """Tokens in, logits out, many candidates side by side; a runner too."""

    window = WINDOW

    def __init__(self, base: Base):
        self._base, self._tokens = base, base.tokens
        self.fields = base.runner.fields
        self.size = self.fields[0]

    @cached_property
    def special(self) -> tuple[int, ...]:
        """Tokens that are no text, what ends an answer among them."""
        named = (
            number for number, text in enumerate(self._tokens.pairs.tokens) if text[:1] == "<" and text[-1:] == ">"
        )
        return tuple(number for number in named if len(self._tokens.pairs.tokens[number]) > 2)

    def story(self, text: str, about: str) -> list[int]:
        """A request to go on (to tell a story ``about`` something, where there is no text), and the text, as much of
        its end as there is room for."""
        asked = self._tokens.asked(REQUEST if text else f"{TELL} about {about}.")
        return [*asked, *self._tokens.pairs.encode(text.rstrip())[-(self.window // 2) :]]

    def text(self, ids: Sequence[int]) -> str:
        """The text of tokens."""
        return self._tokens.pairs.decode(ids)

    def start(self, batch: int) -> Any:
        """No steps behind."""
        return self._base.runner.start(batch)

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """ids (B, T) -> logits (B, V) after the last, and the state after."""
        for column in np.asarray(ids).T:
            logits, state = self._base.runner.step(column[:, None], state)
        return logits, state

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        """The state whose row b is the old row parents[b]."""
        return self._base.runner.reorder(state, parents)
