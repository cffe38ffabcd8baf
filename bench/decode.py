"""Decoding: tokens/s of each weight format, beside Hugging Face ``generate`` of a GPT-2 of the same shape, in one run.

    .venv/bin/python bench/decode.py [--model FILE] [--steps 256] [--rounds 3]

The shape is that of the shipped English verse model unless a model file is given. Each way draws the same number of ids
(nucleus, 0.95) after a first one, for 1 and for 16 candidates together; all take turns, and the median round of each
counts. GPT-2 has the same layers, width, heads and vocabulary, and uses its cache. The plain numpy runner and the torch
module stand for what decodes where ONNX Runtime is not installed, and for what trains.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from about import has_transformers, hugging_face, medians
from told import told

from carmina.conductor import Conductor
from carmina.generate import generate
from carmina.models import read
from carmina.nn.running import RecurrentRunner, TransformerRunner
from carmina.weights import KINDS, Weights

BATCHES = (1, 16)
TARGETS = {1: 8.0, 16: 5.0}  # times Hugging Face, at so many at a time
OTHER = "Hugging Face generate, GPT-2"
Way = Callable[[int], object]


class FreeHypothesis:
    """Anything may come, a number of times."""

    def __init__(self, fields: tuple[int, ...], steps: int):
        self.fields, self.left, self.done = fields, steps, False
        self.free = np.zeros(fields[0], np.float32)

    def context(self) -> list[int]:
        return [self.left % size for size in self.fields[1:]]

    def logit_bias(self) -> np.ndarray:
        return self.free

    def take(self, chosen: int) -> None:
        self.left -= 1
        self.done = self.left == 0


class TorchRunner:
    """The torch module, one step at a time with its cache, as a runner."""

    def __init__(self, module: torch.nn.Module, fields: tuple[int, ...]):
        self.module, self.fields = module.eval(), fields

    def start(self, batch: int) -> None:
        return None

    def step(self, ids: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        with torch.inference_mode():
            logits, state = self.module(torch.from_numpy(ids)[:, None], state)
        return logits[:, 0].numpy(), state

    def reorder(self, state: Any, parents: np.ndarray) -> Any:
        return state  # all candidates end together: nothing is ever reordered before the end


def main() -> None:
    asked = arguments()
    weights, notes = read(asked.model or shipped_verse())
    config = {**notes["config"], "dropout": 0.0}
    print(
        f"{notes['network']} of {sum(value.size for value in weights.values()) / 1e6:.1f}M parameters, "
        f"{ {name: value for name, value in config.items() if name not in ('fields', 'dropout')} }, vocabulary "
        f"{config['fields'][0]}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    ways = {**ours(weights, notes["network"], config, asked.steps)}
    if notes["network"] == "transformer" and has_transformers():
        ways[OTHER] = hugging_face_way(config, asked.steps)
    for batch in BATCHES:
        taken = medians({name: lambda way=way, batch=batch: way(batch) for name, way in ways.items()}, asked.rounds)
        table(batch, asked.steps, taken)
        told(
            f"decode, {batch} at a time, int4",
            batch * asked.steps / taken["ours, int4"],
            "tokens/s",
            at_least=TARGETS[batch],
            alternative=OTHER,
            theirs=batch * asked.steps / taken[OTHER] if OTHER in taken else None,
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Tokens a second of each way to decode.")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--steps", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def shipped_verse() -> Path:
    conductor = Conductor()
    return next(iter(conductor.get("tokenizer", "verse-en")().models().values()))


def ours(weights: Weights, network: str, config: Mapping[str, Any], steps: int) -> dict[str, Way]:
    """Our ways: each storage in ONNX Runtime, numpy, and the torch module."""
    conductor = Conductor()
    entry, decoder = conductor.get("network", network)(), conductor.get("decoder", "nucleus")()

    def drawn(runner: Any) -> Way:
        return lambda batch: generate(
            runner, [FreeHypothesis(runner.fields, steps) for _ in range(batch)], decoder, list(range(batch))
        )

    ways = {}
    for kind in KINDS:
        kept = Weights.of(weights, kind)
        began = time.perf_counter()
        runner = entry.open(kept, config)
        size = sum(tensor.nbytes for tensor in kept.stored.values()) / 2**20
        print(f"{kind:10}{size:8.1f} MiB, opened in {time.perf_counter() - began:.2f} s")
        ways[f"ours, {kind}"] = drawn(runner)
    module = entry.build(config)
    module.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    ways["ours, torch module"] = drawn(TorchRunner(module, tuple(config["fields"])))
    numpy_runner = RecurrentRunner if network == "lstm" else TransformerRunner
    return ways | {"ours, numpy": drawn(numpy_runner(weights, config))}


def hugging_face_way(config: dict, steps: int) -> Way:
    model = hugging_face(config).eval()

    def way(batch: int) -> object:
        ids = torch.zeros(batch, 1, dtype=torch.long)
        with torch.inference_mode():
            return model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                do_sample=True,
                top_p=0.95,
                top_k=0,
                min_new_tokens=steps,
                max_new_tokens=steps,
                pad_token_id=0,
            )

    return way


def table(batch: int, steps: int, seconds: dict[str, float]) -> None:
    other = seconds.get(OTHER)
    print(f"\n{f'{batch} at a time, {steps} ids each':36}{'tokens/s':>10}{'x Hugging Face':>16}")
    for name, taken in seconds.items():
        ratio = f"{other / taken:16.1f}" if other else ""
        print(f"{name:36}{batch * steps / taken:10.0f}{ratio}", flush=True)


if __name__ == "__main__":
    main()
