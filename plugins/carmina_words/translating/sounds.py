"""Words as sounds that can be compared: of each syllable its rhyme, where its language tells one, else its letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import CarminaError, Phonemic, Score, Tonal

from .song import sung_lines


def sounds(lines: Sequence[str], code: str, workshop: Any) -> list[list[str]]:
    """The sounds of each line."""
    language = workshop.languages()[code]() if code in workshop.languages() else None
    return [_sounds(line, code, language, workshop) for line in lines]


def _sounds(line: str, code: str, language: Any, workshop: Any) -> list[str]:
    try:
        syllables = workshop.lyrics(line, code).syllables if line.strip() else ()
    except CarminaError:
        return line.casefold().split()
    if isinstance(language, Tonal):
        return [(language.rhyme_class(s.text, "xinyun") or (s.text,))[0] for s in syllables]
    if isinstance(language, Phonemic):
        words = "".join(s.text + " " * s.ends_word for s in syllables).split()
        return [p.rstrip("012") for word in words for p in language.phonemes(word)]
    return [s.rhyme or s.text.casefold() for s in syllables]


def lines_of(score: Score, name: str, workshop: Any) -> list[str]:
    """The words of a song's lines."""
    return [line.text for line in sung_lines(score, name, workshop)]
