"""How two line ends rhyme for somebody who reads verse of any century."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

KINDS = ("perfect", "identical", "eye", "historical", "slant")  # the best first; of the last three each is a licence
_TAIL = re.compile(r"[aeiouy]+[^aeiouy]*e?s?d?$")


class RhymeReader:
    """Compares ends of lines, each pair once."""

    def __init__(self, language: Any):
        self._language = language
        self.kind = lru_cache(maxsize=65536)(self._kind)

    def _kind(self, one: str, other: str) -> str | None:
        """One of ``KINDS``, or ``None``."""
        if one == other:
            return "identical"
        said = self._language.rhymes_with(one, other)
        if said in ("perfect", "identical"):
            return said
        if _spelt_alike(one, other):
            return "eye"
        if _old_y(one, other) or _old_y(other, one):
            return "historical"
        return said


def _spelt_alike(one: str, other: str) -> bool:
    """love and move, wind and kind: the same letters from the last vowel on."""
    tails = [_TAIL.search(word) for word in (one, other)]
    return all(tails) and tails[0][0] == tails[1][0] and len(tails[0][0]) >= 3  # type: ignore[index]


def _old_y(one: str, other: str) -> bool:
    """eternity and die: a final -y once said as in *eye*."""
    return (
        len(one) > 3 and one.endswith("y") and one[-2] not in "aeo" and bool(re.search(r"(ie|igh|[^aeo]y|ye)$", other))
    )
