"""The training loop: device-agnostic, in the precision that the hardware is for, on one process or many, resumable to
the same losses."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..contracts import Example
from ..errors import BadModel
from ..nn.quantised import as_stored
from ..recipe import Recipe
from . import checkpoint
from .accumulate import parts, weight_of
from .averaging import averaged
from .balance import Weigh, weigher
from .batches import Batch, ahead, epoch
from .clock import Clock
from .distributed import Crew, spread_like, wholes, without_sync
from .precision import precision_of
from .progress import Progress
from .schedule import adamw, rate_at, seed_step
from .streaming.sources import Source, source_of

FEW_SHAPES = 64  # lengths that a compiled network meets are multiples of this
SAVE_SECONDS = 300.0  # between checkpoints, besides those at validations
Report = Callable[[Mapping[str, Any]], None]
Tick = Callable[[float, str], None]  # told after every step how much (0..1) is done


class Trainer:
    """Trains one network on examples; ``run`` returns the best weights."""

    def __init__(
        self,
        recipe: Recipe,
        network: nn.Module,
        field_names: Sequence[str],
        folder: Path,
        report: Report = lambda _: None,
        device: str | None = None,
        crew: Crew | None = None,
        tick: Tick = lambda *_: None,
    ):
        self.recipe, self.plan, self.folder, self.report, self.tick = (
            recipe,
            recipe.optimisation,
            Path(folder),
            report,
            tick,
        )
        self.crew, self.fields = crew or Crew(), list(field_names)
        self.device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.manual_seed(recipe.seed)
        self.network = network.to(self.device)
        self.precision = precision_of(self.plan.precision, self.network, len(self.fields), self.device)
        self.multiple = self._compile()
        self._forward = self.crew.wrapped(self.network, self.plan.sharded)
        self.optimiser = adamw(network, self.plan)
        self.average = (
            {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
            if self.plan.average
            else {}
        )
        self.hide = [recipe.hide.get(name, 0.0) for name in field_names]
        self.progress, self._saved = Progress(), time.monotonic()

    @property
    def precision_summary(self) -> str:
        """The precision of matrix products, for people."""
        return f"matrix products in {self.precision} on this {self.device.type} (asked for: {self.plan.precision})."

    def _compile(self) -> int:
        """On a GPU, compile the blocks, one kernel code for all; what the lengths of batches should be multiples of
        then."""
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
        """Go on from the last checkpoint, if there is one; raises ``BadModel`` where it is another recipe's."""
        if not self._latest.exists():
            return False
        tensors, notes = checkpoint.load(self._latest)
        if notes.get("made_by", checkpoint.made_by(self.recipe)) != checkpoint.made_by(self.recipe):
            raise BadModel(
                f"the checkpoint in {self.folder} is of another recipe or corpus. Delete the folder to begin anew, "
                "or go back."
            )
        self.fill({k[8:]: v for k, v in tensors.items() if k.startswith("network.")})
        self.average = {
            k[8:]: spread_like(v.to(self.device), self.average[k[8:]])
            for k, v in tensors.items()
            if k.startswith("average.")
        }
        checkpoint.restore_optimiser(self.optimiser, tensors)
        self.progress = Progress(**notes["progress"])
        self._restore(notes)
        return True

    def _notes(self) -> dict[str, Any]:
        """What a checkpoint says besides."""
        return {}

    def _restore(self, notes: Mapping[str, Any]) -> None:
        """Undo :meth:`_notes`."""

    @torch.no_grad()
    def fill(self, state: Mapping[str, Tensor]) -> None:
        """Put weights, whole ones by their names in the network, in place of the network's."""
        for name, own in self.network.state_dict().items():
            own.copy_(spread_like(state[name], own))

    def _save(self) -> None:
        tensors = {f"network.{n}": t for n, t in wholes(self.network.state_dict()).items()}
        tensors |= {f"average.{n}": t for n, t in wholes(self.average).items()}
        tensors |= wholes(checkpoint.optimiser_tensors(self.optimiser))
        if self.crew.leads:
            checkpoint.save(
                self._latest,
                tensors,
                {"progress": asdict(self.progress), "made_by": checkpoint.made_by(self.recipe), **self._notes()},
            )
        self._saved = time.monotonic()

    # ---- training

    def run(self, examples: Sequence[Example] | Source) -> dict[str, Tensor]:
        """Train to the last step, or until patience ends; the weights with the lowest validation loss.

        Raises ``BadModel`` where the run that goes on was made on other shards, or on none.
        """
        source = source_of(examples)
        self.progress.check(source, self.folder)
        clock = Clock(self.progress.step)
        weigh = weigher(source.tally, self.recipe.balance, self.fields) if self.recipe.balance else None
        batches = self.progress.batches(
            source, self.recipe.seed, lambda own, seed: self._epoch(own, self.hide, seed, weigh)
        )
        with contextlib.closing(ahead(batches) if self.device.type == "cuda" else batches) as made:
            while not self._finished():
                place, batch = next(made)
                loss = self._step(batch)
                self.progress.step += 1
                self.progress.place = place
                clock.ids += batch.chosen.size * self.crew.size
                self._after_step(source, loss, clock)
        if not self.progress.history:  # no step was asked for: what stands is what is kept
            self._validate(source, 0.0, {"ids_per_second": 0.0, "seconds_left": 0.0})
        self.crew.waits()
        return checkpoint.load(self.best_path)[0]

    def _epoch(
        self, examples: Sequence[Example], hide: Sequence[float], seed: Sequence[int], weigh: Weigh | None = None
    ) -> Iterator[Batch]:
        share = (self.crew.rank, self.crew.size)
        return epoch(examples, self.plan.batch_ids, self.plan.crop, hide, seed, self.multiple, weigh, share)

    def _after_step(self, source: Source, loss: Tensor, clock: Clock) -> None:
        """After a step: progress, and validation or a checkpoint where one is due."""
        step = self.progress.step
        left = clock.left(step, self.plan.steps)
        self.tick(step / self.plan.steps, f"step {step} of {self.plan.steps}, {left:.0f} s left")
        if step % self.plan.validate_every == 0 or step == self.plan.steps:
            self._validate(source, loss.item(), {"ids_per_second": clock.speed, "seconds_left": left})
        elif self.crew.size == 1 and time.monotonic() - self._saved > SAVE_SECONDS:
            self._save()

    def _finished(self) -> bool:
        spent = self.plan.patience and self.progress.since_best >= self.plan.patience
        return bool(self.progress.step >= self.plan.steps or spent)

    def _step(self, batch: Batch) -> Tensor:
        self.network.train()
        seed_step(self.recipe.seed, self.progress.step, self.crew.rank)
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.progress.step, self.plan)
        self.optimiser.zero_grad(set_to_none=True)
        with self._rounded():
            loss = self._gradients(batch)
        nn.utils.clip_grad_norm_(self.network.parameters(), self.plan.clip)
        self.optimiser.step()
        self._update_average()
        return loss  # not .item(): a GPU would wait for it

    def _rounded(self) -> contextlib.AbstractContextManager[None]:
        """Weights as they will be stored, once the recipe says so; only then do validations tell which are best."""
        if self.progress.step < self.plan.rounded_from * self.plan.steps or self.plan.rounded_from == 1:
            return contextlib.nullcontext()
        if not self.progress.rounded:
            self.progress.rounded, self.progress.best, self.progress.since_best = True, math.inf, 0
        return as_stored(self.network)

    def _gradients(self, batch: Batch) -> Tensor:
        """The mean loss of the whole batch, and its gradient, whoever works on which part of it."""
        mean = torch.zeros((), device=self.device)
        whole = self.crew.summed(torch.tensor(weight_of(batch), dtype=torch.float32, device=self.device))
        own = parts(batch, self.plan.accumulate)
        for number, part in enumerate(own):
            with without_sync(self._forward, number == len(own) - 1):
                nats, _count = self.losses(part)
                # processes' gradients are averaged
                (nats * (self.crew.size / whole)).backward()  # type: ignore[no-untyped-call]
            mean += nats.detach() / whole
        return self.crew.summed(mean)

    @torch.no_grad()
    def _update_average(self) -> None:
        decay = min(self.plan.average, (1 + self.progress.step) / (10 + self.progress.step))
        parameters = dict(self.network.named_parameters())
        for name, mean in self.average.items():
            mean.lerp_(parameters[name].detach(), 1 - decay)

    def losses(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Summed nats of the counted ids, each as much as its sequence weighs, and how many they are."""
        steps = torch.from_numpy(batch.steps).to(self.device, non_blocking=True)
        chosen = torch.from_numpy(batch.chosen).to(self.device, non_blocking=True)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.precision == "bf16"):
            logits, _ = self._forward(steps)  # (B, T, V)
        flat, ids = logits.float().flatten(0, 1), chosen.flatten()
        cost = getattr(self.network, "penalty", 0.0) if self.network.training else 0.0  # of a network's latent numbers
        if batch.weights is None:
            return F.cross_entropy(flat, ids, ignore_index=-1, reduction="sum") + cost, (chosen >= 0).sum()
        nats = F.cross_entropy(flat, ids, ignore_index=-1, reduction="none").view(chosen.shape).sum(1)
        return nats @ torch.from_numpy(batch.weights).to(self.device) + cost, (chosen >= 0).sum()

    # ---- validation

    def _validate(self, source: Source, loss: float, pace: Mapping[str, float]) -> None:
        with averaged(self.network, self.average), self._rounded():
            figures = self.evaluate(source)
            value = self._value(figures, loss)
            if value < self.progress.best:
                self.progress.best, self.progress.since_best = value, 0
                best = wholes(self.network.state_dict())
                if self.crew.leads:
                    checkpoint.save(self.best_path, best, {})
            else:
                self.progress.since_best += 1
        row = {"step": self.progress.step, "train": loss, **pace, **figures}
        self.progress.history.append(row)
        self._save()
        if self.crew.leads:
            self.report(row)

    @property
    def best_row(self) -> dict[str, float]:
        """The figures of the validation whose weights are kept; empty before the first."""
        return min(self.progress.history, key=lambda row: row.get("all", row["train"]), default={})

    def _value(self, figures: Mapping[str, float], loss: float) -> float:
        """By what the best weights are told: lower is better."""
        return figures.get("all", loss)

    @torch.no_grad()
    def evaluate(self, examples: Sequence[Example] | Source) -> dict[str, float]:
        """Mean nats an id over what there is to validate on (``all``) and by kind; each process does its share."""
        self.network.eval()
        source = source_of(examples)
        sums: dict[str, list[float]] = {}
        for number in range(source.windows("validation")):
            window = source.window("validation", number)
            for kind in sorted({e.kind for e in window}):
                own = sums.setdefault(kind, [0.0, 0.0])
                for batch in self._epoch([e for e in window if e.kind == kind], [0.0] * len(self.hide), (0, 0)):
                    nats, count = self.losses(batch)
                    own[:] = own[0] + float(nats), own[1] + float(count)
        if not sums:
            return {}
        kinds = sorted(sums)
        table = torch.tensor([sums[kind] for kind in kinds], dtype=torch.float64).to(self.device)
        table = self.crew.summed(table).cpu()
        total = table.sum(0)
        return {
            "all": float(total[0] / total[1]),
            **{kind: float(s / n) for kind, (s, n) in zip(kinds, table, strict=True)},
        }
