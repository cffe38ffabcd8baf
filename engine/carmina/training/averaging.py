"""A network with the running mean of its weights in their place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn


@contextlib.contextmanager
def averaged(network: nn.Module, average: Mapping[str, Tensor]) -> Iterator[None]:
    """While the block lasts; with no mean the network as it is."""
    kept = {n: p.detach().clone() for n, p in network.named_parameters()} if average else {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in average:
                parameter.copy_(average[name])
    try:
        yield
    finally:
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                if name in kept:
                    parameter.copy_(kept[name])
