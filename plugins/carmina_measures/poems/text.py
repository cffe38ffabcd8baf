"""A poem's lines as units (words, Chinese characters), without case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carmina import Poem
from carmina.text import HAN, HAN_CHARACTER

UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
Line = tuple[str, ...]


def units_of(text: str) -> Line:
    """The words and characters of one line."""
    return tuple(unit.replace("’", "'") for unit in UNIT.findall(text.lower()))


def lines_of(poem: Poem) -> list[Line]:
    """The lines that hold any."""
    return [line for text in poem.lines if (line := units_of(text))]


def language_of(poem: Poem) -> str:
    """The poem's own code; where it has none, zh for Chinese characters, else en."""
    return poem.language or ("zh" if HAN_CHARACTER.search("".join(poem.lines)) else "en")


def grams(line: Sequence[str], size: int) -> list[Line]:
    """Every run of so many units."""
    return [tuple(line[at : at + size]) for at in range(len(line) - size + 1)]


def any_twice(lines: Sequence[Line], size: int) -> bool:
    """Whether any run of so many units stands twice."""
    seen: set[Line] = set()
    for line in lines:
        for gram in grams(line, size):
            if gram in seen:
                return True
            seen.add(gram)
    return False
