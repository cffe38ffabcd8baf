"""The keys and values of the steps behind, without copying them more often than needed.

Shapes: L layers, P rows of a buffer, B rows of a memory (B <= P), H heads, C slots, K width of a head.

Slots are only ever appended to, so a memory and those derived from it may share a buffer; the one that was derived last may
write, any other copies its rows first. When rows end, the buffer keeps them, until a quarter of it is idle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rotary import angles

FIRST_ROOM = 64  # slots to begin with; doubled as they fill
BUSY = 0.75  # least share of a buffer's rows that are of use


class Buffer:
    """Room for P rows, and the session's inputs and outputs bound to it."""

    def __init__(self, session: Any, shape: tuple[int, int, int, int, int], vocabulary: int, base: int):
        """``shape``: (2 L, P, H, C, K), keys and values in turn. ``base``: the position of slot 0."""
        layers, rows, heads, room, width = shape
        self.cache = np.zeros(shape, np.float32)
        self.writer: Memory | None = None
        turned = angles(base, room, width)
        self.x = np.zeros((rows, 1, heads * width), np.float32)
        self.before, self.total = np.zeros(rows, np.int32), np.zeros(1, np.int32)
        self.logits = np.zeros((rows, 1, vocabulary), np.float32)
        self._tables = {"cos": np.cos(turned).astype(np.float32), "sin": np.sin(turned).astype(np.float32)}
        self.binding = session.io_binding()
        for name, array in {"x": self.x, "before": self.before, "total": self.total, **self._tables}.items():
            self._bind(self.binding.bind_input, name, array)
        for at in range(layers):
            self._bind(self.binding.bind_input, f"past{at}", self.cache[at])
            self._bind(self.binding.bind_output, f"present{at}", self.cache[at])
        self._bind(self.binding.bind_output, "logits", self.logits)

    @staticmethod
    def _bind(bind: Any, name: str, array: np.ndarray) -> None:
        bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    @property
    def room(self) -> int:
        """C."""
        return self.cache.shape[3]


@dataclass(eq=False)
class Memory:
    """What B sequences have behind them."""

    buffer: Buffer
    rows: np.ndarray  # (B,) where each sequence is in the buffer
    used: int = 0  # slots filled
    base: int = 0  # position of slot 0

    def write(self) -> Memory:
        """Become the one that may write."""
        self.buffer.writer = self
        return self

    def kept(self, parents: np.ndarray) -> Memory | None:
        """The memory of some of the rows in the same buffer; None where the rows must be copied."""
        ordered = bool((np.diff(parents) > 0).all())
        if not ordered or len(parents) < BUSY * len(self.buffer.before):
            return None
        return Memory(self.buffer, self.rows[parents], self.used, self.base).write()
