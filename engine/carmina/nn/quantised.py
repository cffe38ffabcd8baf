"""Training with weights as they will be stored, so that the network learns to bear the rounding (Jacob et al. 2018).

The forward pass sees rounded weights; the gradient passes the rounding straight through (Bengio et al. 2013). The grids are
those of model files: ``int4`` in groups of 32 columns for linear layers, ``int8`` with a scale a row for embeddings.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from .embedding import FieldEmbedding

GROUP = 32                           # columns that share a scale
_ORIGINAL = ".parametrizations.weight.original"


class Rounded(nn.Module):
    """weight (R, C) -> the nearest weight on a symmetric grid of ``levels`` steps each way, a scale for each ``group`` columns."""

    def __init__(self, levels: int, group: int):
        super().__init__()
        self.levels, self.group = levels, group

    def forward(self, weight: Tensor) -> Tensor:
        with torch.no_grad():
            wide = weight.float().unflatten(1, (-1, self.group or weight.shape[1]))  # (R, G, C/G)
            scale = (wide.abs().amax(-1, keepdim=True) / self.levels).clamp(min=1e-7).half().float()
            near = (torch.round(wide / scale).clamp(-self.levels, self.levels) * scale).flatten(1)
        return weight + (near - weight).detach()


def quantise_in_training(network: nn.Module) -> nn.Module:
    """Round the matrices of a network in every forward pass from now on; recurrent layers stay as they are."""
    for module in network.modules():
        if isinstance(module, nn.Linear) and module.weight.shape[1] % GROUP == 0:
            parametrize.register_parametrization(module, "weight", Rounded(7, GROUP))
        elif isinstance(module, FieldEmbedding):
            parametrize.register_parametrization(module, "weight", Rounded(127, 0))
    return network


def plain_names(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """A state dictionary under the names that the network had before :func:`quantise_in_training`."""
    return {name.replace(_ORIGINAL, ".weight"): tensor for name, tensor in tensors.items()}
