"""Low-rank adapters (LoRA, Hu et al. 2021) as they lie in a model file, and how they join the weights that they adapt.

Of a matrix ``NAME`` (O, I) the file holds ``NAME.lora_a`` (R, I) and ``NAME.lora_b`` (O, R) with R far below O and I;
in use it is ``NAME + scale * lora_b @ lora_a``. Joined once, when the model is opened, so that decoding costs nothing
more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

A, B = ".lora_a", ".lora_b"
MAX_SCALE = 1000.0


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an adapter's file says of itself, under ``adapter`` in its header."""

    base: str  # name of the shipped model that it adapts
    digest: str  # SHA-256 of that model's file
    rank: int  # R
    scale: float  # of the product

    def __post_init__(self) -> None:
        if not (isinstance(self.base, str) and isinstance(self.digest, str) and isinstance(self.rank, int)):
            raise ValueError("an adapter's header names its base, the base's digest and a rank")
        if not (isinstance(self.scale, (int, float)) and 0 <= self.scale <= MAX_SCALE):
            raise ValueError(f"an adapter's scale is {self.scale!r}, not 0 to {MAX_SCALE:g}")


def adapted_names(names: Mapping[str, Any]) -> list[str]:
    """The weights that a file's tensors adapt."""
    return sorted(name.removesuffix(A) for name in names if name.endswith(A))


def merged(base: Mapping[str, np.ndarray], adapter: Mapping[str, np.ndarray], scale: float) -> dict[str, np.ndarray]:
    """All weights of ``base``, those that are adapted joined with their adapter; raises ``ValueError`` where they do
    not fit."""
    weights = {name: base[name] for name in base}
    for name in adapted_names(adapter):
        if name not in weights or name + B not in adapter:
            raise ValueError(f"an adapter for {name!r}, which the model lacks")
        down, up = adapter[name + A], adapter[name + B]
        if (
            down.ndim != 2
            or up.ndim != 2
            or up.shape[1] != down.shape[0]
            or weights[name].shape != (len(up), down.shape[1])
        ):
            raise ValueError(f"an adapter for {name!r} of another shape")
        weights[name] = (weights[name] + np.float32(scale) * (up.astype(np.float32) @ down)).astype(np.float32)
    return weights
