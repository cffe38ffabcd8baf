"""Matrix products with stored weights, in whole numbers: exact, so that no row depends on the others or on the
processor.

Activations are bytes with a step a row (:class:`.arithmetic.Rounded`); weights are bytes with a step a row too. int4
weights and floats are brought to that when the model is opened. Shapes: R rows and C columns of a weight.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ...weights import Stored, int8
from .arithmetic import ZERO, Rounded
from .graph import Graph
from .messages import model, node, tensor, value


def product(graph: Graph, x: Rounded, name: str, output: str = "") -> str:
    """x (..., C) times the matrix ``name`` (R, C) of the graph's weights, transposed -> (..., R)."""
    rows = _rows(graph.weights[name])
    numbers = np.ascontiguousarray(rows.values.T)
    zero = graph.constant("zero", np.array(ZERO, np.uint8))
    if exact_when_signed():
        whole = graph.op("MatMulInteger", x.numbers, graph.constant(name, numbers), zero)
    else:
        whole = graph.op(
            "MatMulInteger", x.numbers, graph.constant(name, numbers.view(np.uint8) ^ np.uint8(ZERO)), zero, zero
        )
    wide = graph.op("Cast", whole, to=graph.FLOAT)
    scaled = graph.op("Mul", wide, graph.constant(name + ".scale", np.asarray(rows.scale, np.float32)))
    return graph.op("Mul", scaled, x.step, output=output)


def _rows(weight: Stored) -> Stored:
    return weight if weight.kind == "int8" else int8(weight.wide())


@cache
def exact_when_signed() -> bool:
    """Whether products of unsigned and signed bytes are exact here. x86 processors without VNNI saturate the sum of two
    of them; there weights are unsigned around 128, whose products ONNX Runtime widens first: the same sums, more
    slowly."""
    import onnxruntime

    columns, rows = 64, 32
    weights = tensor("w", np.full((columns, rows), 127, np.int8))
    data = model(
        [node("MatMulInteger", ["x", "w"], ["y"])],
        [weights],
        [value("x", "uint8", ("B", columns))],
        [value("y", "int32", ("B", rows))],
    )
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return all(
        (session.run(None, {"x": np.full((batch, columns), 255, np.uint8)})[0] == 255 * 127 * columns).all()
        for batch in (1, 16)
    )
