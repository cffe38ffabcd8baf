"""The precision of matrix products, by what the hardware can do: asked of it, not guessed from its name."""

from __future__ import annotations

import torch
from torch import nn

from ..errors import BadOption

PROBE_STEPS = 2  # enough for a recurrent layer to recur


def precision_of(asked: str, network: nn.Module, fields: int, device: torch.device) -> str:
    """ "bf16" or "fp32" for a network on its device.

    "auto": bf16 where the processor multiplies it and this network's every operation has a kernel for it, else fp32.
    Raises ``BadOption`` where "bf16" is asked for and the network cannot be run in it.
    """
    if asked == "fp32":
        return asked
    if asked == "auto":
        return "bf16" if multiplies_bf16(device) and _runs(network, fields, device) else "fp32"
    if not _runs(network, fields, device):
        raise BadOption(
            "precision", asked, f"auto or fp32 for this network on this {device.type}, which has no bf16 kernel for it"
        )
    return asked


def multiplies_bf16(device: torch.device) -> bool:
    """Whether bf16 is more than slow emulation on the device."""
    if device.type == "cuda":
        on_card: bool = torch.cuda.is_bf16_supported()
        return on_card
    if device.type == "cpu":
        supported = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
        return bool(supported and supported())
    return False


def _runs(network: nn.Module, fields: int, device: torch.device) -> bool:
    """Whether a step of training goes through in bf16; leaves chance and gradients as they were."""
    if device.type == "cuda":
        return True  # every GPU has the kernels; trying would compile the blocks for shapes that never come back
    ids = torch.zeros((1, PROBE_STEPS, fields), dtype=torch.long, device=device)
    training = network.training
    try:
        with torch.random.fork_rng(devices=[]), torch.autocast(device.type, torch.bfloat16):
            logits, _state = network.train()(ids)
            torch.autograd.grad(
                logits.float().sum(), [p for p in network.parameters() if p.requires_grad], allow_unused=True
            )
    except RuntimeError:
        return False
    finally:
        network.train(training)
    return True
