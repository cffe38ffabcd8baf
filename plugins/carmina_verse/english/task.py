"""What a poem must be, line by line; and lines as they stand."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..drafting.scoring import SCORING, Scoring
from ..forms.slots import Slot
from .scene import Scene

ENGLISH = SCORING["en"]


@dataclass
class Written:
    """One line as it stands."""

    tokens: list[str]  # words and marks in reading order
    words: list[int] = field(default_factory=list)  # in reading order, indices of Sounds
    pattern: str = ""


class Standing:
    """A line that stands, in the place of a hypothesis."""

    def __init__(self, line: Written):
        self.text, self.words, self.pattern = line.tokens, line.words[::-1], line.pattern


@dataclass(frozen=True)
class LineWish:
    """What the plan wants of one line."""

    mark: str = ""  # that closes it; empty: any
    worn_opener: bool = True  # whether it may begin with And, But, When and their like
    end: int = -1  # the word that ends it; -1: any
    firm: bool = True  # whether word and mark must be so, where they may; else others are tried beside them
    images: tuple[int, ...] = ()  # words of which one would be welcome
    nearness: np.ndarray | None = None  # (words,) to what the stanza is about, 0..1
    mood: np.ndarray | None = None  # (words,) 1: of the poem's mood; -1: of its opposite
    openers: tuple[str, ...] = ()  # words of which one begins it, where that fits
    turns: bool = False  # whether the poem turns here
    echo: int = -1  # a word that may return here
    said: tuple[tuple[int, ...], ...] = ()  # what the line says: words in order, each with what may stand for it


@dataclass(frozen=True)
class Task:
    """What a poem must be."""

    slots: Sequence[Slot]
    prompt: Sequence[int]  # ids before the first line
    keywords: Sequence[int]  # words that should appear
    allowed: np.ndarray  # (words,)
    strictness: str = "classic"
    given: Sequence[Written] = ()  # lines that stand already
    ends: Sequence[int] = ()  # words wanted at the ends of the first rhyme group
    wanted_rhyme: str = ""  # rhyme class of the first group
    wishes: Sequence[LineWish] = ()  # of each line; none: everything is free
    scene: Scene = field(default_factory=Scene)  # what holds before the first line
    index: Container[bytes] | None = None  # the runs of the corpus
    scoring: Scoring = ENGLISH
    favour: np.ndarray | None = None  # (words,) nats by which the poet asked for has each more readily; None: no poet's
    bare: Sequence[int] = ()  # the prompt without keywords; empty where a borrowed model writes

    def wish(self, number: int) -> LineWish:
        """What the plan wants of a line."""
        return self.wishes[number] if number < len(self.wishes) else LineWish()
