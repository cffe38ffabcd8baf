"""A Llama decoder: rotary positions, grouped queries, gated perceptrons, tied embeddings.

Sources: Touvron 2023, Ainslie 2023 (grouped queries), Shazeer 2020 (gates).

Shapes: B batch, T steps, D width, V vocabulary, H query heads, G key and value heads, K = D / H.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .rotary import rotary_tables

Past = list[tuple[Tensor, Tensor]]


@dataclass(frozen=True, slots=True)
class LlamaConfig:
    """Shape of a Llama; the defaults are SmolLM2-135M's but for its vocabulary."""

    fields: tuple[int, ...]  # size of the one field's vocabulary
    width: int = 576
    layers: int = 30
    heads: int = 9
    key_heads: int = 3  # a divisor of heads
    hidden: int = 1536  # units of the gated perceptron
    base: float = 100_000.0  # of the rotary angles
    window: int = 1024  # the most steps of a sequence

    def __post_init__(self) -> None:
        if len(self.fields) != 1 or self.width % self.heads or self.heads % self.key_heads:
            raise ValueError(f"a Llama has one field, a width of whole heads and heads in whole groups (got: {self})")


class Attention(nn.Module):
    """Causal attention; each key and value serves H / G queries."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.heads, self.key_heads, self.size = config.heads, config.key_heads, config.width // config.heads
        self.qkv = nn.Linear(config.width, (self.heads + 2 * self.key_heads) * self.size, bias=False)
        self.out = nn.Linear(config.width, config.width, bias=False)

    def forward(
        self, x: Tensor, past: tuple[Tensor, Tensor] | None, tables: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        batch, steps, width = x.shape
        heads = self.qkv(x).view(batch, steps, -1, self.size).transpose(1, 2)
        q, k, v = heads.split((self.heads, self.key_heads, self.key_heads), 1)
        q, k = _rotate(q, tables), _rotate(k, tables)  # (B, H or G, T, K)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        mask = None if past is None else _later(steps, k.shape[2], x.device)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None, enable_gqa=True)
        return self.out(y.transpose(1, 2).reshape(batch, steps, width)), (k, v)


def _rotate(x: Tensor, tables: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = tables  # (T, K/2)
    a, b = x.float().chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1).to(x.dtype)


def _later(steps: int, keys: int, device: torch.device) -> Tensor:
    """(T, keys) True where a step may look."""
    return torch.arange(keys, device=device)[None] <= torch.arange(keys - steps, keys, device=device)[:, None]


class Block(nn.Module):
    """Pre-norm attention, then a gated perceptron."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(config.width, eps=1e-5), nn.RMSNorm(config.width, eps=1e-5)
        self.attention = Attention(config)
        self.up = nn.Linear(config.width, 2 * config.hidden, bias=False)  # the gate, then what it lets through
        self.down = nn.Linear(config.hidden, config.width, bias=False)

    def forward(
        self, x: Tensor, past: tuple[Tensor, Tensor] | None, tables: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        y, past = self.attention(self.norm1(x), past, tables)
        x = x + y
        gate, y = self.up(self.norm2(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * y), past


class Llama(nn.Module):
    """ids (B, T, 1) -> logits (B, T, V)."""

    def __init__(self, config: LlamaConfig):
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.fields[0], config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.RMSNorm(config.width, eps=1e-5)
        self.apply(_initialise)

    def forward(self, ids: Tensor, state: tuple[int, Past] | None = None) -> tuple[Tensor, tuple[int, Past]]:
        """ids (B, T, 1) -> logits (B, T, V) and the state after the last step: how many steps, keys and values."""
        x, state = self.states(ids, state)
        return F.linear(x, self.embed.weight), state

    def states(self, ids: Tensor, state: tuple[int, Past] | None = None) -> tuple[Tensor, tuple[int, Past]]:
        """ids (B, T, 1) -> what the last layer says, normed (B, T, D), and the state after the last step."""
        seen, caches = state if state is not None else (0, [None] * len(self.blocks))
        tables = rotary_tables(seen, ids.shape[1], self.config.width // self.config.heads, ids.device, self.config.base)
        x = self.embed(ids[..., 0])  # (B, T, D)
        after = []
        for block, past in zip(self.blocks, caches, strict=True):
            x, past = block(x, past, tables)
            after.append(past)
        return self.norm(x), (seen + ids.shape[1], after)


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
