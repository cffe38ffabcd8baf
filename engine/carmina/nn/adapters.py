"""Fine-tuning few weights: every matrix stays as it is and gets a product of two thin ones beside it (LoRA, Hu et al.
2021).

The product is added to the weights themselves before each forward pass, so that any network can be adapted whatever its
layers are, recurrent ones too. Shapes: O and I of a matrix, R rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from ..adapters import A, B


class Adapted(nn.Module):
    """A network whose matrices move only along ``rank`` directions each. Starts as the network itself."""

    def __init__(self, base: nn.Module, rank: int, scale: float = 2.0, skip: tuple[str, ...] = ("embed",)):
        """``skip``: matrices with one of these in their name are left alone."""
        super().__init__()
        self.base, self.scale = base.requires_grad_(False), scale
        self.names = [
            name
            for name, weight in base.named_parameters()
            if weight.dim() == 2 and not any(word in name for word in skip)
        ]
        self.thin = nn.ParameterDict()
        for name in self.names:
            rows, columns = base.get_parameter(name).shape
            width = min(rank, rows, columns)
            self.thin[_key(name + A)] = nn.Parameter(torch.randn(width, columns) * columns**-0.5)
            self.thin[_key(name + B)] = nn.Parameter(torch.zeros(rows, width))

    def forward(self, ids: Tensor, state: Any = None) -> Any:
        """As the network's own: ids (B, T, F) -> logits (B, T, V) and the state after."""
        return functional_call(self.base, self.merged(), (ids, state))

    def merged(self) -> dict[str, Tensor]:
        """The adapted matrices, each (O, I)."""
        return {
            name: self.base.get_parameter(name) + self.scale * (self.thin[_key(name + B)] @ self.thin[_key(name + A)])
            for name in self.names
        }


def adapter_tensors(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Of an :class:`Adapted`'s state, what goes into an adapter's file, under the names that it has there."""
    return {
        key.removeprefix("thin.").replace("/", "."): value for key, value in state.items() if key.startswith("thin.")
    }


def _key(name: str) -> str:
    return name.replace(".", "/")  # a module's parameters may hold no dots
