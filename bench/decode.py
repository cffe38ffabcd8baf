"""Decoding: tokens/s of the numpy runner at the shipped shape, beside Hugging Face ``generate`` and the torch module.

Each way draws 256 ids (nucleus, 0.95) after a first one, for 1 and for 16 candidates together. Hugging Face: a GPT-2 of the same
layers, width, heads and vocabulary, with its cache. The LSTM of the LSTM recipe is shown beside the transformer's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from about import has_transformers, hugging_face, medians, shipped

from carmina.conductor import Conductor
from carmina.generate import generate

STEPS = 256
ROUNDS = 3
BATCHES = (1, 16)


class FreeWalk:
    """Anything may come, 256 times."""

    def __init__(self, fields: tuple[int, ...]):
        self.fields, self.left, self.done = fields, STEPS, False
        self.free = np.zeros(fields[0], np.float32)

    def context(self) -> list[int]:
        return [self.left % size for size in self.fields[1:]]

    def welcome(self) -> np.ndarray:
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
        return state                 # all candidates end together: nothing is ever reordered before the end


def main() -> None:
    alternative = has_transformers()
    ways: dict[str, Callable[[int], object]] = {}
    for network in ("transformer", "lstm"):
        ours, module, config = opened(network)
        ways[f"ours, numpy, {network}"] = ours
        ways[f"ours, torch module, {network}"] = module
        if network == "transformer" and alternative:
            ways["Hugging Face generate, GPT-2"] = hugging_face_way(config)
    for batch in BATCHES:
        table(batch, medians({name: lambda way=way: way(batch) for name, way in ways.items()}, ROUNDS))


def opened(network: str) -> tuple[Callable[[int], object], Callable[[int], object], dict]:
    """Our two ways for a network, and its configuration."""
    conductor = Conductor()
    weights, notes = shipped(network)
    offer, config = conductor.get("network", network)(), dict(notes["config"])
    module = offer.build(config)
    module.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    runners = offer.open(weights, config), TorchRunner(module, tuple(config["fields"]))
    decoder = conductor.get("decoder", "nucleus")()

    def drawn(runner: Any) -> Callable[[int], object]:
        return lambda batch: generate(runner, [FreeWalk(runner.fields) for _ in range(batch)], decoder,
                                      list(range(batch)))

    return drawn(runners[0]), drawn(runners[1]), config


def hugging_face_way(config: dict) -> Callable[[int], object]:
    model = hugging_face(config).eval()

    def way(batch: int) -> object:
        ids = torch.zeros(batch, 1, dtype=torch.long)
        with torch.inference_mode():
            return model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=True, top_p=0.95, top_k=0,
                                  min_new_tokens=STEPS, max_new_tokens=STEPS, pad_token_id=0)

    return way


def table(batch: int, seconds: dict[str, float]) -> None:
    other = seconds.get("Hugging Face generate, GPT-2")
    print(f"\n{f'{batch} at a time, {STEPS} ids each':36}{'tokens/s':>10}{'x Hugging Face':>16}")
    for name, taken in seconds.items():
        ratio = f"{other / taken:16.1f}" if other else ""
        print(f"{name:36}{batch * STEPS / taken:10.0f}{ratio}")


if __name__ == "__main__":
    main()
