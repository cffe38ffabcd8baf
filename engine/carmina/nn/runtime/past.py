"""What many sequences have behind them: what they share is kept once, and nothing is copied more often than needed.

Shapes: L layers, P rows of a buffer, B rows of a state (B <= P), H heads, K width of a head, T shared steps, S slots of
own ones.

Slots are only ever appended to, so a state and those derived from it may share a buffer; the one that was derived last
may write, any other copies its rows first. When rows end, the buffer keeps them, until a quarter of it is idle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray
ROOM = 24  # slots to begin with, and least number of new ones
BUSY = 0.75  # least share of a buffer's rows that are of use
HIDDEN = np.float32(-1e6)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Keys and values of a run of steps, as whole numbers and what one of each is worth. ``...`` is empty for shared
    ones, else P."""

    keys: Array  # (L, ..., H, K, S)
    values: Array  # (L, ..., H, S, K)
    steps: Array  # (L, 2, ..., H, S): of keys, of values
    first: int = 0  # position of the first

    @classmethod
    def empty(cls, layers: int, rows: tuple[int, ...], heads: int, width: int, slots: int, first: int = 0) -> Steps:
        return cls(
            np.zeros((layers, *rows, heads, width, slots), np.float32),
            np.zeros((layers, *rows, heads, slots, width), np.float32),
            np.zeros((layers, 2, *rows, heads, slots), np.float32),
            first,
        )

    @property
    def slots(self) -> int:
        count: int = self.keys.shape[-1]
        return count

    def cut(self, first: int, last: int) -> Steps:
        """Some of the slots; no copy."""
        return Steps(
            self.keys[..., first:last], self.values[..., first:last, :], self.steps[..., first:last], self.first + first
        )

    def rows(self, chosen: Array) -> Steps:
        """Some of the rows."""
        return Steps(self.keys[:, chosen], self.values[:, chosen], self.steps[:, :, chosen], self.first)

    def row(self, number: int) -> Steps:
        """One of the rows, as shared ones are."""
        return Steps(self.keys[:, number], self.values[:, number], self.steps[:, :, number], self.first)

    def beside(self, other: Steps) -> Steps:
        """These and ``other`` after them."""
        pairs = (("keys", -1), ("values", -2), ("steps", -1))
        keys, values, steps = (np.concatenate((getattr(self, n), getattr(other, n)), axis) for n, axis in pairs)
        return Steps(
            keys,
            values,
            steps,
            self.first,
        )

    def roomy(self, slots: int) -> Steps:
        """A copy with more slots, contiguous."""
        layers, *rows, heads, width, used = self.keys.shape
        new = Steps.empty(layers, tuple(rows), heads, width, slots, self.first)
        new.keys[..., :used], new.values[..., :used, :], new.steps[..., :used] = self.keys, self.values, self.steps
        return new


class Buffer:
    """Room for P rows, and the session's inputs and outputs bound to it."""

    def __init__(self, session: Any, own: Steps, shared: Steps, vocabulary: int, queries: int | None = None):
        """``queries``: heads of queries; None: as many as of keys."""
        layers, rows, heads, width, slots = own.keys.shape
        self.queries = queries or heads
        self.own, self.shared = own, shared
        self.writer: Past | None = None
        self.x = np.zeros((rows, 1, self.queries * width), np.float32)
        self.cos, self.sin = (np.zeros((self.queries + 2 * heads, 2, width // 2), np.float32) for _ in range(2))
        self.mask = np.full(shared.slots + slots + 1, HIDDEN)
        self.seen = np.zeros(shared.slots, np.float32), np.zeros(slots, np.float32)
        self.logits = np.zeros((rows, 1, vocabulary), np.float32)
        self.new = np.zeros((layers, 2, rows, heads, width), np.float32)
        self.new_steps = np.zeros((layers, 2, rows, heads, 1), np.float32)
        self._parts = np.array([shared.slots, slots, 1])
        self.binding = session.io_binding()
        inputs = {
            "x": self.x,
            "cos": self.cos,
            "sin": self.sin,
            "mask": self.mask,
            "parts": self._parts,
            "own_steps": own.steps,
            "shared_steps": shared.steps,
            "shared_seen": self.seen[0],
            "own_seen": self.seen[1],
        }
        for n in range(layers):
            inputs |= {
                f"keys{n}": own.keys[n],
                f"values{n}": own.values[n],
                f"shared_keys{n}": shared.keys[n],
                f"shared_values{n}": shared.values[n],
            }
        self._bind(self.binding.bind_input, inputs)
        self._bind(self.binding.bind_output, {"logits": self.logits, "new": self.new, "new_steps": self.new_steps})

    @staticmethod
    def _bind(bind: Any, arrays: Mapping[str, Array]) -> None:
        for name, array in arrays.items():
            assert array.flags.c_contiguous
            bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    def hide(self, position: int, window: int, used: int) -> None:
        """Show the steps that the one at ``position`` may see."""
        shared, least = self.shared.slots, position - window + 1
        own, of_shared = self.mask[shared:-1], self.mask[:shared]
        for mask, seen, first, last in (
            (of_shared, self.seen[0], least - self.shared.first, shared),
            (own, self.seen[1], least - self.own.first, used),
        ):
            seen[:] = 0
            seen[max(0, first) : last] = 1
            mask[:] = np.where(seen, np.float32(0), HIDDEN)
        self.mask[-1] = 0

    def take(self, slot: int) -> None:
        """Append what a step gave."""
        keys, values = self.new[:, 0], self.new[:, 1]
        self.own.keys[..., slot], self.own.values[..., slot, :] = keys, values
        self.own.steps[..., slot] = self.new_steps[..., 0]


@dataclass(eq=False)
class Past:
    """What B sequences have behind them."""

    buffer: Buffer
    rows: Array  # (B,) where each sequence is in the buffer
    used: int = 0  # own slots filled

    @property
    def position(self) -> int:
        """Of the next step."""
        return self.buffer.own.first + self.used

    @property
    def may_write(self) -> bool:
        return self.buffer.writer is self and self.used < self.buffer.own.slots

    def write(self) -> Past:
        """Become the one that may write."""
        self.buffer.writer = self
        return self

    def kept(self, parents: Array) -> Past | None:
        """The past of some of the rows in the same buffer; None where the rows must be copied."""
        ordered = bool((np.diff(parents) > 0).all())
        if not ordered or len(parents) < BUSY * len(self.buffer.x):
            return None
        return Past(self.buffer, self.rows[parents], self.used).write()
