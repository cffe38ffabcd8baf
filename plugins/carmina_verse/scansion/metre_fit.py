"""Whether a line keeps a metre in some pronunciation, without trying every one: places are filled word by word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any


class Ear:
    """A language that remembers what it has said of each word: poems use the same few words over and over."""

    def __init__(self, language: Any):
        self._language, self.name = language, language.name
        for method in (
            "phonemes",
            "pronunciations",
            "rhymes_with",
            "knows",
            "guesses",
            "level",
            "rhyme_class",
            "near_classes",
            "simplified",
        ):
            if hasattr(language, method):
                setattr(self, method, lru_cache(maxsize=65536)(getattr(language, method)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._language, name)


def keeps(ways: Sequence[Sequence[str]], pattern: str, lenient: bool) -> bool:
    """Whether words that may be stressed in these ways (digits: 0 none, 1 primary, 2 secondary) fill a pattern.

    The primary stress of a longer word falls on ``+`` or ``~``; lenient: the first word may be turned round (``10`` on
    ``-+``).
    """
    reached = {0}
    for word in ways:
        reached = {
            at + len(way)
            for at in reached
            for way in word
            if at + len(way) <= len(pattern) and _fits(way, pattern[at : at + len(way)], lenient and at == 0)
        }
    return len(pattern) in reached


def _fits(way: str, places: str, may_turn: bool) -> bool:
    if len(way) == 1 or not _clash(way, places):
        return True
    return may_turn and way[:2] == "10" and not _clash(way[2:], places[2:])


def _clash(way: str, places: str) -> bool:
    return any(digit == "1" and place == "-" for digit, place in zip(way, places, strict=True))
