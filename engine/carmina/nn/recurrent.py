"""A stacked LSTM (Hochreiter & Schmidhuber 1997) with the transformer's signature."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from .dropout import Dropout
from .embedding import FieldEmbedding

State = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class RecurrentConfig:
    """Shape of an LSTM."""

    fields: tuple[int, ...]  # size of each field's vocabulary
    width: int = 384  # D, of the embedding and of every layer
    layers: int = 2
    dropout: float = 0.2


class Recurrent(nn.Module):
    """ids (B, T, F) -> logits (B, T, V)."""

    def __init__(self, config: RecurrentConfig):
        super().__init__()
        self.config = config
        self.embed = FieldEmbedding(config.fields, config.width)
        self.lstm = nn.LSTM(
            config.width,
            config.width,
            config.layers,
            batch_first=True,
            dropout=config.dropout if config.layers > 1 else 0.0,
        )
        self.drop = Dropout(config.dropout)
        self.norm = nn.RMSNorm(config.width, eps=1e-6)
        self.head = nn.Linear(config.width, config.fields[0], bias=False)

    def forward(self, ids: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """ids (B, T, F) -> logits (B, T, V) and the state after the last step: hidden and cell, each (layers, B, D)."""
        x = self.drop(self.embed(ids))  # (B, T, D)
        x, state = self.lstm(x, state)  # (B, T, D)
        return self.head(self.norm(self.drop(x).float())), state  # (B, T, V)
