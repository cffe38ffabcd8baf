"""Attention to the steps behind, in whole numbers: see ``nn.transformer`` for what it approximates.

Queries, keys and values are whole numbers with a step for each head of each row, shares are whole numbers of
``SHARES``, and every sum stays below 2**24. What is behind is in three parts under one softmax: the steps that all rows
share, those that each has of its own, and the step itself.

Shapes: P rows, D width, H heads, K width of a head, T shared steps, S slots of own ones.
"""

from __future__ import annotations

import math

import numpy as np

from .arithmetic import EXACT, looked_up, nearest, steps
from .graph import Graph

SHARES = 2**15  # steps of the shares of a softmax, which add up to about that many
FINE = 256  # entries of the exponential's table a nat
DEEPEST = 16  # nats below the best that are told apart from nothing


class Attention:
    """Adds attention, layer by layer, to the graph of a step."""

    def __init__(self, graph: Graph, layers: int, width: int, heads: int, window: int):
        self.graph, self.layers, self.heads, self.head = graph, layers, heads, width // heads
        self.levels = min(math.isqrt(EXACT // self.head), EXACT // (SHARES + window // 2 + 1))
        self.table = graph.constant("exponential", exponential_table(window))
        self.scale = graph.number(FINE * self.head**-0.5)
        for name in ("cos", "sin"):
            graph.input(name, (3 * heads, 2, self.head // 2))
        graph.input("mask", ("C",))
        self.parts = graph.input("parts", (3,), "int64")
        for name, shape in {"shared": (layers, 2, heads, "T"), "own": (layers, 2, "P", heads, "S")}.items():
            steps = graph.input(f"{name}_steps", shape)
            seen = graph.input(f"{name}_seen", (shape[-1],))
            split = graph.split(steps, parts=layers, axis=0) if layers > 1 else [steps]
            both = [graph.split(graph.op("Squeeze", of_layer, graph.whole(0)), parts=2, axis=0) for of_layer in split]
            squeezed = [[graph.op("Squeeze", part, graph.whole(0)) for part in pair] for pair in both]
            setattr(
                self, name, [(keys, values, self._largest(graph.op("Mul", values, seen))) for keys, values in squeezed]
            )

    def _largest(self, x: str) -> str:
        return self.graph.op("ReduceMax", x, self.graph.whole(-1), keepdims=1)

    def seen(self, n: int, qkv: str) -> tuple[str, str, str]:
        """qkv (P, 1, 3 D) of layer ``n`` -> what each row saw (P, 1, D), its key and value (2, P, H, K), and their
        steps (2, P, H, 1)."""
        op, whole = self.graph.op, self.graph.whole
        turned = op("Reshape", self._turned(qkv), whole(-1, 3 * self.heads, self.head))
        step = steps(self.graph, turned, self.levels)
        numbers = nearest(self.graph, op("Div", turned, step))
        q, k, v = self.graph.split(numbers, parts=3, axis=1)  # (P, H, K)
        of_q, of_k, of_v = self.graph.split(step, parts=3, axis=1)  # (P, H, 1)
        shares = self._shares(n, q, k, of_q, of_k)
        seen = op("Reshape", self._values(n, shares, v, of_v), whole(-1, 1, self.heads * self.head))
        first = whole(0)
        both = [
            op("Concat", op("Unsqueeze", a, first), op("Unsqueeze", b, first), axis=0)
            for a, b in ((k, v), (of_k, of_v))
        ]
        return seen, *both

    def _turned(self, qkv: str) -> str:
        """Rotary positions for q and k; v passes through a turn by nothing."""
        op = self.graph.op
        x = op("Reshape", qkv, self.graph.whole(-1, 3 * self.heads, 2, self.head // 2))
        a, b = self.graph.split(x, parts=2, axis=2)
        return op("Add", op("Mul", x, "cos"), op("Mul", op("Concat", b, a, axis=2), "sin"))

    def _shares(self, n: int, q: str, k: str, of_q: str, of_k: str) -> str:
        """(P, H, T + S + 1) of each step behind, as floats."""
        op, last = self.graph.op, self.graph.whole(-1)
        shared = self.graph.input(f"shared_keys{n}", (self.heads, self.head, "T"))
        own = self.graph.input(f"keys{n}", ("P", self.heads, self.head, "S"))
        by_head = op("MatMul", op("Transpose", q, perm=(1, 0, 2)), shared)
        first = op("Mul", op("Transpose", by_head, perm=(1, 0, 2)), self.shared[n][0])
        alone = op("MatMul", op("Unsqueeze", q, self.graph.whole(2)), own)
        second = op("Mul", op("Squeeze", alone, self.graph.whole(2)), self.own[n][0])
        third = op("Mul", op("ReduceSum", op("Mul", q, k), last, keepdims=1), of_k)
        scores = op("Mul", op("Concat", first, second, third, axis=2), op("Mul", of_q, self.scale))
        scores = op("Add", scores, "mask")
        below = op("Min", op("Sub", self._largest(scores), scores), self.graph.number(FINE * DEEPEST))
        powers = looked_up(self.graph, below, self.table)
        return op("Div", powers, op("ReduceSum", powers, last, keepdims=1))

    def _values(self, n: int, shares: str, v: str, of_v: str) -> str:
        """(P, H, K) the values, weighed."""
        op, graph = self.graph.op, self.graph
        largest = op("Max", self.shared[n][2], self.own[n][2], of_v)  # (P, H, 1) of the values' steps
        parts = graph.split(shares, self.parts, parts=3, axis=2)
        weighed = [
            op("Mul", part, step) for part, step in zip(parts, (self.shared[n][1], self.own[n][1], of_v), strict=True)
        ]
        weights = nearest(graph, op("Mul", op("Concat", *weighed, axis=2), op("Div", graph.number(SHARES), largest)))
        one, two, three = graph.split(weights, self.parts, parts=3, axis=2)
        shared = graph.input(f"shared_values{n}", (self.heads, "T", self.head))
        own = graph.input(f"values{n}", ("P", self.heads, "S", self.head))
        by_head = op("MatMul", op("Transpose", one, perm=(1, 0, 2)), shared)
        first = op("Transpose", by_head, perm=(1, 0, 2))
        second = op("Squeeze", op("MatMul", op("Unsqueeze", two, graph.whole(2)), own), graph.whole(2))
        total = op("Add", op("Add", first, second), op("Mul", three, v))
        return op("Mul", total, op("Mul", largest, graph.number(1 / SHARES)))


def exponential_table(window: int) -> np.ndarray:
    """e to the power of -n / 256, in steps so coarse that ``window`` of them add up exactly."""
    fine = EXACT >> max(1, (window - 1).bit_length())
    powers = np.round(fine * np.exp(-np.arange(FINE * DEEPEST + 1) / FINE)) / fine
    powers[-1] = 0  # what the mask hides
    return powers.astype(np.float32)
