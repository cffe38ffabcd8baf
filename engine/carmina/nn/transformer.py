"""A decoder-only transformer with rotary positions and a sliding window (Vaswani 2017; Su 2021; Beltagy 2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .attention import windowed
from .dropout import Dropout
from .embedding import FieldEmbedding
from .rotary import rotary_tables

Past = tuple[Tensor, Tensor]  # keys and values (B, H, T, K) of a layer
State = list[Past]


@dataclass(frozen=True, slots=True)
class TransformerConfig:
    """Shape of a transformer."""

    fields: tuple[int, ...]  # size of each field's vocabulary
    width: int = 256  # D, a multiple of heads
    layers: int = 6
    heads: int = 8
    window: int = 256  # steps that a layer looks back, itself included
    dropout: float = 0.1
    hidden: int | None = None  # units of the perceptron; None: 4 D


class Attention(nn.Module):
    """Causal self-attention over the last ``window`` steps."""

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.heads, self.window, self.dropout = config.heads, config.window, config.dropout
        self.qkv = nn.Linear(config.width, 3 * config.width, bias=False)
        self.out = nn.Linear(config.width, config.width, bias=False)

    def forward(self, x: Tensor, past: Past | None, tables: tuple[Tensor, Tensor]) -> tuple[Tensor, Past]:
        batch, steps, width = x.shape
        q, k, v = self.qkv(x).view(batch, steps, 3, self.heads, -1).permute(2, 0, 3, 1, 4)  # each (B, H, T, K)
        q, k = _rotate(q, tables), _rotate(k, tables)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        dropout = self.dropout if self.training else 0.0
        if past is None and x.device.type == "cpu":
            y = windowed(q, k, v, self.window, dropout)
        else:
            mask = _window_mask(steps, k.shape[2], self.window, x.device)
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None, dropout_p=dropout)
        y = y.transpose(1, 2).reshape(batch, steps, width)
        return self.out(y), (k[:, :, -self.window :], v[:, :, -self.window :])


def _rotate(x: Tensor, tables: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = tables  # (T, K/2)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1).to(x.dtype)


def _window_mask(steps: int, keys: int, window: int, device: torch.device) -> Tensor | None:
    """(T, keys) True where a step may look; None when plain causality says it all."""
    if steps == keys <= window:
        return None
    ahead = torch.arange(keys, device=device)[None] - torch.arange(keys - steps, keys, device=device)[:, None]
    return (ahead <= 0) & (ahead > -window)


class Block(nn.Module):
    """Pre-norm attention, then a squared-ReLU perceptron (So 2021)."""

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(config.width, eps=1e-6), nn.RMSNorm(config.width, eps=1e-6)
        self.attention = Attention(config)
        hidden = config.hidden or 4 * config.width
        self.up = nn.Linear(config.width, hidden, bias=False)
        self.down = nn.Linear(hidden, config.width, bias=False)
        self.drop = Dropout(config.dropout)

    def forward(self, x: Tensor, past: Past | None, tables: tuple[Tensor, Tensor]) -> tuple[Tensor, Past]:
        y, past = self.attention(self.norm1(x), past, tables)
        x = x + self.drop(y)
        return x + self.drop(self.down(F.relu(self.up(self.norm2(x))).square())), past


class Transformer(nn.Module):
    """ids (B, T, F) -> logits (B, T, V)."""

    cos: Tensor
    sin: Tensor

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.config = config
        self.embed = FieldEmbedding(config.fields, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.RMSNorm(config.width, eps=1e-6)
        self.head = nn.Linear(config.width, config.fields[0], bias=False)
        self.drop = Dropout(config.dropout)
        # kept on the device: a table brought there at every step would make a GPU wait
        for name, table in zip(
            ("cos", "sin"), rotary_tables(0, max(512, config.window), config.width // config.heads, "cpu")
        ):
            self.register_buffer(name, table, persistent=False)
        self.apply(_initialise)
        for block in cast("list[Block]", list(self.blocks)):
            nn.init.normal_(block.attention.out.weight, std=0.02 / (2 * config.layers) ** 0.5)
            nn.init.normal_(block.down.weight, std=0.02 / (2 * config.layers) ** 0.5)

    def forward(self, ids: Tensor, state: tuple[int, State] | None = None) -> tuple[Tensor, tuple[int, State]]:
        """ids (B, T, F) -> logits (B, T, V) and the state after the last step: how many steps, keys and values."""
        seen, caches = state if state is not None else (0, [None] * len(self.blocks))
        tables = self._tables(seen, seen + ids.shape[1])
        x = self.drop(self.embed(ids))  # (B, T, D)
        after = []
        for block, past in zip(self.blocks, caches, strict=True):
            x, past = block(x, past, tables)
            after.append(past)
        return self.head(self.norm(x)), (seen + ids.shape[1], after)

    def _tables(self, first: int, last: int) -> tuple[Tensor, Tensor]:
        if last <= len(self.cos):
            return self.cos[first:last], self.sin[first:last]
        return rotary_tables(first, last - first, self.config.width // self.config.heads, self.cos.device)


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.02)
