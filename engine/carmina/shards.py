"""A model in several files, so that none is too large: the first one's header names the others and their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .errors import BadModel
from .weights import Stored

MOST_BYTES = 16_000_000  # of one file
MOST_SHARDS = 64
HEADER_BYTES = 100_000  # kept free for the header


def parted(weights: Mapping[str, Stored], most_bytes: int = MOST_BYTES) -> Iterator[dict[str, Stored]]:
    """The tensors in their order, in lots of at most so many bytes; a tensor larger than that is a ``ValueError``."""
    lot: dict[str, Stored] = {}
    room = most_bytes - HEADER_BYTES
    for name, tensor in weights.items():
        if tensor.nbytes > room:
            raise ValueError(f"{name} has {tensor.nbytes} bytes, more than a file of {most_bytes} holds")
        if sum(other.nbytes for other in lot.values()) + tensor.nbytes > room:
            yield lot
            lot = {}
        lot[name] = tensor
    yield lot


def names(stem: str, many: int) -> list[str]:
    """The files of a model: ``STEM.safetensors``, then ``STEM.2.safetensors`` and so on."""
    return [f"{stem}.safetensors", *(f"{stem}.{number}.safetensors" for number in range(2, many + 1))]


def others(first: Path, notes: Mapping[str, Any]) -> Iterator[Path]:
    """The further files that a header names, each checked; raises ``BadModel`` where one is missing or another."""
    listed = notes.get("shards") or {}
    if not isinstance(listed, Mapping) or len(listed) > MOST_SHARDS:
        raise BadModel(f"the model {first} names no list of at most {MOST_SHARDS} further files. Get it again.")
    for name, digest in listed.items():
        if Path(str(name)).name != name or not str(name).endswith(".safetensors"):
            raise BadModel(f"the model {first} names {name!r}, which is no file beside it. Get it again.")
        path = first.with_name(name)
        if not path.is_file():
            raise BadModel(f"the model {first} lacks its part {name}. Get all its files.")
        if path.stat().st_size > 2 * MOST_BYTES or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise BadModel(f"{name} is not the part that the model {first} was saved with. Get all its files again.")
        yield path


def together(parts: Sequence[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The tensors of all files; raises ``ValueError`` where two hold one of the same name."""
    joined: dict[str, np.ndarray] = {}
    for part in parts:
        if twice := sorted(joined.keys() & part.keys()):
            raise ValueError(f"{twice[0]} is in two files")
        joined |= part
    return joined
