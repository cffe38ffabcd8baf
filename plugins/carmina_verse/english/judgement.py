"""What a drafted line of English verse is worth beside the lines that stand: see ``drafting.scoring`` for the
weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..drafting.associations import Associations
from ..drafting.page import Drafted
from ..originality.runs import MOST, longest_run
from .manners import OWNERS
from .repetition import repetition
from .scene import Lore, Scene
from .text import MARKS, NO_MARK
from .typography import shown

RECENT = 6  # lines before a line that it should keep company with
UNLIKELY = -6.0  # nats: no beginning is worse


class Judgement:
    """For the lines of one poem."""

    def __init__(self, sounds: Any, task: Any, ahead: Any):
        self.sounds, self.task, self.weights, self._ahead = sounds, task, task.scoring, ahead
        self._frequency = np.log(sounds.counts / sounds.counts.sum())
        self._associations = Associations.shipped("en")
        self._openers: np.ndarray | None = None
        self.single = np.array([len(pieces) == 1 for pieces in sounds.pieces])  # (words,) that are one piece
        known = (text for text in Lore.shipped().words() if text in sounds.index)
        self.scenic = {text: sounds.pieces[at][0] for text in sorted(known) if self.single[at := sounds.index[text]]}

    def worth(self, draft: Drafted, page: Any, lines: Sequence[Any], owed: Sequence[int], scene: Scene) -> float:
        """Nats. ``lines`` stand before it, ``scene`` holds there; ``owed``: keywords that have not come yet."""
        weights, words = self.weights, draft.hypothesis.words
        worth = self.in_band(draft) + weights.fluency * draft.fluency
        worth -= weights.commonplace * page.commonplace(draft) if draft.rows else 0.0
        worth -= weights.bland * float(np.mean(self._frequency[words]))
        worth += weights.beginning * self._begins_well(draft)
        worth += self._asked(words, owed, len(lines)) + weights.coherence * self._company(words, lines)
        texts = [self.sounds.words[word].text for word in reversed(words)]
        worth -= weights.owner * self._owned(draft.hypothesis) + weights.scene * scene.costs(texts)
        echo = self.task.wish(len(lines)).echo
        return (
            worth - repetition(self.sounds, weights, words, lines, echo) - weights.copied * self._copies(words, lines)
        )

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
        worth += weights.said * sum(any(word in words for word in lot) for lot in wish.said)
        content = self._content(words)
        if self.task.favour is not None:
            worth += weights.manner * float(np.mean(self.task.favour[words]))
        if wish.nearness is not None and content:
            worth += weights.relevance * float(np.mean(wish.nearness[content]))
        if wish.mood is not None and content:
            worth += weights.mood * float(np.mean(wish.mood[content]))
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
