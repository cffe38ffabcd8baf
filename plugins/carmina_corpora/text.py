"""Texts -> poems of the corpus format: one record a poem, long ones in parts at their stanzas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from carmina import LyricSheet, Poem
from carmina.text import is_han, words_of

from .forms import form_of
from .keywords import keywords_of
from .language import Tongues

MOST_LINES = 240  # of one record
FEWEST_LINES = 2
_WALL = re.compile(rb"(?:\r?\n|\r)[ \t]*(?:\*[ \t]*\*[ \t]*\*|\*{3,}|-{3,}|={3,}|\f)[ \t]*(?=\r|\n|$)")
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16: not cut
Stanzas = tuple[tuple[str, ...], ...]


def pieces_of(data: bytes) -> list[bytes]:
    """A file of several texts, cut at lines of nothing but ``***``, ``* * *``, ``---`` or ``===``."""
    if data.startswith(_MARKS):
        return [data]
    return [piece for piece in _WALL.split(data) if piece.strip()] or [data]


def stanzas_of(work: LyricSheet | Poem) -> Stanzas:
    """The lines of a text without its marks."""
    if isinstance(work, Poem):
        return work.stanzas
    return tuple(tuple(_line(line) for line in section.lines) for section in work.sections)


def _line(line: Any) -> str:
    return " ".join((line.text or " ".join(word.text + word.after for word in line.words)).split())


def poems_of(stanzas: Stanzas, title: str, author: str, tongues: Tongues) -> Iterator[dict[str, Any]]:
    """The records without ``id``, ``path``, ``cluster`` and ``split``."""
    language = tongues.of_words([word for stanza in stanzas for line in stanza for word in words_of(line)])
    if language == "zh":
        stanzas = _simplified(stanzas, tongues.open("zh"))
    parts = list(_parts(stanzas))
    for number, part in enumerate(parts, 1):
        if sum(map(len, part)) < FEWEST_LINES:
            continue
        form, facts = form_of(part, language, title, tongues)
        yield {
            "title": f"{title} [{number}/{len(parts)}]" if len(parts) > 1 else title,
            "author": author,
            "language": language,
            "form": form,
            **facts,
            "keywords": keywords_of(part, language, tongues),
            "stanzas": [list(stanza) for stanza in part],
            "keep": True,
        }


def _simplified(stanzas: Stanzas, chinese: Any) -> Stanzas:
    """In the characters that the tokenizer of verse knows."""
    simplified = getattr(chinese, "simplified", str)
    return tuple(tuple(simplified(line) for line in stanza) for stanza in stanzas)


def _parts(stanzas: Stanzas) -> Iterator[Stanzas]:
    """Whole stanzas up to MOST_LINES; longer stanzas in pieces."""
    kept: list[tuple[str, ...]] = []
    for piece in (stanza[at : at + MOST_LINES] for stanza in stanzas for at in range(0, len(stanza), MOST_LINES)):
        if kept and sum(map(len, kept)) + len(piece) > MOST_LINES:
            yield tuple(kept)
            kept = []
        kept.append(piece)
    if kept:
        yield tuple(kept)


def title_of(stanzas: Stanzas, title: str) -> tuple[str, Stanzas]:
    """The title, and the stanzas without it: a first stanza of one line under which more follows is a title."""
    if title or len(stanzas) < 2 or len(stanzas[0]) != 1 or sum(map(len, stanzas[1:])) < FEWEST_LINES:
        return title, stanzas
    line = stanzas[0][0]
    return (title, stanzas) if line[-1:] in ",;，；、" else (line.strip("# *_《》"), stanzas[1:])


def all_words(parts: Sequence[Sequence[str]]) -> list[str]:
    """The words of all lines, small letters; of Han text the characters."""
    found: list[str] = []
    for line in (line for stanza in parts for line in stanza):
        for word in words_of(line.casefold()):
            found += list(word) if is_han(word[0]) else [word]
    return found
