"""Training of which no one piece shows: each piece's gradient is clipped, and noise is laid over their sum.

DP-SGD (Abadi et al. 2016), with AdamW as the step that follows (McMahan et al. 2018): what is done with a noisy
gradient costs nothing more. A piece (a song with all its verses and passes, a poem with all its passages) goes through
the network by itself, so that its gradient is exact in any network, recurrent ones and plugins' too.

Chance that hides something must not be known: pieces and noise are drawn from a key that comes from the system and
stands in the checkpoint alone, never in the model, while the recipe's seed, which the model tells, makes the first
weights only.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ...contracts import Example
from ...errors import BadInput, BadModel, BadOption
from ...recipe import Recipe
from .. import checkpoint
from ..batches import Batch
from ..clock import Clock
from ..loop import Trainer
from ..schedule import rate_at
from ..streaming.sources import Source, source_of
from .account import Account, noise_for
from .pieces import Piece, batch_of, drawn, pieces_to_protect

KEY_BITS = 62  # of the key, as many as torch's and numpy's generators and JSON all take
GOLDEN = 0x9E3779B97F4A7C15  # spreads the numbers of steps over all bits
SAFE = 1e-6  # share by which a clipped norm stays below the bound, for rounding


class PrivateTrainer(Trainer):
    """As :class:`Trainer`, under the recipe's ``private``. ``key``: of the chance that hides; drawn unless given, which
    only audits should."""

    def __init__(self, recipe: Recipe, *more: Any, key: int | None = None, **settings: Any):
        assert recipe.private is not None
        self.asked = recipe.private
        _check(recipe)
        super().__init__(recipe, *more, **settings)
        if self.crew.size > 1:
            raise BadOption("private", "several processes", "one process: each piece is clipped where it is drawn")
        self.key = secrets.randbits(KEY_BITS) if key is None else key
        self.account = Account(self.asked.delta)
        self.noise = self.rate = 0.0
        self.pieces: list[Piece] = []

    # ---- checkpoints

    def _notes(self) -> dict[str, Any]:
        return {"account": self.account.spent, "key": self.key}

    def _restore(self, notes: Mapping[str, Any]) -> None:
        if "account" not in notes or "key" not in notes:
            raise BadModel(
                f"the checkpoint in {self.folder} is of a training without privacy, which what follows cannot mend. "
                "Delete the folder to begin anew, or give the recipe another name."
            )
        self.account.spent, self.key = [list(row) for row in notes["account"]], notes["key"]

    # ---- training

    def run(self, examples: Sequence[Example] | Source) -> dict[str, Tensor]:
        """As :meth:`Trainer.run`, of examples in memory; ends early where the budget is spent. Without validation the
        last weights are kept."""
        source = source_of(examples)
        self.pieces = pieces_to_protect(source.window("train", 0))
        last = self._open_account()
        clock, loss = Clock(self.progress.step), torch.zeros(())
        while not self._finished() and self.progress.step < last:
            rng = np.random.default_rng([self.key, self.progress.step])
            chosen = drawn(len(self.pieces), self.rate, rng)
            batches = [batch_of(self.pieces[at], self.plan.crop, self.hide, rng) for at in chosen]
            loss = self._private_step(batches, loss)
            self.account.step(self.noise, self.rate)
            self.progress.step += 1
            clock.ids += sum(batch.chosen.size for batch in batches)
            self._after_step(source, loss, clock)
        if self.progress.step % self.plan.validate_every and self.progress.step < self.plan.steps:
            self._validate(source, loss.item(), {"ids_per_second": clock.speed, "seconds_left": 0.0})
        return checkpoint.load(self.best_path)[0]

    def _open_account(self) -> int:
        """Settle noise and rate; the step at which the budget ends, at most the last of the plan."""
        asked, many, left = self.asked, len(self.pieces), self.plan.steps - self.progress.step
        if not many:
            raise BadInput("there is no piece to train on.")
        if asked.delta >= 1 / many:
            raise BadOption(
                "private.delta",
                asked.delta,
                f"below 1 over the {many} pieces, {1 / many:.2g}: else one may show whole",
            )
        self.rate = min(1.0, asked.pieces / many)
        spent = self.account.spent
        same = bool(spent) and spent[-1][1] == self.rate and not asked.noise
        if same:
            self.noise = spent[-1][0]  # what a run began with it keeps
        else:
            self.noise = asked.noise or noise_for(self.account, asked.epsilon, self.rate, left)
        paid = self.account.affordable(self.noise, self.rate, asked.epsilon, left)
        if not paid and left and not self.progress.step:
            raise BadOption("private.noise", asked.noise, f"more: one step already costs over {asked.epsilon}")
        return self.progress.step + paid

    def _private_step(self, batches: Sequence[Batch], before: Tensor) -> Tensor:
        """Move the weights by the noisy mean of the pieces' clipped gradients; the mean loss (which is not private)."""
        self.network.train()
        torch.manual_seed((self.key ^ (self.progress.step * GOLDEN)) % 2**63)
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.progress.step, self.plan)
        moving = [p for p in self.network.parameters() if p.requires_grad]
        total = [torch.zeros_like(p) for p in moving]
        losses = []
        with self._rounded():
            for batch in batches:
                losses.append(self._add_clipped(batch, moving, total))
        for parameter, summed in zip(moving, total, strict=True):
            summed.add_(torch.randn_like(summed), alpha=self.noise * self.asked.clip)
            parameter.grad = summed.div_(self.rate * len(self.pieces))  # pieces of a step on average: no count is told
        self.optimiser.step()
        self._update_average()
        return torch.stack(losses).mean() if losses else before

    def _add_clipped(self, batch: Batch, moving: Sequence[nn.Parameter], total: Sequence[Tensor]) -> Tensor:
        """Add a piece's gradient, its norm at most ``clip``, to ``total``; the piece's mean loss, nats an id."""
        self.optimiser.zero_grad(set_to_none=True)
        nats, count = self.losses(batch)
        loss = nats / count.clamp(min=1)
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in moving]
        norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gradients]))
        if torch.isfinite(norm):  # what is not finite cannot be bounded, so it does not count
            scale = float(torch.clamp(self.asked.clip / (norm * (1 + SAFE)), max=1.0))
            for summed, gradient in zip(total, gradients, strict=True):
                summed.add_(gradient, alpha=scale)
        return loss.detach()

    def _value(self, figures: Mapping[str, float], loss: float) -> float:
        return figures.get("all", -float(self.progress.step))  # a loss on the pieces themselves would choose by them

    @property
    def best_row(self) -> dict[str, float]:
        """As of any training, without the loss of the pieces themselves, which is not private."""
        rows = [{name: value for name, value in row.items() if name != "train"} for row in self.progress.history]
        return min(rows, key=lambda row: row.get("all", -row["step"]), default={})

    @property
    def promise(self) -> dict[str, Any]:
        """What a model's header says of its privacy."""
        return {
            "epsilon": round(self.account.epsilon, 4),
            "delta": self.asked.delta,
            "of": "a piece of the training side added or removed, with all its sequences",
            "pieces": len(self.pieces),
            "clip": self.asked.clip,
            "account": [{"noise": n, "rate": r, "steps": int(s)} for n, r, s in self.account.spent],
            "accountant": "Rényi, Poisson sampling (Opacus)",
        }

    @property
    def promise_summary(self) -> str:
        """The same for people."""
        steps = sum(int(s) for _n, _r, s in self.account.spent)
        return (
            f"private: epsilon {self.account.epsilon:.2f} at delta {self.asked.delta:g} for each of {len(self.pieces)} "
            f"pieces (noise {self.noise:.2f} x clip {self.asked.clip:g}, {self.rate:.3f} of the pieces a step, "
            f"{steps} steps)."
        )


def _check(recipe: Recipe) -> None:
    if recipe.balance:
        raise BadOption("balance", dict(recipe.balance), "nothing under [private]: how rare a class is tells of pieces")
    if not recipe.optimisation.steps:
        raise BadOption("optimisation.steps", 0, "1 and more under [private]")
    if recipe.optimisation.sharded:
        raise BadOption("optimisation.sharded", True, "false under [private]")
