"""Attention to the steps behind, in whole numbers: see ``nn.transformer`` for what it approximates.

Queries, keys and values are whole numbers with a step for each head of each row, shares are whole numbers of
``SHARES``, and every sum stays below 2**24. What is behind is in three parts under one softmax: the steps that all rows
share, those that each has of its own, and the step itself.

Shapes: P rows, D width, H heads of queries, G of keys and values, A = H + 2 G, R = H / G, K width of a head, T shared
steps, S slots of own ones, C = T + S + 1. Heads stand before rows, so that one product of a head serves all rows with
nothing moved.
"""

from __future__ import annotations

import math

import numpy as np

from .arithmetic import EXACT, looked_up, steps
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
        self.all_heads, self.queries = heads + 2 * self.groups, heads // self.groups
        self.levels = min(math.isqrt(EXACT // self.head), EXACT // (SHARES + window // 2 + 1))
        self.table = graph.constant("exponential", exponential_table(window))
        self.scale = graph.number(FINE * self.head**-0.5)
        self._inputs()

    def _inputs(self) -> None:
        """What every layer is told."""
        graph = self.graph
        for name in ("cos", "sin"):
            graph.input(name, (self.all_heads, 1, 2, self.head // 2))
        graph.input("mask", ("C",))
        self.parts = graph.input("parts", (3,), "int64")  # T, S, 1
        graph.input("flat", (3,), "int64")  # G, -1, T
        graph.input("apart", (4,), "int64")  # G, -1, R, T

    def seen(self, n: int, qkv: str) -> str:
        """qkv (P, 1, A K) of layer ``n`` -> what each row saw (P, 1, D). The step's key and value (G, P, 1, K), and
        their steps (G, P, 1, 1), are let out."""
        op, whole, graph = self.graph.op, self.graph.whole, self.graph
        turned = self._turned(qkv)
        step = steps(graph, turned, self.levels, (-2, -1))
        numbers = op("Reshape", op("Round", op("Div", turned, step)), whole(self.all_heads, -1, 1, self.head))
        sizes = whole(self.heads, self.groups, self.groups)
        outputs = [graph.output(f"new_{part}{n}", (self.groups, "P", 1, self.head)) for part in ("key", "value")]
        q, k, v = graph.split(numbers, sizes, parts=3, axis=0, outputs=["", *outputs])
        outputs = [graph.output(f"new_{part}_step{n}", (self.groups, "P", 1, 1)) for part in ("key", "value")]
        of_q, of_k, of_v = graph.split(step, sizes, parts=3, axis=0, outputs=["", *outputs])
        q, of_q = self._grouped(q, self.head), self._grouped(of_q, 1)
        seen = self._values(n, self._shares(n, q, k, of_q, of_k), v, of_v)  # (G, P, R, K)
        return op("Reshape", op("Transpose", seen, perm=(1, 0, 2, 3)), whole(-1, 1, self.heads * self.head))

    def _turned(self, qkv: str) -> str:
        """(A, P, 2, K / 2): rotary positions for q and k; v passes through a turn by nothing."""
        op, whole = self.graph.op, self.graph.whole
        x = op("Reshape", qkv, whole(-1, self.all_heads, 2, self.head // 2))
        x = op("Transpose", x, perm=(1, 0, 2, 3))
        return op("Add", op("Mul", x, "cos"), op("Mul", op("Gather", x, whole(1, 0), axis=2), "sin"))

    def _grouped(self, x: str, last: int) -> str:
        """(H, P, 1, N) -> (G, P, R, N)."""
        if self.queries == 1:
            return x
        apart = self.graph.op("Reshape", x, self.graph.whole(self.groups, self.queries, -1, last))
        return self.graph.op("Transpose", apart, perm=(0, 2, 1, 3))

    def _met(self, q: str, keys: str, apart: str) -> str:
        """q (G, P, R, K) times keys (G, N, K), which all rows share -> (G, P, R, N), the shape called ``apart``."""
        flat = self.graph.op("Reshape", q, self.graph.whole(self.groups, -1, self.head))
        return self.graph.op("Reshape", self._transposed_product(flat, keys), apart)

    def _transposed_product(self, x: str, other: str) -> str:
        """x (..., M, K) times ``other`` (..., N, K), transposed."""
        return self.graph.op("FusedMatMul", x, other, transB=1)

    def _gathered(self, weights: str, flat: str, values: str) -> str:
        """Weights (G, P, R, N) times values (G, N, K), which all rows share -> (G, P, R, K); ``flat`` names the shape
        (G, P R, N)."""
        op, apart = self.graph.op, self.graph.whole(self.groups, -1, self.queries, self.head)
        return op("Reshape", op("MatMul", op("Reshape", weights, flat), values), apart)

    def _largest(self, x: str) -> str:
        return self.graph.op("ReduceMax", x, self.graph.whole(-1), keepdims=1)

    def _shares(self, n: int, q: str, k: str, of_q: str, of_k: str) -> str:
        """(G, P, R, C) of each step behind, as floats."""
        op, graph, last = self.graph.op, self.graph, self.graph.whole(-1)
        shared = graph.input(f"shared_keys{n}", (self.groups, "T", self.head))
        own = graph.input(f"keys{n}", (self.groups, "P", "S", self.head))
        itself = op("ReduceSum", op("Mul", q, k), last, keepdims=1)
        products = op("Concat", self._met(q, shared, "apart"), self._transposed_product(q, own), itself, axis=3)
        behind = graph.input(f"key_steps{n}", (self.groups, "P", 1, "B"))  # B = T + S
        scores = op("Mul", op("Mul", products, op("Concat", behind, of_k, axis=3)), op("Mul", of_q, self.scale))
        return self._softened(op("Add", scores, "mask"))

    def _softened(self, scores: str) -> str:
        """Scores (..., C), in steps of the exponential's table, as shares."""
        op = self.graph.op
        below = op("Min", op("Sub", self._largest(scores), scores), self.graph.number(FINE * DEEPEST))
        powers = looked_up(self.graph, below, self.table)
        return op("Div", powers, op("ReduceSum", powers, self.graph.whole(-1), keepdims=1))

    def _values(self, n: int, shares: str, v: str, of_v: str) -> str:
        """(G, P, R, K) the values, weighed."""
        op, graph = self.graph.op, self.graph
        behind = graph.input(f"value_steps{n}", (self.groups, "P", 1, "B"))
        largest = op("Max", graph.input(f"largest{n}", (self.groups, "P", 1, 1)), of_v)
        weights = self._weights(op("Mul", shares, op("Concat", behind, of_v, axis=3)), largest)
        one, two, three = graph.split(weights, self.parts, parts=3, axis=3)
        shared = graph.input(f"shared_values{n}", (self.groups, "T", self.head))
        own = graph.input(f"values{n}", (self.groups, "P", "S", self.head))
        of_both = op("Add", self._gathered(one, "flat", shared), op("MatMul", two, own))
        total = op("Add", of_both, op("Mul", three, v))
        return self._scaled(total, largest)

    def _weights(self, weighed: str, largest: str) -> str:
        """Shares times the steps of their values, as whole numbers; ``largest`` (G, P, 1, 1) of those steps."""
        unit = self.graph.op("Div", self.graph.number(SHARES), largest)
        return self.graph.op("Round", self.graph.op("Mul", weighed, unit))

    def _scaled(self, total: str, largest: str) -> str:
        """The sum of values so weighed, as what it is worth."""
        return self.graph.op("Mul", total, self.graph.op("Mul", largest, self.graph.number(1 / SHARES)))


def exponential_table(window: int) -> np.ndarray:
    """e to the power of -n / 256, in steps so coarse that ``window`` of them add up exactly."""
    fine = EXACT >> max(1, (window - 1).bit_length())
    powers = np.round(fine * np.exp(-np.arange(FINE * DEEPEST + 1) / FINE)) / fine
    powers[-1] = 0  # what the mask hides
    return powers.astype(np.float32)
