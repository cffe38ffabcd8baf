"""A Llama in plain numpy, for decoding where ONNX Runtime is not installed: see ``llama`` for what it computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .rotary import tables

Array = np.ndarray
EPSILON = np.float32(1e-5)
ROOM = 64  # steps that a memory grows by


class LlamaRunner:
    """One step at a time, with all keys and values behind."""

    def __init__(self, weights: Mapping[str, Array], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.heads, self.key_heads = config["heads"], config["key_heads"]
        self.width, self.layers, self.base = config["width"], config["layers"], config["base"]
        self.window = config["window"]
        self.embed = weights["embed.weight"].astype(np.float32)  # (V, D), the head too
        self.final = weights["norm.weight"].astype(np.float32)
        self.blocks = [_block(weights, f"blocks.{n}.") for n in range(self.layers)]

    def start(self, batch: int) -> dict[str, Any]:
        """No steps behind."""
        shape = (self.layers, batch, self.key_heads, 0, self.width // self.heads)
        return {"seen": 0, "keys": np.zeros(shape, np.float32), "values": np.zeros(shape, np.float32)}

    def step(self, ids: Array, state: dict[str, Any]) -> tuple[Array, dict[str, Any]]:
        """ids (B, 1) -> logits (B, V) and the state after. The state is changed in place."""
        seen = state["seen"]
        if seen == state["keys"].shape[3]:
            room = [(0, 0), (0, 0), (0, 0), (0, ROOM), (0, 0)]
            state["keys"], state["values"] = np.pad(state["keys"], room), np.pad(state["values"], room)
        turn = tables(seen, 1, self.width // self.heads, self.base)
        x = self.embed[np.asarray(ids)[:, 0]]  # (B, D)
        for layer, block in enumerate(self.blocks):
            x = self._layer(x, block, state["keys"][layer], state["values"][layer], seen, turn)
        state["seen"] = seen + 1
        return _norm(x, self.final) @ self.embed.T, state

    def _layer(self, x: Array, block: tuple[Array, ...], keys: Array, values: Array, seen: int, turn: Any) -> Array:
        norm1, norm2, qkv, out, up, down = block
        batch, group = len(x), self.heads // self.key_heads
        heads = (_norm(x, norm1) @ qkv).reshape(batch, self.heads + 2 * self.key_heads, -1)
        q, k, v = np.split(heads, (self.heads, self.heads + self.key_heads), axis=1)  # (B, H or G, K)
        keys[:, :, seen], values[:, :, seen] = _turned(k, turn), v
        q = _turned(q, turn).reshape(batch, self.key_heads, group, -1) * np.float32(q.shape[-1] ** -0.5)
        shares = q @ keys[:, :, : seen + 1].swapaxes(2, 3)  # (B, G, H / G, steps)
        shares = np.exp(shares - shares.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        x = x + (shares @ values[:, :, : seen + 1]).reshape(batch, self.width) @ out
        gate, passed = np.split(_norm(x, norm2) @ up, 2, axis=1)
        fed: Array = x + (gate / (1 + np.exp(-gate)) * passed) @ down
        return fed

    def reorder(self, state: dict[str, Any], parents: Array) -> dict[str, Any]:
        """The state whose row b is the old row parents[b]."""
        return {"seen": state["seen"], "keys": state["keys"][:, parents], "values": state["values"][:, parents]}


def _block(weights: Mapping[str, Array], at: str) -> tuple[Array, ...]:
    linear = ("attention.qkv.weight", "attention.out.weight", "up.weight", "down.weight")
    columns = (np.ascontiguousarray(weights[at + name].astype(np.float32).T) for name in linear)
    return (*(weights[at + f"norm{n}.weight"].astype(np.float32) for n in (1, 2)), *columns)


def _norm(x: Array, weight: Array) -> Array:
    scale = np.einsum("bd,bd->b", x, x) / np.float32(x.shape[1]) + EPSILON
    normed: Array = x * (weight / np.sqrt(scale)[:, None])
    return normed


def _turned(x: Array, turn: tuple[Array, Array]) -> Array:
    cos, sin = turn  # (1, K/2)
    a, b = np.split(x, 2, axis=-1)
    return np.concatenate((a * cos - b * sin, a * sin + b * cos), axis=-1)
