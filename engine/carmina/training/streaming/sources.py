"""Where a training takes its examples from: all at once from memory, or a window of shards at a time.

A window is what is in memory together: its sequences are sorted by length, batched and shuffled among themselves. Which
window holds what, and in which order, follows from the seed and the epoch alone, so that a run that goes on opens the
window that it stood in and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from ...contracts import Example
from ...errors import BadInput
from ..balance import tally_of
from ..splits import pieces_of
from .index import Index, Side, read_index
from .shard import read_classes, read_shard

ABREAST = 4  # shards of a window


class Source(Protocol):
    """Both sides of a corpus."""

    digest: str  # of what it reads, "" for memory: the place in a run means nothing on another

    def windows(self, split: str) -> int:
        """How many windows an epoch of this split has."""

    def window(self, split: str, number: int, seed: Sequence[int] = ()) -> Sequence[Example]:
        """The examples of a window; ``seed`` shuffles which shards stand together, none leaves them as they are."""

    def tally(self, columns: Sequence[int]) -> Counter[tuple[int, ...]]:
        """How many examples to train on are of which classes in these columns."""

    def taught(self) -> tuple[int, int]:
        """Pieces to train on, and how many of their ids count in an epoch."""


class Held:
    """Examples in memory, one window."""

    digest = ""

    def __init__(self, examples: Sequence[Example]):
        self._sides = {split: [e for e in examples if e.split == split] for split in ("train", "validation")}

    def windows(self, split: str) -> int:
        return 1

    def window(self, split: str, number: int, seed: Sequence[int] = ()) -> Sequence[Example]:
        return self._sides[split]

    def tally(self, columns: Sequence[int]) -> Counter[tuple[int, ...]]:
        return tally_of(self._sides["train"], columns)

    def taught(self) -> tuple[int, int]:
        train = self._sides["train"]
        counted = {(e.group, e.kind) if e.group else n: int((e.chosen >= 0).sum()) for n, e in enumerate(train)}
        return len(set(pieces_of(train))), sum(counted.values())


class Streamed:
    """Shards on the disk, ``abreast`` of them in memory at a time."""

    def __init__(self, folder: Path, abreast: int = ABREAST):
        self.folder, self.abreast, self.index = Path(folder), abreast, read_index(folder)
        self.digest = self.index.digest
        for split in ("train", "validation"):
            if not self.side(split).shards:
                raise BadInput(f"the shards in {folder} have nothing for {split}. Make them anew with --hold-out.")

    def side(self, split: str) -> Side:
        """What the index says of a split."""
        return self.index.side(split)

    def windows(self, split: str) -> int:
        return -(-len(self.side(split).shards) // self.abreast)

    def window(self, split: str, number: int, seed: Sequence[int] = ()) -> Sequence[Example]:
        shards = self.side(split).shards
        order = np.random.default_rng(list(seed)).permutation(len(shards)) if seed else np.arange(len(shards))
        chosen = order[number * self.abreast : (number + 1) * self.abreast].tolist()
        return [example for at in chosen for example in read_shard(self.folder, shards[at], self.index, split)]

    def tally(self, columns: Sequence[int]) -> Counter[tuple[int, ...]]:
        met: Counter[tuple[int, ...]] = Counter()
        for shard in self.side("train").shards:
            classes, many = np.unique(read_classes(self.folder, shard)[:, list(columns)], axis=0, return_counts=True)
            met.update(dict(zip(map(tuple, classes.tolist()), many.tolist(), strict=True)))
        return met

    def taught(self) -> tuple[int, int]:
        return self.side("train").pieces, self.side("train").ids

    def check(self, tokenizer: str, fields: Sequence[int]) -> None:
        """Raise ``BadInput`` unless the shards were made with this tokenizer, as it is now."""
        made: Index = self.index
        if made.tokenizer != tokenizer or list(made.fields) != list(fields):
            raise BadInput(
                f"the shards in {self.folder} were made for {made.tokenizer} with fields of {list(made.fields)} ids, "
                f"not for {tokenizer} with {list(fields)}. Make them anew: carmina corpus shard."
            )


def source_of(examples: Sequence[Example] | Source) -> Source:
    """A source as it is; examples as one in memory."""
    return Held(examples) if isinstance(examples, Sequence) else examples
