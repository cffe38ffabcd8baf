"""The LSTM as one graph a step: see ``nn.recurrent`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...weights import Stored
from ..running import Embedding
from .graph import Graph

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
    graph.linear(graph.norm(x, "norm.weight", "normed"), "head.weight", logits)
    return graph


def _cell(graph: Graph, n: int, x: str, shape: tuple[str, int]) -> str:
    hidden, cell = (graph.input(f"before{m}", shape) for m in (2 * n, 2 * n + 1))
    left, now = (graph.output(f"after{m}", shape) for m in (2 * n, 2 * n + 1))
    biases = (graph.weights[f"lstm.bias_{part}_l{n}"].wide() for part in ("ih", "hh"))
    bias = graph.constant(f"bias{n}", np.sum(list(biases), axis=0, dtype=np.float32))
    inward = graph.linear(x, f"lstm.weight_ih_l{n}", f"inward{n}")
    both = graph.apply("Add", [inward, graph.linear(hidden, f"lstm.weight_hh_l{n}", f"back{n}")], f"both{n}")
    parts = [f"{part}{n}" for part in ("enter", "forget", "new", "leave")]
    graph.apply_many("Split", [graph.apply("Add", [both, bias], f"gates{n}")], parts, axis=1, num_outputs=4)
    enter, forget, leave = (graph.apply("Sigmoid", [parts[i]], parts[i] + "s") for i in (0, 1, 3))
    kept = graph.apply("Mul", [forget, cell], f"kept{n}")
    added = graph.apply("Mul", [enter, graph.apply("Tanh", [parts[2]], parts[2] + "t")], f"added{n}")
    graph.apply("Add", [kept, added], now)
    return graph.apply("Mul", [leave, graph.apply("Tanh", [now], f"told{n}")], left)
