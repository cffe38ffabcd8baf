"""Training: ids/s of our loop at the shipped shape, beside a Hugging Face GPT-2 of that shape in a plain fp32 AdamW loop.

Both step on the same synthetic batch: as many ids as the recipe says, in sequences as long as its crop.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from about import has_transformers, hugging_face, medians, recipe_of

from carmina.conductor import Conductor
from carmina.training.batches import Batch
from carmina.training.loop import Trainer

ROUNDS = 3


def main() -> None:
    alternative = has_transformers()
    tokenizer = Conductor().get("tokenizer", "melody")()
    batch = synthetic(tokenizer.field_sizes)
    ways: dict[str, Callable[[], object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for network in ("transformer", "lstm"):
            ways[f"ours, {network}"] = our_step(network, tokenizer, batch, Path(folder))
        if alternative:
            ways["Hugging Face GPT-2, plain loop"] = plain_step(tokenizer.field_sizes, batch)
        seconds = medians(ways, ROUNDS)
    other = seconds.get("Hugging Face GPT-2, plain loop")
    print(f"{f'a step of {batch.chosen.shape[0]} x {batch.chosen.shape[1]} ids':36}{'ids/s':>10}{'x Hugging Face':>16}")
    for name, taken in seconds.items():
        ratio = f"{other / taken:16.1f}" if other else ""
        print(f"{name:36}{batch.chosen.size / taken:10.0f}{ratio}")


def synthetic(fields: tuple[int, ...]) -> Batch:
    """Random ids of every field."""
    plan, rng = recipe_of("transformer").optimisation, np.random.default_rng(0)
    shape = (plan.batch_ids // plan.crop, plan.crop)
    steps = np.stack([rng.integers(0, size, shape) for size in fields], axis=-1)
    return Batch(steps, rng.integers(1, fields[0], shape), ("",) * shape[0])


def our_step(network: str, tokenizer, batch: Batch, folder: Path) -> Callable[[], object]:
    recipe = recipe_of(network)
    module = Conductor().get("network", network)().build({**recipe.config, "fields": tokenizer.field_sizes})
    trainer = Trainer(recipe, module, tokenizer.field_names, folder, device="cpu")
    return lambda: trainer._step(batch)  # what the loop does with every batch


def plain_step(fields: tuple[int, ...], batch: Batch) -> Callable[[], object]:
    model = hugging_face({**recipe_of("transformer").config, "fields": fields}).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    ids = torch.from_numpy(batch.chosen)

    def step() -> float:
        optimiser.zero_grad()
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        return loss.item()

    return step


if __name__ == "__main__":
    main()
