"""The engine's own networks, offered through the public door like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..contracts import Network, Runner
from ..hookspecs import hookimpl

if TYPE_CHECKING:
    import numpy as np


class TransformerNetwork(Network):
    """A decoder-only transformer."""

    name = "transformer"
    summary = "decoder-only transformer: rotary positions, sliding window"
    sample = {"width": 16, "layers": 2, "heads": 2, "window": 8}

    def build(self, config: Mapping[str, Any]) -> Any:
        from .transformer import Transformer, TransformerConfig

        return Transformer(TransformerConfig(**{**config, "fields": tuple(config["fields"])}))

    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        from .runtime import open_transformer

        return open_transformer(weights, config)


class LSTMNetwork(Network):
    """A stacked LSTM."""

    name = "lstm"
    summary = "stacked long short-term memory network"
    sample = {"width": 16, "layers": 2}

    def build(self, config: Mapping[str, Any]) -> Any:
        from .recurrent import Recurrent, RecurrentConfig

        return Recurrent(RecurrentConfig(**{**config, "fields": tuple(config["fields"])}))

    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        from .runtime import open_recurrent

        return open_recurrent(weights, config)


class VariationalNetwork(Network):
    """A variational autoencoder."""

    name = "vae"
    summary = "variational autoencoder of sequences: an LSTM reads them into latent numbers, another writes them again"
    sample = {"width": 16, "latent": 4}
    reads_whole = True

    def build(self, config: Mapping[str, Any]) -> Any:
        from .variational import Variational, VariationalConfig

        return Variational(VariationalConfig(**{**config, "fields": tuple(config["fields"])}))

    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        from ..weights import as_stored
        from . import shapes
        from .running_variational import VariationalRunner

        shapes.check(as_stored(weights), shapes.variational(config))
        return VariationalRunner(weights, config)


class LlamaNetwork(Network):
    """A Llama."""

    name = "llama"
    summary = (
        "Llama decoder: rotary positions, grouped queries, gated perceptrons, tied embeddings; for pre-trained weights"
    )
    sample = {
        "fields": (11,),
        "width": 16,
        "layers": 2,
        "heads": 4,
        "key_heads": 2,
        "hidden": 32,
        "base": 1e4,
        "window": 16,
    }

    def build(self, config: Mapping[str, Any]) -> Any:
        from .llama import Llama, LlamaConfig

        return Llama(LlamaConfig(**{**config, "fields": tuple(config["fields"])}))

    def open(self, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> Runner:
        from .runtime import open_llama

        return open_llama(weights, config)


@hookimpl
def carmina_networks() -> list[type[Network]]:
    return [TransformerNetwork, LSTMNetwork, LlamaNetwork, VariationalNetwork]
