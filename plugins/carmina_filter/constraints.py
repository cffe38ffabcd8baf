"""The lists as constraints on verse: no line may end a listed word. Without a level they have no say."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from carmina import Constraint
from carmina.text import is_han

from .lists import ALLOW, LEVEL, OWN, asked

END = "▁"  # ends a word; in prose, begins one
LONGEST_WORD = 16  # pieces


class Filter(Constraint):
    """Kept out: the words of the level that ``CARMINA_FILTER`` names, and of the file in ``CARMINA_FILTER_LIST``."""

    options = (LEVEL, OWN, ALLOW)
    chinese: bool

    def begin(self, brief: Any, style: Any) -> None:
        super().begin(brief, style)
        self._words = [word for word in asked() if is_han(word[:1]) == self.chinese and " " not in word]
        self._ids: dict[str, list[int]] = {}

    def wanted(self) -> bool:
        return bool(self._words)

    def logit_bias(self, state: Any) -> np.ndarray:
        if not self._ids:
            for number, token in enumerate(state.tokens):
                self._ids.setdefault(token.text.casefold(), []).append(number)
        bias = np.zeros(len(state.tokens), np.float32)
        for text in self._endings(state):
            for number in self._ids.get(text, ()):
                bias[number] = -np.inf
        return bias

    def _endings(self, state: Any) -> list[str]:
        """Texts of tokens that would end a listed word here."""
        raise NotImplementedError


class EnglishFilter(Filter):
    """Of pieces of words."""

    name, summary, task, chinese = "filter-en", "keeps listed words out of English verse", "verse.piece", False

    def _endings(self, state: Any) -> list[str]:
        begun = ""
        for number in reversed(state.chosen):
            token = state.tokens[number]
            if token.kind != "piece" or token.text.endswith(END):
                break
            begun = token.text + begun
        begun = begun.casefold()
        return [word[len(begun) :] + END for word in self._words if word.startswith(begun)]


class WordFilter(Filter):
    """Of whole words, for models that choose among those of a lexicon."""

    name, summary, task, chinese = "filter-words", "keeps listed words out of the base's verse", "verse.word", False

    def _endings(self, state: Any) -> list[str]:
        return self._words


class ProseFilter(Filter):
    """Of pieces of prose, of which a blank begins a word: where a piece would end a listed word, it is left; so are the
    longer words that go on from it."""

    name, summary, task, chinese = "filter-prose", "keeps listed words out of stories", "verse.prose", False

    def _endings(self, state: Any) -> list[str]:
        tail = "".join(state.tokens[number].text for number in state.chosen[-LONGEST_WORD:])
        begun = re.split(r"[^\w']", tail)[-1].rpartition(END)[2].casefold()
        whole = [f"{END}{word}" for word in self._words]
        return whole + [word[len(begun) :] for word in self._words if word.startswith(begun) and word != begun]


class ChineseFilter(Filter):
    """Of characters."""

    name, summary, task, chinese = "filter-zh", "keeps listed words out of Chinese verse", "verse.character", True

    def _endings(self, state: Any) -> list[str]:
        ids = [*state.written[-8:], *state.chosen][-16:]
        tail = "".join(token.text for token in map(state.tokens.__getitem__, ids) if token.kind == "character")
        return [word[-1] for word in self._words if tail.endswith(word[:-1])]
