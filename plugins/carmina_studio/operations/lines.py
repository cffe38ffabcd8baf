"""The typed text as lines: which are verse, which are labels or empty. Line numbers are the text's, from 0."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from carmina.text import HAN_CHARACTER

LABEL = re.compile(r"\s*(?:\[[^\]]{1,60}\]|【[^】]{1,60}】|#{1,6}\s.{1,60})\s*")


def is_label(line: str) -> bool:
    """Whether a line names a section: ``[Chorus]``, ``【副歌】``, ``# Verse``."""
    return bool(LABEL.fullmatch(line))


def stanzas_of(text: str) -> list[list[int]]:
    """The numbers of the lines of verse by stanza; empty lines and labels part stanzas."""
    found: list[list[int]] = [[]]
    for number, line in enumerate(text.split("\n")):
        if not line.strip() or is_label(line):
            found.append([])
        else:
            found[-1].append(number)
    return [stanza for stanza in found if stanza]


def verse_only(text: str) -> str:
    """The text without labels, an empty line between stanzas."""
    lines = text.split("\n")
    return "\n\n".join("\n".join(lines[n].strip() for n in stanza) for stanza in stanzas_of(text))


def with_lines(text: str, changed: Mapping[int, str]) -> str:
    """The text with some lines replaced."""
    return "\n".join(changed.get(number, line) for number, line in enumerate(text.split("\n")))


def language_of(lines: Sequence[str], languages: Mapping[str, Any], asked: str = "auto") -> str:
    """The code of the language that lines are in: as asked, else Chinese where most letters are characters, else that
    which claims the words most surely."""
    if asked in languages:
        return asked
    text = " ".join(lines)
    letters = sum(letter.isalpha() for letter in text)
    if letters and 2 * len(HAN_CHARACTER.findall(text)) > letters and "zh" in languages:
        return "zh"
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)[:300]
    claims = (
        {code: offer().claim(words) for code, offer in languages.items() if offer.script == "Latin"} if words else {}
    )
    best = max(claims, key=lambda code: (claims[code], code == "en"), default="en")
    return best if claims.get(best, 0) > claims.get("en", 0) else "en"
