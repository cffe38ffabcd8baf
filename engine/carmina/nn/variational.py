"""A variational autoencoder of sequences (Kingma & Welling 2014; Bowman et al. 2016; Roberts et al. 2018, MusicVAE).

An LSTM reads the whole sequence both ways and gives a normal distribution of a few latent numbers; another writes the
sequence again from a draw of them, step by step, with some of what it wrote before hidden from it, so that the latent
numbers must tell. Shapes: B batch, T steps, F fields, V vocabulary, D width, Z latent numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .dropout import Dropout
from .embedding import FieldEmbedding

State = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class VariationalConfig:
    """Shape of an autoencoder, and what its training asks for."""

    fields: tuple[int, ...]  # size of each field's vocabulary
    width: int = 192  # D, of the embedding and of both LSTMs
    latent: int = 48  # Z
    dropout: float = 0.1
    hidden_words: float = 0.35  # share of the ids written before that the writer does not see while it is trained
    weight: float = 0.2  # of the divergence from a standard normal distribution, beside the loss of the ids
    free: float = 0.05  # nats a latent number may diverge at no cost


class Variational(nn.Module):
    """ids (B, T, F) -> logits (B, T, V); after a training step ``penalty`` is what the latent numbers cost, nats."""

    def __init__(self, config: VariationalConfig):
        super().__init__()
        self.config = config
        width = config.width
        self.embed = FieldEmbedding(config.fields, width)
        self.reader = nn.LSTM(width, width, batch_first=True, bidirectional=True)
        self.mean = nn.Linear(2 * width, config.latent)
        self.spread = nn.Linear(2 * width, config.latent)
        self.given = nn.Linear(config.latent, width)
        self.first = nn.Linear(config.latent, 2 * width)
        self.writer = nn.LSTM(width, width, batch_first=True)
        self.drop = Dropout(config.dropout)
        self.norm = nn.RMSNorm(width, eps=1e-6)
        self.head = nn.Linear(width, config.fields[0], bias=False)
        self.penalty: Tensor | float = 0.0

    def forward(self, ids: Tensor, state: object = None) -> tuple[Tensor, State]:
        """ids (B, T, F) -> logits (B, T, V) and the writer's state; ids of 0 after the first step are padding."""
        whole = ids[..., 0] if ids.dim() == 3 else ids
        lengths = 1 + (whole[:, 1:] != 0).sum(1)  # (B,)
        mean, spread = self.encode(ids, lengths)  # (B, Z) each
        latent = mean
        if self.training:
            latent = mean + torch.randn_like(mean) * torch.exp(0.5 * spread)
            nats = 0.5 * (mean.square() + spread.exp() - 1 - spread).float()
            self.penalty = self.config.weight * nats.clamp(min=self.config.free).sum()
        return self.decode(self._hidden(ids), latent)

    def encode(self, ids: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """ids (B, T, F) of these lengths (B,) -> the means and the logarithms of the variances (B, Z)."""
        packed = nn.utils.rnn.pack_padded_sequence(
            self.drop(self.embed(ids)), lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        _read, (last, _cells) = self.reader(packed)  # (2, B, D)
        both = torch.cat((last[0], last[1]), dim=-1)  # (B, 2D)
        return self.mean(both), self.spread(both).clamp(-8, 8)

    def decode(self, ids: Tensor, latent: Tensor) -> tuple[Tensor, State]:
        """What was written before (B, T, F), and latent numbers (B, Z) -> logits (B, T, V) and the state."""
        hidden, cell = torch.tanh(self.first(latent)).chunk(2, dim=-1)  # (B, D) each
        x = self.drop(self.embed(ids)) + self.given(latent)[:, None]  # (B, T, D)
        x, state = self.writer(x, (hidden[None].contiguous(), cell[None].contiguous()))
        return self.head(self.norm(self.drop(x).float())), state

    def _hidden(self, ids: Tensor) -> Tensor:
        """The ids with some of the first field gone (0), while training."""
        if not self.training or not self.config.hidden_words:
            return ids
        kept = torch.rand(ids.shape[:2], device=ids.device) >= self.config.hidden_words
        out = ids.clone()
        out[..., 0] = out[..., 0] * kept
        return out
