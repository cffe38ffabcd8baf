"""The machine and the model that the other scripts measure. Those take the shape, the clock and the alternative from
here."""

from __future__ import annotations

import importlib.util
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from carmina.conductor import Conductor
from carmina.models import read, write

ROOT = Path(__file__).parents[1]
TOKENIZER = "melody"
Notes = Mapping[str, Any]


def main() -> None:
    import torch

    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"torch {torch.__version__} with {torch.get_num_threads()} threads, numpy {np.__version__}; "
        f"load {os.getloadavg()[0]:.1f} before the start"
    )
    for network in ("transformer", "lstm"):
        _weights, notes = shipped(network)
        shape = {key: value for key, value in notes["config"].items() if key != "fields"}
        print(f"{network}: {notes['parameters']:,} parameters, {shape}, {notes['from']}")


def shipped(network: str) -> tuple[dict[str, np.ndarray], Notes]:
    """Weights and notes of the shipped melody model; of its recipe, with random weights, where none is shipped."""
    conductor = Conductor()
    tokenizer = conductor.get("tokenizer", TOKENIZER)()
    for path in tokenizer.models().values():
        weights, notes = read(path)
        if notes["network"] == network:
            return weights, {**notes, "from": path.name}
    recipe = recipe_of(network)
    config = {**recipe.config, "fields": list(tokenizer.field_sizes)}
    module = conductor.get("network", network)().build(config)
    weights = {name: tensor.numpy() for name, tensor in module.state_dict().items()}
    return weights, {
        "name": recipe.name,
        "tokenizer": TOKENIZER,
        "network": network,
        "config": config,
        "parameters": sum(value.size for value in weights.values()),
        "from": "random weights",
    }


def recipe_of(network: str) -> Any:
    """The recipe of a melody model."""
    from carmina.recipe import read_recipe

    return read_recipe(ROOT / "corpora" / "songs" / f"{network}.toml")


def model_option(folder: Path) -> str | None:
    """What to give as ``--model``: nothing where a model is shipped, else one with random weights, written to
    ``folder``."""
    weights, notes = shipped("transformer")
    if notes["from"] != "random weights":
        return None
    path = folder / "random-transformer.safetensors"
    write(path, weights, notes)
    return str(path)


def medians(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each way: one unmeasured call, then rounds in turn, so that noise falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def has_transformers() -> bool:
    """Whether the alternative is there; one line if it is not."""
    if importlib.util.find_spec("transformers"):
        return True
    print("(transformers is not installed: ours only. For the comparison: .venv/bin/pip install 'transformers>=4.44')")
    return False


def hugging_face(config: Mapping[str, Any]) -> Any:
    """A Hugging Face GPT-2 of the same layers, width, heads, vocabulary and dropout, with random weights."""
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    from transformers import GPT2Config, GPT2LMHeadModel

    drop = config["dropout"]
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=config["fields"][0],
            n_positions=1024,
            n_embd=config["width"],
            n_layer=config["layers"],
            n_head=config["heads"],
            resid_pdrop=drop,
            embd_pdrop=drop,
            attn_pdrop=drop,
            bos_token_id=0,
            eos_token_id=None,
        )
    )


if __name__ == "__main__":
    main()
