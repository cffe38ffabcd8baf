"""A line of verse as what it says: its words, how long each is, which of them carry sense, and how it closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from carmina.text import words_of

CLOSING = ",;:.!?—"  # marks that close a line
SHORT = 3  # letters up to which a word of letters tells little


@dataclass(frozen=True, slots=True)
class Said:
    """One word."""

    text: str  # in small letters
    syllables: int
    content: bool  # whether it carries what the line says


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line."""

    words: tuple[Said, ...]
    mark: str = ""  # that closes it; "/": none; empty: not told

    @property
    def syllables(self) -> int:
        """Of all words."""
        return sum(word.syllables for word in self.words)


def said_line(line: str, language: Any) -> SaidLine:
    """``language``: a :class:`carmina.Language`, which knows where words end and which carry sense."""
    runs = words_of(line)
    found: list[Said] = []
    for syllables in language.syllabify(runs) if runs else ():
        text, content, many = "", False, 0
        for syllable in syllables:
            text, content, many = text + syllable.text, content or syllable.content, many + 1
            if syllable.ends_word:
                found.append(Said(text.lower(), many, content and _tells(text)))
                text, content, many = "", False, 0
    last = line.rstrip("\"'”’ )")[-1:]
    return SaidLine(tuple(found), last if last and last in CLOSING else "/" if last.isascii() else "")


def _tells(text: str) -> bool:
    """Whether a word of sense tells one poem from another: go, see and 'tis do not."""
    return not text.isascii() or len(text) > SHORT and "'" not in text
