"""Rotary position tables (Su et al. 2021, RoFormer), computed alike in torch and numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

BASE = 10_000.0
FINE, GRID = (
    2.0**36,
    2.0**20,
)  # steps a unit of rates, and of cosines and sines: so coarse that no processor's last bit is seen


def angles(start: int, steps: int, width: int, base: float = BASE) -> np.ndarray:
    """(T, width/2) float64 angles of the positions start .. start + steps - 1."""
    rates = np.round(base ** (-np.arange(0, width, 2) / width) * FINE) / FINE
    return np.arange(start, start + steps)[:, None] * rates[None]


def tables(start: int, steps: int, width: int, base: float = BASE) -> tuple[np.ndarray, np.ndarray]:
    """cos and sin of the positions start .. start + steps - 1, each (T, width/2) float32, to the nearest 2**-20."""
    turned = angles(start, steps, width, base)
    cos, sin = ((np.round(function(turned) * GRID) / GRID).astype(np.float32) for function in (np.cos, np.sin))
    return cos, sin


def rotary_tables(
    start: int, steps: int, width: int, device: torch.device | str, base: float = BASE
) -> tuple[torch.Tensor, torch.Tensor]:
    """:func:`tables` as tensors on ``device``."""
    import torch

    cos, sin = (torch.from_numpy(table).to(device) for table in tables(start, steps, width, base))
    return cos, sin
