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

    keys: Array  # (L, H, ..., S, K)
    values: Array  # (L, H, ..., S, K)
    steps: Array  # (L, 2, H, ..., S): of keys, of values
    first: int = 0  # position of the first

    @classmethod
    def empty(cls, layers: int, rows: tuple[int, ...], heads: int, width: int, slots: int, first: int = 0) -> Steps:
        keys, values = (np.zeros((layers, heads, *rows, slots, width), np.float32) for _ in range(2))
        return cls(keys, values, np.zeros((layers, 2, heads, *rows, slots), np.float32), first)

    @property
    def slots(self) -> int:
        count: int = self.keys.shape[-2]
        return count

    def cut(self, first: int, last: int) -> Steps:
        """Some of the slots; no copy."""
        keys, values = self.keys[..., first:last, :], self.values[..., first:last, :]
        return Steps(keys, values, self.steps[..., first:last], self.first + first)

    def rows(self, chosen: Array) -> Steps:
        """Some of the rows; no copy of all of them in order."""
        if np.array_equal(chosen, np.arange(self.keys.shape[2])):
            return self
        return Steps(self.keys[:, :, chosen], self.values[:, :, chosen], self.steps[:, :, :, chosen], self.first)

    def row(self, number: int) -> Steps:
        """One of the rows, as shared ones are."""
        return Steps(self.keys[:, :, number], self.values[:, :, number], self.steps[:, :, :, number], self.first)

    def beside(self, other: Steps) -> Steps:
        """These and ``other`` after them."""
        pairs = (("keys", -2), ("values", -2), ("steps", -1))
        keys, values, steps = (np.concatenate((getattr(self, n), getattr(other, n)), axis) for n, axis in pairs)
        return Steps(keys, values, steps, self.first)

    def roomy(self, slots: int) -> Steps:
        """A copy with more slots, contiguous."""
        layers, heads, *rows, used, width = self.keys.shape
        new = Steps.empty(layers, tuple(rows), heads, width, slots, self.first)
        new.keys[..., :used, :], new.values[..., :used, :], new.steps[..., :used] = self.keys, self.values, self.steps
        return new


class Buffer:
    """Room for P rows, and the session's inputs and outputs bound to it."""

    def __init__(self, session: Any, own: Steps, shared: Steps, vocabulary: int, queries: int | None = None):
        """``queries``: heads of queries; None: as many as of keys."""
        layers, heads, rows, slots, width = own.keys.shape
        queries, before = queries or heads, shared.slots
        self.writer: Past | None = None
        self.x = np.zeros((rows, 1, queries * width), np.float32)
        turns = (queries + 2 * heads, 1, 2, width // 2)
        self.cos, self.sin = np.ones(turns, np.float32), np.zeros(turns, np.float32)
        self.mask = np.full(before + slots + 1, HIDDEN)
        self.mask[-1] = 0
        self.logits = np.zeros((rows, 1, vocabulary), np.float32)
        self.new = np.zeros((layers, 2, heads, rows, 1, width), np.float32)
        self.new_steps = np.zeros((layers, 2, heads, rows, 1, 1), np.float32)
        self.steps = np.empty((layers, 2, heads, rows, 1, before + slots), np.float32)
        self.steps[..., :before], self.steps[..., 0, before:] = shared.steps[..., None, None, :], own.steps
        self.largest = np.zeros((layers, heads, rows, 1, 1), np.float32)  # of the values' steps that are seen
        self._largest_of: tuple[int, int, int] | None = None  # first seen shared slot, first seen own one, last
        self.own, self.shared = Steps(own.keys, own.values, self.steps[..., 0, before:], own.first), shared
        self._shapes = {
            "parts": np.array([before, slots, 1]),
            "flat": np.array([heads, -1, before]),
            "apart": np.array([heads, -1, queries // heads, before]),
        }
        self.binding = session.io_binding()
        self._bind_all(layers)

    def _bind_all(self, layers: int) -> None:
        inputs = {"x": self.x, "cos": self.cos, "sin": self.sin, "mask": self.mask, **self._shapes}
        outputs = {"logits": self.logits}
        for n in range(layers):
            inputs |= {
                f"keys{n}": self.own.keys[n],
                f"values{n}": self.own.values[n],
                f"shared_keys{n}": self.shared.keys[n],
                f"shared_values{n}": self.shared.values[n],
                f"largest{n}": self.largest[n],
            }
            for at, part in enumerate(("key", "value")):
                inputs[f"{part}_steps{n}"] = self.steps[n, at]
                outputs |= {f"new_{part}{n}": self.new[n, at], f"new_{part}_step{n}": self.new_steps[n, at]}
        self._bind(self.binding.bind_input, inputs)
        self._bind(self.binding.bind_output, outputs)

    @staticmethod
    def _bind(bind: Any, arrays: Mapping[str, Array]) -> None:
        for name, array in arrays.items():
            assert array.flags.c_contiguous
            bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)

    def hide(self, position: int, window: int, used: int) -> None:
        """Show the steps that the one at ``position`` may see."""
        before, least = self.shared.slots, position - window + 1
        first, own = max(0, least - self.shared.first), max(0, least - self.own.first)
        self.mask[:-1] = HIDDEN
        self.mask[first:before] = 0
        self.mask[before + own : before + used] = 0
        if self._largest_of != (first, own, used):
            self._largest_of = first, own, used
            seen = (self.steps[:, 1, ..., first:before], self.steps[:, 1, ..., before + own : before + used])
            self.largest[:] = np.maximum(*(part.max(-1, initial=0, keepdims=True) for part in seen))

    def take(self, slot: int) -> None:
        """Append what a step gave, and what it saw with it."""
        self.own.keys[..., slot, :], self.own.values[..., slot, :] = (
            self.new[:, 0, ..., 0, :],
            self.new[:, 1, ..., 0, :],
        )
        self.own.steps[..., slot] = self.new_steps[..., 0, 0]
        np.maximum(self.largest, self.new_steps[:, 1], out=self.largest)
        assert self._largest_of is not None
        self._largest_of = *self._largest_of[:2], slot + 1


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
