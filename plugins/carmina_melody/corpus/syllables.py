"""Words of a corpus -> syllables, by the installed languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import Syllable, Workshop


def reader_of(workshop: Workshop):
    """Reads corpus words with the language plugins; words of a language without one have no stress."""
    opened: dict[str, Any] = {}

    def syllabify(language: str, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        if language not in workshop.all("language"):
            return [tuple(Syllable(part or "o") for part in word.split("-")) for word in words]
        reader = opened.setdefault(language, workshop.get("language", language)())
        return reader.syllabify(words)

    return syllabify
