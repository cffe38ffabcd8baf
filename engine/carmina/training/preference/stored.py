"""Pairs as a file, so that a run that goes on learns the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from ...contracts import Example
from .. import checkpoint
from .dpo import Pair


def save_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Write pairs, whole or not at all."""
    tensors, kinds = {}, {}
    for number, pair in enumerate(pairs):
        for side in ("chosen", "rejected"):
            for at, sequence in enumerate(getattr(pair, side)):
                name = f"{number:06d}.{side}.{at:03d}"
                tensors[f"{name}.steps"] = torch.tensor(sequence.steps)  # a copy: works stand in several pairs
                tensors[f"{name}.ids"] = torch.tensor(sequence.chosen)
                kinds[name] = sequence.kind
    checkpoint.save(path, tensors, {"kinds": kinds})


def load_pairs(path: Path) -> list[Pair]:
    """Undo :func:`save_pairs`."""
    tensors, notes = checkpoint.load(path)
    found: dict[str, dict[str, list[Example]]] = {}
    for name, kind in sorted(notes["kinds"].items()):
        number, side, _at = name.split(".")
        own = found.setdefault(number, {"chosen": [], "rejected": []})
        own[side].append(Example(tensors[f"{name}.steps"].numpy(), tensors[f"{name}.ids"].numpy(), "train", kind))
    return [Pair(tuple(sides["chosen"]), tuple(sides["rejected"])) for _number, sides in sorted(found.items())]
