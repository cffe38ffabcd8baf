"""Writes the shards of a corpus as its tokenizer reads it, in memory that does not grow with it.

Pieces go through a pool of several shards' size from which they are drawn by chance, so that a corpus that is in order
(one author after the other) does not make shards that are all of one kind. All of a piece, its passes and variants,
stands in one shard.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ...contracts import Example, Workshop
from ...errors import BadInput, BadOption
from ...files import check_folder, growing
from ..examples import examples_of
from ..splits import HELD, RUN
from .index import INDEX, MOST_SHARD_BYTES, MOST_SHARDS, SPLITS, Index, Shard, Side
from .shard import id_type, packed, piece_number, piece_of

POOL = 4  # shards' sizes of pieces that are mixed with each other
LEAST_SHARD_BYTES = 1 << 10
SHARD_BYTES = 16 * 2**20
Piece = list[Example]


@dataclass(frozen=True, slots=True)
class Sharding:
    """What is asked for."""

    task: str  # the tokenizer
    data: Path
    output: Path
    shard_bytes: int = SHARD_BYTES
    hold_out: float | None = None  # share of the pieces to validate on; None: the corpus's own split
    seed: int = 0

    def __post_init__(self) -> None:
        if not LEAST_SHARD_BYTES <= self.shard_bytes <= MOST_SHARD_BYTES // 2:
            raise BadOption("shard_bytes", self.shard_bytes, f"{LEAST_SHARD_BYTES:,} to {MOST_SHARD_BYTES // 2:,}")
        if self.hold_out is not None and not 0 < self.hold_out < 1:
            raise BadOption("hold_out", self.hold_out, "above 0 and below 1")


def write_shards(workshop: Workshop, asked: Sharding, told: Callable[[int], None] = lambda _: None) -> Index:
    """Make the folder ``asked.output`` of shards, whole or not at all; ``told`` hears how many pieces are written.

    Raises ``BadInput`` where the corpus is damaged, has nothing to validate on, or the folder is there already.
    """
    tokenizer = workshop.get("tokenizer", asked.task)()
    if os.path.lexists(asked.output):
        raise BadInput(f"{str(asked.output)!r} is there already. Choose another name.")
    check_folder(asked.output.parent)
    with growing(asked.output) as folder:
        kinds: list[str] = []
        sides = {split: _Side(folder, split, kinds, asked, tokenizer.field_sizes) for split in SPLITS}
        pieces = _pieces(examples_of(workshop, asked.task, asked.data))
        for number, piece in enumerate(pieces, 1):
            for split, part in _by_split(piece, number, asked).items():
                sides[split].add(part)
            told(number)
        index = Index(
            asked.task,
            tuple(tokenizer.field_sizes),
            tuple(kinds),
            **{split: sides[split].finished() for split in SPLITS},
        )
        _check(index, asked)
        (folder / INDEX).write_bytes(index.text)
    return index


def _check(index: Index, asked: Sharding) -> None:
    if not index.kinds:
        raise BadInput(f"the corpus {asked.data} holds nothing to train on for the tokenizer {asked.task!r}.")
    for split in ("train", "validation"):
        if not index.side(split).shards:
            raise BadInput(
                f"the corpus {asked.data} has nothing for {split}. Give --hold-out {1 / HELD} to hold pieces out, "
                "or draw a split with `carmina corpus split`."
            )


def _pieces(examples: Iterable[Example]) -> Iterator[Piece]:
    """Neighbours of one piece together: its passes and variants by their group; where there is none, a few
    neighbours."""
    piece: Piece = []
    name = ""
    for number, example in enumerate(examples):
        own = piece_of(example) or f"/{number // RUN}"
        if piece and own != name:
            yield piece
            piece = []
        piece, name = [*piece, example], own
    if piece:
        yield piece


def _by_split(piece: Piece, number: int, asked: Sharding) -> Mapping[str, Piece]:
    """The parts of a piece by split; where some are to be held out, the whole piece by a hash of its name."""
    if asked.hold_out is None:
        return {split: part for split in SPLITS if (part := [e for e in piece if e.split == split])}
    name = piece_of(piece[0]) or str(number)
    held = piece_number(f"{asked.seed}/{name}") < asked.hold_out * 2**64
    split = "validation" if held else "train"
    return {split: [replace(e, split=split) for e in piece]}


class _Side:
    """The shards of one split, while they are made."""

    def __init__(self, folder: Path, split: str, kinds: list[str], asked: Sharding, fields: Sequence[int]):
        self.folder, self.split, self.kinds, self.fields = folder, split, kinds, list(fields)
        self.room = asked.shard_bytes
        self.an_id = np.dtype(id_type(max(fields))).itemsize * len(self.fields) + np.dtype(id_type(fields[0])).itemsize
        self.rng = np.random.default_rng([asked.seed, SPLITS.index(split)])
        self.pool: list[tuple[int, Piece]] = []  # bytes, examples
        self.pooled = self.pieces = self.ids = 0
        self.shards: list[Shard] = []

    def add(self, piece: Piece) -> None:
        """One piece; writes shards once the pool is full."""
        self.kinds += [kind for kind in dict.fromkeys(e.kind for e in piece) if kind not in self.kinds]
        weight = sum(len(e.chosen) * self.an_id + 20 + 4 * len(self.fields) for e in piece)
        if weight > MOST_SHARD_BYTES // 2:
            raise BadInput(f"the piece {piece[0].group or self.pieces + 1} alone has {weight:,} bytes of ids. Cut it.")
        self.pool.append((weight, piece))
        self.pooled, self.pieces = self.pooled + weight, self.pieces + 1
        counted: dict[Any, int] = {
            (e.group, e.kind) if e.group else n: int((e.chosen >= 0).sum()) for n, e in enumerate(piece)
        }
        self.ids += sum(counted.values())
        while self.pooled >= POOL * self.room:
            self._write()

    def finished(self) -> Side:
        """What is left in the pool is written."""
        while self.pool:
            self._write()
        return Side(tuple(self.shards), self.pieces, self.ids)

    def _write(self) -> None:
        """One shard of pieces drawn from the pool."""
        if len(self.shards) == MOST_SHARDS // len(SPLITS):
            raise BadInput(f"more than {len(self.shards):,} shards. Make them larger with --shard-mb.")
        drawn: Piece = []
        size = 0
        while self.pool:
            at = int(self.rng.integers(len(self.pool)))
            if size and size + self.pool[at][0] > self.room:
                break
            self.pool[at], self.pool[-1] = self.pool[-1], self.pool[at]
            weight, piece = self.pool.pop()
            drawn.extend(piece)
            size += weight
        self.pooled -= size
        data = packed(drawn, self.kinds, self.fields)
        name = f"{self.split}-{len(self.shards):05d}.safetensors"
        (self.folder / name).write_bytes(data)
        self.shards.append(Shard(name, len(data), hashlib.sha256(data).hexdigest(), len(drawn)))
