"""The same networks in plain numpy, for decoding where ONNX Runtime is not installed: see ``runtime``.

Equal to the torch modules within 1e-4 on the logits (a test says so). Each keeps its weights transposed and contiguous,
so that a step is a few matrix products. Sources: see ``transformer`` and ``recurrent``.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .rotary import tables

Array = np.ndarray
EPSILON = np.float32(1e-6)


def _norm(x: Array, weight: Array) -> Array:
    scale = np.einsum("bd,bd->b", x, x) / np.float32(x.shape[1]) + EPSILON
    normed: Array = x * (weight / np.sqrt(scale)[:, None])
    return normed


def _columns(weights: Mapping[str, Array], name: str) -> Array:
    """A linear layer's weight as (in, out), float32, contiguous."""
    return np.ascontiguousarray(weights[name].astype(np.float32).T)


class Embedding:
    """The sum of one embedding for each field of a step."""

    def __init__(self, table: Array, fields: Sequence[int]):
        self.table = table  # (sum of the fields' sizes, D) float32
        self.offsets = np.array(list(itertools.accumulate(fields, initial=0))[:-1])

    def __call__(self, ids: Array) -> Array:
        summed: Array = self.table[ids + self.offsets].sum(axis=1)  # (B, F) -> (B, D)
        return summed


class TransformerRunner:
    """One step at a time with a ring of keys and values as long as the window."""

    def __init__(self, weights: Mapping[str, Array], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.heads, self.window = config["heads"], config["window"]
        self.width, self.layers = config["width"], config["layers"]
        self.embed = Embedding(weights["embed.weight"].astype(np.float32), self.fields)
        self.final, self.head = weights["norm.weight"].astype(np.float32), _columns(weights, "head.weight")
        self.blocks = [self._block(weights, f"blocks.{n}.") for n in range(self.layers)]

    @staticmethod
    def _block(weights: Mapping[str, Array], at: str) -> tuple[Array, ...]:
        linear = ("attention.qkv.weight", "attention.out.weight", "up.weight", "down.weight")
        norms = (weights[at + f"norm{n}.weight"].astype(np.float32) for n in (1, 2))
        return (*norms, *(_columns(weights, at + name) for name in linear))

    def start(self, batch: int) -> dict[str, Any]:
        """Keys are kept turned, so their order in the ring does not matter: attention is a sum over them."""
        shape = (self.layers, batch, self.heads, 0, self.width // self.heads)
        return {"seen": 0, "keys": np.zeros(shape, np.float32), "values": np.zeros(shape, np.float32)}

    def step(self, ids: Array, state: dict[str, Any]) -> tuple[Array, dict[str, Any]]:
        """ids (B, F) -> logits (B, V) and the state after. The state is changed in place."""
        slot, used = self._slot(state)
        turn = tables(state["seen"], 1, self.width // self.heads)
        x = self.embed(ids)  # (B, D)
        for layer, block in enumerate(self.blocks):
            x = self._layer(x, block, state["keys"][layer], state["values"][layer], slot, used, turn)
        state["seen"] += 1
        return _norm(x, self.final) @ self.head, state

    def _slot(self, state: dict[str, Any]) -> tuple[int, int]:
        """Where this step's key goes, and how many keys there are with it. Room is doubled up to the window."""
        seen, room = state["seen"], state["keys"].shape[3]
        if seen >= room and room < self.window:
            more = min(max(room, 64), self.window - room)
            pad = [(0, 0)] * 5
            pad[3] = (0, more)
            state["keys"], state["values"] = np.pad(state["keys"], pad), np.pad(state["values"], pad)
        return seen % self.window, min(seen + 1, self.window)

    def _layer(
        self,
        x: Array,
        block: tuple[Array, ...],
        keys: Array,
        values: Array,
        slot: int,
        used: int,
        turn: tuple[Array, Array],
    ) -> Array:
        norm1, norm2, qkv, out, up, down = block
        batch = len(x)
        q, k, v = (_norm(x, norm1) @ qkv).reshape(batch, 3, self.heads, -1).transpose(1, 0, 2, 3)  # each (B, H, K)
        keys[:, :, slot], values[:, :, slot] = _turned(k, turn), v
        weights = np.matmul(keys[:, :, :used], _turned(q, turn)[..., None])[..., 0]  # (B, H, used)
        weights *= np.float32(q.shape[-1] ** -0.5)
        weights -= weights.max(axis=-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=-1, keepdims=True)
        y = np.matmul(weights[:, :, None], values[:, :, :used]).reshape(batch, self.width)
        x = x + y @ out
        hidden = np.maximum(_norm(x, norm2) @ up, np.float32(0))
        fed: Array = x + np.square(hidden, out=hidden) @ down
        return fed

    def reorder(self, state: dict[str, Any], parents: Array) -> dict[str, Any]:
        return {"seen": state["seen"], "keys": state["keys"][:, parents], "values": state["values"][:, parents]}


def _turned(x: Array, turn: tuple[Array, Array]) -> Array:
    cos, sin = turn  # (1, K/2)
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    return np.concatenate((a * cos - b * sin, a * sin + b * cos), axis=-1)


class RecurrentRunner:
    """One step at a time with hidden and cell states."""

    def __init__(self, weights: Mapping[str, Array], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.width, self.layers = config["width"], config["layers"]
        self.embed = Embedding(weights["embed.weight"].astype(np.float32), self.fields)
        self.final, self.head = weights["norm.weight"].astype(np.float32), _columns(weights, "head.weight")
        self.cells = [self._cell(weights, n) for n in range(self.layers)]

    @staticmethod
    def _cell(weights: Mapping[str, Array], n: int) -> tuple[Array, Array]:
        both = np.concatenate((weights[f"lstm.weight_ih_l{n}"], weights[f"lstm.weight_hh_l{n}"]), axis=1)
        bias = weights[f"lstm.bias_ih_l{n}"].astype(np.float32) + weights[f"lstm.bias_hh_l{n}"].astype(np.float32)
        return np.ascontiguousarray(both.astype(np.float32).T), bias

    def start(self, batch: int) -> Array:
        return np.zeros((2, self.layers, batch, self.width), np.float32)

    def step(self, ids: Array, state: Array) -> tuple[Array, Array]:
        """ids (B, F) -> logits (B, V) and the state after."""
        x, after = self.embed(ids), np.empty_like(state)
        for layer, (weight, bias) in enumerate(self.cells):
            gates = np.concatenate((x, state[0, layer]), axis=1) @ weight + bias
            enter, forget, new, leave = np.split(gates, 4, axis=1)
            cell = _sigmoid(forget) * state[1, layer] + _sigmoid(enter) * np.tanh(new)
            x = _sigmoid(leave) * np.tanh(cell)
            after[0, layer], after[1, layer] = x, cell
        return _norm(x, self.final) @ self.head, after

    def reorder(self, state: Array, parents: Array) -> Array:
        return state[:, :, parents]


def _sigmoid(x: Array) -> Array:
    return np.float32(0.5) * (np.tanh(np.float32(0.5) * x) + np.float32(1))
