"""A literal line's words, and what may stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import Syllable


@dataclass(frozen=True, slots=True)
class Way:
    """What may stand at a place of a line."""

    words: tuple[str, ...]  # as written; a Chinese word is one
    syllables: tuple[Syllable, ...]
    cost: float
    takes: int = 1  # how many words of the literal line it stands for; 0: it comes between
    left: tuple[str, ...] = ()  # words of meaning among those that it leaves out
    other: int = 0  # words of meaning among those that it says by another word


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a literal line."""

    text: str
    content: bool
    after: str  # marks after it
