"""How lines of verse end: whether a last character makes a word or phrase with what stands before it.

A rhyme word is called *forced* where people's lines hardly ever end so: neither its last two nor its last three
characters are a usual ending (``making/tails.py`` counts 3.6 million lines).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np

from .tokenizer import SIZE

STEPS = 16  # of the rounded logarithms (base 2) an octave
USUAL_PAIR, USUAL_THREE = 10, 3  # lines from which an ending of two, of three characters is usual
OFTEN = 1000  # lines from which an ending is as usual as can be


def key_of(ids: Sequence[int]) -> int:
    """Some ids as one number."""
    key = 0
    for number in ids:
        key = key * SIZE + number
    return key


class Tails:
    """Endings of two and of three characters, by ids of the verse model."""

    def __init__(self, arrays: dict[str, np.ndarray]):
        self._keys = {length: np.cumsum(arrays[f"keys{length}"].astype(np.int64)) for length in (2, 3)}
        self._logs = {length: arrays[f"logs{length}"] for length in (2, 3)}

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Tails:
        """The table of this package."""
        path = files("carmina_verse").joinpath("data", "zh-tails.npz")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
            return cls(dict(table))

    @cached_property
    def _ids(self) -> dict[str, int]:
        from .tokenizer import ChineseVerse

        pieces = ChineseVerse().pieces
        return {pieces.id_to_piece(n): n for n in range(pieces.get_piece_size())}

    def lines(self, ids: Sequence[int]) -> float:
        """How many of people's lines end on these two or three ids, about; 0 where hardly any does."""
        keys, key = self._keys[len(ids)], key_of(ids)
        at = int(np.searchsorted(keys, key))
        return 2 ** (self._logs[len(ids)][at] / STEPS) if at < len(keys) and keys[at] == key else 0.0

    def usual(self, ids: Sequence[int]) -> float:
        """0..1: how usual an ending of three (or more) ids is; 0 is forced, 1 as usual as can be."""
        pair, three = self.lines(ids[-2:]), self.lines(ids[-3:]) if len(ids) > 2 else 0.0
        share = max(pair / USUAL_PAIR, three / USUAL_THREE)
        return float(np.clip((1 + np.log(share)) / (1 + np.log(OFTEN / USUAL_PAIR)), 0, 1)) if share > 0.4 else 0.0

    def forced(self, ids: Sequence[int]) -> bool:
        """Whether neither the last two nor the last three ids are a usual ending."""
        return self.lines(ids[-2:]) < USUAL_PAIR - 0.5 and (len(ids) < 3 or self.lines(ids[-3:]) < USUAL_THREE - 0.3)

    def forced_text(self, line: str) -> bool:
        """As :meth:`forced`, of a line of characters; unknown ones are never usual."""
        return self.forced(self.ids_of(line[-3:]))

    def ids_of(self, text: str) -> list[int]:
        """The ids of characters; 0 for unknown ones."""
        return [self._ids.get(c, 0) for c in text]

    def after(self, ids: Sequence[int]) -> np.ndarray:
        """(V,) 0..1: how usual each id is as the last one after these (one or two, the newest last)."""
        return self._after(tuple(ids[-2:]))

    @lru_cache(maxsize=2048)  # noqa: B019 - one table
    def _after(self, ids: tuple[int, ...]) -> np.ndarray:
        out = np.zeros(SIZE, np.float32)
        for length, usual in ((2, USUAL_PAIR), (3, USUAL_THREE)):
            if len(ids) < length - 1:
                continue
            first = key_of(ids[1 - length :]) * SIZE
            one, end = np.searchsorted(self._keys[length], (first, first + SIZE))
            lasts = self._keys[length][one:end] - first
            share = np.exp2(self._logs[length][one:end] / STEPS) / usual
            np.maximum.at(out, lasts, ((1 + np.log(share)) / (1 + np.log(OFTEN / USUAL_PAIR))).astype(np.float32))
        return np.clip(out, 0, 1)

    def endings(self, length: int, lasts: np.ndarray) -> list[tuple[tuple[int, ...], float]]:
        """The endings of two or three ids whose last one is among ``lasts`` (V,), with how many lines have them."""
        keys = self._keys[length]
        kept = lasts[keys % SIZE]
        rows = np.stack([keys[kept] // SIZE**n % SIZE for n in range(length - 1, -1, -1)], axis=1)
        many = np.exp2(self._logs[length][kept] / STEPS)
        return [(tuple(map(int, row)), float(count)) for row, count in zip(rows, many, strict=True)]
