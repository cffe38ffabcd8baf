"""The transformer as one fused graph a step: see ``nn.transformer`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from ...weights import Stored
from ..running import Embedding
from .branch import MOST_OWN, Branch
from .branching import Branching
from .graph import Graph
from .memory import FIRST_ROOM, Buffer, Memory
from .messages import CONTRIB

Array = np.ndarray
LEAST_BRANCHES = 4  # continuations of one sequence that are worth a graph of their own


class OnnxTransformer:
    """One step at a time; keys and values stay in place, and move only when they outgrow their room."""

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.heads, self.window = config["heads"], config["window"]
        self.layers, self.width = config["layers"], config["width"]
        self.most = self.window + max(16, self.window // 2)  # slots, so that they move every half window
        self.embed = Embedding(weights["embed.weight"].wide(), self.fields)
        self.session = step_graph(weights, config).open()
        self._weights, self._config = weights, config

    @cached_property
    def branching(self) -> Branching:
        """Steps of many sequences that share a beginning; made when first asked for."""
        return Branching(self._weights, self._config)

    def start(self, batch: int) -> Memory:
        buffer = self._buffer(batch, min(FIRST_ROOM, self.most), 0)
        return Memory(buffer, np.arange(batch)).write()

    def step(self, ids: Array, state: Memory | Branch) -> tuple[Array, Memory | Branch]:
        """ids (B, F) -> logits (B, V) and the state after. The state is changed in place."""
        if isinstance(state, Branch) and state.used < MOST_OWN:
            return self.branching.step(self.embed(ids), state)
        if isinstance(state, Branch):
            state = self._parted(state)
        if state.buffer.writer is not state or state.used == state.buffer.room:
            self._move(state)
        buffer = state.buffer
        buffer.x[state.rows, 0] = self.embed(ids)
        buffer.before[:], buffer.total[:] = state.used, state.used + 1
        self.session.run_with_iobinding(buffer.binding)
        state.used += 1
        return buffer.logits[state.rows, 0], state

    def reorder(self, state: Memory | Branch, parents: Array) -> Memory | Branch:
        """The state whose row b is the old row parents[b]; the old one may still be used."""
        parents = np.asarray(parents, int)
        if isinstance(state, Branch):
            return state.kept(parents)
        if (
            len(parents) >= LEAST_BRANCHES
            and (parents == parents[0]).all()
            and 0 < state.used <= self.window - MOST_OWN
        ):
            cache = state.buffer.cache[:, state.rows[parents[0]], :, : state.used]
            return Branch.of(cache, len(parents), state.base + state.used)
        return state.kept(parents) or self._copied(state, state.rows[parents], state.buffer.room, 0)

    def _parted(self, state: Branch) -> Memory:
        """The rows of a branch, each with a copy of what they shared."""
        shared = state.shared_values.shape[2]
        used = shared + state.used
        buffer = self._buffer(state.keys.shape[1], self.most, state.position - used)
        for at, (common, own) in enumerate(
            ((state.shared_keys.swapaxes(2, 3), state.keys.swapaxes(3, 4)), (state.shared_values, state.values))
        ):
            buffer.cache[at::2, :, :, :shared] = common[:, None]
            buffer.cache[at::2, :, :, shared:used] = own[..., : state.used, :]
        return Memory(buffer, np.arange(state.keys.shape[1]), used, state.position - used).write()

    def _buffer(self, rows: int, room: int, base: int) -> Buffer:
        shape = (2 * self.layers, rows, self.heads, room, self.width // self.heads)
        return Buffer(self.session, shape, self.fields[0], base)

    def _move(self, state: Memory) -> None:
        """A buffer of its own for a state, with room for at least one step more."""
        full = state.used == state.buffer.room
        drop = state.used - (self.window - 1) if full and state.used == self.most else 0
        new = self._copied(
            state, state.rows, min(state.buffer.room * 2, self.most) if full else state.buffer.room, drop
        )
        state.buffer, state.rows, state.used, state.base = new.buffer, new.rows, new.used, new.base
        state.write()

    def _copied(self, state: Memory, rows: Array, room: int, drop: int) -> Memory:
        """Some rows in a new buffer, without the first ``drop`` slots."""
        buffer = self._buffer(len(rows), room, state.base + drop)
        for new, old in zip(buffer.cache, state.buffer.cache, strict=True):
            new[:, :, : state.used - drop] = old[rows, :, drop : state.used]
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
    graph.apply_many(
        "GroupQueryAttention",
        [qkv, "", "", *past, "before", "total", "cos", "sin"],
        [f"seen{n}", *present],
        CONTRIB,
        num_heads=heads,
        kv_num_heads=heads,
        do_rotary=1,
        local_window_size=config["window"],
    )
    return graph.perceptron(n, x, f"seen{n}", after)
