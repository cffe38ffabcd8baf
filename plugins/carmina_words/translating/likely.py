"""How likely lines are to those who write verse in their language: the networks that ship, opened by the workshop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

ROWS = 96  # read side by side
Steps = tuple[list[int], list[tuple[int, ...]], int]  # ids, the fields of each but the last, how many ids are judged


class Likely:
    """The log-probability of lines."""

    task: str

    def __init__(self, workshop: Any):
        self.tokens = workshop.get("tokenizer", self.task)()
        self._runner = workshop.model(None, self.task, None).runner

    def steps(self, line: Sequence[tuple[str, int]]) -> Steps:
        """What is read of a line of words, each with its number of syllables."""
        raise NotImplementedError

    def nats(self, lines: Sequence[Sequence[tuple[str, int]]]) -> np.ndarray:
        """(B,) log-probabilities of lines."""
        from carmina.generate import ending_nats

        parts = [lines[at : at + ROWS] for at in range(0, len(lines), ROWS)]
        return np.concatenate([ending_nats(self._runner, [self.steps(line) for line in part]) for part in parts])


class EnglishLikely(Likely):
    """The writer of English verse, which reads a line from its end to its beginning."""

    task = "verse-en"
    WHERE, LEFT = (1, 2, 1, 3), 17  # line 1 of 2, no rhyme, no metre

    def steps(self, line: Sequence[tuple[str, int]]) -> Steps:
        prompt = self.tokens.prompt("lyric", "any", [])
        left = sum(syllables for _, syllables in line)
        ids = [*prompt, self.tokens.mark("/")]
        fields: list[tuple[int, ...]] = [(0,) * 5] * (len(prompt) - 1)
        fields.append((min(left, self.LEFT), *self.WHERE))
        for word, syllables in reversed(line):
            own = list(self.tokens.of_word(word.casefold()))
            ids += own
            fields += [(max(1, min(left, self.LEFT)), *self.WHERE)] * len(own)
            left -= syllables
        return ids, fields, len(ids) - len(prompt)


class ChineseLikely(Likely):
    """The writer of modern Chinese verse."""

    task = "modern-zh"

    def steps(self, line: Sequence[tuple[str, int]]) -> Steps:
        own = self.tokens.encode("".join(word for word, _ in line) + "\n").tolist()
        ids = [*self.tokens.prompt("现代诗", "现代", []), *own]
        return ids, [(0,) * (len(self.tokens.field_sizes) - 1)] * (len(ids) - 1), len(own)


READERS: dict[str, type[Likely]] = {"en": EnglishLikely, "zh": ChineseLikely}


class BaseLikely:
    """The pre-trained base of English, which knows more of sense: it reads each line after a request for a song."""

    task = "verse-en-base"
    REQUEST = "Write a song."
    AT_ONCE = 24  # lines, since each id of theirs takes a row of the whole vocabulary

    def __init__(self, workshop: Any):
        from carmina.generate import reader

        self._tokens = workshop.get("tokenizer", self.task)()
        self._reader = reader(workshop.model(None, self.task, None).runner)
        self._state, self._first = self._reader.opened(self._tokens.asked(self.REQUEST))

    def nats(self, lines: Sequence[Sequence[tuple[str, int]]]) -> np.ndarray:
        """(B,) log-probabilities of lines."""
        tokens = self._tokens
        ids = [[*tokens.line([word.casefold() for word, _ in line], True), tokens.line_end] for line in lines]
        lots = [ids[at : at + self.AT_ONCE] for at in range(0, len(ids), self.AT_ONCE)]
        read = (self._reader.read(self._state, self._first, lot).each for lot in lots)
        return np.array([float(own.sum()) for each in read for own in each])


SECOND_READERS = {"en": BaseLikely}


def second_reader(code: str, workshop: Any) -> BaseLikely | None:
    """What reads the best lines of a language again, where it is installed."""
    kind = SECOND_READERS.get(code)
    if kind is None or kind.task not in workshop.all("tokenizer"):
        return None
    return kind(workshop) if workshop.get("tokenizer", kind.task)().models() else None
