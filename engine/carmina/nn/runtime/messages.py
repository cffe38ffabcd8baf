"""An ONNX model as bytes. Written here because the ``onnx`` package takes longer to import than a song to write.

The numbers are those of the public ``onnx.proto`` (version 10 of the format) in the protocol-buffer encoding: a message
is a run of fields, each a key (number and wire type), then a variable-length integer, four bytes, or a length and that
many bytes. Messages are lists of pieces, joined once at the end, so that large weights are copied once.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

import numpy as np

Message = list[bytes]

TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
IR_VERSION, OPSET = 10, 21
OWN = "com.microsoft"  # ONNX Runtime's own operators
OF_ITS_OWN = frozenset({"FusedMatMul"})


def tensor(name: str, array: np.ndarray) -> Message:
    """A constant."""
    array = np.ascontiguousarray(array)
    dims = [_number(1, n) for n in array.shape]
    return [*dims, _number(2, TYPES[str(array.dtype)]), *_text(8, name), *_within(9, [array.tobytes()])]


def value(name: str, dtype: str, shape: Sequence[int | str]) -> Message:
    """An input or output; a dimension is a number, or a name for one that may change."""
    dims = [_within(1, [_number(1, n)] if isinstance(n, int) else _text(2, n)) for n in shape]
    kind = [_number(1, TYPES[dtype]), *_within(2, _flat(dims))]
    return [*_text(1, name), *_within(2, _within(1, kind))]


def node(
    operator: str, inputs: Sequence[str], outputs: Sequence[str], **settings: float | int | Sequence[int]
) -> Message:
    """One operation; an empty name stands for an input or output that is left out."""
    return [
        *_flat(_text(1, name) for name in inputs),
        *_flat(_text(2, name) for name in outputs),
        *_text(3, outputs[0]),
        *_text(4, operator),
        *(_text(7, OWN) if operator in OF_ITS_OWN else ()),
        *_flat(_within(5, _setting(*item)) for item in settings.items()),
    ]


def model(
    nodes: Iterable[Message], constants: Iterable[Message], inputs: Iterable[Message], outputs: Iterable[Message]
) -> bytes:
    """The whole file."""
    graph = [
        *_flat(_within(1, m) for m in nodes),
        *_text(2, "step"),
        *_flat(_within(5, m) for m in constants),
        *_flat(_within(11, m) for m in inputs),
        *_flat(_within(12, m) for m in outputs),
    ]
    versions = [_within(8, [*_text(1, name), _number(2, number)]) for name, number in (("", OPSET), (OWN, 1))]
    return b"".join([_number(1, IR_VERSION), *_within(7, graph), *_flat(versions)])


def _setting(name: str, setting: float | int | Sequence[int]) -> Message:
    if isinstance(setting, Sequence):
        return [*_text(1, name), *(_number(8, n) for n in setting), _number(20, 7)]
    if isinstance(setting, int):
        return [*_text(1, name), _number(3, setting), _number(20, 2)]
    return [*_text(1, name), _varint(2 << 3 | 5) + struct.pack("<f", setting), _number(20, 1)]


def _flat(messages: Iterable[Message]) -> Message:
    return [piece for message in messages for piece in message]


def _within(field: int, message: Message) -> Message:
    return [_varint(field << 3 | 2) + _varint(sum(map(len, message))), *message]


def _text(field: int, text: str) -> Message:
    return _within(field, [text.encode()])


def _number(field: int, number: int) -> bytes:
    return _varint(field << 3) + _varint(number)


def _varint(number: int) -> bytes:
    out = bytearray()
    number &= 2**64 - 1  # a negative one is its two's complement
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
