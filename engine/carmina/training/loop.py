"""The training loop: device-agnostic, bf16 where there is hardware for it, resumable to the same losses after a kill."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..contracts import Example
from ..nn.quantised import as_stored
from ..recipe import Optimisation, Recipe
from . import checkpoint
from .batches import Batch, ahead, epoch

FEW_SHAPES = 64  # lengths that a compiled network meets are multiples of this
Report = Callable[[Mapping[str, Any]], None]


@dataclass
class Progress:
    """Where training stands; saved with every checkpoint."""

    step: int = 0
    epoch: int = 0
    batch: int = 0                   # in the epoch
    best: float = math.inf           # lowest validation loss so far, nats an id
    since_best: int = 0              # validations since then
    rounded: bool = False            # weights are rounded by now
    history: list[dict[str, float]] = field(default_factory=list)


class Trainer:
    """Trains one network on examples; ``run`` returns the best weights."""

    def __init__(self, recipe: Recipe, network: nn.Module, field_names: Sequence[str], folder: Path,
                 report: Report = lambda _: None, device: str | None = None):
        self.recipe, self.plan, self.folder, self.report = recipe, recipe.optimisation, Path(folder), report
        self.device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.manual_seed(recipe.seed)
        self.network = network.to(self.device)
        self.multiple = self._compile()
        self.optimiser = _adamw(network, self.plan)
        self.average = ({n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
                        if self.plan.average else {})
        self.hide = [recipe.hide.get(name, 0.0) for name in field_names]
        self.progress = Progress()

    def _compile(self) -> int:
        """On a GPU, compile the blocks, one kernel code for all; what the lengths of batches should be multiples of then."""
        blocks = getattr(self.network, "blocks", ()) if self.device.type == "cuda" else ()
        for block in blocks:
            block.compile(dynamic=False)
        return FEW_SHAPES if blocks else 1

    # ---- checkpoints

    @property
    def _latest(self) -> Path:
        return self.folder / "latest.safetensors"

    @property
    def best_path(self) -> Path:
        """Where the best weights so far are kept."""
        return self.folder / "best.safetensors"

    def resume(self) -> bool:
        """Go on from the last checkpoint, if there is one."""
        if not self._latest.exists():
            return False
        tensors, notes = checkpoint.load(self._latest)
        self.network.load_state_dict({k[8:]: v for k, v in tensors.items() if k.startswith("network.")})
        self.average = {k[8:]: v.to(self.device) for k, v in tensors.items() if k.startswith("average.")}
        checkpoint.restore_optimiser(self.optimiser, tensors)
        torch.set_rng_state(tensors["chance"])
        self.progress = Progress(**notes["progress"])
        return True

    def _save(self) -> None:
        tensors = {f"network.{n}": t for n, t in self.network.state_dict().items()}
        tensors |= {f"average.{n}": t for n, t in self.average.items()}
        tensors |= checkpoint.optimiser_tensors(self.optimiser) | {"chance": torch.get_rng_state()}
        checkpoint.save(self._latest, tensors, {"progress": asdict(self.progress)})

    # ---- training

    def run(self, examples: Sequence[Example]) -> dict[str, Tensor]:
        """Train to the last step, or until patience ends; the weights with the lowest validation loss."""
        train = [e for e in examples if e.split == "train"]
        validation = [e for e in examples if e.split == "validation"]
        started, ids = time.monotonic(), 0
        while not self._finished():
            seed = (self.recipe.seed, self.progress.epoch)
            batches = epoch(train, self.plan.batch_ids, self.plan.crop, self.hide, seed, self.multiple)
            for number, batch in enumerate(ahead(batches) if self.device.type == "cuda" else batches):
                if number < self.progress.batch:
                    continue         # seen before the kill
                loss = self._step(batch)
                self.progress.step, self.progress.batch = self.progress.step + 1, number + 1
                ids += batch.chosen.size
                if self.progress.step % self.plan.validate_every == 0 or self.progress.step == self.plan.steps:
                    self._validate(validation, loss.item(), ids / (time.monotonic() - started))
                if self._finished():
                    break
            else:
                self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
        return checkpoint.load(self.best_path)[0]

    def _finished(self) -> bool:
        spent = self.plan.patience and self.progress.since_best >= self.plan.patience
        return bool(self.progress.step >= self.plan.steps or spent)

    def _step(self, batch: Batch) -> Tensor:
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.progress.step, self.plan)
        self.optimiser.zero_grad(set_to_none=True)
        with self._rounded():
            total, count = self._losses(batch)
            loss = total / count
            loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.plan.clip)
        self.optimiser.step()
        self._update_average()
        return loss.detach()         # not .item(): a GPU would wait for it

    def _rounded(self) -> contextlib.AbstractContextManager[None]:
        """Weights as they will be stored, once the recipe says so; only then do validations tell which are best."""
        if self.progress.step < self.plan.rounded_from * self.plan.steps or self.plan.rounded_from == 1:
            return contextlib.nullcontext()
        if not self.progress.rounded:
            self.progress.rounded, self.progress.best, self.progress.since_best = True, math.inf, 0
        return as_stored(self.network)

    @torch.no_grad()
    def _update_average(self) -> None:
        decay = min(self.plan.average, (1 + self.progress.step) / (10 + self.progress.step))
        parameters = dict(self.network.named_parameters())
        for name, mean in self.average.items():
            mean.lerp_(parameters[name].detach(), 1 - decay)

    def _losses(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Summed nats of the counted ids, and how many they are."""
        steps = torch.from_numpy(batch.steps).to(self.device, non_blocking=True)
        chosen = torch.from_numpy(batch.chosen).to(self.device, non_blocking=True)
        with torch.autocast(self.device.type, torch.bfloat16):
            logits, _ = self.network(steps)  # (B, T, V)
        nats = F.cross_entropy(logits.float().flatten(0, 1), chosen.flatten(), ignore_index=-1, reduction="sum")
        return nats, (chosen >= 0).sum()

    # ---- validation

    def _validate(self, validation: Sequence[Example], loss: float, speed: float) -> None:
        with self._averaged(), self._rounded():
            figures = self.evaluate(validation)
            value = figures.get("all", loss)
            if value < self.progress.best:
                self.progress.best, self.progress.since_best = value, 0
                checkpoint.save(self.best_path, self.network.state_dict(), {})
            else:
                self.progress.since_best += 1
        row = {"step": self.progress.step, "train": loss, "ids_per_second": speed, **figures}
        self.progress.history.append(row)
        self._save()
        self.report(row)

    @contextlib.contextmanager
    def _averaged(self):
        """The network with the running mean of its weights, while the block lasts."""
        kept = {n: p.detach().clone() for n, p in self.network.named_parameters()} if self.average else {}
        with torch.no_grad():
            for name, parameter in self.network.named_parameters():
                if name in self.average:
                    parameter.copy_(self.average[name])
        try:
            yield
        finally:
            with torch.no_grad():
                for name, parameter in self.network.named_parameters():
                    if name in kept:
                        parameter.copy_(kept[name])

    @torch.no_grad()
    def evaluate(self, examples: Sequence[Example]) -> dict[str, float]:
        """Mean nats an id over all examples (``all``) and by kind."""
        self.network.eval()
        sums: dict[str, list[float]] = {}
        for kind in sorted({e.kind for e in examples}):
            own = [e for e in examples if e.kind == kind]
            for batch in epoch(own, self.plan.batch_ids, self.plan.crop, [0.0] * len(self.hide), (0, 0), self.multiple):
                nats, count = self._losses(batch)
                total = sums.setdefault(kind, [0.0, 0.0])
                total[0] += float(nats)
                total[1] += int(count)
        if not sums:
            return {}
        all_sum, all_count = np.sum(list(sums.values()), axis=0)
        return {"all": float(all_sum / all_count), **{kind: s / n for kind, (s, n) in sums.items()}}


def rate_at(step: int, plan: Optimisation) -> float:
    """Learning rate: linear warm-up, then a cosine down to ``final_rate`` of it."""
    if step < plan.warmup:
        return plan.learning_rate * (step + 1) / plan.warmup
    done = min(1.0, (step - plan.warmup) / max(1, plan.steps - plan.warmup))
    return plan.learning_rate * (plan.final_rate + (1 - plan.final_rate) * 0.5 * (1 + math.cos(math.pi * done)))


def _adamw(network: nn.Module, plan: Optimisation) -> torch.optim.AdamW:
    """Weight decay on matrices, none on gains, biases and embeddings."""
    moving = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    decayed = [p for n, p in moving if p.dim() > 1 and "embed" not in n]
    others = [p for n, p in moving if not (p.dim() > 1 and "embed" not in n)]
    groups = [{"params": decayed, "weight_decay": plan.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.98), fused=True)
