"""int4 weights while training: the forward pass sees them rounded, what is learnt moves them unrounded (Bengio 2013).

Shapes: R rows and C columns of a matrix, G groups of a row.
"""

from __future__ import annotations

import torch
from torch import Tensor

GROUP = 32  # columns that share a step, as int4 is stored
SHRUNK = (
    1.0,
    0.94,
    0.88,
    0.82,
    0.76,
)  # of a seventh of the largest magnitude: clipping a little costs less than coarse steps
LEAST, LARGEST = 2.0**-24, 65504.0  # of a float16


@torch.no_grad()
def steps(weight: Tensor) -> Tensor:
    """(R, C) -> (R, G) what one step is worth: of a few, the one of least squared error, exact in float16."""
    groups = weight.float().view(len(weight), -1, GROUP)
    top = groups.abs().amax(-1) / 7
    best = error = None
    for share in SHRUNK:
        step = (top * share).clamp(LEAST, LARGEST).half().float()
        off = (_numbers(groups, step) * step[..., None] - groups).square().sum(-1)
        better = off < error if error is not None else torch.ones_like(off, dtype=torch.bool)
        best = torch.where(better, step, best if best is not None else step)
        error = torch.where(better, off, error if error is not None else off)
    assert best is not None
    return best


def _numbers(groups: Tensor, step: Tensor) -> Tensor:
    return (groups / step[..., None]).round().clamp(-7, 7)


@torch.no_grad()
def rounded4(weight: Tensor, step: Tensor) -> Tensor:
    """(R, C) as int4 keeps it."""
    groups = weight.view(len(weight), -1, GROUP)
    return (_numbers(groups, step) * step[..., None]).view_as(weight)


@torch.no_grad()
def rounded8(weight: Tensor) -> Tensor:
    """(R, C) as int8 with a step a row keeps it."""
    step = weight.abs().amax(1, keepdim=True) / 127
    return (weight / step).round() * step
