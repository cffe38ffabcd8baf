"""The words, or characters, of a page as one row of ids, and edits of it with what they gain by the counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..models.counts import Counts
from ..page import Page

END = "/"
Placed = Callable[[str], Sequence[tuple[str, int, int]]]  # a line -> (token, start, end) of each of its tokens
REACH = 2  # tokens on either side that the counts see


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark or line end, and where it stands."""

    key: str  # as the counts know it
    line: int  # of the page, from 0; -1: none
    start: int  # columns of the line as it stands
    end: int
    text: str = ""  # as written


@dataclass(frozen=True, slots=True)
class Edit:
    """Other tokens in the place of some."""

    at: int  # of the first token that goes, or before which something comes
    many: int  # tokens that go
    put: tuple[str, ...]
    cost: float = 0.0  # nats: how unlikely the slip is
    why: str = ""  # kind of the finding


@dataclass
class Document:
    """The tokens of the lines that are read."""

    tokens: list[Token]
    counts: Counts
    lines: dict[int, tuple[int, int]] = field(default_factory=dict)  # page line -> its tokens, the end not among them

    @classmethod
    def of(cls, page: Page, counts: Counts, chosen: Sequence[int], placed: Placed) -> Document:
        """The lines ``chosen`` of a page, cut to tokens."""
        edge = [Token(END, -1, 0, 0)] * REACH
        tokens, lines = list(edge), {}
        for at in chosen:
            shown = page.shown[at]
            assert shown is not None  # the lines that are read
            first = len(tokens)
            for key, start, end in placed(shown.text):
                tokens.append(Token(key, at, *shown.span(start, end), shown.text[start:end]))
            lines[at] = first, len(tokens)
            tokens.append(Token(END, at, len(page.lines[at]), len(page.lines[at])))
        return cls(tokens + edge, counts, lines)

    @property
    def words(self) -> list[int]:
        """The places of the tokens that are words."""
        return [at for at, token in enumerate(self.tokens) if token.line >= 0 and token.key[0] not in ",./"]

    def gains(self, edits: Sequence[Edit]) -> np.ndarray:
        """Nats (B,) by which the counts find each edit likelier than what stands, the slip's cost taken away."""
        before = self._run([(edit, [t.key for t in self.tokens[edit.at : edit.at + edit.many]]) for edit in edits])
        after = self._run([(edit, list(edit.put)) for edit in edits])
        return after - before - np.array([edit.cost for edit in edits])

    def _run(self, rows: Sequence[tuple[Edit, list[str]]]) -> np.ndarray:
        out = np.zeros(len(rows))
        sizes: dict[int, list[int]] = {}
        for at, (_, put) in enumerate(rows):
            sizes.setdefault(len(put), []).append(at)
        for group in sizes.values():
            ids = np.array([self._window(*rows[at]) for at in group])
            out[group] = self.counts.run(ids)
        return out

    def _window(self, edit: Edit, put: list[str]) -> list[int]:
        left = [t.key for t in self.tokens[edit.at - REACH : edit.at]]
        right = [t.key for t in self.tokens[edit.at + edit.many : edit.at + edit.many + REACH]]
        return [self.counts.id(key) for key in (*left, *put, *right)]

    def line_with(self, line: int, edit: Edit | None = None) -> tuple[str, ...]:
        """The tokens of a line, an edit made in it."""
        first, last = self.lines[line]
        if edit is None:
            return tuple(t.key for t in self.tokens[first:last])
        keys = [t.key for t in self.tokens[first : edit.at]]
        return (*keys, *edit.put, *(t.key for t in self.tokens[edit.at + edit.many : last]))

    def before(self, line: int) -> tuple[str, ...]:
        """The tokens of the line above, empty for the first."""
        above = max((at for at in self.lines if at < line), default=None)
        return () if above is None else self.line_with(above)
