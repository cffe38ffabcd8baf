"""Words that people write for one another, with what each means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"([a-z']+)(?: \(([^)]*)\))?")


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of data/confusables.txt."""

    others: dict[str, tuple[str, ...]]
    often: frozenset[tuple[str, str]]  # pairs that are mixed up most
    meaning: dict[str, str]

    def reason(self, word: str, meant: str) -> str:
        """Why the one may be a slip for the other."""
        said = [f"{w} ({self.meaning[w]})" if w in self.meaning else w for w in (word, meant)]
        return f"{said[0]} where {said[1]} is likelier"


@cache
def sets() -> Sets:
    """The sets, read once."""
    others: dict[str, list[str]] = {}
    meaning: dict[str, str] = {}
    often: set[tuple[str, str]] = set()
    for row in _rows("confusables.txt"):
        words = [found for part in row.lstrip("! ").split("|") if (found := _WORD.match(part.strip()))]
        often |= {(one[1], other[1]) for one in words for other in words if row[0] == "!"}
        for found in words:
            meaning.setdefault(found[1], found[2] or "")
            mates = others.setdefault(found[1], [])
            mates += [other[1] for other in words if other[1] != found[1] and other[1] not in mates]
    return Sets(
        {word: tuple(mates) for word, mates in others.items()},
        frozenset(often),
        {w: m for w, m in meaning.items() if m},
    )


@cache
def informal() -> dict[str, str]:
    """Spellings of messages -> the words."""
    return {row.split()[0]: row.split()[1].replace("_", " ") for row in _rows("informal.txt")}


def _rows(name: str) -> list[str]:
    text = files("carmina_proof").joinpath("data", name).read_text("utf-8")
    return [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
