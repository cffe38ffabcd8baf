"""The transformer as one fused graph a step: see ``nn.transformer`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...weights import Stored
from ..running import Embedding
from .graph import Graph
from .memory import FIRST_ROOM, Buffer, Memory
from .messages import CONTRIB

Array = np.ndarray


class OnnxTransformer:
    """One step at a time; keys and values stay in place, and move only when they outgrow their room."""

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.heads, self.window = config["heads"], config["window"]
        self.layers, self.width = config["layers"], config["width"]
        self.most = self.window + max(16, self.window // 2)  # slots, so that they move every half window
        self.embed = Embedding(weights["embed.weight"].wide(), self.fields)
        self.session = step_graph(weights, config).open()

    def start(self, batch: int) -> Memory:
        buffer = self._buffer(batch, min(FIRST_ROOM, self.most), 0)
        return Memory(buffer, np.arange(batch)).write()

    def step(self, ids: Array, state: Memory) -> tuple[Array, Memory]:
        """ids (B, F) -> logits (B, V) and the state after. The state is changed in place."""
        if state.buffer.writer is not state or state.used == state.buffer.room:
            self._move(state)
        buffer = state.buffer
        buffer.x[state.rows, 0] = self.embed(ids)
        buffer.before[:], buffer.total[:] = state.used, state.used + 1
        self.session.run_with_iobinding(buffer.binding)
        state.used += 1
        return buffer.logits[state.rows, 0], state

    def reorder(self, state: Memory, parents: Array) -> Memory:
        """The state whose row b is the old row parents[b]; the old one may still be used."""
        parents = np.asarray(parents, int)
        return state.kept(parents) or self._copied(state, state.rows[parents], state.buffer.room, 0)

    def _buffer(self, rows: int, room: int, base: int) -> Buffer:
        shape = (2 * self.layers, rows, self.heads, room, self.width // self.heads)
        return Buffer(self.session, shape, self.fields[0], base)

    def _move(self, state: Memory) -> None:
        """A buffer of its own for a state, with room for at least one step more."""
        full = state.used == state.buffer.room
        drop = state.used - (self.window - 1) if full and state.used == self.most else 0
        new = self._copied(state, state.rows, min(state.buffer.room * 2, self.most) if full else state.buffer.room, drop)
        state.buffer, state.rows, state.used, state.base = new.buffer, new.rows, new.used, new.base
        state.write()

    def _copied(self, state: Memory, rows: Array, room: int, drop: int) -> Memory:
        """Some rows in a new buffer, without the first ``drop`` slots."""
        buffer = self._buffer(len(rows), room, state.base + drop)
        for new, old in zip(buffer.cache, state.buffer.cache, strict=True):
            new[:, :, :state.used - drop] = old[rows, :, drop:state.used]
        return Memory(buffer, np.arange(len(rows)), state.used - drop, state.base + drop).write()


def step_graph(weights: Mapping[str, Stored], config: Mapping[str, Any]) -> Graph:
    """x (P, 1, D) embedded -> logits (P, 1, V), with keys and values appended to the memory."""
    graph, width, heads = Graph(weights), config["width"], config["heads"]
    graph.input("x", ("P", 1, width))
    graph.input("before", ("P",), "int32")
    graph.input("total", (1,), "int32")
    for table in ("cos", "sin"):
        graph.input(table, ("C", width // heads // 2))
    x, normed = "x", graph.norm("x", "blocks.0.norm1.weight", "normed0")
    for n in range(config["layers"]):
        last = n == config["layers"] - 1
        after = "norm.weight" if last else f"blocks.{n + 1}.norm1.weight"
        x, normed = _block(graph, n, x, normed, after, config)
    graph.linear(normed, "head.weight", graph.output("logits", ("P", 1, config["fields"][0])))
    return graph


def _block(graph: Graph, n: int, x: str, normed: str, after: str, config: Mapping[str, Any]) -> tuple[str, str]:
    """Attention and perceptron; returns the sum so far and its norm by the gains ``after``."""
    at, heads, width = f"blocks.{n}.", config["heads"], config["width"]
    qkv = graph.linear(normed, at + "attention.qkv.weight", f"qkv{n}")
    shape = ("P", heads, "C", width // heads)
    past = [graph.input(f"past{m}", shape) for m in (2 * n, 2 * n + 1)]
    present = [graph.output(f"present{m}", shape) for m in (2 * n, 2 * n + 1)]
    graph.apply_many("GroupQueryAttention", [qkv, "", "", *past, "before", "total", "cos", "sin"], [f"seen{n}", *present],
                     CONTRIB, num_heads=heads, kv_num_heads=heads, do_rotary=1, local_window_size=config["window"])
    out = graph.linear(f"seen{n}", at + "attention.out.weight", f"out{n}")
    graph.add_norm(x, out, at + "norm2.weight", f"middle{n}", f"normed{n}b")
    hidden = graph.apply("Relu", [graph.linear(f"normed{n}b", at + "up.weight", f"up{n}")], f"hidden{n}")
    squared = graph.apply("Mul", [hidden, hidden], f"squared{n}")
    graph.add_norm(f"middle{n}", graph.linear(squared, at + "down.weight", f"down{n}"), after, f"sum{n}", f"normed{n + 1}")
    return f"sum{n}", f"normed{n + 1}"
