"""What the rules of singability see, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from carmina import Note, Score

from ..contour import BREATH_TICKS, seconds
from ..hearing import Heard
from ..view import View, view_of

Severity = Literal["error", "warning", "hint"]
WEIGHT = {"error": 10, "warning": 3, "hint": 1}
Mend = Callable[[], Score | None]  # the score mended, or None where it cannot be


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a singer would stumble over."""

    kind: str  # e.g. "crammed"; docs/evaluation.md lists them
    severity: Severity
    note: int  # index in the voice; -1: the whole song
    reason: str
    fix: str  # what to do, for a person
    mends: tuple[Mend, ...] = ()  # ways to do it that keep every word, the best first


@dataclass(frozen=True)
class Sheet:
    """A song as the rules see it."""

    heard: Heard
    compass: tuple[int, int] | None = None  # lowest and highest MIDI pitch of the singer, where known

    @property
    def score(self) -> Score:
        return self.heard.score

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return self.score.voice.notes if self.score.voice else ()

    @cached_property
    def view(self) -> View:
        return view_of(self.score)

    @cached_property
    def starts(self) -> np.ndarray:
        """(N,) seconds."""
        return seconds(self.score, self.view.onset)

    @cached_property
    def ends(self) -> np.ndarray:
        """(N,) seconds."""
        return seconds(self.score, self.view.onset + self.view.length)

    @cached_property
    def phrase(self) -> np.ndarray:
        """(N,) which stretch between breaths each note stands in."""
        end = self.view.onset + self.view.length
        return np.concatenate([[0], np.cumsum(self.view.onset[1:] - end[:-1] >= BREATH_TICKS)]).astype(int)[: len(end)]

    def head(self, syllable: int) -> int:
        """The note that a syllable starts on."""
        return int(self.view.head[syllable])

    def text(self, note: int) -> str:
        """The syllable that a note sings."""
        sung = self.view.syllable[note]
        return self.view.text[sung] if sung >= 0 else ""

    def where(self, note: int) -> tuple[int, float]:
        """Bar (from 1; 0 is a pickup) and beat (from 1) of a note."""
        view = self.view
        bar = int(view.bar[note]) + (0 if self.score.pickup_ticks else 1)
        return bar, round(1 + float(view.place[note] / view.beat[note]), 2)

    def in_phrase(self, note: int) -> range:
        """The notes of the phrase that a note stands in."""
        inside = np.flatnonzero(self.phrase == self.phrase[note])
        return range(int(inside[0]), int(inside[-1]) + 1)

    def single(self, syllable: int) -> bool:
        """Whether there is such a syllable, sung on one note."""
        return 0 <= syllable < self.view.syllables and self.view.notes[syllable] == 1


Rule = Callable[[Sheet], Iterator[Problem]]
