"""Words of running text."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words_of(line: str) -> list[str]:
    """The words of a line, as languages want them: letters and apostrophes; a run of Chinese characters is one."""
    return _WORD.findall(line)


def letters(text: str) -> int:
    """How many letters and figures a text has: what places in a word are counted by, whatever signs stand between."""
    return sum(character.isalnum() for character in text)
