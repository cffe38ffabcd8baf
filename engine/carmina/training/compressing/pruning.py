"""Fewer hidden units in the perceptrons: those that add least go, and the rest make up for them by least squares.

Whole units go, so that what is left is smaller and quicker with no special format. Shapes: D width, U units, kept K.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import BadInput
from ...weights import GROUP
from .calibration import Grams

DAMPING = 1e-3  # of the mean of the diagonal, added to it


def pruned(
    weights: Mapping[str, np.ndarray],
    config: Mapping[str, Any],
    share: float,
    known: Grams,
) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """A transformer's weights and configuration without ``share`` of its hidden units; ``known`` are its grams."""
    if "blocks.0.up.weight" not in weights:
        raise BadInput(
            "--prune takes hidden units from a transformer's perceptrons, and this model has none. Give --quantise "
            "alone."
        )
    units = len(weights["blocks.0.up.weight"])
    keep = max(GROUP, round(units * (1 - share) / GROUP) * GROUP)
    found = dict(weights.items())
    for at in (f"blocks.{n}." for n in range(config["layers"])):
        found[at + "up.weight"], found[at + "down.weight"] = _perceptron(
            weights[at + "up.weight"], weights[at + "down.weight"], known[at + "down.weight"], keep
        )
    return found, {**config, "hidden": keep}


def _perceptron(up: np.ndarray, down: np.ndarray, gram: np.ndarray, keep: int) -> tuple[np.ndarray, np.ndarray]:
    """up (U, D), down (D, U) and the gram of the units (U, U) -> up (K, D), down (D, K)."""
    adds = np.diag(gram) * np.square(down).sum(axis=0)  # (U,) squared length that a unit adds, summed over the samples
    best = np.sort(np.argsort(-adds, kind="stable")[:keep])
    own = gram[np.ix_(best, best)]
    own = own + np.eye(keep) * max(DAMPING * float(np.trace(own)) / keep, 1e-8)
    solved = np.linalg.solve(own, gram[best] @ down.astype(np.float64).T - own @ down[:, best].astype(np.float64).T)
    return up[best], (down[:, best] + solved.T).astype(np.float32)
