"""What a recipe's privacy is worth: the same training with and without it, attacked in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ...contracts import Example, Workshop
from ...errors import BadInput, BadOption
from ...recipe import Recipe
from ..loop import Trainer
from ..run import corpus, trainer_of
from .membership import Membership, canaries, exposure, losses_of, membership
from .pieces import Piece, pieces_to_protect

LEAST = 8  # pieces: with fewer no figure means anything
MOST_ATTACKED = 400  # pieces of a side
Report = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an audit is to do."""

    canaries: int = 4  # sequences of random ids that are planted
    copies: int = 4  # of each, as pieces of their own
    rivals: int = 255  # that each is compared with


@dataclass(frozen=True, slots=True)
class Attacked:
    """One model under attack."""

    name: str  # "start", "without", "with"
    epsilon: float | None  # None: no bound is promised
    membership: Membership
    exposure: float | None  # bits, mean of the canaries; None without any
    validation: float | None  # nats an id on the held-out side


@dataclass(frozen=True, slots=True)
class Audit:
    """The figures of all three models."""

    members: int
    outsiders: int
    rivals: int
    models: tuple[Attacked, ...]


def audit(
    workshop: Workshop,
    recipe: Recipe,
    data: Path,
    runs: Path,
    asked: Asked = Asked(),
    report: Report = lambda _: None,
    device: str | None = None,
) -> Audit:
    """Train on one half of the pieces with and without the recipe's privacy, and tell the halves apart by their loss.

    Goes on from checkpoints in ``runs``. Chance comes from the recipe's seed, so that the figures can be made again:
    these models are not to be given away.
    """
    if recipe.private is None:
        raise BadOption("private", None, "a table [private] in the recipe, whose worth is to be measured")
    source, parts = corpus(workshop, recipe, data)
    if source.digest:
        raise BadInput(f"{data} is in shards, which are not read piece by piece. Give what they were made from.")
    pieces = pieces_to_protect(parts.examples)
    if len(pieces) < LEAST:
        raise BadInput(f"{len(pieces)} pieces to train on are too few to be told apart; {LEAST} are the fewest.")
    order = np.random.default_rng([recipe.seed, len(pieces)]).permutation(len(pieces))
    members, outsiders = ([pieces[at] for at in half] for half in np.array_split(order, 2))
    planted = canaries(members, asked.canaries, asked.rivals, recipe.optimisation.crop, recipe.seed)
    taught = [e for piece in members for e in piece] + [e for e in parts.examples if e.split == "validation"]
    taught += [replace(e, piece=f"{e.piece}/{n}") for lot in planted for n in range(asked.copies) for e in lot[0]]
    attack = Attack(members[:MOST_ATTACKED], outsiders[:MOST_ATTACKED], planted, parts.examples)
    models: list[Attacked] = []
    for name, own in (("without", replace(recipe, private=None)), ("with", recipe)):
        trainer = trainer_of(workshop, own, runs / name, report, device, key=recipe.seed)
        if not models:
            models.append(attack.on("start", trainer))
        trainer.resume()
        trainer.fill(trainer.run(taught))
        models.append(attack.on(name, trainer))
    return Audit(len(members), len(outsiders), asked.rivals, tuple(models))


@dataclass(frozen=True)
class Attack:
    """The pieces of both sides, and the canaries with their rivals."""

    members: Sequence[Piece]
    outsiders: Sequence[Piece]
    planted: Sequence[Sequence[Piece]]
    examples: Sequence[Example]

    def on(self, name: str, trainer: Trainer) -> Attacked:
        """The figures of a trainer's weights as they are."""
        found = membership(losses_of(trainer, self.members), losses_of(trainer, self.outsiders))
        bits = [exposure(losses_of(trainer, lot)) for lot in self.planted]
        held = trainer.evaluate([e for e in self.examples if e.split == "validation"])
        return Attacked(
            name,
            getattr(trainer, "promise", {}).get("epsilon") if name == "with" else None,
            found,
            float(np.mean(bits)) if bits else None,
            held.get("all"),
        )
