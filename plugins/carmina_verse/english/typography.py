"""Words and marks as lines of print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .text import MARKS


def last_word(tokens: Sequence[str]) -> str:
    """The last word of a line; empty where there is none."""
    return next((token for token in reversed(tokens) if token not in MARKS), "")


def shown(tokens: Sequence[str], names: Mapping[str, str]) -> str:
    """Words and marks as a line of print; ``names`` says how words with a spelling of their own are written (Rome,
    NASA)."""
    out, upper = "", True
    for token in tokens:
        if token in MARKS:
            out += token
            upper = upper or token in ".!?"
            continue
        word = names.get(token, token)
        if upper or token == "i" or token.startswith("i'"):
            word = capital(word)
        out += word if not out or out.endswith("—") else f" {word}"
        upper = False
    return out


def capital(word: str) -> str:
    """The word with its first letter capital, after an apostrophe too ('Tis)."""
    return word[:1].upper() + word[1:] if word[:1] != "'" else "'" + word[1:2].upper() + word[2:]
