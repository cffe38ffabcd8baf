"""The sum of one embedding for each field of a step."""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class FieldEmbedding(nn.Module):
    """ids (B, T, F) or, with one field, (B, T) -> (B, T, D). All fields share one table, each at its own offset."""

    offsets: Tensor

    def __init__(self, fields: tuple[int, ...], width: int):
        super().__init__()
        offsets = list(itertools.accumulate(fields, initial=0))
        self.weight = nn.Parameter(torch.randn(offsets[-1], width) * (0.05 / len(fields) ** 0.5))
        self.register_buffer("offsets", torch.tensor(offsets[:-1]), persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        if ids.dim() == 2:
            return F.embedding(ids, self.weight)
        batch, steps, fields = ids.shape
        rows = (ids + self.offsets).view(batch * steps, fields)
        return F.embedding_bag(rows, self.weight, mode="sum").view(batch, steps, -1)
