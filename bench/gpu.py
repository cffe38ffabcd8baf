"""Training on a GPU: ids/s of our loop, and the share of the card's bf16 peak that its model operations are.

python bench/gpu.py [--batch-ids 65536] [--crop 1024] [--steps 20] [--peak TFLOPS] [--profile FILE]

Transformers of 27, 111 and 155M multiplied weights on synthetic ids. Operations are counted as `carmina train --plan`
counts them: 6 a multiplied weight and id, and attention's; what is computed twice adds nothing. The target is 40 % for
100M and more. --profile writes the kernels of the last shape, the dearest first. --device cpu --sizes tiny --peak 1
tries the script itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from told import told

from carmina.nn.plugin import TransformerNetwork
from carmina.recipe import Optimisation, Recipe
from carmina.training.batches import Batch
from carmina.training.loop import Trainer

PEAKS = {"H200": 989, "H100": 989, "A100": 312, "L40": 181, "L4": 121, "4090": 165, "3090": 71}  # bf16, dense, TFLOP/s
VOCABULARY = 16_384
SIZES = {
    "27M": {"width": 512, "layers": 6, "heads": 8},
    "111M": {"width": 896, "layers": 10, "heads": 14},
    "155M": {"width": 1024, "layers": 11, "heads": 16},
    "tiny": {"width": 32, "layers": 2, "heads": 2},
}
WARM = 5  # steps that compile and fill caches
TARGET = 0.4


def main() -> int:
    asked = arguments()
    device = torch.device(asked.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        print("no GPU here: run this where torch.cuda.is_available(), or try it with --device cpu --sizes tiny.")
        return 2
    name = torch.cuda.get_device_name() if device.type == "cuda" else device.type
    peak = asked.peak or next((peak for part, peak in PEAKS.items() if part in name), None)
    if peak is None:
        print(f"the bf16 peak of {name!r} is not known here: give --peak TFLOPS.")
        return 2
    print(f"{name}, bf16 peak {peak:g} TFLOP/s; {asked.batch_ids:,} ids a step, sequences of {asked.crop}")
    print(f"{'weights':>10}{'multiplied':>12}{'ids/s':>12}{'TFLOP/s':>10}{'of peak':>9}{'memory GiB':>12}")
    for size in asked.sizes:
        measured(size, asked, device, peak)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Training speed on a GPU, as a share of its peak.")
    parser.add_argument("--batch-ids", type=int, default=65_536)
    parser.add_argument("--crop", type=int, default=1024)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--peak", type=float)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=[size for size in SIZES if size != "tiny"])
    return parser.parse_args()


def measured(size: str, asked: argparse.Namespace, device: torch.device, peak: float) -> None:
    """Print the row of one shape."""
    config = {**SIZES[size], "window": asked.crop, "dropout": 0.0, "fields": (VOCABULARY,)}
    plan = Optimisation(steps=10_000, batch_ids=asked.batch_ids, crop=asked.crop, precision="bf16")
    with tempfile.TemporaryDirectory() as folder:
        torch.manual_seed(0)
        network = TransformerNetwork().build(config)
        recipe = Recipe("bench", "none", "transformer", optimisation=plan)
        trainer = Trainer(recipe, network, ("previous",), Path(folder), device=str(device))
        batch = synthetic(asked)
        for _ in range(WARM):
            trainer._step(batch)
        taken = seconds(lambda: [trainer._step(batch) for _ in range(asked.steps)], device) / asked.steps
        if asked.profile:
            profiled(lambda: trainer._step(batch), asked.profile)
    multiplied = sum(p.numel() for n, p in network.named_parameters() if p.dim() > 1 and "embed" not in n)
    attention = 12 * config["layers"] * config["width"] * asked.crop / 2
    speed = batch.chosen.size / taken
    done = speed * (6 * multiplied + attention) / 1e12
    memory = torch.cuda.max_memory_allocated() / 2**30 if device.type == "cuda" else 0.0
    weights = sum(p.numel() for p in network.parameters())
    print(
        f"{weights / 1e6:9.1f}M{multiplied / 1e6:11.1f}M{speed:12,.0f}{done:10.1f}{done / peak:9.1%}{memory:12.1f}",
        flush=True,
    )
    told(
        f"training {size} on {device.type}, share of the bf16 peak",
        done / peak,
        "of peak",
        at_least=TARGET if multiplied >= 1e8 else None,
    )


def synthetic(asked: argparse.Namespace) -> Batch:
    shape = (max(1, asked.batch_ids // asked.crop), asked.crop)
    ids = np.random.default_rng(0).integers(0, VOCABULARY, shape)
    return Batch(ids[..., None], ids, ("",) * shape[0])


def seconds(work, device: torch.device) -> float:
    """What it takes by the clock, the device's queue emptied before and after."""
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    wait()
    began = time.perf_counter()
    work()
    wait()
    return time.perf_counter() - began


def profiled(work, file: Path) -> None:
    """One step's operations, the dearest first, as a table in a file."""
    kinds = [torch.profiler.ProfilerActivity.CPU]
    if torch.cuda.is_available():
        kinds.append(torch.profiler.ProfilerActivity.CUDA)
    with torch.profiler.profile(activities=kinds) as profile:
        work()
    order = "self_cuda_time_total" if torch.cuda.is_available() else "self_cpu_time_total"
    file.write_text(profile.key_averages().table(sort_by=order, row_limit=40), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
