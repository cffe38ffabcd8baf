"""The index of a folder of shards, ``shards.json``: whose ids they are, which files there are, and their digests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ... import files, schema
from ...errors import BadInput
from ...schema import Meta, OneLine

INDEX = "shards.json"
MOST_INDEX_BYTES = 8 * 2**20
MOST_SHARDS = 12_000  # files in all: an index stays one that is read in a moment
MOST_SHARD_BYTES = 2**30
SPLITS = ("train", "validation", "test")

Whole = Annotated[int, Meta(ge=0, le=2**62)]
FileName = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z]{4,10}-[0-9]{5}\.safetensors\Z",
        description="the name of a shard, e.g. train-00000.safetensors",
    ),
]
Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", description="a SHA-256 in 64 hexadecimal digits")]


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of sequences."""

    file: FileName
    bytes: Annotated[int, Meta(ge=1, le=MOST_SHARD_BYTES)]
    sha256: Digest
    sequences: Whole


@dataclass(frozen=True, slots=True)
class Side:
    """One split."""

    shards: Annotated[tuple[Shard, ...], Meta(max_length=MOST_SHARDS)] = ()
    pieces: Whole = 0
    ids: Whole = 0  # that count in one epoch, one variant of each group


@dataclass(frozen=True, slots=True)
class Index:
    """What a folder of shards holds."""

    tokenizer: OneLine
    fields: Annotated[tuple[Annotated[int, Meta(ge=1, le=2**31 - 1)], ...], Meta(min_length=1, max_length=1000)]
    kinds: Annotated[tuple[Annotated[str, Meta(max_length=2000)], ...], Meta(min_length=1, max_length=1000)]
    train: Side = field(default_factory=Side)
    validation: Side = field(default_factory=Side)
    test: Side = field(default_factory=Side)

    def side(self, split: str) -> Side:
        """The split of this name, one of :data:`SPLITS`."""
        found: Side = getattr(self, split)
        return found

    @property
    def text(self) -> bytes:
        """As ``shards.json`` has it: the same index, the same bytes."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    @property
    def digest(self) -> str:
        """Of all that it names: what a run that goes on must find again."""
        return hashlib.sha256(self.text).hexdigest()


def is_sharded(folder: Path) -> bool:
    """Whether a corpus folder is one of shards."""
    return (folder / INDEX).is_file()


def read_index(folder: Path) -> Index:
    """The index of a folder of shards; raises ``BadInput`` or ``BadOption``, also where a file is missing or cut."""
    what = f"the index {folder / INDEX}"
    raw: Any = schema.json(files.read(folder / INDEX, MOST_INDEX_BYTES, "the index"), what)
    index = schema.fitted(raw, Index, what)
    for shard in (shard for split in SPLITS for shard in index.side(split).shards):
        path = folder / shard.file
        if not path.is_file():
            raise BadInput(f"the corpus {folder} lacks its shard {shard.file}. Copy it again, or make the shards anew.")
        if path.stat().st_size != shard.bytes:
            raise BadInput(
                f"{path} has {path.stat().st_size:,} bytes, the index says {shard.bytes:,}. Copy it again, or make the "
                "shards anew."
            )
    return index
