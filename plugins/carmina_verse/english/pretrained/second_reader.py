"""The pre-trained base as a second reader of drafts that another network wrote.

It reads each draft where it would stand: behind the request and the poem so far, as it was taught to write (the last
word of a line first, then the line). It knows more of sense than the network that knows the metre, and less of verse.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, Self

from carmina.generate import Heard, reader

from ..text import MARKS, NO_MARK
from .tokenizer import EnglishBase, after_sentence


class SecondReader:
    """Where it stands in one poem; forks share what they have read."""

    def __init__(self, runner: Any, tokens: EnglishBase, request: str):
        """``request``: what is asked, in plain English."""
        self._reader, self._tokens = reader(runner), tokens
        self._state, self._first = self._reader.opened(tokens.asked(request))  # what is fed before the next line
        self._before: list[str] = []  # words and marks of the last line
        self._heard: dict[tuple[str, ...], tuple[Heard, int]] = {}

    def fork(self) -> Self:
        """A reader that goes its own way from here."""
        return copy(self)

    def nats(self, lines: Sequence[Sequence[str]], end: str = "line") -> list[float]:
        """The mean nats a word of lines of words and marks that might stand next; ``end`` as in :meth:`keep`."""
        ids = [self._ids(line, end) for line in lines]
        heard = self._reader.read(self._state, self._first, ids)
        self._heard = {tuple(line): (heard, at) for at, line in enumerate(lines)}
        sizes = (max(1, sum(word not in (*MARKS, NO_MARK) for word in line)) for line in lines)
        return [float(own[:-1].sum()) / size for own, size in zip(heard.each, sizes, strict=True)]

    def keep(self, line: Sequence[str], end: str = "line") -> None:
        """Go on from a line; ``end``: what it ends, a ``line``, a ``stanza`` or the ``text``."""
        if tuple(line) not in self._heard:
            self.nats([line], end)
        heard, at = self._heard[tuple(line)]
        self._state, self._heard = heard.after(at), {}
        self._first = self._end(end)
        self._before = list(line)

    def _ids(self, line: Sequence[str], end: str) -> list[int]:
        bare = [word for word in line if word != NO_MARK]
        return [*self._tokens.line(bare, after_sentence(self._before)), self._end(end)]

    def _end(self, what: str) -> int:
        tokens = self._tokens
        return {"line": tokens.line_end, "stanza": tokens.stanza_end, "text": tokens.text_end}[what]
