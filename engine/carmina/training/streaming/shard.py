"""One shard: sequences end to end in a safetensors file, read whole, since a shard is made small enough for that.

Tensors, P sequences of N steps in all, F fields: ``steps`` (N, F), ``chosen`` (N,), ``ends`` (P,) int64 where each
sequence ends, ``kinds`` (P,) int32 which of the index's kinds it is, ``groups`` (P,) uint64 a hash of the piece that it
is a pass or a variant of, 0 for none, ``classes`` (P, F) int32 the value that most of its steps have, which the
balancing of rare classes asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load, save

from ...contracts import Example
from ...errors import BadInput
from ..balance import class_of
from .index import Index, Shard


def id_type(largest: int) -> type[np.signedinteger]:
    """The narrowest type for ids below ``largest`` and for -1."""
    return np.int16 if largest <= 2**15 else np.int32


def piece_number(name: str) -> int:
    """A number for a piece's name, 0 for none: 64 bits of its hash, so that two are taken for one about never."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()) | 1 if name else 0


def piece_of(example: Example) -> str:
    """What its group names but for the kind; "" where it has no group."""
    return example.group.removesuffix(example.kind).rstrip("/")


def packed(examples: Sequence[Example], kinds: Sequence[str], fields: Sequence[int]) -> bytes:
    """The bytes of a shard of these examples."""
    steps = np.concatenate([np.asarray(e.steps).reshape(len(e.chosen), -1) for e in examples])
    tensors = {
        "steps": steps.astype(id_type(max(fields))),
        "chosen": np.concatenate([np.asarray(e.chosen) for e in examples]).astype(id_type(fields[0])),
        "ends": np.cumsum([len(e.chosen) for e in examples], dtype=np.int64),
        "kinds": np.array([kinds.index(e.kind) for e in examples], np.int32),
        "groups": np.array([piece_number(piece_of(e)) for e in examples], np.uint64),
        "classes": np.array([[class_of(e, at) for at in range(len(fields))] for e in examples], np.int32),
    }
    return save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def read_shard(folder: Path, shard: Shard, index: Index, split: str) -> list[Example]:
    """The sequences of a shard, in their order; raises ``BadInput`` where it is not as the index says."""
    data = _bytes(folder / shard.file)
    if hashlib.sha256(data).hexdigest() != shard.sha256:
        raise BadInput(
            f"{folder / shard.file} is damaged: its SHA-256 is not the index's. Copy it again, or make the shards anew."
        )
    try:
        return _sequences(load(data), index, split)
    except (SafetensorError, KeyError, ValueError, TypeError) as fault:
        raise BadInput(
            f"{folder / shard.file} is no shard ({type(fault).__name__}: {fault}). Make the shards anew."
        ) from fault


def read_classes(folder: Path, shard: Shard) -> np.ndarray:
    """(P, F) the class of each sequence by field, without reading the rest of the file."""
    try:
        with safe_open(folder / shard.file, framework="np") as file:
            classes: np.ndarray = file.get_tensor("classes")
            return classes
    except (OSError, SafetensorError) as fault:
        raise BadInput(f"{folder / shard.file} is no shard ({fault}). Make the shards anew.") from fault


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise BadInput(f"cannot read {path}: {fault.strerror}. Copy it again, or make the shards anew.") from fault


def _sequences(tensors: dict[str, np.ndarray], index: Index, split: str) -> list[Example]:
    steps, chosen, ends = tensors["steps"], tensors["chosen"], tensors["ends"]
    kinds, groups = tensors["kinds"], tensors["groups"]
    _check(steps, chosen, ends, index)
    if (
        kinds.shape != ends.shape
        or groups.shape != ends.shape
        or (len(kinds) and not 0 <= kinds.min() <= kinds.max() < len(index.kinds))
    ):
        raise ValueError("its sequences are of no kind")
    starts = np.concatenate(([0], ends[:-1])).tolist()
    return [
        Example(steps[a:b], chosen[a:b], split, index.kinds[kind], f"{group:x}/{index.kinds[kind]}" if group else "")
        for a, b, kind, group in zip(starts, ends.tolist(), kinds.tolist(), groups.tolist(), strict=True)
    ]


def _check(steps: np.ndarray, chosen: np.ndarray, ends: np.ndarray, index: Index) -> None:
    """Every id is one of its field, so that none reaches a network that has no row for it."""
    if steps.ndim != 2 or steps.shape != (len(chosen), len(index.fields)) or chosen.ndim != 1 or ends.ndim != 1:
        raise ValueError(f"its shapes are {steps.shape}, {chosen.shape}, {ends.shape}")
    if not len(ends) or ends[-1] != len(chosen) or ends[0] <= 0 or (np.diff(ends) <= 0).any():
        raise ValueError("its sequences do not follow each other")
    if (steps.min(0) < 0).any() or (steps.max(0) >= np.array(index.fields)).any() or chosen.max() >= index.fields[0]:
        raise ValueError("it holds ids that the tokenizer does not have")
