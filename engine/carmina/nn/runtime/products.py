"""Matrix products with stored weights. Shapes: R rows and C columns of a weight, G groups of a row.

Where the processor multiplies 8-bit numbers exactly, activations and weights are whole numbers with a step a row each (int4 weights are
widened to int8 rows): twice to three times as quick for a batch. Elsewhere ONNX Runtime's product by groups of 32 does it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ...weights import GROUP, Stored, int8
from .messages import CONTRIB, model, node, tensor, value

ZERO = 128  # of rounded activations
FLOAT = 1  # ONNX's number of the type
EIGHT_BITS = 4  # ONNX Runtime's "accuracy level" of activations rounded to int8


def product(graph: Any, x: str, name: str, output: str) -> str:
    """x (..., C) times the matrix ``name`` (R, C) of a :class:`.graph.Graph`, transposed -> (..., R)."""
    weight = graph.weights[name]
    if weight.scale is not None and exact_integers():
        return _by_rows(graph, x, name, output)
    if weight.scale is not None and weight.shape[1] % GROUP == 0:
        return _by_groups(graph, x, name, output)
    return graph.apply("MatMul", [x, graph.constant(name, np.ascontiguousarray(weight.wide().T))], output)


def _by_groups(graph: Any, x: str, name: str, output: str) -> str:
    weight = graph.weights[name]
    bits, numbers, scale = _blocks(weight)
    inputs = [x, graph.constant(name, numbers), graph.constant(name + ".scale", scale)]
    return graph.apply(
        "MatMulNBits",
        inputs,
        output,
        CONTRIB,
        K=weight.shape[1],
        N=weight.shape[0],
        bits=bits,
        block_size=GROUP,
        accuracy_level=EIGHT_BITS,
    )


def _blocks(weight: Stored) -> tuple[int, np.ndarray, np.ndarray]:
    """Bits, (R, G, bytes) and (R * G,) scales in the layout of ``MatMulNBits``, which takes 8 or 128 for zero."""
    rows, columns = weight.shape
    if weight.kind == "int4":
        return 4, weight.values.reshape(rows, columns // GROUP, -1), weight.scale.astype(np.float32).reshape(-1)
    shifted = (weight.values.view(np.uint8) ^ 128).reshape(rows, columns // GROUP, GROUP)
    return 8, shifted, np.repeat(weight.scale.astype(np.float32), columns // GROUP)


def _by_rows(graph: Any, x: str, name: str, output: str) -> str:
    weight = graph.weights[name]
    rows = weight if weight.kind == "int8" else int8(weight.wide())
    numbers, step = _rounded(graph, x)
    weights = [
        graph.constant(name, np.ascontiguousarray(rows.values.T)),
        graph.shared("zero", np.array(ZERO, np.uint8)),
    ]
    whole = graph.apply("MatMulInteger", [numbers, *weights], output + ".whole")
    wide = graph.apply("Cast", [whole], output + ".wide", to=FLOAT)
    columns = graph.apply(
        "Mul", [wide, graph.constant(name + ".scale", rows.scale.astype(np.float32))], output + ".columns"
    )
    return graph.apply("Mul", [columns, step], output)


def _rounded(graph: Any, x: str) -> tuple[str, str]:
    """x (..., C) as uint8 around 128, each row with a step of its own, and the steps (..., 1)."""
    numbers, step = x + ".rounded", x + ".step"
    if numbers not in graph.made:
        size = graph.apply("Abs", [x], x + ".size")
        largest = graph.apply(
            "ReduceMax", [size, graph.shared("last axis", np.array([-1]))], x + ".largest", keepdims=1
        )
        small = graph.apply("Mul", [largest, graph.shared("levels", np.array(1 / 127, np.float32))], x + ".small")
        graph.apply("Max", [small, graph.shared("least", np.array(1e-12, np.float32))], step)
        steps = graph.apply("Reshape", [step, graph.shared("all", np.array([-1]))], x + ".steps")
        shape = graph.apply("Shape", [steps], x + ".rows")
        zeros = graph.apply("Expand", [graph.shared("zeros", np.array([ZERO], np.uint8)), shape], x + ".zeros")
        graph.apply("QuantizeLinear", [x, steps, zeros], numbers, axis=0)
        graph.made.add(numbers)
    return numbers, step


@cache
def exact_integers() -> bool:
    """Whether products of unsigned and signed bytes are exact here: older x86 processors saturate the sum of two of them."""
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
