"""How the weights move: the learning rate by step, and AdamW with decay on matrices only (Loshchilov & Hutter 2017)."""

from __future__ import annotations

import math

import torch
from torch import nn

from ..recipe import Optimisation


def rate_at(step: int, plan: Optimisation) -> float:
    """Learning rate: linear warm-up, then a cosine down to ``final_rate`` of it."""
    if step < plan.warmup:
        return plan.learning_rate * (step + 1) / plan.warmup
    done = min(1.0, (step - plan.warmup) / max(1, plan.steps - plan.warmup))
    return plan.learning_rate * (plan.final_rate + (1 - plan.final_rate) * 0.5 * (1 + math.cos(math.pi * done)))


def adamw(network: nn.Module, plan: Optimisation) -> torch.optim.AdamW:
    """Weight decay on matrices, none on gains, biases and embeddings."""
    moving = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    decayed = [p for n, p in moving if p.dim() > 1 and "embed" not in n]
    others = [p for n, p in moving if not (p.dim() > 1 and "embed" not in n)]
    groups = [
        {"params": group, "weight_decay": decay}
        for group, decay in ((decayed, plan.weight_decay), (others, 0.0))
        if group
    ]
    return torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.98), fused=True)


def seed_step(seed: int, step: int, rank: int) -> None:
    """Chance of one step depends on nothing that came before, so that a killed run need not keep its generators'
    state."""
    torch.manual_seed((seed * 1_000_003 + step * 8191 + rank * 104_729) % 2**63)
