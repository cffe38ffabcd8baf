"""What comes into each linear layer: the sums that pruning and compensated rounding are weighed by.

Shapes: N samples of T steps, C columns of a layer's weight.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import nn

Grams = dict[str, np.ndarray]


@torch.no_grad()
def grams(network: nn.Module, samples: Sequence[np.ndarray]) -> Grams:
    """For each linear layer's weight by name the sum over all steps of x xᵀ, (C, C) float64, x being what comes into
    it."""
    found: Grams = {}
    network.eval()
    with contextlib.ExitStack() as stack:
        for name, layer in network.named_modules():
            if isinstance(layer, nn.Linear):
                stack.callback(layer.register_forward_pre_hook(_adder(found, name + ".weight")).remove)
        for sample in samples:
            network(torch.from_numpy(np.asarray(sample, np.int64))[None])
    return found


def _adder(found: Grams, name: str) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
    def add(_layer: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        x = inputs[0].flatten(0, -2).float()  # sums of bf16 would not be positive definite
        found[name] = found.get(name, 0) + (x.T @ x).numpy().astype(np.float64)

    return add
