"""The variational autoencoder in numpy, for decoding: reads a sequence into latent numbers, writes one from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .running import Array, Embedding, _columns, _norm, _sigmoid


class VariationalRunner:
    """A runner that writes from latent numbers: :meth:`given` says from which; without it from the middle of all."""

    def __init__(self, weights: Mapping[str, Array], config: Mapping[str, Any]):
        self.fields = tuple(config["fields"])
        self.width, self.latent = config["width"], config["latent"]
        self.embed = Embedding(weights["embed.weight"].astype(np.float32), self.fields)
        self.final, self.head = weights["norm.weight"].astype(np.float32), _columns(weights, "head.weight")
        self._linear = {
            name: (_columns(weights, f"{name}.weight"), weights[f"{name}.bias"].astype(np.float32))
            for name in ("mean", "given", "first")
        }
        self._readers = [_cell(weights, "reader", end) for end in ("", "_reverse")]
        self._writer = _cell(weights, "writer", "")
        self._given = np.zeros((1, self.latent), np.float32)

    def encode(self, ids: Array) -> Array:
        """One sequence of ids (T, F) -> the means of its latent numbers (Z,)."""
        steps = self.embed(np.asarray(ids))  # (T, D)
        lasts = []
        for cell, order in zip(self._readers, (steps, steps[::-1]), strict=True):
            hidden = state = np.zeros((1, self.width), np.float32)
            for step in order:
                hidden, state = _advance(cell, step[None], hidden, state)
            lasts.append(hidden)
        found: Array = self._through("mean", np.concatenate(lasts, axis=1))[0]
        return found

    def given(self, latent: Array) -> VariationalRunner:
        """A runner of the same weights that writes from these latent numbers, (Z,) or (B, Z)."""
        other = object.__new__(VariationalRunner)
        other.__dict__ = {**self.__dict__, "_given": np.atleast_2d(np.asarray(latent, np.float32))}
        return other

    def start(self, batch: int) -> Array:
        """The state before the first step: what is given, hidden and cell, (3, B, D)."""
        latent = np.broadcast_to(self._given, (batch, self.latent))
        hidden, cell = np.split(np.tanh(self._through("first", latent)), 2, axis=1)
        return np.stack((self._through("given", latent), hidden, cell))

    def step(self, ids: Array, state: Array) -> tuple[Array, Array]:
        """ids (B, F) -> logits (B, V) and the state after."""
        hidden, cell = _advance(self._writer, self.embed(ids) + state[0], state[1], state[2])
        return _norm(hidden, self.final) @ self.head, np.stack((state[0], hidden, cell))

    def reorder(self, state: Array, parents: Array) -> Array:
        return state[:, parents]

    def _through(self, name: str, x: Array) -> Array:
        weight, bias = self._linear[name]
        out: Array = x @ weight + bias
        return out


def _cell(weights: Mapping[str, Array], name: str, end: str) -> tuple[Array, Array]:
    both = np.concatenate((weights[f"{name}.weight_ih_l0{end}"], weights[f"{name}.weight_hh_l0{end}"]), axis=1)
    bias = weights[f"{name}.bias_ih_l0{end}"].astype(np.float32) + weights[f"{name}.bias_hh_l0{end}"].astype(np.float32)
    return np.ascontiguousarray(both.astype(np.float32).T), bias


def _advance(cell: tuple[Array, Array], x: Array, hidden: Array, state: Array) -> tuple[Array, Array]:
    gates = np.concatenate((x, hidden), axis=1) @ cell[0] + cell[1]
    enter, forget, new, leave = np.split(gates, 4, axis=1)
    state = _sigmoid(forget) * state + _sigmoid(enter) * np.tanh(new)
    return _sigmoid(leave) * np.tanh(state), state
