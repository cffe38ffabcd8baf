"""How wide text is in a terminal or any page of fixed width."""

from __future__ import annotations

import unicodedata


def is_wide(character: str) -> bool:
    """Whether a character takes two columns, as Chinese characters and full-width forms do."""
    return unicodedata.east_asian_width(character) in "WF"


def width(text: str) -> int:
    """Columns: a wide character takes two, a combining mark none."""
    return sum(0 if unicodedata.combining(c) else 2 if is_wide(c) else 1 for c in text)
