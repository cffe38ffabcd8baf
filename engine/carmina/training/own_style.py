"""The style that a fine-tuning leaves: its model, and its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from .. import files, models
from ..adapters import Adapter, merged
from ..contracts import Style, Workshop
from ..home.styles import CARD, read_made, read_style, style_text
from ..nn.adapters import adapter_tensors
from .tuning import Tuning

SCALE = 2.0  # of an adapter; with it the rate need not change with the rank


@dataclass(frozen=True, slots=True)
class Base:
    """The model that was fine-tuned."""

    task: str
    path: Path
    weights: Mapping[str, np.ndarray]
    notes: Mapping[str, Any]


def write_style_model(
    workshop: Workshop, asked: Tuning, folder: Path, base: Base, best: Mapping[str, Tensor], told: Mapping[str, Any]
) -> Path:
    """Write the model and the card that names it, both or neither; the path of the model."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{base.task}.safetensors"
    header = {
        **{key: base.notes[key] for key in ("tokenizer", "network", "config")},
        "name": f"{asked.style}-{base.task}",
        "licence": told["licence"],
        "about": f"The style {asked.style}.",
        "finetuned": {**told, "base": base.notes.get("name", base.path.stem)},
    }
    tensors, adapter = _tensors(workshop, asked, base, best)
    card = _card(workshop, asked, folder, base.task, file, told)
    files.write_all({file: models.packed(tensors, {**header, **adapter}), folder / CARD: card.encode()})
    return file


def _tensors(
    workshop: Workshop, asked: Tuning, base: Base, best: Mapping[str, Tensor]
) -> tuple[Mapping[str, np.ndarray], dict[str, Any]]:
    """An adapter of a shipped model; else a whole model, since nobody else may have the one that it is of."""
    thin = {name: tensor.float().numpy() for name, tensor in adapter_tensors(best).items()}
    if not thin:
        return {name: tensor.float().numpy() for name, tensor in best.items()}, {}
    shipped = workshop.get("tokenizer", base.task)().models()
    known = next((name for name, path in shipped.items() if path == base.path), None)
    if known is None:
        return merged(base.weights, thin, SCALE), {}
    return thin, {"adapter": asdict(Adapter(known, models.digest(base.path), asked.rank, SCALE))}


def _card(workshop: Workshop, asked: Tuning, folder: Path, task: str, file: Path, told: Mapping[str, Any]) -> str:
    """What the corpus shows of the style, and the model; what the style had of other tasks stays.

    Of pieces whose privacy is promised nothing is shown: what a tokenizer reads off them has no noise.
    """
    found = {} if asked.more.private else dict(workshop.get("tokenizer", task)().style_of(asked.data, workshop))
    there = (folder / CARD).exists()
    own, made = (read_style(folder), read_made(folder)) if there else (Style(asked.style, ""), {})
    found["options"] = {**own.options, **found.get("options", {})}
    said = (
        asked.summary
        or own.summary
        or f"fine-tuned on {told['pieces']} piece{'s' * (told['pieces'] != 1)} of {told['corpus']}"
    )
    style = replace(own, **found, summary=said, licence=told["licence"], models={**own.models, task: file})
    return style_text(style, {**made, task: told})
