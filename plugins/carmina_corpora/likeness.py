"""Which works are near one another: by tune, whatever the key and the tempo, and by words.

Tunes are compared by strings of eight notes as (interval, ratio of the times between onsets), words by strings of four,
poems by whole lines; only hashes are kept. Of two alike, the share is that of the shorter one's strings that the other
has.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

TUNE_NOTES = 8
MOST_HOLDERS = 200  # a string that more works than this hold says nothing
FEWEST_PRINTS = 4  # below it nothing is compared


def tune_prints(melody: Sequence[Sequence[Any]]) -> list[int]:
    """Hashes of the tune's strings; the same for any key, tempo and words."""
    onsets, pitches = [entry[0] for entry in melody], [entry[2] for entry in melody]
    gaps = [b - a for a, b in zip(onsets, onsets[1:], strict=False)]
    steps = [b - a for a, b in zip(pitches, pitches[1:], strict=False)]
    ratios = [round(4 * math.log2(b / a)) if a > 0 and b > 0 else 0 for a, b in zip(gaps, gaps[1:], strict=False)]
    size = TUNE_NOTES - 1
    return _hashes((*steps[at : at + size], *ratios[at : at + size - 1]) for at in range(len(steps) - size + 1))


def text_prints(lines: Iterable[Sequence[str]], size: int = 0) -> list[int]:
    """Hashes of whole lines of each stanza, or with ``size`` of strings of so many words; letters alone count."""
    if not size:
        return _hashes(plain for line in (line for stanza in lines for line in stanza) if (plain := _letters(line)))
    words = [plain for line in lines for word in line if (plain := _letters(word))]
    return _hashes(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _hashes(strings: Iterable[Any]) -> list[int]:
    keys = {repr(string).encode("utf-8", "replace") for string in strings}
    return sorted(int.from_bytes(hashlib.blake2b(key, digest_size=7).digest()) for key in keys)


def overlaps(prints: Sequence[Sequence[int]], least: float) -> dict[tuple[int, int], float]:
    """Pairs (a < b) whose shared strings are at least the share ``least`` of the shorter one's."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, found in enumerate(prints):
        for value in found:
            holders[value].append(index)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for held in holders.values():
        if 1 < len(held) <= MOST_HOLDERS:
            for at, a in enumerate(held):
                shared[a].update(held[at + 1 :])
    return {
        (a, b): share
        for a, counts in shared.items()
        for b, count in counts.items()
        if (size := min(len(prints[a]), len(prints[b]))) >= FEWEST_PRINTS and (share := count / size) >= least
    }


class Clusters:
    """Things that are joined, by union and find."""

    def __init__(self, count: int):
        self._above = list(range(count))

    def root(self, index: int) -> int:
        """The first thing of the cluster."""
        while self._above[index] != index:
            self._above[index] = index = self._above[self._above[index]]
        return index

    def join(self, a: int, b: int) -> None:
        """Put two into one cluster."""
        a, b = sorted((self.root(a), self.root(b)))
        self._above[b] = a
