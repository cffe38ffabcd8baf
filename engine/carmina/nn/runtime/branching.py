"""A step of many continuations of one sequence as one graph: the keys and values that they share are read once for all.

Attention is over three parts with one softmax: the shared steps (a matrix product of all rows at once), the steps that each has
of its own, and the step itself. See ``nn.transformer`` for what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...weights import Stored
from ..rotary import angles
from .branch import Branch
from .graph import Graph
from .messages import CONTRIB

Array = np.ndarray


class Branching:
    """Runs the graph on :class:`Branch` states."""

    def __init__(self, weights: Mapping[str, Stored], config: Mapping[str, Any]):
        self.layers, self.heads, self.width = config["layers"], config["heads"], config["width"]
        self.vocabulary = tuple(config["fields"])[0]
        self.session = branch_graph(weights, config).open()

    def step(self, embedded: Array, state: Branch) -> tuple[Array, Branch]:
        """(P, D) -> logits (P, V) and the state after, which is changed in place."""
        state.make_room()
        rows, head_width = len(embedded), self.width // self.heads
        turned = angles(state.position, 1, head_width)
        given = {
            "x": embedded[:, None],
            "cos": np.cos(turned).astype(np.float32),
            "sin": np.sin(turned).astype(np.float32),
            "mask": state.mask,
            "parts": np.array([state.shared_values.shape[2], len(state.mask), 1]),
            "first": np.zeros(1, np.int64),
        }
        for n in range(self.layers):
            given |= {
                f"shared_keys{n}": state.shared_keys[n],
                f"shared_values{n}": state.shared_values[n],
                f"keys{n}": state.keys[n],
                f"values{n}": state.values[n],
            }
        logits = np.empty((rows, 1, self.vocabulary), np.float32)
        new = np.empty((2, self.layers, rows, self.heads, 1, head_width), np.float32)
        results = {"logits": logits} | {
            f"new_{kind}{n}": new[at, n] for at, kind in enumerate(("keys", "values")) for n in range(self.layers)
        }
        self._run(given, results)
        state.take(*new)
        return logits[:, 0], state

    def _run(self, given: Mapping[str, Array], results: Mapping[str, Array]) -> None:
        binding = self.session.io_binding()
        for bind, arrays in ((binding.bind_input, given), (binding.bind_output, results)):
            for name, array in arrays.items():
                bind(name, "cpu", 0, array.dtype.type, array.shape, array.ctypes.data)
        self.session.run_with_iobinding(binding)


def branch_graph(weights: Mapping[str, Stored], config: Mapping[str, Any]) -> Graph:
    """x (P, 1, D) embedded -> logits (P, 1, V), and the new keys and values of each layer (P, H, 1, K)."""
    graph, width, heads = Graph(weights), config["width"], config["heads"]
    graph.input("x", ("P", 1, width))
    for table in ("cos", "sin"):
        graph.input(table, (1, width // heads // 2))
    graph.input("mask", ("S",))
    graph.input("parts", (3,), "int64")
    graph.input("first", (1,), "int64")
    graph.constant("scale", np.array((width // heads) ** -0.5, np.float32))
    for name, shape in {
        "one": (-1, heads, 1, width // heads),
        "flat": (-1, heads, width // heads),
        "whole": (-1, 1, width),
    }.items():
        graph.constant(name, np.array(shape, np.int64))
    graph.constant("second", np.array([2], np.int64))
    graph.constant("last", np.array([-1], np.int64))
    x, normed = "x", graph.norm("x", "blocks.0.norm1.weight", "normed0")
    for n in range(config["layers"]):
        after = "norm.weight" if n == config["layers"] - 1 else f"blocks.{n + 1}.norm1.weight"
        seen = _attention(graph, n, normed, width, heads)
        x, normed = graph.perceptron(n, x, seen, after)
    graph.linear(normed, "head.weight", graph.output("logits", ("P", 1, config["fields"][0])))
    return graph


def _attention(graph: Graph, n: int, normed: str, width: int, heads: int) -> str:
    """(P, 1, D) what each row saw."""
    own = f"{n}"
    qkv = graph.linear(normed, f"blocks.{n}.attention.qkv.weight", f"qkv{own}")
    graph.apply_many("Split", [qkv], [f"q{own}", f"k{own}", f"v{own}"], axis=2, num_outputs=3)
    for name in ("q", "k"):
        graph.apply("RotaryEmbedding", [f"{name}{own}", "first", "cos", "sin"], f"{name}_turned{own}", CONTRIB)
    graph.apply("Mul", [f"q_turned{own}", "scale"], f"q_scaled{own}")
    query = graph.apply("Reshape", [f"q_scaled{own}", "one"], f"query{own}")
    key = graph.apply(
        "Reshape", [f"k_turned{own}", "one"], graph.output(f"new_keys{own}", ("P", heads, 1, width // heads))
    )
    value = graph.apply(
        "Reshape", [f"v{own}", "one"], graph.output(f"new_values{own}", ("P", heads, 1, width // heads))
    )
    shares = _shares(graph, own, query, key, width, heads)
    seen = _seen(graph, own, shares, value, width, heads)
    return graph.apply("Reshape", [seen, "whole"], f"seen{own}")


def _shares(graph: Graph, own: str, query: str, key: str, width: int, heads: int) -> list[str]:
    """The softmax over all that may be seen, cut in three: (P, H, T), (P, H, S), (P, H, 1)."""
    graph.input(f"shared_keys{own}", (heads, width // heads, "T"))
    graph.input(f"keys{own}", ("P", heads, width // heads, "S"))
    rows = graph.apply("Reshape", [f"q_scaled{own}", "flat"], f"rows{own}")
    by_head = graph.apply("Transpose", [rows], f"by_head{own}", perm=(1, 0, 2))
    shared = graph.apply("MatMul", [by_head, f"shared_keys{own}"], f"shared_scores{own}")
    first = graph.apply("Transpose", [shared], f"first_scores{own}", perm=(1, 0, 2))
    mine = graph.apply("MatMul", [query, f"keys{own}"], f"own_scores{own}")
    masked = graph.apply("Add", [mine, "mask"], f"masked{own}")
    second = graph.apply("Squeeze", [masked, "second"], f"second_scores{own}")
    both = graph.apply("Mul", [query, key], f"both{own}")
    third = graph.apply("ReduceSum", [both, "last"], f"third_scores{own}", keepdims=0)
    scores = graph.apply("Concat", [first, second, third], f"scores{own}", axis=2)
    shares = graph.apply("Softmax", [scores], f"shares{own}", axis=-1)
    parts = [f"part{part}_{own}" for part in range(3)]
    graph.apply_many("Split", [shares, "parts"], parts, axis=2)
    return parts


def _seen(graph: Graph, own: str, shares: list[str], value: str, width: int, heads: int) -> str:
    """(P, H, 1, K) the values, weighed."""
    graph.input(f"shared_values{own}", (heads, "T", width // heads))
    graph.input(f"values{own}", ("P", heads, "S", width // heads))
    by_head = graph.apply("Transpose", [shares[0]], f"shared_shares{own}", perm=(1, 0, 2))
    shared = graph.apply("MatMul", [by_head, f"shared_values{own}"], f"shared_seen{own}")
    first = graph.apply(
        "Unsqueeze",
        [graph.apply("Transpose", [shared], f"first_rows{own}", perm=(1, 0, 2)), "second"],
        f"first_seen{own}",
    )
    mine = graph.apply("Unsqueeze", [shares[1], "second"], f"own_shares{own}")
    second = graph.apply("MatMul", [mine, f"values{own}"], f"second_seen{own}")
    itself = graph.apply("Unsqueeze", [shares[2], "second"], f"itself{own}")
    third = graph.apply("Mul", [itself, value], f"third_seen{own}")
    return graph.apply("Add", [graph.apply("Add", [first, second], f"two{own}"), third], f"all_seen{own}")
