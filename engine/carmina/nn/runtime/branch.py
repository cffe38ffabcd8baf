"""What many continuations of one sequence have behind them: what they share is kept once.

Shapes: L layers, P continuations, H heads, K width of a head, T steps shared, S slots for steps of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ROOM = 24  # slots of their own to begin with; as many more when they are full
MOST_OWN = 96  # steps of their own, at most; all of them and the shared ones are inside the window
UNUSED = np.float32(-1e9)


@dataclass(eq=False)
class Branch:
    """P sequences with one beginning."""

    shared_keys: np.ndarray  # (L, H, K, T), turned
    shared_values: np.ndarray  # (L, H, T, K)
    keys: np.ndarray  # (L, P, H, K, S)
    values: np.ndarray  # (L, P, H, S, K)
    mask: np.ndarray  # (S,) 0 where a slot is filled, else far below
    position: int  # of the next step
    used: int = 0  # slots filled

    @classmethod
    def of(cls, cache: np.ndarray, many: int, position: int) -> Branch:
        """``cache`` (2 L, H, T, K): keys and values in turn of the sequence to go on from."""
        double, heads, _shared, width = cache.shape
        keys = np.zeros((double // 2, many, heads, width, ROOM), np.float32)
        return cls(
            np.ascontiguousarray(cache[0::2].swapaxes(2, 3)),
            np.ascontiguousarray(cache[1::2]),
            keys,
            np.zeros(keys.swapaxes(3, 4).shape, np.float32),
            np.full(ROOM, UNUSED),
            position,
        )

    def kept(self, parents: np.ndarray) -> Branch:
        """The state whose row b is the old row parents[b]."""
        return Branch(
            self.shared_keys,
            self.shared_values,
            self.keys.take(parents, axis=1),
            self.values.take(parents, axis=1),
            self.mask.copy(),
            self.position,
            self.used,
        )

    def take(self, keys: np.ndarray, values: np.ndarray) -> None:
        """Append what a step gave, each (L, P, H, 1, K)."""
        self.keys[..., self.used] = keys[..., 0, :]
        self.values[..., self.used, :] = values[..., 0, :]
        self.mask[self.used] = 0
        self.used, self.position = self.used + 1, self.position + 1

    def make_room(self) -> bool:
        """Whether slots were added, because all were filled."""
        if self.used < len(self.mask):
            return False
        self.keys = np.concatenate((self.keys, np.zeros_like(self.keys[..., :ROOM])), axis=-1)
        self.values = np.concatenate((self.values, np.zeros_like(self.values[..., :ROOM, :])), axis=-2)
        self.mask = np.concatenate((self.mask, np.full(ROOM, UNUSED)))
        return True
