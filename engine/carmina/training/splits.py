"""Sees to it that there is something to train on and something to validate on, however small the corpus is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..contracts import Example

HELD = 8  # one piece in so many is held out where the corpus does not say which
RUN = 8  # examples of no named piece that stay together: passages of one poem follow each other


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a corpus; a piece stands on one of them whole."""

    examples: tuple[Example, ...]  # with the split that counts
    train_pieces: int
    validation_pieces: int
    redrawn: bool  # the corpus's own split left a side (nearly) empty, and another was drawn


def sides(examples: Sequence[Example], seed: int = 0) -> Sides:
    """The corpus's own split where it leaves enough on both sides; else one piece in eight is held out, at least one of
    two."""
    pieces = pieces_of(examples)
    own = {
        split: len({piece for piece, e in zip(pieces, examples, strict=True) if e.split == split})
        for split in ("train", "validation")
    }
    if own["validation"] and own["train"] >= own["validation"]:
        return Sides(tuple(examples), own["train"], own["validation"], False)
    names = sorted(set(pieces))
    many = max(1, len(names) // HELD) if len(names) > 1 else 0
    held = {names[n] for n in np.random.default_rng([seed, len(names)]).permutation(len(names))[:many]}
    drawn = tuple(
        replace(e, split="validation" if piece in held else "train") for piece, e in zip(pieces, examples, strict=True)
    )
    return Sides(drawn, len(names) - many, many, True)


def pieces_of(examples: Sequence[Example]) -> list[str]:
    """The piece that each example is of: as it says, or its group less its kind; where it has neither, its run of
    neighbours."""
    run = RUN if len(examples) >= 10 * RUN else 1
    return [own_piece(e) or f"{number // run:07d}" for number, e in enumerate(examples)]


def own_piece(example: Example) -> str:
    """The piece that an example says it is of; "" where it does not."""
    return example.piece or example.group.removesuffix(example.kind).rstrip("/")
