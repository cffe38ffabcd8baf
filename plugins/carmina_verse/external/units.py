"""Words or characters as the tokens of somebody else's tokenizer, sorted so that what begins with the same tokens
stands together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Encode = Callable[[Sequence[str]], list[list[int]]]  # texts -> the tokens of each


class Units:
    """The tokens of each unit in one surrounding: at the beginning of a line, or after another unit."""

    def __init__(self, encode: Encode, before: str, texts: Sequence[str], unknown: int | None):
        """``before`` is text that stands in front; units whose tokens cannot be told from it, or are unknown, are left
        out."""
        base = encode([before])[0]
        rows = encode([before + text for text in texts])
        found = {at: tuple(row[len(base) :]) for at, row in enumerate(rows) if row[: len(base)] == base}
        usable = {at: row for at, row in found.items() if row and unknown not in row}
        order = sorted(usable, key=lambda at: (usable[at], at))
        self.unit = np.array(order, np.int64)  # (N,) which unit each row is
        self.length = np.array([len(usable[at]) for at in order], np.int64)
        depth = int(self.length.max(initial=1))
        self.grid = np.full((depth + 1, len(order)), -1, np.int64)  # (depth + 1, N) token at each depth
        for row, at in enumerate(order):
            self.grid[: len(usable[at]), row] = usable[at]
        self.known = np.zeros(len(texts), bool)
        self.known[self.unit] = True

    def narrowed(self, low: int, high: int, depth: int, token: int) -> tuple[int, int]:
        """The rows of [low, high) that go on with a token at this depth."""
        inside = np.flatnonzero(self.grid[depth, low:high] == token)
        return (low + int(inside[0]), low + int(inside[-1]) + 1) if len(inside) else (low, low)
