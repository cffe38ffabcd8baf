"""What privacy is promised to: pieces, each with all its sequences, and how a step draws some of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...contracts import Example
from ..batches import Batch
from ..splits import own_piece

Piece = tuple[Example, ...]
MOST_ROWS = 16  # sequences of a piece that a step takes, drawn by chance: a novel must not need more memory than a poem


def pieces_to_protect(examples: Sequence[Example]) -> list[Piece]:
    """The training examples by piece; one that says of no piece is a piece by itself."""
    found: dict[str, list[Example]] = {}
    for number, example in enumerate(examples):
        if example.split == "train":
            found.setdefault(own_piece(example) or f"\0{number}", []).append(example)
    return [tuple(piece) for piece in found.values()]


def drawn(pieces: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Indices of the pieces of a step: each is drawn by itself with the chance ``rate``, as the account assumes."""
    return np.flatnonzero(rng.random(pieces) < rate)


def batch_of(piece: Piece, crop: int, hide: Sequence[float], rng: np.random.Generator) -> Batch:
    """A piece as one batch: a variant of each of its groups, of each a window of at most ``crop`` steps."""
    groups: dict[object, list[Example]] = {}
    for number, example in enumerate(piece):
        groups.setdefault((example.group, example.kind) if example.group else number, []).append(example)
    kept = list(groups.values())
    if len(kept) > MOST_ROWS:
        kept = [kept[at] for at in rng.choice(len(kept), MOST_ROWS, replace=False)]
    chosen = [_window(variants[rng.integers(len(variants))], crop, rng) for variants in kept]
    longest = max(len(example.chosen) for example in chosen)
    steps = np.zeros((len(chosen), longest, *chosen[0].steps.shape[1:]), np.int64)
    ids = np.full((len(chosen), longest), -1, np.int64)
    for row, example in enumerate(chosen):
        steps[row, : len(example.chosen)], ids[row, : len(example.chosen)] = example.steps, example.chosen
        for at, chance in enumerate(hide):
            if chance and rng.random() < chance:
                steps[row, :, at] = 0
    return Batch(steps, ids, tuple(example.kind for example in chosen))


def _window(example: Example, crop: int, rng: np.random.Generator) -> Example:
    spare = len(example.chosen) - crop
    at = int(rng.integers(spare + 1)) if spare > 0 else 0
    return Example(example.steps[at : at + crop], example.chosen[at : at + crop], example.split, example.kind)
