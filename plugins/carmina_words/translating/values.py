"""A literal line's words, and what may stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import Syllable

SHORT = 0.3  # what the same word in fewer or more letters costs (I'm, o'er), in the unit of all costs: about a nat


@dataclass(frozen=True, slots=True)
class Other:
    """Another word for some of a line."""

    text: str
    cost: float
    takes: int = 1  # how many words it stands for
    meant: int = 0  # how many of those have meaning and are said by another word


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
