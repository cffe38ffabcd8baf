"""The transformer as one graph a step: see ``nn.transformer`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from ...weights import Stored
from ..rotary import BASE, tables
from ..running import Embedding
from .arithmetic import normed, rounded
from .attention import Attention
from .graph import Graph
from .past import ROOM, Buffer, Past, Steps
from .products import product
from .reading import Reader, SideBySide

Array = np.ndarray
LEAST_BRANCHES = 4  # continuations of one sequence whose beginning is worth sharing


class OnnxTransformer:
    """One step at a time, or whole lines in one pass (:class:`.reading.Reader`), whose graph is opened when it is first
    used. Keys and values stay in place, and move only when they outgrow their room."""

    session: Any

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self._stored, self._config = weights, config
        self._set(weights, config)
        self.session = self.graph(weights, config).open()

    def _set(self, weights: Mapping[str, Stored], config: Mapping[str, Any]) -> None:
        """What a step needs besides its session."""
        self.fields = tuple(config["fields"])
        self.heads, self.window = config["heads"], config["window"]
        self.key_heads, self.base = config.get("key_heads", self.heads), config.get("base", BASE)
        self.layers, self.head = config["layers"], config["width"] // config["heads"]
        self.embed = Embedding(weights["embed.weight"].wide(), self.fields)
        self._nothing = self._empty((), 1, -self.window)

    @cached_property
    def reader(self) -> Reader:
        """Of a pass."""
        shape = (self.layers, self.heads, self.key_heads, self.head)
        return Reader(self.graph(self._stored, self._config, SideBySide), self.embed, shape, self.window, self.base)

    @staticmethod
    def graph(weights: Mapping[str, Stored], config: Mapping[str, Any], kind: type[Attention] = Attention) -> Graph:
        """Of one step or, with :class:`SideBySide`, of a pass: x (P, 1, D) embedded -> logits (P, 1, V), and the keys
        and values of the ids."""
        return step_graph(weights, config, kind)

    def start(self, batch: int) -> Past:
        return self._past(self._empty((batch,), ROOM), self._nothing)

    def step(self, ids: Array, state: Past) -> tuple[Array, Past]:
        """ids (B, F) -> logits (B, V) and the state after. The state is changed in place."""
        if not state.may_write:
            self._move(state)
        buffer = state.buffer
        buffer.x[state.rows, 0] = self.embed(ids)
        cos, sin = tables(state.position, 1, self.head, self.base)
        turned = self.heads + self.key_heads
        buffer.cos[:turned] = cos[0]
        buffer.sin[:turned, :, 0], buffer.sin[:turned, :, 1] = -sin[0], sin[0]
        buffer.hide(state.position, self.window, state.used)
        self.session.run_with_iobinding(buffer.binding)
        buffer.take(state.used)
        state.used += 1
        return buffer.logits[state.rows, 0], state

    def reorder(self, state: Past, parents: Array) -> Past:
        """The state whose row b is the old row parents[b]; the old one may still be used."""
        parents = np.asarray(parents, int)
        if len(parents) >= LEAST_BRANCHES and (parents == parents[0]).all() and state.used:
            shared = self._behind(state).row(state.rows[parents[0]])
            if self._seen(state.buffer.shared, state.position):
                shared = state.buffer.shared.beside(shared)
            shared = shared.cut(max(0, state.position - self.window + 1 - shared.first), shared.slots)
            return self._past(self._empty((len(parents),), ROOM, state.position), shared.roomy(shared.slots))
        return state.kept(parents) or self._copied(state, state.rows[parents])

    def _empty(self, rows: tuple[int, ...], slots: int, first: int = 0) -> Steps:
        return Steps.empty(self.layers, rows, self.key_heads, self.head, slots, first)

    def _past(self, own: Steps, shared: Steps, used: int = 0) -> Past:
        return Past(
            Buffer(self.session, own, shared, self.fields[0], self.heads), np.arange(own.keys.shape[2]), used
        ).write()

    def _seen(self, shared: Steps, position: int) -> bool:
        """Whether a step at ``position`` sees any of the shared ones."""
        seen: bool = shared.first + shared.slots > max(0, position - self.window + 1)
        return seen

    def _behind(self, state: Past) -> Steps:
        """The own steps of all rows that the next step may see."""
        return state.buffer.own.cut(max(0, state.position - self.window + 1 - state.buffer.own.first), state.used)

    def _move(self, state: Past) -> None:
        """A buffer of its own for a state, with room for more steps."""
        new = self._copied(state, state.rows)
        state.buffer, state.rows, state.used = new.buffer, new.rows, new.used
        state.write()

    def _copied(self, state: Past, rows: Array) -> Past:
        """Some rows in a new buffer, without what is out of sight."""
        own = self._behind(state).rows(rows)
        shared = state.buffer.shared if self._seen(state.buffer.shared, state.position) else self._nothing
        return self._past(own.roomy(own.slots + max(ROOM, own.slots // 2)), shared, own.slots)


def step_graph(weights: Mapping[str, Stored], config: Mapping[str, Any], kind: type[Attention] = Attention) -> Graph:
    """As :meth:`OnnxTransformer.graph`, of the transformer."""
    graph, width = Graph(weights), config["width"]
    x = graph.input("x", ("P", 1, width))
    attention = kind(graph, config["layers"], width, config["heads"], config["window"])
    for n in range(config["layers"]):
        x = _block(graph, attention, n, x, width)
    logits = graph.output("logits", ("P", 1, config["fields"][0]))
    product(graph, normed(graph, x, "norm.weight", width), "head.weight", logits)
    return graph


def _block(graph: Graph, attention: Attention, n: int, x: str, width: int) -> str:
    """Attention and perceptron; returns the sum so far."""
    at = f"blocks.{n}."
    qkv = product(graph, normed(graph, x, at + "norm1.weight", width), at + "attention.qkv.weight")
    x = graph.op("Add", x, product(graph, rounded(graph, attention.seen(n, qkv)), at + "attention.out.weight"))
    hidden = graph.op("Relu", product(graph, normed(graph, x, at + "norm2.weight", width), at + "up.weight"))
    down = product(graph, rounded(graph, graph.op("Mul", hidden, hidden), positive=True), at + "down.weight")
    return graph.op("Add", x, down)
