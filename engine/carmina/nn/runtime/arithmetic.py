"""Operations that give the same bits on every processor.

Processors differ in the order of a sum, in whether a product is rounded before it is added, and in how they approximate
a function. So a sum here is one of whole numbers small enough that float32 holds it exactly in any order, a function is
looked up in a table, and what is left are single additions, products, quotients and roots, which IEEE 754 rounds alike
everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .graph import Graph

EXACT = 2**24  # whole numbers up to it, and so their sums, are exact in float32
LEAST = 1e-12  # of a step
LEVELS = 127  # of activations, each way
ZERO = 128  # what stands for 0 among bytes
EPSILON = 1e-6  # of the norms, as in training
REACH = 10  # of the table of the logistic function, each way
FINE = 2048  # its entries a unit


@dataclass(frozen=True, slots=True)
class Rounded:
    """Whole numbers (..., C) and their steps (..., 1): the value is number times step."""

    numbers: str
    step: str


def steps(graph: Graph, x: str, levels: int, axes: tuple[int, ...] = (-1,), positive: bool = False) -> str:
    """x (..., C) -> (..., 1): what one of ``levels`` steps is worth, so that the largest magnitude of a row is all of
    them. ``positive``: none of x is below 0."""
    magnitudes = x if positive else graph.op("Abs", x)
    largest = graph.op("ReduceMax", magnitudes, graph.whole(*axes), keepdims=1)
    return graph.op("Max", graph.op("Mul", largest, graph.number(1 / levels)), graph.number(LEAST))


def rounded(graph: Graph, x: str, positive: bool = False) -> Rounded:
    """x (..., C) as bytes around 128, each row with a step of its own; ``positive`` as for :func:`steps`."""
    step = steps(graph, x, LEVELS, positive=positive)
    zero = graph.constant("zero", np.array(ZERO, np.uint8))
    return Rounded(graph.op("QuantizeLinear", graph.op("Div", x, step), graph.number(1), zero), step)


def normed(graph: Graph, x: str, gains: str, width: int, epsilon: float = EPSILON) -> Rounded:
    """x (..., D) over its root mean square, times the gains called ``gains``. The mean is over x in steps so coarse
    that its squares add up exactly."""
    levels = math.isqrt(EXACT // width)
    step = steps(graph, x, levels)
    squares = graph.op("ReduceSumSquare", graph.op("Round", graph.op("Div", x, step)), graph.whole(-1), keepdims=1)
    unit = graph.op("Mul", step, graph.number(width**-0.5))
    mean = graph.op("Mul", graph.op("Mul", unit, unit), squares)
    root = graph.op("Sqrt", graph.op("Add", mean, graph.number(epsilon)))
    found = rounded(graph, graph.op("Mul", x, graph.vector(gains)))
    return Rounded(found.numbers, graph.op("Div", found.step, root))


def looked_up(graph: Graph, index: str, table: str) -> str:
    """The entries of a constant at ``index`` (floats from 0, cut to whole numbers). Laid flat: ``GatherElements`` reads
    where ``Gather`` copies entry by entry, seven times slower."""
    flat = graph.op("Reshape", graph.op("Cast", index, to=graph.INT32), graph.whole(-1))
    return graph.op("Reshape", graph.op("GatherElements", table, flat), graph.op("Shape", index))


def logistic(graph: Graph, x: str) -> str:
    """1 / (1 + e**-x), of x to the nearest 1/2048 between -10 and 10."""
    table = graph.constant("logistic", logistic_table())
    inside = graph.op("Clip", x, graph.number(-REACH), graph.number(REACH))
    return looked_up(
        graph, graph.op("Add", graph.op("Mul", inside, graph.number(FINE)), graph.number(REACH * FINE + 0.5)), table
    )


def logistic_table() -> np.ndarray:
    """To 2**-20, so that no processor's last bit of the exponential is seen."""
    x = np.arange(-REACH * FINE, REACH * FINE + 1) / FINE
    return (np.round(2**20 / (1 + np.exp(-x))) / 2**20).astype(np.float32)


def hyperbolic_tangent(graph: Graph, x: str) -> str:
    """2 logistic(2 x) - 1."""
    two = graph.number(2)
    return graph.op("Sub", graph.op("Mul", logistic(graph, graph.op("Mul", x, two)), two), graph.number(1))
