"""The networks that ship as second readers: how likely a line is under a model that knows what stood before it.

They are opened through the workshop by the names of their tokenizers, with what those tell in public: prompt, line,
field names. Nothing here writes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from carmina.generate import ending_nats, reader

Lines = tuple[tuple[str, ...], ...]  # of tokens; the last line is the one that is judged
Fields = list[tuple[int, ...]]  # of each step but the last
ROWS = 96  # that are read side by side
ENDS = (".", "!", "?")


class Judge(ABC):
    """Reads rows of lines."""

    task: str

    def __init__(self, workshop: Any):
        self._workshop = workshop
        self._known: dict[Lines, float] = {}

    @cached_property
    def tokens(self) -> Any:
        """The tokenizer."""
        return self._workshop.get("tokenizer", self.task)()

    @cached_property
    def _runner(self) -> Any:
        return self._workshop.model(None, self.task, None).runner

    def nats(self, rows: Sequence[Lines]) -> np.ndarray:
        """The log-probability of the last line of each row (B,)."""
        new = [row for row in dict.fromkeys(rows) if row not in self._known]
        new.sort(key=lambda row: sum(map(len, row)))
        for at in range(0, len(new), ROWS):
            part = new[at : at + ROWS]
            nats = ending_nats(self._runner, [self.steps(row) for row in part])
            self._known.update(zip(part, nats.tolist(), strict=True))
        return np.array([self._known[row] for row in rows])

    @abstractmethod
    def steps(self, row: Lines) -> tuple[list[int], Fields, int]:
        """(ids, the fields of each but the last, how many ids at the end are judged)."""


class English(Judge):
    """The writer of English verse: each line from its end to its beginning."""

    task = "verse-en"
    NO_RHYME, NO_METRE, LEFT = 1, 3, 17

    def __init__(self, workshop: Any, language: Any):
        super().__init__(workshop)
        self._syllables = lru_cache(maxsize=8192)(lambda word: _syllables(language, word))

    def steps(self, row: Lines) -> tuple[list[int], Fields, int]:
        prompt = self.tokens.prompt("lyric", "any", [])
        ids, many = list(prompt), 0
        fields: Fields = [(0,) * 5] * (len(prompt) - 1)
        for number, line in enumerate(row, 1):
            own, places = self._line(line, number, len(row) - number + 1)
            ids, fields, many = ids + own, fields + places, len(own)
        return ids, fields, many

    def _line(self, line: Sequence[str], number: int, left: int) -> tuple[list[int], Fields]:
        words = list(line)
        mark = words.pop() if words and words[-1] in ",." else "/"
        rest = sum(map(self._syllables, words))
        where = (number, left, self.NO_RHYME, self.NO_METRE)
        ids = [self.tokens.mark(mark)]
        fields: Fields = [(min(rest, self.LEFT), *where)]
        for word in reversed(words):
            own = list(self.tokens.of_word(word))
            ids += own
            fields += [(max(1, min(rest, self.LEFT)), *where)] * len(own)
            rest -= self._syllables(word)
        return ids, fields


def _syllables(language: Any, word: str) -> int:
    return 0 if word in ",." else max(1, sum(phone[-1].isdecimal() for phone in language.phonemes(word)))


class Pretrained:
    """The pre-trained base of English: it knows more of sense than the writer of verse, and reads a whole line in one
    pass. Each line's last word stands before the line."""

    TASK, REQUEST = "verse-en-base", "Write a poem."
    MOST, REMEMBERED = 12, 20_000  # lines that are read in one pass; that are kept in mind

    def __init__(self, workshop: Any):
        """Raises ``BadModel`` where its weights are not installed."""
        self._tokens = workshop.get("tokenizer", self.TASK)()
        self._reader = reader(workshop.model(None, self.TASK, None).runner)
        self._empty = self._reader.opened(self._tokens.asked(self.REQUEST))
        self._known: dict[Lines, float] = {}

    def nats(self, rows: Sequence[Lines]) -> np.ndarray:
        """The log-probability of the last line of each row (B,)."""
        if len(self._known) > self.REMEMBERED:
            self._known.clear()
        groups: dict[Lines, list[Lines]] = {}
        for row in dict.fromkeys(rows):
            if row not in self._known:
                groups.setdefault(row[:-1], []).append(row)
        for above, group in groups.items():
            state, first = self._after(above)
            for at in range(0, len(group), self.MOST):
                part = group[at : at + self.MOST]
                ids = [self._ids(row[-1], above[-1] if above else ()) for row in part]
                heard = self._reader.read(state, first, ids)
                self._known |= {row: float(each.sum()) for row, each in zip(part, heard.each, strict=True)}
        return np.array([self._known[row] for row in rows])

    def _after(self, above: Lines) -> tuple[Any, int]:
        """(the state behind the lines above, the id that is fed next)."""
        state, first = self._empty
        if not above:
            return state, first
        heard = self._reader.read(state, first, [self._ids(above[-1], ())])
        return heard.after(0), self._tokens.line_end

    def _ids(self, line: Sequence[str], above: Sequence[str]) -> list[int]:
        opens = not above or above[-1] in ENDS
        return [*self._tokens.line([word for word in line if word != "/"], opens), self._tokens.line_end]


class Modern(Judge):
    """The writer of modern Chinese, without a plan."""

    task = "modern-zh"

    def steps(self, row: Lines) -> tuple[list[int], Fields, int]:
        text = "\n".join("".join(_SIGN.get(token, token) for token in line) for line in row)
        last = len(row[-1]) + 1
        ids = [*self.tokens.prompt("现代诗", "现代", []), *self.tokens.encode(text + "\n").tolist()]
        return ids, [(0,) * (len(self.tokens.field_sizes) - 1)] * (len(ids) - 1), last


class Old(Judge):
    """The writer of old verse: a line knows its length and its place."""

    task = "verse-zh"
    PERIOD, LONGEST = "唐", 25

    def steps(self, row: Lines) -> tuple[list[int], Fields, int]:
        lines = [[token for token in line if token not in _SIGN] for line in row]
        prompt = self.tokens.prompt("古体", self.PERIOD, [])
        ids = list(prompt)
        fields: Fields = [(0,) * 5] * (len(prompt) - 1)
        for number, line in enumerate(lines, 1):
            ids += self.tokens.encode("".join(line)).tolist()
            fields += [
                (min(left, self.LONGEST), number, len(lines) - number + 1, 1, 0) for left in range(len(line), 0, -1)
            ]
        return ids, fields, len(lines[-1])


_SIGN = {",": "，", ".": "。", "w": ""}
