"""Teaching by preference, round by round: the model writes, its works are paired, it learns the pairs, and it is
measured whether its works stay as various as they were. A run that was stopped goes on from its last round or step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...contracts import Example, Workshop
from ...errors import BadInput, BadModel, BadOption
from ...recipe import Recipe
from .. import checkpoint
from ..loop import Trainer
from .attempts import Attempt, attempts, prompted
from .diversity import Diversity, diversity
from .dpo import Pair, loss_of, preferred_share, references
from .labels import Labels, labels_for
from .stored import load_pairs, save_pairs
from .table import Row, Taught, compared

WARMUP = 0.1  # share of a round's steps
HELD = 8  # one labelled pair in so many is measured on
SEED_STEP = 7919  # between the seeds of attempts
Figures = dict[str, float]
Tell = Callable[[str], None]


class Teacher:
    """Teaches the network of a trainer that holds the weights to begin with."""

    def __init__(
        self, workshop: Workshop, recipe: Recipe, trainer: Trainer, data: Path, notes: Mapping[str, Any], tell: Tell
    ):
        """``notes``: tokenizer, network and config, as model files have them."""
        asked = recipe.preference or recipe.adversarial
        assert asked is not None
        self.asked, self.workshop, self.trainer, self.notes, self.tell = asked, workshop, trainer, notes, tell
        self.recipe, self.folder = recipe, trainer.folder
        self.train, held = prompted(workshop, recipe.tokenizer, data, recipe.seed)
        self.held = held[: asked.held_out]
        self.labels: Labels = labels_for(workshop, recipe, self.train, data)
        self.validation: list[Example] = []
        self.round = self.step = 0
        self.pairs = 0
        self.before: Figures = {}
        self.after: Figures = {}
        self.stopped = ""

    # ---- the whole

    def run(self, examples: Sequence[Example]) -> Taught:
        """Teach; the trainer's network holds what is kept. ``examples``: of the corpus, whose validation is told."""
        self.validation = [e for e in examples if e.split == "validation"]
        self.labels.begin(self.trainer)
        if not self._resume():
            self.before = self.after = self._measured()
            self._keep()
        while self.round < self.asked.rounds and not self.stopped:
            self._round()
        self.trainer.fill(self._kept())
        rows = self._rows()
        return Taught(self.labels.name, self.pairs, self.round, len(self.held), self.stopped, tuple(rows))

    def _round(self) -> None:
        """Write and label, learn, measure; keep what was learnt, or what was there."""
        pairs = self._pairs()
        kept_apart = range(0, len(pairs), HELD) if len(pairs) >= 2 * HELD else ()
        held = [pairs[at] for at in kept_apart]
        taught = [pair for at, pair in enumerate(pairs) if at not in kept_apart]
        base = self._reference(taught), self._reference(held)
        self._learn(taught, base[0])
        found = self._measured()
        if held:
            found["pairs told right"] = preferred_share(self.trainer, held, base[1], self.asked.batch_pairs)
            self.before.setdefault("pairs told right", 0.5)
        was, now = (Diversity(f["distinct"], f["apart"]) for f in (self.before, found))
        self.tell(
            f"round {self.round + 1} of {self.asked.rounds}: {len(pairs)} pairs, distance {found['distance']:.3f} "
            f"(before {self.before['distance']:.3f}), distinct {now.distinct:.3f} ({was.distinct:.3f}), apart "
            f"{now.apart:.3f} ({was.apart:.3f})"
        )
        if not now.holds(was, self.asked.least_diversity):
            self.stopped = (
                f"round {self.round + 1} was taken back: works keep less than {self.asked.least_diversity:g} of the "
                "diversity that there was. A larger beta, fewer passes or a lower learning_rate move it less."
            )
            self._save()
            return
        self.after, self.pairs, self.round, self.step = found, self.pairs + len(pairs), self.round + 1, 0
        self._keep()

    # ---- writing and labelling

    def _write(self, prompts: Sequence[str], salt: int, what: str) -> list[Attempt]:
        many = self.asked.attempts
        wanted = [
            (prompt, (self.recipe.seed + salt + SEED_STEP * number) % 2**32)
            for prompt in prompts
            for number in range(many)
        ]
        return attempts(
            self.workshop,
            self.trainer.network,
            self.notes,
            wanted,
            self.folder / "attempt.safetensors",
            lambda done: self.workshop.progress(done / len(wanted), f"{what}: work {done + 1} of {len(wanted)}"),
        )

    def _pairs(self) -> list[Pair]:
        """Those of the round; written down, so that a run that goes on has the same."""
        path = self.folder / f"pairs-{self.round}.safetensors"
        if path.exists():
            return load_pairs(path)
        found = self.labels.given
        if found is None:
            first = self.round * self.asked.works
            chosen = [self.train[at % len(self.train)].prompt for at in range(first, first + self.asked.works)]
            written = self._write(list(dict.fromkeys(chosen)), 1 + self.round, f"round {self.round + 1}")
            found = self.labels.pairs(written)
        if not found:
            raise BadInput(
                "no two works could be told apart, so there is nothing to prefer. More attempts, other rules or wider "
                "works help."
            )
        save_pairs(path, found)
        return found

    def _measured(self) -> Figures:
        """Works to what was held out, with the same seeds before and after."""
        works = self._write([work.prompt for work in self.held], 0, "measuring")
        various = diversity(works)
        found = {**self.labels.figures(works), "distinct": various.distinct, "apart": various.apart}
        validation = self.trainer.evaluate(self.validation).get("all")
        return found if validation is None else {**found, "validation, nats": validation}

    # ---- learning

    @torch.no_grad()
    def _reference(self, pairs: Sequence[Pair]) -> Tensor:
        """By the weights that were there before all teaching, whatever stands now."""
        own = {name: tensor.detach().clone() for name, tensor in self.trainer.network.state_dict().items()}
        self.trainer.fill(checkpoint.load(self.trainer.best_path)[0])
        found = references(self.trainer, pairs, self.asked.batch_pairs)
        self.trainer.fill(own)
        return found

    def _learn(self, pairs: Sequence[Pair], reference: Tensor) -> None:
        asked, many = self.asked, len(pairs)
        batches = -(-many // asked.batch_pairs)
        last = batches * asked.passes
        moving = [p for p in self.trainer.network.parameters() if p.requires_grad]
        optimiser = torch.optim.AdamW(moving, lr=asked.learning_rate, betas=(0.9, 0.98), weight_decay=0.0)
        self._restore(optimiser)
        while self.step < last:
            order = np.random.default_rng([self.recipe.seed, self.round, self.step // batches]).permutation(many)
            own = order[self.step % batches :: batches]
            for group in optimiser.param_groups:
                group["lr"] = asked.learning_rate * min(1.0, (self.step + 1) / max(1.0, WARMUP * last))
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(self.trainer, [pairs[at] for at in own], reference[own], asked.beta, asked.anchor)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(moving, self.recipe.optimisation.clip)
            optimiser.step()
            self.step += 1
            self.workshop.progress(self.step / last, f"round {self.round + 1}: step {self.step} of {last}")
            if self.step % batches == 0:
                self._save(optimiser)

    # ---- what is kept

    @property
    def _state(self) -> Path:
        return self.folder / "taught.safetensors"

    @property
    def _kept_path(self) -> Path:
        return self.folder / "kept.safetensors"

    def _kept(self) -> dict[str, Tensor]:
        return checkpoint.load(self._kept_path)[0]

    def _keep(self) -> None:
        checkpoint.save(self._kept_path, self.trainer.network.state_dict(), {})
        self._save()

    def _save(self, optimiser: torch.optim.Optimizer | None = None) -> None:
        tensors = {f"network.{name}": tensor for name, tensor in self.trainer.network.state_dict().items()}
        if optimiser is not None:
            tensors |= checkpoint.optimiser_tensors(optimiser)
        names = ("round", "step", "pairs", "before", "after", "stopped")
        checkpoint.save(self._state, tensors, {**{n: getattr(self, n) for n in names}, "made_by": self._made_by()})

    def _made_by(self) -> str:
        """Of the table and of the weights to begin with."""
        began = hashlib.sha256()
        for name, tensor in sorted(checkpoint.load(self.trainer.best_path)[0].items()):
            began.update(name.encode() + tensor.float().numpy().tobytes())
        table = {**asdict(replace(self.asked, rounds=1)), "by": self.labels.name, "weights": began.hexdigest()}
        return json.dumps(table, sort_keys=True)

    def _resume(self) -> bool:
        if not self._state.exists():
            return False
        tensors, notes = checkpoint.load(self._state)
        if notes.pop("made_by", None) != self._made_by():
            raise BadModel(
                f"the checkpoint in {self.folder} is of another preference than the recipe's. Delete the folder to "
                "begin anew, or go back."
            )
        for name, value in notes.items():
            setattr(self, name, value)
        self.trainer.fill({name[8:]: t for name, t in tensors.items() if name.startswith("network.")})
        return True

    def _restore(self, optimiser: torch.optim.Optimizer) -> None:
        if self.step:
            checkpoint.restore_optimiser(optimiser, checkpoint.load(self._state)[0])

    def _rows(self) -> list[Row]:
        kinds = {"distance": "lower", "validation, nats": "lower", "pairs told right": "higher"}
        kinds |= {"distinct": "higher", "apart": "higher", "told from people's": "lower"}
        before = {name: self.before[name] for name in self.after if name in self.before}
        return compared(before, self.after, self.labels.people, kinds)


def clear(folder: Path) -> None:
    """Remove what a finished teaching left in a run's folder."""
    for name in ("taught", "kept", "pairs-*", "attempt"):
        for path in folder.glob(f"{name}.safetensors"):
            path.unlink()


def check(recipe: Recipe, processes: int) -> None:
    """Refuse what cannot go together, before anything is trained."""
    table = "preference" if recipe.preference is not None else "adversarial"
    if recipe.preference is not None and recipe.adversarial is not None:
        raise BadOption("adversarial", "beside [preference]", "one of the two tables: train twice to have both")
    if recipe.private is not None:
        raise BadOption(table, "beside [private]", "one of the two tables: preferences show the pieces they are from")
    if processes > 1:
        raise BadOption(table, f"{processes} processes", "one process")
    if recipe.optimisation.rounded_from < 1:
        raise BadOption("rounded_from", recipe.optimisation.rounded_from, f"1 beside [{table}]: what follows is exact")
