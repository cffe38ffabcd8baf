"""Attention to the steps behind, in whole numbers: see ``nn.transformer`` for what it approximates.

Queries, keys and values are whole numbers with a step for each head of each row, shares are whole numbers of
``SHARES``, and every sum stays below 2**24. What is behind is in three parts under one softmax: the steps that all rows
share, those that each has of its own, and the step itself.

Shapes: P rows, D width, H heads of queries, G of keys and values, R = H / G, K width of a head, T shared steps, S slots
of own ones.
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

    def __init__(self, graph: Graph, layers: int, width: int, heads: int, window: int, key_heads: int | None = None):
        """``key_heads``: of keys and values, each for as many of queries; None: as many as of queries."""
        self.graph, self.layers, self.heads, self.head = graph, layers, heads, width // heads
        self.groups = key_heads or heads
        self.all_heads = heads + 2 * self.groups
        self.levels = min(math.isqrt(EXACT // self.head), EXACT // (SHARES + window // 2 + 1))
        self.table = graph.constant("exponential", exponential_table(window))
        self.scale = graph.number(FINE * self.head**-0.5)
        self._inputs()

    def _inputs(self) -> None:
        """What every layer is told."""
        graph, layers = self.graph, self.layers
        for name in ("cos", "sin"):
            graph.input(name, (self.all_heads, 2, self.head // 2))
        graph.input("mask", ("C",))
        self.parts = graph.input("parts", (3,), "int64")
        self.shared = self._steps("shared", (layers, 2, self.groups, "T"))
        self.own = self._steps("own", (layers, 2, "P", self.groups, "S"))

    def _steps(self, name: str, shape: tuple[int | str, ...]) -> list[tuple[str, str, str]]:
        """Of each layer the steps of keys and of values, and the largest of the values' that are seen."""
        graph, layers = self.graph, self.layers
        steps = graph.input(f"{name}_steps", shape)
        seen = graph.input(f"{name}_seen", (shape[-1],))
        split = graph.split(steps, parts=layers, axis=0) if layers > 1 else [steps]
        both = [graph.split(graph.op("Squeeze", of_layer, graph.whole(0)), parts=2, axis=0) for of_layer in split]
        squeezed = [[graph.op("Squeeze", part, graph.whole(0)) for part in pair] for pair in both]
        return [(keys, values, self._largest(graph.op("Mul", values, seen))) for keys, values in squeezed]

    def _largest(self, x: str) -> str:
        return self.graph.op("ReduceMax", x, self.graph.whole(-1), keepdims=1)

    def seen(self, n: int, qkv: str) -> tuple[str, str, str]:
        """qkv (P, 1, (H + 2 G) K) of layer ``n`` -> what each row saw (P, 1, D), its key and value (2, P, G, K), and
        their steps (2, P, G, 1)."""
        op, whole = self.graph.op, self.graph.whole
        turned = op("Reshape", self._turned(qkv), whole(-1, self.all_heads, self.head))
        step = steps(self.graph, turned, self.levels)
        numbers = nearest(self.graph, op("Div", turned, step))
        sizes = whole(self.heads, self.groups, self.groups)
        q, k, v = self.graph.split(numbers, sizes, parts=3, axis=1)  # (P, H or G, K)
        of_q, of_k, of_v = self.graph.split(step, sizes, parts=3, axis=1)  # (P, H or G, 1)
        q, of_q = self._grouped(q, self.head), self._grouped(of_q, 1)  # (P, G, R, K or 1)
        shares = self._shares(n, q, k, of_q, of_k)
        seen = op("Reshape", self._values(n, shares, v, of_v), whole(-1, 1, self.heads * self.head))
        first = whole(0)
        both = [
            op("Concat", op("Unsqueeze", a, first), op("Unsqueeze", b, first), axis=0)
            for a, b in ((k, v), (of_k, of_v))
        ]
        return seen, both[0], both[1]

    def _turned(self, qkv: str) -> str:
        """Rotary positions for q and k; v passes through a turn by nothing."""
        op = self.graph.op
        x = op("Reshape", qkv, self.graph.whole(-1, self.all_heads, 2, self.head // 2))
        a, b = self.graph.split(x, parts=2, axis=2)
        return op("Add", op("Mul", x, "cos"), op("Mul", op("Concat", b, a, axis=2), "sin"))

    def _grouped(self, x: str, last: int) -> str:
        """(P, H, N) -> (P, G, R, N)."""
        return self.graph.op("Reshape", x, self.graph.whole(-1, self.groups, self.heads // self.groups, last))

    def _by_group(self, x: str, other: str) -> str:
        """x (P, G, R, N) times ``other`` (G, N, M), which all rows share -> (P, G, R, M)."""
        op, whole = self.graph.op, self.graph.whole
        rows = op(
            "Reshape",
            op("Transpose", x, perm=(1, 0, 2, 3)),
            op("Concat", whole(self.groups, -1), self._width(x), axis=0),
        )
        product = op("MatMul", rows, other)  # (G, P R, M)
        apart = op(
            "Reshape",
            product,
            op("Concat", whole(self.groups, -1, self.heads // self.groups), self._width(product), axis=0),
        )
        return op("Transpose", apart, perm=(1, 0, 2, 3))

    def _width(self, x: str) -> str:
        """The last axis's length, as a list of one."""
        return self.graph.op("Gather", self.graph.op("Shape", x), self.graph.whole(-1), axis=0)

    def _one(self, x: str) -> str:
        """(P, G, N) -> (P, G, 1, N): for each query of a group alike."""
        return self.graph.op("Unsqueeze", x, self.graph.whole(2))

    def _shares(self, n: int, q: str, k: str, of_q: str, of_k: str) -> str:
        """(P, G, R, T + S + 1) of each step behind, as floats."""
        op, last = self.graph.op, self.graph.whole(-1)
        shared = self.graph.input(f"shared_keys{n}", (self.groups, self.head, "T"))
        own = self.graph.input(f"keys{n}", ("P", self.groups, self.head, "S"))
        first = op("Mul", self._by_group(q, shared), op("Unsqueeze", self.shared[n][0], self.graph.whole(1)))
        second = op("Mul", op("MatMul", q, own), self._one(self.own[n][0]))
        third = op("Mul", op("ReduceSum", op("Mul", q, self._one(k)), last, keepdims=1), self._one(of_k))
        scores = op("Mul", op("Concat", first, second, third, axis=3), op("Mul", of_q, self.scale))
        return self._softened(op("Add", scores, "mask"))

    def _softened(self, scores: str) -> str:
        """Scores (..., C), in steps of the exponential's table, as shares."""
        op = self.graph.op
        below = op("Min", op("Sub", self._largest(scores), scores), self.graph.number(FINE * DEEPEST))
        powers = looked_up(self.graph, below, self.table)
        return op("Div", powers, op("ReduceSum", powers, self.graph.whole(-1), keepdims=1))

    def _values(self, n: int, shares: str, v: str, of_v: str) -> str:
        """(P, G, R, K) the values, weighed."""
        op, graph = self.graph.op, self.graph
        largest = op("Max", self.shared[n][2], self.own[n][2], of_v)  # (P, G, 1) of the values' steps
        parts = graph.split(shares, self.parts, parts=3, axis=3)
        of_each = (op("Unsqueeze", self.shared[n][1], graph.whole(1)), self._one(self.own[n][1]), self._one(of_v))
        weighed = [op("Mul", part, step) for part, step in zip(parts, of_each, strict=True)]
        weights = self._weights(op("Concat", *weighed, axis=3), largest)
        one, two, three = graph.split(weights, self.parts, parts=3, axis=3)
        shared = graph.input(f"shared_values{n}", (self.groups, "T", self.head))
        own = graph.input(f"values{n}", ("P", self.groups, "S", self.head))
        total = op(
            "Add", op("Add", self._by_group(one, shared), op("MatMul", two, own)), op("Mul", three, self._one(v))
        )
        return self._scaled(total, largest)

    def _weights(self, weighed: str, largest: str) -> str:
        """Shares times the steps of their values, as whole numbers; ``largest`` (P, G, 1) of those steps."""
        unit = self.graph.op("Div", self.graph.number(SHARES), self._one(largest))
        return nearest(self.graph, self.graph.op("Mul", weighed, unit))

    def _scaled(self, total: str, largest: str) -> str:
        """The sum of values so weighed, as what it is worth."""
        unit = self.graph.op("Mul", self._one(largest), self.graph.number(1 / SHARES))
        return self.graph.op("Mul", total, unit)


def exponential_table(window: int) -> np.ndarray:
    """e to the power of -n / 256, in steps so coarse that ``window`` of them add up exactly."""
    fine = EXACT >> max(1, (window - 1).bit_length())
    powers = np.round(fine * np.exp(-np.arange(FINE * DEEPEST + 1) / FINE)) / fine
    powers[-1] = 0  # what the mask hides
    return powers.astype(np.float32)
