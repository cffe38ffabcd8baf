"""Rounding of trained weights so that what layers say changes least: GPTQ (Frantar et al. 2022).

Columns are rounded one after the other; what is lost by one is made good by those that are still to come, as far as the
layer's inputs go together. Without it, weights that were taught a little from a rounded model fall back onto what they
came from. Shapes: R rows and C columns of a weight, G groups of a row.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

GROUP, LEVELS = 32, 7  # columns that share a scale of int4, and its steps each way
SHRUNK = (1.0, 0.94, 0.88, 0.82)  # of the largest magnitude: clipping a little costs less than coarse steps
DAMP = 0.01  # of the mean of a Gramian's diagonal, added to it
LEAST = 2.0**-24  # the smallest float16 above 0


@contextlib.contextmanager
def gramians(network: nn.Module) -> Iterator[dict[str, Tensor]]:
    """Name of each linear layer -> sum of x x' (C, C) over its inputs while the block lasts."""
    found: dict[str, Tensor] = {}

    def hook(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def seen(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            x = inputs[0].detach().flatten(0, -2).float()
            with torch.autocast(x.device.type, enabled=False):  # the sum must stay positive definite
                found[name] = found[name] + x.T @ x if name in found else x.T @ x

        return seen

    handles = [
        module.register_forward_pre_hook(hook(name))
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and module.weight.shape[1] % GROUP == 0
    ]
    try:
        yield found
    finally:
        for handle in handles:
            handle.remove()


@torch.no_grad()
def rounded(weight: Tensor, gramian: Tensor) -> tuple[Tensor, Tensor]:
    """weight (R, C), gramian (C, C) of its inputs -> the weight on int4's grid (R, C), and its scales (R, G), exact in
    float16."""
    left, size = weight.float().clone(), weight.shape[1]
    wide = gramian.double()  # inputs that go together leave little to divide by
    lift = DAMP * wide.diagonal().mean().clamp(min=1e-12)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(wide + lift * torch.eye(size)))
    factor = torch.linalg.cholesky(inverse, upper=True).float()
    out, scales = torch.empty_like(left), torch.empty(len(left), size // GROUP)
    for at in range(size):
        if at % GROUP == 0:
            scale = _scale(left[:, at : at + GROUP])
            scales[:, at // GROUP] = scale
        out[:, at] = (left[:, at] / scale).round().clamp(-LEVELS, LEVELS) * scale
        lost = (left[:, at] - out[:, at]) / factor[at, at]
        left[:, at + 1 :] -= lost[:, None] * factor[at, at + 1 :]
    return out, scales


def _scale(columns: Tensor) -> Tensor:
    """columns (R, GROUP) -> (R,) what a step is worth: of a few, the one of least squared error."""
    top = columns.abs().amax(1) / LEVELS
    tried = torch.stack([(top * share).clamp(min=LEAST).half().float() for share in SHRUNK])  # (S, R)
    near = (columns / tried[..., None]).round().clamp(-LEVELS, LEVELS) * tried[..., None]
    best = (near - columns).square().sum(-1).argmin(0)
    return tried[best, torch.arange(len(columns))]


@torch.no_grad()
def calibrate(network: nn.Module, run: Callable[[], None]) -> dict[str, Tensor]:
    """Round every linear layer of a network in place, calibrated by what ``run`` feeds it; the scales by the names of
    the weights."""
    with gramians(network) as found:
        run()
    scales = {}
    for name, module in network.named_modules():
        if name in found and isinstance(module, nn.Linear):
            near, scales[f"{name}.weight"] = rounded(module.weight, found[name])
            module.weight.copy_(near)
    return scales
