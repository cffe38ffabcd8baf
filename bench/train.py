"""Training: ids/s of our loop at the shipped shape, beside a Hugging Face GPT-2 of that shape (same dropout) in an
AdamW loop.

The alternative runs twice: as it is commonly written (fp32), and in its better setting (bf16 autocast, fused AdamW).
All step on the same synthetic batch: as many ids as the recipe says, in sequences as long as its crop. Besides the
clock, the processors' own time is told, which other work on the machine disturbs less.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from about import has_transformers, hugging_face, medians, recipe_of
from told import told

from carmina.conductor import Conductor
from carmina.training.batches import Batch
from carmina.training.loop import Trainer

ROUNDS = 3
TARGET = 1.5  # times the better of the alternative's settings


def main() -> None:
    alternative = has_transformers()
    tokenizer = Conductor().get("tokenizer", "melody")()
    batch = synthetic(tokenizer.field_sizes)
    ways: dict[str, Callable[[], object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for network in ("transformer", "lstm"):
            ways[f"ours, {network}"] = our_step(network, tokenizer, batch, Path(folder))
        if alternative:
            for name, better in (("Hugging Face GPT-2, fp32", False), ("Hugging Face GPT-2, bf16, fused", True)):
                ways[name] = plain_step(tokenizer.field_sizes, batch, better)
        clock, own = both_medians(ways, ROUNDS)
    best = {
        kind: min((taken[name] for name in taken if name.startswith("Hugging")), default=None)
        for kind, taken in (("clock", clock), ("own", own))
    }
    print(
        f"{f'a step of {batch.chosen.shape[0]} x {batch.chosen.shape[1]} ids':34}{'ids/s':>8}{'x best HF':>11}"
        f"{'CPU s':>8}{'x best HF':>11}"
    )
    for name in ways:
        ratios = [
            f"{best[kind] / taken[name]:11.2f}" if best[kind] else ""
            for kind, taken in (("clock", clock), ("own", own))
        ]
        print(f"{name:34}{batch.chosen.size / clock[name]:8.0f}{ratios[0]}{own[name]:8.2f}{ratios[1]}")
    told(
        "training, processor time",
        batch.chosen.size / own["ours, transformer"],
        "ids/s",
        at_least=TARGET,
        alternative="Hugging Face GPT-2, its better setting",
        theirs=batch.chosen.size / best["own"] if best["own"] else None,
    )


def both_medians(ways: dict[str, Callable[[], object]], rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of each way by the clock, and of all its processors' time; in turn, so that noise falls on all
    alike."""
    spent: dict[str, list[float]] = {name: [] for name in ways}

    def timed(name: str) -> Callable[[], object]:
        def run() -> None:
            began = time.process_time()
            ways[name]()
            spent[name].append(time.process_time() - began)

        return run

    clock = medians({name: timed(name) for name in ways}, rounds)
    return clock, {name: statistics.median(taken[1:]) for name, taken in spent.items()}


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


def plain_step(fields: tuple[int, ...], batch: Batch, better: bool) -> Callable[[], object]:
    model = hugging_face({**recipe_of("transformer").config, "fields": fields}).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=better)
    ids = torch.from_numpy(batch.chosen)

    def step() -> float:
        optimiser.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=better):
            loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        return loss.item()

    return step


if __name__ == "__main__":
    main()
