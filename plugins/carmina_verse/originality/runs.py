"""How much of a poem stands in the training corpus: runs of words (English) or characters (Chinese).

The shipped index is a Bloom filter (Bloom 1970) of the corpus' short runs: it never misses one, and sees about one in
eleven that is not there, so a copy counts only where several overlap. ``carmina corpus index`` makes a full one
(:mod:`carmina_verse.originality.named_index`), which names the line.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

RUN = {"en": 5, "zh": 6}  # words or characters of one entry
MOST = {"en": 7, "zh": 8}  # the longest run that may be shared with the corpus; a longer one is refused
PROBES = 4
BITS_AN_ENTRY = 5
SHIPPED = ("corpus", "own")  # data/LANGUAGE-NAME.bloom: people's texts, and ours (corpora/own-verse)


def entries(units: Sequence[str], language: str) -> list[bytes]:
    """The runs of a text's words or characters."""
    size, joint = RUN[language], " " if language == "en" else ""
    return [joint.join(units[at : at + size]).encode() for at in range(len(units) - size + 1)]


def _places(entry: bytes, size: int) -> list[int]:
    first, second = zlib.crc32(entry), zlib.crc32(entry, 0x5BD1E995) | 1
    return [(first + probe * second) % size for probe in range(PROBES)]


class Index:
    """The runs of a corpus."""

    def __init__(self, bits: np.ndarray):
        self._bytes, self._size = bits, 8 * len(bits)

    @classmethod
    @lru_cache(maxsize=2)
    def shipped(cls, language: str) -> Shipped | None:
        """What taught the shipped models: people's texts and our own; None where neither ships."""
        data = files("carmina_verse").joinpath("data")
        paths = [data.joinpath(f"{language}-{name}.bloom") for name in SHIPPED]
        found = [cls(np.frombuffer(path.read_bytes(), np.uint8)) for path in paths if path.is_file()]
        return Shipped(found) if found else None

    @classmethod
    def of(cls, runs: Iterable[bytes], many: int) -> Index:
        """An index of so many runs."""
        size = max(1, many * BITS_AN_ENTRY // 8)
        bits = np.zeros(size * 8, bool)
        for run in runs:
            bits[_places(run, size * 8)] = True
        return cls(np.packbits(bits, bitorder="little"))

    def __contains__(self, run: bytes) -> bool:
        return all(self._bytes[place >> 3] >> (place & 7) & 1 for place in _places(run, self._size))

    def save(self, path: Path) -> None:
        """Write the bits."""
        path.write_bytes(self._bytes.tobytes())


class Shipped:
    """The runs of several corpora."""

    def __init__(self, indexes: Sequence[Index]):
        self._indexes = tuple(indexes)

    def __contains__(self, run: bytes) -> bool:
        return any(run in index for index in self._indexes)


def longest_run(units: Sequence[str], language: str, index: Any) -> tuple[int, int]:
    """Length of the longest run that the corpus has too, and where it begins; (0, 0) when none is as long as an
    entry."""
    best = (0, 0)
    if index is None:
        return best
    start = 0
    for at, entry in enumerate(entries(units, language)):
        if entry not in index:
            start = at + 1
        else:
            best = max(best, (at - start + RUN[language], -start))
    return best[0], -best[1]


def copied(units: Sequence[str], language: str, index: Any) -> dict[str, object]:
    """The longest run that a text shares with the corpus, for a certificate; with its line, where the index names
    lines."""
    length, at = longest_run(units, language, index)
    joint = " " if language == "en" else ""
    found: dict[str, object] = {
        "longest": length,
        "text": joint.join(units[at : at + length]),
        "allowed": MOST[language],
        "unit": "words" if language == "en" else "characters",
    }
    runs = entries(units[at : at + length], language) if hasattr(index, "line_of") else []
    named = next((line for run in runs if (line := index.line_of(run))), None)
    return found | ({"line": named[0], "source": named[1]} if named else {})
