"""A discriminator: a ridge regression on the states of the network itself that tells people's works from the model's.

A work is the mean and the spread of the network's last states over its choices, by kind of sequence. Works are judged
by regressions that have not seen any work to the same prompt (cross-fitting), else it would know each by heart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from ...nn.adapters import Adapted
from ..loop import Trainer
from .dpo import Sequences, _padded

FOLDS = 5
BATCH = 8  # works


@torch.no_grad()
def states_of(trainer: Trainer, works: Sequence[Sequences], kinds: Sequence[str]) -> np.ndarray:
    """(N, features) of works by the weights as they are; ``kinds`` are those that count, in their order."""
    trainer.network.eval()
    rows = [states for at in range(0, len(works), BATCH) for states in _states(trainer, works[at : at + BATCH])]
    width = next(len(found) for row in rows for found in row.values())
    return np.stack([np.concatenate([row.get(kind, np.zeros(width)) for kind in kinds]) for row in rows])


def _states(trainer: Trainer, works: Sequence[Sequences]) -> list[dict[str, np.ndarray]]:
    sequences = [(at, sequence) for at, work in enumerate(works) for sequence in work]
    steps, chosen = _padded([sequence for _at, sequence in sequences])
    caught: list[Tensor] = []
    network = trainer.network.base if isinstance(trainer.network, Adapted) else trainer.network
    last = getattr(network, "norm", None)
    hook = last.register_forward_hook(lambda *got: caught.append(got[2])) if isinstance(last, nn.Module) else None
    try:
        logits, _state = trainer.network(torch.from_numpy(steps).to(trainer.device))
    finally:
        if hook is not None:
            hook.remove()
    states = (caught[0] if caught else logits).float().cpu().numpy()  # (B, T, D)
    found: list[dict[str, np.ndarray]] = [{} for _ in works]
    for (at, sequence), state, ids in zip(sequences, states, chosen, strict=True):
        counted = state[ids >= 0]
        if len(counted):
            found[at][sequence.kind] = np.concatenate((counted.mean(0), counted.std(0)))
    return found


def judged(people: np.ndarray, own: np.ndarray, folds: np.ndarray, shrink: float) -> tuple[np.ndarray, float]:
    """(N,) how much like people's each of the model's own works (N, features) is, and how well both are told apart.

    ``folds`` (N,) numbers: works of one number are judged by what was learnt from the others. The second is the chance
    that a work of people is taken for one rather than a work of the model; .5: they cannot be told.
    """
    mean, spread = own.mean(0), np.concatenate((people, own)).std(0) + 1e-6
    inside, outside = (people - mean) / spread, (own - mean) / spread
    scores, human = np.zeros(len(own)), np.zeros(len(people))
    halves = np.arange(len(people)) % FOLDS
    for fold in np.unique(folds % FOLDS):
        kept, left = folds % FOLDS != fold, halves != fold
        weights = _ridge(inside[left], outside[kept] if kept.any() else outside, shrink)
        scores[~kept] = outside[~kept] @ weights
        human[~left] = inside[~left] @ weights
    seen = np.isin(halves, np.unique(folds % FOLDS))
    pairs = human[seen][:, None] - scores[None]
    return scores, float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def _ridge(people: np.ndarray, own: np.ndarray, shrink: float) -> np.ndarray:
    """Weights of the features, both sides counting alike."""
    rows = np.concatenate((people, own))
    weight = np.concatenate((np.full(len(people), 0.5 / len(people)), np.full(len(own), 0.5 / len(own)))) * len(rows)
    aim = np.concatenate((np.ones(len(people)), -np.ones(len(own))))
    centre = (weight[:, None] * rows).mean(0)
    scaled = (rows - centre) * np.sqrt(weight)[:, None]
    inner = scaled @ scaled.T + shrink * rows.shape[1] * np.eye(len(rows))
    found: np.ndarray = scaled.T @ np.linalg.solve(inner, aim * np.sqrt(weight))
    return found
