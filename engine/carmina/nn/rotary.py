"""Rotary position tables (Su et al. 2021, RoFormer), computed alike in torch and numpy."""

from __future__ import annotations

import numpy as np

BASE = 10_000.0


def angles(start: int, steps: int, width: int) -> np.ndarray:
    """(T, width/2) float64 angles of the positions start .. start + steps - 1."""
    rates = BASE ** (-np.arange(0, width, 2) / width)
    return np.arange(start, start + steps)[:, None] * rates[None]


def rotary_tables(start: int, steps: int, width: int, device):
    """cos and sin, each (T, width/2) float32, as tensors on ``device``."""
    import torch

    turned = angles(start, steps, width)
    cos, sin = np.cos(turned).astype(np.float32), np.sin(turned).astype(np.float32)
    return torch.from_numpy(cos).to(device), torch.from_numpy(sin).to(device)
