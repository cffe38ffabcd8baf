"""What a training will take before it is begun: ids, weights, operations, hours and money by device.

Operations: 6 a weight that is multiplied and an id (forward 2, backward 4; Kaplan et al. 2020), and of attention 12 x
width x the steps it looks back, a layer and an id (half of the window on average while it fills). Nothing is counted
for embeddings, which are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..contracts import Workshop
from ..recipe import Recipe
from ..text import counted
from .streaming.sources import Source


@dataclass(frozen=True, slots=True)
class Device:
    """One machine to train on."""

    name: str
    flops: float  # operations a second that such models get there, not the peak
    step_seconds: float  # that every step takes besides: launching, small kernels, the optimiser
    dollars_an_hour: float  # rented; 0: one's own


DEVICES = (  # CPU and H100 measured by this project (docs/experiments.md), the others by their peaks beside it
    Device("1 CPU core with AMX", 1.0e11, 0.0, 0.0),
    Device("laptop, 8 CPU cores", 4.0e11, 0.0, 0.0),
    Device("RTX 4090", 2.0e13, 0.01, 0.5),
    Device("A100 80 GB", 4.0e13, 0.01, 1.5),
    Device("H100", 1.3e14, 0.01, 2.5),
    Device("8 x H100 (torchrun)", 1.0e15, 0.015, 20.0),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The figures of one training."""

    pieces: int
    corpus_ids: int  # ids of an epoch that count
    trained_ids: int  # over all steps, padding included
    steps: int
    weights: int
    flops: float  # of the whole training

    @property
    def epochs(self) -> float:
        return self.trained_ids / max(1, self.corpus_ids)

    def hours(self, device: Device) -> float:
        """On one such device."""
        return (self.flops / device.flops + self.steps * device.step_seconds) / 3600


def plan(workshop: Workshop, recipe: Recipe, corpus: Source) -> Plan:
    """What the recipe takes on a corpus."""
    import torch

    tokenizer = workshop.get("tokenizer", recipe.tokenizer)
    with torch.device("meta"):
        network = workshop.get("network", recipe.network)().build(
            {**recipe.config, "fields": list(tokenizer.field_sizes)}
        )
    weights = sum(p.numel() for p in network.parameters())
    multiplied = sum(p.numel() for n, p in network.named_parameters() if p.dim() > 1 and "embed" not in n)
    pieces, taught = corpus.taught()
    ids = recipe.optimisation.steps * recipe.optimisation.batch_ids
    return Plan(
        pieces,
        taught,
        ids,
        recipe.optimisation.steps,
        weights,
        ids * (6 * multiplied + _attention(recipe.config, recipe)),
    )


def _attention(config: Mapping[str, Any], recipe: Recipe) -> float:
    """Operations of attention for one id; 0 for networks without a window."""
    if "window" not in config:
        return 0.0
    seen = min(config["window"], recipe.optimisation.crop) / 2
    operations: float = 12.0 * config.get("layers", 6) * config.get("width", 256) * seen
    return operations


def table(found: Plan, devices: Sequence[Device] = DEVICES) -> list[str]:
    """The plan in words, one line a fact."""
    lines = [
        f"{counted('piece', found.pieces)}, {found.corpus_ids:,} ids an epoch; {found.trained_ids:,} ids in all, "
        f"{found.epochs:.1f} epochs",
        f"{found.weights:,} weights, {found.corpus_ids / max(1, found.weights):.2f} ids of the corpus to a weight",
        f"{found.flops:.2e} floating-point operations",
        f"{'device':24}{'time':>12}{'cost':>10}",
    ]
    for device in devices:
        hours = found.hours(device)
        cost = f"${hours * device.dollars_an_hour:.2f}" if device.dollars_an_hour else "-"
        lines.append(f"{device.name:24}{_time(hours):>12}{cost:>10}")
    return lines


def _time(hours: float) -> str:
    if hours >= 1:
        return f"{hours:.1f} h"
    return f"{hours * 60:.0f} min" if hours * 60 >= 1 else f"{hours * 3600:.0f} s"
