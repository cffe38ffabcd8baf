"""Teaches the base verse: all its weights, from its own checkpoint if there is one; they are rounded when it is done.

``python -m carmina_verse.making.base.train SOURCE CORPUS RUN [HOURS]`` then writes the model's files
(``make train-verse-base`` does all of it). One thread on a processor; a GPU is used where there is one.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor

from carmina.conductor import Conductor

from .prose import written
from .sequences import Asked, rows
from .source import opened

ROWS, STEPS = 4, 320  # of a batch, and ids of a row
RATE, WARM = 2e-4, 25  # the learning rate, and the steps to reach it
DECAY = 0.5  # share of the time in which the rate goes down
BETAS, EPSILON, FADE, CLIP = (0.9, 0.97), 1e-8, 0.02, 1.0
SAVE_EVERY, HELD = 60, 60  # steps; sequences that validate
CALIBRATING = 200  # sequences by which the rounding is weighed
CONFIG = {"width": 576, "layers": 30, "heads": 9, "key_heads": 3, "hidden": 1536, "base": 100_000.0, "window": 1024}
VALID_NOTE = "nats an id of held-out poems"


@dataclass
class Run:
    """What training remembers between starts."""

    master: dict[str, Tensor]  # float32
    moments: dict[str, Tensor] = field(default_factory=dict)
    count: int = 0  # optimiser steps taken
    at: int = 0  # next sequence
    seconds: float = 0.0  # spent

    def save(self, folder: Path) -> None:
        """Whole or not at all."""
        tensors = {f"w.{k}": v for k, v in self.master.items()} | {f"o.{k}": v for k, v in self.moments.items()}
        notes = {"count": str(self.count), "at": str(self.at), "seconds": str(self.seconds)}
        partial = folder / "run.safetensors.partial"
        save_file({name: tensor.cpu() for name, tensor in tensors.items()}, partial, notes)
        os.replace(partial, folder / "run.safetensors")

    @classmethod
    def loaded(cls, folder: Path, device: str) -> Run:
        from safetensors import safe_open

        with safe_open(folder / "run.safetensors", "pt") as file:
            notes = file.metadata()
        tensors = load_file(folder / "run.safetensors", device)
        master, moments = ({k[2:]: v for k, v in tensors.items() if k.startswith(at)} for at in ("w.", "o."))
        return cls(master, moments, int(notes["count"]), int(notes["at"]), float(notes["seconds"]))


def rate(share: float, count: int) -> float:
    """The learning rate after a share of the time: warm-up, a plain, a straight way down (Hu 2024, MiniCPM)."""
    return RATE * min(1, (count + 1) / WARM) * (1 if share < 1 - DECAY else max(0.03, (1 - share) / DECAY))


def loss_of(model: Any, ids: Tensor, answered: Tensor) -> Tensor:
    """Mean nats of the answers' ids. ids (R, T + 1), answered (R, T)."""
    states, _ = model.states(ids[:, :-1, None])
    logits = F.linear(states, model.embed.weight).float().flatten(0, 1)
    return F.cross_entropy(logits, torch.where(answered, ids[:, 1:], -100).flatten())


def learn(run: Run, model: Any, step_rate: float) -> None:
    """One AdamW step of the master weights (Loshchilov 2019); the model's become theirs, narrowed."""
    own = dict(model.named_parameters())
    norm = math.sqrt(sum(float(weight.grad.float().square().sum()) for weight in own.values()))
    with torch.no_grad():
        for name, weight in run.master.items():
            gradient = own[name].grad.float() * min(1, CLIP / (norm + 1e-6))
            first = run.moments.setdefault("m." + name, torch.zeros_like(weight, dtype=torch.bfloat16))
            second = run.moments.setdefault("v." + name, torch.zeros_like(weight))
            first.mul_(BETAS[0]).add_(gradient.to(torch.bfloat16), alpha=1 - BETAS[0])
            second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
            size = (second / (1 - BETAS[1] ** (run.count + 1))).sqrt_().add_(EPSILON)
            if weight.dim() > 1:
                weight.mul_(1 - step_rate * FADE)
            weight.add_(first.float() / (1 - BETAS[0] ** (run.count + 1)) / size, alpha=-step_rate)
            own[name].grad = None
    show(run, model)


@torch.no_grad()
def show(run: Run, model: Any) -> None:
    """Give the model the master weights."""
    for name, weight in model.named_parameters():
        weight.copy_(run.master[name])


def narrowed(conductor: Any, run: Run, model: Any, sequences: Sequence[Asked]) -> dict[str, Any]:
    """The weights as they ship, rounded so that what the layers say of some sequences changes least."""
    device = next(model.parameters()).device.type
    samples = [np.concatenate((one.asked, one.answer)).astype(np.int64)[:, None] for one in sequences[:CALIBRATING]]
    lot: dict[str, Any] = conductor.narrowed(model.cpu(), run.master, samples)
    run.master = {name: torch.from_numpy(tensor.wide()).to(device) for name, tensor in lot.items()}
    show(run, model.to(device))
    return lot


@torch.no_grad()
def held_out(model: Any, sequences: Sequence[Asked], device: str) -> float:
    """Mean nats of an id of the answers."""
    total = many = 0.0
    for one in sequences[:HELD]:
        ids = torch.from_numpy(np.concatenate((one.asked, one.answer)).astype(np.int64))[None].to(device)
        answered = torch.arange(1, ids.shape[1], device=device)[None] >= len(one.asked)
        total += float(loss_of(model, ids, answered)) * len(one.answer)
        many += len(one.answer)
    return total / many


def train(run: Run, model: Any, data: Sequence[Any], seconds: float, folder: Path, say: Callable[[str], None]) -> None:
    """``data``: what teaches, what validates, and prose. Returns when the time is spent; saves now and then."""
    taught, held, prose = data
    device = next(model.parameters()).device.type
    show(run, model)
    batches, before = rows(taught, prose, run.at, (ROWS, STEPS)), time.monotonic() - run.seconds
    while run.seconds < seconds:
        ids, answered, run.at = next(batches)
        loss = loss_of(model, torch.from_numpy(ids).to(device), torch.from_numpy(answered).to(device))
        loss.backward()
        learn(run, model, rate(run.seconds / seconds, run.count))
        run.count, run.seconds = run.count + 1, time.monotonic() - before
        if run.count % SAVE_EVERY == 0:
            run.save(folder)
            say(f"step {run.count}: {loss.item():.3f}, held out {held_out(model, held, device):.4f} {VALID_NOTE}")
    run.save(folder)
    say(f"step {run.count}: held out {held_out(model, held, device):.4f} {VALID_NOTE}")


def main() -> None:
    """Start or go on, and write the model."""
    from .data import prepared
    from .export import export

    source, corpus, folder = (Path(text) for text in sys.argv[1:4])
    hours = float(sys.argv[4]) if len(sys.argv) > 4 else 2.0
    folder.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    conductor = Conductor()
    tokens, taught, held = prepared(conductor, corpus)
    config = {**CONFIG, "fields": list(tokens.field_sizes)}
    model = conductor.get("network", "llama")().build(config).to(device, torch.bfloat16)
    if (folder / "run.safetensors").exists():
        run = Run.loaded(folder, device)
    else:
        found = opened(source)
        ids = [found.tokens.index(token) for token in tokens.pairs.tokens]
        found.weights["embed.weight"] = found.weights["embed.weight"][ids]
        run = Run(
            {name: torch.from_numpy(np.ascontiguousarray(value)).to(device) for name, value in found.weights.items()}
        )
        show(run, model)
        prose = written(model.to("cpu"), tokens)
        model.to(device)
        arrays = {f"{at}.{kind}": getattr(one, kind) for at, one in enumerate(prose) for kind in ("asked", "answer")}
        np.savez(folder / "prose.npz", **arrays)
    with np.load(folder / "prose.npz") as file:
        prose = [Asked(file[f"{at}.asked"], file[f"{at}.answer"]) for at in range(len(file.files) // 2)]
    train(run, model, (taught, held, prose), hours * 3600, folder, lambda text: print(json.dumps(text), flush=True))
    lot = narrowed(conductor, run, model, taught)
    export(conductor, lot, run, config, held_out(model, held, device))


if __name__ == "__main__":
    main()
