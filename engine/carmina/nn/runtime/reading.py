"""Whole lines read in one pass: many continuations of one sequence at once, each id seen by its own line only.

The graph of a step (``llama``, ``attention``) writes one id a row; here every id of every line is a row of its own, and
a mask says which rows are behind it. The whole numbers are the same, so the logits are those of steps to the bit.

Shapes: P ids that are fed, L layers, G heads of keys, K width of a head, T steps behind all lines, C = T + P.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rotary import tables
from .attention import Attention
from .graph import Graph
from .past import HIDDEN, Steps

Array = np.ndarray


class SideBySide(Attention):
    """Attention of ids to what is behind them all, and to those among them that a mask names."""

    def _inputs(self) -> None:
        """What every layer is told."""
        graph = self.graph
        for name in ("cos", "sin"):
            graph.input(name, (self.all_heads, "P", 2, self.head // 2))
        graph.input("mask", ("P", 1, "C"))
        graph.input("seen", ("P", 1, "C"))
        graph.input("flat", (3,), "int64")  # G, -1, C
        graph.input("apart", (4,), "int64")  # G, -1, R, C
        behind = graph.input("steps", (self.layers, 2, self.groups, "T"))
        split = graph.split(behind, parts=self.layers, axis=0) if self.layers > 1 else [behind]
        both = [graph.split(graph.op("Squeeze", part, graph.whole(0)), parts=2, axis=0) for part in split]
        self.behind = [[graph.op("Squeeze", part, graph.whole(0)) for part in pair] for pair in both]  # (G, T) each

    def _beside(self, behind: str, of_rows: str) -> str:
        """(G, T) and the rows' own (G, P, 1, 1) -> (G, 1, 1, C)."""
        op, whole = self.graph.op, self.graph.whole
        both = op("Concat", behind, op("Squeeze", of_rows, whole(2, 3)), axis=1)
        return op("Unsqueeze", both, whole(1, 2))

    def _with(self, name: str, of_rows: str) -> str:
        """What is behind (G, T, K), an input, and the rows' own (G, P, 1, K) -> (G, C, K)."""
        behind = self.graph.input(name, (self.groups, "T", self.head))
        return self.graph.op("Concat", behind, self.graph.op("Squeeze", of_rows, self.graph.whole(2)), axis=1)

    def _shares(self, n: int, q: str, k: str, of_q: str, of_k: str) -> str:
        """(G, P, R, C) of each step behind and beside, as floats."""
        op, units = self.graph.op, self._beside(self.behind[n][0], of_k)
        products = self._met(q, self._with(f"keys{n}", k), "apart")
        return self._softened(op("Add", op("Mul", op("Mul", products, units), op("Mul", of_q, self.scale)), "mask"))

    def _values(self, n: int, shares: str, v: str, of_v: str) -> str:
        """(G, P, R, K) the values, weighed."""
        op, units = self.graph.op, self._beside(self.behind[n][1], of_v)
        largest = self._largest(op("Mul", units, "seen"))  # (G, P, 1, 1)
        weights = self._weights(op("Mul", shares, units), largest)
        return self._scaled(self._gathered(weights, "flat", self._with(f"values{n}", v)), largest)


@dataclass(frozen=True, eq=False)
class Behind:
    """One sequence that was read; never changed."""

    steps: Steps


@dataclass(frozen=True, eq=False)
class Pass:
    """What one pass gave. ``rows[p]`` are the rows that id p sees of the pass, itself last."""

    logits: Array  # (P, V)
    keys: Array  # (L, 2, G, P, K)
    steps: Array  # (L, 2, G, P)
    rows: Sequence[Sequence[int]]
    before: Behind

    def after(self, row: int) -> Behind:
        """The sequence as far as one of the ids."""
        old, own = self.before.steps, list(self.rows[row])
        return Behind(
            Steps(
                np.concatenate((old.keys, self.keys[:, 0][:, :, own]), axis=-2),
                np.concatenate((old.values, self.keys[:, 1][:, :, own]), axis=-2),
                np.concatenate((old.steps, self.steps[..., own]), axis=-1),
            )
        )


class Reader:
    """Reads ids side by side with a graph of a pass."""

    def __init__(self, graph: Graph, embed: Any, shape: tuple[int, int, int, int], window: int, base: float):
        """``shape``: layers, heads of queries, heads of keys, width of a head."""
        self._session, self._embed, self.window, self._base = graph.open(), embed, window, base
        self.layers, self._heads, self._groups, self._head = shape

    def start(self) -> Behind:
        """Nothing was read."""
        return Behind(Steps.empty(self.layers, (), self._groups, self._head, 0))

    def read(self, ids: Sequence[int] | Array, parents: Sequence[int], behind: Behind) -> Pass:
        """ids (P,) of one field or (P, F). ``parents[p]``: the id that id p follows, an earlier one of the same pass;
        -1: what is behind."""
        rows: list[list[int]] = []
        for at, parent in enumerate(parents):
            rows.append([*(rows[parent] if parent >= 0 else ()), at])
        first = behind.steps.slots
        seen = self._seen(rows, first)
        cos, sin = self._turns(first + np.array([len(own) - 1 for own in rows]))
        feeds = {
            "x": self._embed(np.asarray(ids).reshape(len(ids), -1))[:, None],
            "cos": cos,
            "sin": sin,
            "mask": np.where(seen, np.float32(0), HIDDEN)[:, None],
            "seen": seen[:, None].astype(np.float32),
            "flat": np.array([self._groups, -1, seen.shape[1]]),
            "apart": np.array([self._groups, -1, self._heads // self._groups, seen.shape[1]]),
            "steps": behind.steps.steps,
        }
        for n in range(self.layers):
            feeds |= {f"keys{n}": behind.steps.keys[n], f"values{n}": behind.steps.values[n]}
        names = [f"new_{part}{n}" for part in ("key", "value", "key_step", "value_step") for n in range(self.layers)]
        logits, *new = self._session.run(["logits", *names], feeds)
        half = 2 * self.layers
        keys, steps = (
            np.stack([np.stack(some[: self.layers]), np.stack(some[self.layers :])], axis=1)[..., 0, :]
            for some in (new[:half], new[half:])
        )
        return Pass(logits[:, 0], keys, steps[..., 0], rows, behind)

    def _seen(self, rows: Sequence[Sequence[int]], first: int) -> Array:
        """(P, C) bool."""
        seen = np.zeros((len(rows), first + len(rows)), bool)
        for at, own in enumerate(rows):
            position = first + len(own) - 1
            seen[at, max(0, position - self.window + 1) : first] = True
            seen[at, [first + row for row in own[-self.window :]]] = True
        return seen

    def _turns(self, positions: Array) -> tuple[Array, Array]:
        """Cosines and sines (H + 2 G, P, 2, K / 2); values are not turned."""
        heads, turned = self._heads + 2 * self._groups, self._heads + self._groups
        cos, sin = tables(0, int(positions.max()) + 1, self._head, self._base)
        all_cos = np.ones((heads, len(positions), 2, self._head // 2), np.float32)
        all_sin = np.zeros_like(all_cos)
        all_cos[:turned] = cos[positions][:, None]
        all_sin[:turned, :, 0], all_sin[:turned, :, 1] = -sin[positions], sin[positions]
        return all_cos, all_sin
