"""A syllable as files spell it, and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from carmina import Place, Syllable

APOSTROPHES = "'’ʼ‘"
HYPHENS = "-‐‑"


def joined(syllable: Syllable) -> str:
    """The syllable and its punctuation, as printed."""
    return syllable.text + syllable.after


def split_after(text: str) -> tuple[str, str]:
    """Printed text -> the syllable and the punctuation after it. Text of nothing but punctuation stays whole."""
    cut = len(text)
    while cut and _closes(text[cut - 1]):
        cut -= 1
    return (text[:cut], text[cut:]) if text[:cut].strip() else (text, "")


def _closes(character: str) -> bool:
    if character in APOSTROPHES:
        return False  # singin', o'
    return character.isspace() or unicodedata.category(character).startswith("P")


def places(ends: Iterable[bool]) -> list[Place]:
    """The place in its word of each syllable, from which of them end one."""
    found: list[Place] = []
    begins = True
    for last in ends:
        found.append(("single" if last else "begin") if begins else ("end" if last else "middle"))
        begins = last
    return found


def encodable(text: str) -> str:
    """The text without what no file can hold: lone surrogates and control characters (tabs and ends of line stay)."""
    return "".join(
        c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cs", "Cc") and c not in "\ufffe\uffff"
    )
