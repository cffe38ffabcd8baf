"""What a person is told of a private training: the promise, and whether an attack by loss works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from torch import Tensor

from ...contracts import Example
from ..loop import Trainer
from .membership import Membership, losses_of, membership
from .pieces import pieces_to_protect
from .trainer import PrivateTrainer

ATTACKED = 200  # pieces of a side


class Watch:
    """Attacks a trainer's weights before and after; of other trainings it tells nothing."""

    def __init__(self, trainer: Trainer, examples: Sequence[Example]):
        """``trainer``: as it starts."""
        self.trainer, self.examples = trainer, examples
        self.before = self._attacked()

    def _attacked(self) -> Membership | None:
        if not isinstance(self.trainer, PrivateTrainer):
            return None
        held = [e for e in self.examples if e.split == "validation"]
        sides = [pieces_to_protect(side) for side in (self.examples, [as_train(e) for e in held])]
        if not all(sides):
            return None
        return membership(*(losses_of(self.trainer, side[:ATTACKED]) for side in sides))

    def told(self, weights: Mapping[str, Tensor]) -> list[str]:
        """Lines for a person, of the weights that are kept. The attack's figures are computed from the pieces
        themselves, so no file holds them."""
        if not isinstance(self.trainer, PrivateTrainer):
            return []
        lines = [self.trainer.promise_summary]
        self.trainer.fill(weights)
        after = self._attacked()
        if self.before and after:
            lines.append(
                "an attack that knows the loss of a piece tells pieces trained on from those held out with AUC "
                f"{self.before.auc:.3f} before and {after.auc:.3f} after training (.5: not at all; standard error "
                f"{after.error:.3f})."
            )
        return lines


def as_train(example: Example) -> Example:
    """The same example, counted among those that are trained on."""
    return replace(example, split="train")
