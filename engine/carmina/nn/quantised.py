"""Training with weights as they will be stored, so that the network learns to bear the rounding (Jacob et al. 2018).

The forward and backward passes see rounded weights; the optimiser moves the exact ones (the straight-through estimator,
Bengio et al. 2013). The grids are those of model files: ``int4`` in groups of 32 columns for linear layers, ``int8``
with a scale a row for embeddings. Recurrent layers stay as they are.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from .embedding import FieldEmbedding

GROUP = 32  # columns that share a scale


def rounded(weight: Tensor, levels: int, group: int) -> Tensor:
    """weight (R, C) -> the nearest weight on a symmetric grid of ``levels`` steps each way, a scale for each ``group``
    columns."""
    wide = weight.float().unflatten(1, (-1, group))  # type: ignore[no-untyped-call]  # (R, C/group, group)
    scale = (wide.abs().amax(-1, keepdim=True) / levels).clamp(min=1e-7).half().float()
    rounded: torch.Tensor = (torch.round(wide / scale).clamp(-levels, levels) * scale).flatten(1).to(weight.dtype)
    return rounded


def _matrices(network: nn.Module) -> Iterator[tuple[Tensor, int, int]]:
    """What is rounded: each weight, its levels and its group."""
    for module in network.modules():
        if isinstance(module, nn.Linear) and module.weight.shape[1] % GROUP == 0:
            yield module.weight, 7, GROUP
        elif isinstance(module, FieldEmbedding):
            yield module.weight, 127, module.weight.shape[1]


@contextlib.contextmanager
def as_stored(network: nn.Module) -> Iterator[None]:
    """The network with rounded weights while the block lasts, and the exact ones again after it."""
    with torch.no_grad():
        kept = [(weight, weight.detach().clone()) for weight, _levels, _group in _matrices(network)]
        for weight, levels, group in _matrices(network):
            weight.copy_(rounded(weight, levels, group))
    try:
        yield
    finally:
        with torch.no_grad():
            for weight, exact in kept:
                weight.copy_(exact)
