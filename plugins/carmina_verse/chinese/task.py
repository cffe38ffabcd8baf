"""What a Chinese poem must be, and what its plan wishes of each line."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..drafting.scoring import SCORING, Scoring
from ..forms.slots import Slot

CHINESE = SCORING["zh"]


@dataclass(frozen=True)
class LineWish:
    """What the plan wishes of one line."""

    images: tuple[str, ...] = ()  # words of its part of the poem, of which one would be welcome
    end: str = ""  # the word that ends it
    said: tuple[str, ...] = ()  # what the line says: words in order, as many of them as fit
    must: bool = False  # whether it must end so, as a person planned it


@dataclass(frozen=True)
class Task:
    """What a poem must be."""

    slots: Sequence[Slot]
    patterns: Sequence[str]  # the pattern of each line
    prompt: Sequence[int]
    keywords: Sequence[str]  # words that should appear
    book: str
    classes: Mapping[str, str] = field(default_factory=dict)  # rhyme letter -> class
    parallel: Sequence[int] = ()  # lines that are to be answered by the next
    given: Sequence[str] = ()  # lines that stand already
    about: Sequence[str] = ()  # further words that the poem is about
    index: Container[bytes] | None = None  # the runs of the corpus
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # classes that may rhyme with a class
    bare: Sequence[int] = ()  # the prompt without keywords; empty where a borrowed model writes
    wishes: Sequence[LineWish] = ()  # of each line; none: everything is free
    world: Mapping[str, str] = field(default_factory=dict)  # season and hour that are planned
    favour: np.ndarray | None = None  # (V,) nats by which the poet asked for has each character more readily
    phase: float = 0.0  # 0..1: how late in the poem the first keyword falls due
    scoring: Scoring = CHINESE

    def wish(self, number: int) -> LineWish:
        """What the plan wishes of a line."""
        return self.wishes[number] if number < len(self.wishes) else LineWish()

    def words(self, start: int, end: int) -> list[str]:
        """The images that are planned of some lines, each once."""
        return list(dict.fromkeys(word for at in range(start, end) for word in self.wish(at).images))


def starts_of(patterns: Sequence[str]) -> Any:
    """(lines + 1,) the first place of each line in the whole poem, and the end."""
    return np.cumsum([0, *(len(pattern) for pattern in patterns)])
