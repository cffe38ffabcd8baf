"""The LSTM as one graph a step: see ``nn.recurrent`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...weights import Stored
from ..running import Embedding
from .arithmetic import hyperbolic_tangent, logistic, normed, rounded
from .graph import Graph
from .products import product

Array = np.ndarray


class OnnxRecurrent:
    """One step at a time with hidden and cell states."""

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.width, self.layers = config["width"], config["layers"]
        self.embed = Embedding(weights["embed.weight"].wide(), self.fields)
        self.session = step_graph(weights, config).open()

    def start(self, batch: int) -> Array:
        return np.zeros((2 * self.layers, batch, self.width), np.float32)

    def step(self, ids: Array, state: Array) -> tuple[Array, Array]:
        """ids (B, F) -> logits (B, V) and the state after: hidden and cell of each layer in turn, (2 L, B, D)."""
        feeds = {f"before{n}": part for n, part in enumerate(state)}
        logits, *after = self.session.run(None, {"x": self.embed(ids), **feeds})
        return logits, np.stack(after)

    def reorder(self, state: Array, parents: Array) -> Array:
        return state[:, np.asarray(parents, int)]


def step_graph(weights: Mapping[str, Stored], config: Mapping[str, Any]) -> Graph:
    """x (B, D) embedded and the states before -> logits (B, V) and the states after."""
    graph, width = Graph(weights), config["width"]
    x = graph.input("x", ("B", width))
    logits = graph.output("logits", ("B", config["fields"][0]))
    for n in range(config["layers"]):
        x = _cell(graph, n, x, ("B", width))
    product(graph, normed(graph, x, "norm.weight", width), "head.weight", logits)
    return graph


def _cell(graph: Graph, n: int, x: str, shape: tuple[str, int]) -> str:
    hidden, cell = (graph.input(f"before{m}", shape) for m in (2 * n, 2 * n + 1))
    left, now = (graph.output(f"after{m}", shape) for m in (2 * n, 2 * n + 1))
    biases = (graph.weights[f"lstm.bias_{part}_l{n}"].wide() for part in ("ih", "hh"))
    bias = graph.constant(f"bias{n}", np.stack(list(biases)).sum(axis=0, dtype=np.float32))
    inward = product(graph, rounded(graph, x), f"lstm.weight_ih_l{n}")
    back = product(graph, rounded(graph, hidden), f"lstm.weight_hh_l{n}")
    gates = graph.op("Add", graph.op("Add", inward, back), bias)
    enter, forget, new, leave = graph.split(gates, parts=4, axis=1)
    kept = graph.op("Mul", logistic(graph, forget), cell)
    added = graph.op("Mul", logistic(graph, enter), hyperbolic_tangent(graph, new))
    graph.op("Add", kept, added, output=now)
    return graph.op("Mul", logistic(graph, leave), hyperbolic_tangent(graph, now), output=left)
