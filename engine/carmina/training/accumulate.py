"""A batch in parts, one after the other, for devices that do not hold it whole. The gradient is that of the whole
batch."""

from __future__ import annotations

import numpy as np

from .batches import Batch


def parts(batch: Batch, many: int) -> list[Batch]:
    """At most ``many`` batches of whole rows, as even as may be."""
    groups = np.array_split(np.arange(len(batch.chosen)), min(many, len(batch.chosen)))
    return [rows(batch, group) for group in groups]


def rows(batch: Batch, chosen: np.ndarray) -> Batch:
    """The batch with these rows only; with none, one row in which nothing counts."""
    if not len(chosen):
        return Batch(batch.steps[:1], np.full_like(batch.chosen[:1], -1), batch.kinds[:1])
    kinds = tuple(batch.kinds[n] for n in chosen if n < len(batch.kinds))
    return Batch(
        batch.steps[chosen], batch.chosen[chosen], kinds, None if batch.weights is None else batch.weights[chosen]
    )


def weight_of(batch: Batch) -> float:
    """How many ids count, each as much as its sequence weighs: what the summed loss is divided by."""
    counted = (batch.chosen >= 0).sum(1)
    return float(counted.sum() if batch.weights is None else (counted * batch.weights).sum())
