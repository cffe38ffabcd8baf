"""Weights as they lie in a model file: float32, float16, int8 with a scale a row, or int4 with a scale a group.

Whole numbers are symmetric: weight = number x scale. Shapes: R rows, C columns, G = C / 32 groups of a row.

- int8: ``NAME`` (R, C) int8, -127..127; ``NAME.scale`` (R,) float32, a row's largest magnitude / 127.
- int4: ``NAME`` (R, C/2) uint8, two columns a byte, the even one in the low half, 1..15 standing for -7..7;
  ``NAME.scale`` (R, G) float16, a group's largest magnitude / 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

KINDS = ("float32", "float16", "int8", "int4")
GROUP = 32  # columns of a row that share a scale of int4
SCALE = ".scale"
_LEAST = 2.0**-24  # the smallest float16 above 0
_NEAR = 64  # rows at a time


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """One tensor as stored; ``scale`` is None for floats. Raises ``ValueError`` where the two do not fit."""

    values: np.ndarray
    scale: np.ndarray | None = None

    def __post_init__(self) -> None:
        shape = None if self.scale is None else self.scale.shape
        if shape != self._scale_shape():
            raise ValueError(f"{self.values.dtype} weights of shape {self.values.shape} with scales of shape {shape}")

    def _scale_shape(self) -> tuple[int, ...] | None:
        if self.kind in ("float16", "float32"):
            return None
        if self.values.ndim != 2 or self.kind not in KINDS or self.kind == "int4" and self.values.shape[1] * 2 % GROUP:
            raise ValueError(f"{self.values.dtype} weights of shape {self.values.shape}")
        rows, columns = self.values.shape
        return (rows,) if self.kind == "int8" else (rows, columns * 2 // GROUP)

    @property
    def kind(self) -> str:
        """One of ``KINDS``."""
        return "int4" if self.values.dtype == np.uint8 else str(self.values.dtype)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the tensor that is stored."""
        return (len(self.values), self.values.shape[1] * 2) if self.kind == "int4" else self.values.shape

    @property
    def nbytes(self) -> int:
        """In the file."""
        return self.values.nbytes + (0 if self.scale is None else self.scale.nbytes)

    def wide(self) -> np.ndarray:
        """float32, (R, C)."""
        if self.scale is None:
            return self.values.astype(np.float32)
        if self.kind == "int8":
            return self.values * self.scale.astype(np.float32)[:, None]
        rows = len(self.values)
        pairs = _PAIRS.take(self.values)  # (R, C/2), two float32 each
        groups = pairs.view(np.float32).reshape(rows, -1, GROUP)
        groups *= self.scale.astype(np.float32)[..., None]
        return groups.reshape(rows, -1)


def _pairs() -> np.ndarray:
    """byte -> its two numbers as float32, packed in one 64-bit item so that one look-up unpacks both."""
    byte = np.arange(256)
    both = np.stack((byte & 15, byte >> 4), axis=-1).astype(np.float32) - 8
    return both.view(np.uint64)[:, 0]


_PAIRS = _pairs()


class Weights(Mapping[str, np.ndarray]):
    """Tensors by name: float32 when asked for by name, in ``stored`` as they lie in the file."""

    def __init__(self, tensors: Mapping[str, np.ndarray]):
        """``tensors``: a file's, scales included. Raises ``ValueError`` where scales are missing or do not fit."""
        scales = {name for name in tensors if name.endswith(SCALE)}
        if alone := sorted(name for name in scales if name.removesuffix(SCALE) not in tensors):
            raise ValueError(f"{alone[0]} has no weights")
        self.stored = {
            name: _fitting(name, value, tensors.get(name + SCALE))
            for name, value in tensors.items()
            if name not in scales
        }

    @classmethod
    def of(cls, values: Mapping[str, np.ndarray], kind: str) -> Weights:
        """Float tensors in the storage that a model of ``kind`` gives them."""
        kept = {name: stored(name, value, kind) for name, value in values.items()}
        scales = {name + SCALE: tensor.scale for name, tensor in kept.items() if tensor.scale is not None}
        return cls({name: tensor.values for name, tensor in kept.items()} | scales)

    @property
    def whole(self) -> bool:
        """Whether any tensor is of whole numbers (int8, int4)."""
        return any(tensor.scale is not None for tensor in self.stored.values())

    def __getitem__(self, name: str) -> np.ndarray:
        return self.stored[name].wide()

    def __iter__(self) -> Iterator[str]:
        return iter(self.stored)

    def __len__(self) -> int:
        return len(self.stored)


def as_stored(weights: Mapping[str, np.ndarray]) -> Mapping[str, Stored]:
    """Tensors by name as they lie in a file; plain arrays count as floats."""
    if isinstance(weights, Weights):
        return weights.stored
    return {name: Stored(np.asarray(value, np.float32)) for name, value in weights.items()}


def _fitting(name: str, values: np.ndarray, scale: np.ndarray | None) -> Stored:
    try:
        if not np.isfinite(values if scale is None else scale).all():
            raise ValueError("numbers that are not finite")
        return Stored(values, scale)
    except ValueError as fault:
        raise ValueError(f"{name}: {fault}") from fault


def stored(name: str, value: np.ndarray, kind: str) -> Stored:
    """A tensor in the storage that a model of ``kind`` gives it.

    Whole numbers are for matrices; vectors stay float16. Of an int4 model the embedding, whose rows are looked up and
    not multiplied, and matrices whose columns make no whole groups are int8.
    """
    value = np.ascontiguousarray(value, np.float32)
    if kind not in KINDS:
        raise ValueError(f"no storage called {kind!r}; there are {', '.join(KINDS)}")
    if kind in ("float32", "float16") or value.ndim != 2:
        return Stored(value if kind == "float32" else value.astype(np.float16))
    if kind == "int8" or name.startswith("embed") or value.shape[1] % GROUP:
        return int8(value)
    return int4(value)


def int8(value: np.ndarray) -> Stored:
    """(R, C) float32 -> int8, rounded to the nearest."""
    scale = np.maximum(np.abs(value).max(axis=1), 1e-12) / 127
    numbers = np.empty(value.shape, np.int8)
    for first in range(0, len(value), _NEAR):  # a copy of the whole in floats would take longer to lay out than to fill
        near = value[first : first + _NEAR] / scale[first : first + _NEAR, None]
        numbers[first : first + _NEAR] = np.rint(near, out=near)
    return Stored(numbers, scale.astype(np.float32))


def int4(value: np.ndarray, scale: np.ndarray | None = None) -> Stored:
    """(R, C) float32 -> int4, rounded to the nearest; ``scale``: (R, G) float16, steps already chosen."""
    scale = int4_scale(value) if scale is None else scale
    groups = value.reshape(*scale.shape, GROUP) / scale.astype(np.float32)[..., None]
    return Stored(packed(np.clip(np.round(groups), -7, 7).astype(np.int8).reshape(value.shape)), scale)


def int4_scale(value: np.ndarray) -> np.ndarray:
    """(R, C) -> (R, G) float16: what one step of int4 is worth in each group."""
    rows, columns = value.shape
    largest = np.abs(value.reshape(rows, columns // GROUP, GROUP)).max(axis=-1)
    scales: np.ndarray = np.clip(largest / 7, _LEAST, 65504).astype(np.float16)
    return scales


def packed(numbers: np.ndarray) -> np.ndarray:
    """(R, C) int8 of -7..7 -> (R, C/2) uint8."""
    shifted = (numbers + 8).astype(np.uint8)
    return shifted[:, 0::2] | (shifted[:, 1::2] << 4)
