"""Whether a model tells which pieces it was trained on: the attack by loss (Yeom et al. 2018), and canaries (Carlini et
al. 2019)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from ...contracts import Example
from ..loop import Trainer
from .pieces import Piece, batch_of

FALSE_ALARMS = 0.05  # share of outsiders that an attacker may take for members


@dataclass(frozen=True, slots=True)
class Membership:
    """How well pieces that were trained on are told from others by their loss alone."""

    auc: float  # chance that a member's loss is below an outsider's, 0..1; .5: nothing is told
    error: float  # its standard error (Hanley & McNeil 1982)
    caught: float  # share of the members that are told where one outsider in twenty is taken for one; .05 by chance


def membership(members: Sequence[float], outsiders: Sequence[float]) -> Membership:
    """By the losses of both, nats an id."""
    inside, outside = np.asarray(members, float), np.asarray(outsiders, float)
    assert len(inside) and len(outside)
    below = (inside[:, None] < outside[None]).mean() + 0.5 * (inside[:, None] == outside[None]).mean()
    auc = float(below)
    few, many = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (len(inside) - 1) * (few - auc * auc) + (len(outside) - 1) * (many - auc * auc)
    bound = np.quantile(outside, FALSE_ALARMS)
    return Membership(auc, math.sqrt(max(0.0, spread) / (len(inside) * len(outside))), float((inside < bound).mean()))


@torch.no_grad()
def losses_of(trainer: Trainer, pieces: Sequence[Piece]) -> list[float]:
    """The mean loss of each piece, nats an id, as the trainer's weights are; of variants the first counts."""
    trainer.network.eval()
    longest, found = trainer.plan.crop, []
    for piece in pieces:
        seen: dict[object, Example] = {}
        for number, example in enumerate(piece):
            seen.setdefault((example.group, example.kind) if example.group else number, example)
        nats, count = trainer.losses(batch_of(tuple(seen.values()), longest, (), np.random.default_rng(0)))
        found.append(float(nats) / max(1, int(count)))
    return found


# ---- canaries --------------------------------------------------------------------------------------------------------


def canaries(pieces: Sequence[Piece], many: int, rivals: int, crop: int, seed: int) -> list[list[Piece]]:
    """``many`` lists of pieces that nobody wrote: random ids in the place of a real sequence's.

    Each first one is to be planted; its ``rivals`` have the same fields and other ids, and are not.
    """
    rng = np.random.default_rng([seed, many, rivals])
    found: list[list[Piece]] = []
    for number in range(many):
        piece = pieces[int(rng.integers(len(pieces)))]
        like = max(piece, key=lambda example: int((np.asarray(example.chosen) >= 0).sum()))
        like = replace(like, steps=like.steps[:crop], chosen=like.chosen[:crop])
        known = np.unique(np.concatenate([e.chosen[e.chosen >= 0] for p in pieces for e in p if e.kind == like.kind]))
        found.append([(_random(like, known, f"canary-{number}-{n}", rng),) for n in range(rivals + 1)])
    return found


def _random(like: Example, known: np.ndarray, name: str, rng: np.random.Generator) -> Example:
    counted = np.asarray(like.chosen) >= 0
    chosen = np.where(counted, rng.choice(known, len(like.chosen)), like.chosen).astype(like.chosen.dtype)
    steps = like.steps.copy()
    after = np.flatnonzero(counted[:-1]) + 1
    steps[after, 0] = chosen[after - 1]
    return Example(steps, chosen, "train", like.kind, "", name)


def exposure(losses: Sequence[float]) -> float:
    """Bits by which the first loss's rank among all is better than chance would guess it: log2 N - log2 rank.

    0 for the worst rank, log2 N for the best; 1.44 (log2 e) on average for one of no importance.
    """
    rank = 1 + sum(loss < losses[0] for loss in losses[1:])
    return math.log2(len(losses)) - math.log2(rank)
