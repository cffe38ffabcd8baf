"""A Llama as one graph a step: see ``nn.llama`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ...weights import Stored
from .arithmetic import Rounded, logistic, normed, rounded
from .attention import Attention
from .graph import Graph
from .products import product
from .transformer import OnnxTransformer

EPSILON = 1e-5  # of the norms, as in training


class OnnxLlama(OnnxTransformer):
    """One step at a time (see :class:`OnnxTransformer`), or whole lines in one pass (:class:`.reading.Reader`).

    Either graph is opened when it is first used: whoever only reads pays for one.
    """

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self._stored, self._config = weights, config
        self._set(weights, config)

    @cached_property
    def session(self) -> Any:
        """Of one step."""
        return self.graph(self._stored, self._config).open()

    @staticmethod
    def graph(weights: Mapping[str, Stored], config: Mapping[str, Any], kind: type[Attention] = Attention) -> Graph:
        """As :meth:`OnnxTransformer.graph`, of a Llama."""
        graph, heads = Graph(weights), (config["heads"], config["window"], config["key_heads"])
        x = graph.input("x", ("P", 1, config["width"]))
        attention = kind(graph, config["layers"], config["width"], *heads)
        for n in range(config["layers"]):
            x = _block(graph, attention, n, x, config["width"])
        logits = graph.output("logits", ("P", 1, config["fields"][0]))
        product(graph, _normed(graph, x, "norm.weight", config["width"]), "embed.weight", logits)
        return graph


def _normed(graph: Graph, x: str, gains: str, width: int) -> Rounded:
    return normed(graph, x, gains, width, EPSILON)


def _block(graph: Graph, attention: Attention, n: int, x: str, width: int) -> str:
    """Attention and gated perceptron; returns the sum so far."""
    at, op = f"blocks.{n}.", graph.op
    qkv = product(graph, _normed(graph, x, at + "norm1.weight", width), at + "attention.qkv.weight")
    x = op("Add", x, product(graph, rounded(graph, attention.seen(n, qkv)), at + "attention.out.weight"))
    both = product(graph, _normed(graph, x, at + "norm2.weight", width), at + "up.weight")
    gate, passed = graph.split(both, parts=2, axis=2)
    hidden = op("Mul", op("Mul", gate, logistic(graph, gate)), passed)
    return op("Add", x, product(graph, rounded(graph, hidden), at + "down.weight"))
