"""What a drafted line of English verse is worth beside the lines that stand: see ``drafting.scoring`` for the
weights."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..drafting.associations import Associations
from ..drafting.page import Drafted
from ..originality.runs import MOST, longest_run
from .manners import OWNERS
from .text import MARKS, NO_MARK
from .typography import shown

EXCLAIMED = ("oh", "o", "ah")
RECENT = 6  # lines before a line that it should keep company with
UNLIKELY = -6.0  # nats: no beginning is worse
PERSONS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), 1),
    **dict.fromkeys(("you", "your", "yours"), 2),
    **dict.fromkeys(("thou", "thee", "thy", "thine"), 3),
    **dict.fromkeys(("he", "him", "his"), 4),
    **dict.fromkeys(("she", "her", "hers"), 5),
    **dict.fromkeys(("we", "us", "our", "ours"), 6),
    **dict.fromkeys(("they", "them", "their", "theirs"), 7),
}


class Judgement:
    """For the lines of one poem."""

    def __init__(self, sounds: Any, task: Any, ahead: Any):
        self.sounds, self.task, self.weights, self._ahead = sounds, task, task.scoring, ahead
        self._frequency = np.log(sounds.counts / sounds.counts.sum())
        self._associations = Associations.shipped("en")
        self._openers: np.ndarray | None = None

    def worth(self, draft: Drafted, page: Any, lines: Sequence[Any], owed: Sequence[int]) -> float:
        """Nats. ``lines`` stand before it; ``owed``: keywords that have not come yet."""
        weights, words = self.weights, draft.hypothesis.words
        worth = self.in_band(draft) + weights.fluency * draft.fluency
        worth -= weights.commonplace * page.commonplace(draft) if draft.rows else 0.0
        worth -= weights.bland * float(np.mean(self._frequency[words]))
        worth += weights.beginning * self._begins_well(draft)
        worth += self._asked(words, owed, len(lines)) + weights.coherence * self._company(words, lines)
        worth -= weights.owner * self._owned(draft.hypothesis) + weights.drift * self._drift(words, lines)
        return worth - self._repetition(words, lines) - weights.copied * self._copies(words, lines)

    def surprise(self, draft: Drafted) -> float:
        """Bits a letter (spaces and marks count) under the writing model."""
        letters = len(shown(draft.hypothesis.text, {})) + 1
        return -draft.nats / math.log(2) / letters

    def in_band(self, draft: Drafted) -> float:
        """0 inside people's band of surprise, below 0 outside of it."""
        bits = self.surprise(draft)
        return -self.weights.band * max(self.weights.low - bits, bits - self.weights.high, 0.0)

    def _asked(self, words: Sequence[int], owed: Sequence[int], number: int) -> float:
        weights, wish = self.weights, self.task.wish(number)
        worth = weights.keyword * any(word in words for word in owed)
        worth += weights.image * any(word in words for word in wish.images)
        content = self._content(words)
        if wish.nearness is not None and content:
            worth += weights.relevance * float(np.mean(wish.nearness[content]))
        return worth

    def _content(self, words: Sequence[int]) -> list[int]:
        return [word for word in words if not self.sounds.function[word]]

    def _company(self, words: Sequence[int], lines: Sequence[Any]) -> float:
        """How near the content words are to those of the lines before, -1..1."""
        before = [word for line in lines[-RECENT:] for word in self._content(line.words)]
        own = [word for word in self._content(words) if word not in before]
        texts = self.sounds.words
        return self._associations.nearness([texts[word].text for word in own], [texts[word].text for word in before])

    def _owned(self, hypothesis: Any) -> bool:
        """Whether the line ends on somebody's something: her breast, my feet."""
        words = hypothesis.words  # from the end
        return len(words) > 1 and self.sounds.words[words[1]].text in OWNERS

    def _drift(self, words: Sequence[int], lines: Sequence[Any]) -> float:
        """Share of the line's persons that no line before has, once a few lines stand."""
        if len(lines) < 2:
            return 0.0
        texts = self.sounds.words
        known = {PERSONS.get(texts[word].text) for line in lines for word in line.words} - {None}
        own = {PERSONS.get(texts[word].text) for word in words} - {None}
        return len(own - known) / len(own) if own and known else 0.0

    def _copies(self, words: Sequence[int], lines: Sequence[Any]) -> bool:
        """Whether the line, with the one before it, holds a longer run of the corpus than is allowed."""
        before = lines[-1].words if lines else []
        units = [self.sounds.words[word].text for word in (*before, *reversed(words))]
        return longest_run(units, "en", self.task.index)[0] > MOST["en"]

    def _begins_well(self, draft: Drafted) -> float:
        """How likely a line begins with the draft's first word, nats from -6."""
        if self._ahead is None or not draft.ids:
            return 0.0
        if self._openers is None:
            marks = np.zeros(self.sounds.tokens.field_sizes[0], bool)
            marks[[self.sounds.tokens.mark(mark) for mark in (*MARKS, NO_MARK)]] = True
            self._openers = np.maximum(self._ahead(marks), UNLIKELY)
        return float(self._openers[draft.ids[-1]])

    def _stem(self, word: int) -> str:
        """The word without its ending: rail, rails and railing are one."""
        return re.sub(r"(?<=[a-z]{3})(?:'s|ings?|ed|es|s)$", "", self.sounds.words[word].text)

    def _repetition(self, words: Sequence[int], lines: Sequence[Any]) -> float:
        """``words`` from the end of the line."""
        weights = self.weights
        before = Counter(stem for line in lines for stem in {self._stem(word) for word in line.words})
        forwards = words[::-1]
        grams = sum(gram in _grams(line.words, n) for n in (2, 3) for gram in _grams(forwards, n) for line in lines)
        content = self._content(words)
        cost = weights.phrase * grams + weights.repeated * sum(before[self._stem(word)] for word in content)
        cost += weights.twice * (len(content) - len({self._stem(word) for word in content})) + 0.25 * (not content)
        cost += weights.same_beginning * sum(line.words[0] == words[-1] for line in lines[-4:] if line.words)
        return cost + weights.exclamation * sum(self.sounds.words[word].text in EXCLAIMED for word in words)


def _grams(words: Sequence[int], size: int) -> set[tuple[int, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
