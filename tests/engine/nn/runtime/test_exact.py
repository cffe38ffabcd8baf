"""Whole numbers, tables and single roundings: the same bits on every processor that runs this test."""

import hashlib
import math

import numpy as np
import pytest

from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.nn.rotary import tables
from carmina.nn.runtime import arithmetic, attention, products
from carmina.nn.runtime.graph import Graph
from carmina.weights import Stored, Weights

CONFIG = {
    "transformer": {"width": 96, "layers": 2, "heads": 3, "window": 40, "dropout": 0.0},
    "lstm": {"width": 96, "layers": 2, "dropout": 0.0},
}
OFFERS = {"transformer": TransformerNetwork(), "lstm": LSTMNetwork()}
FIELDS = (61, 7)
DIGESTS = {
    ("transformer", "float16"): "8b581c27cc443f6c",
    ("transformer", "int8"): "d1995e2c89b4f2f8",
    ("transformer", "int4"): "4330c15b9d16cb4f",
    ("lstm", "float16"): "a0158e43c8445284",
    ("lstm", "int8"): "87881675686b1ae0",
    ("lstm", "int4"): "c20f0b5ab91d9d5a",
}


def weights(kind, dtype):
    """Weights that are alike everywhere: of whole numbers, drawn by numpy."""
    from carmina.nn import shapes

    rng = np.random.default_rng(17)
    config = {**CONFIG[kind], "fields": list(FIELDS)}
    found = {}
    for name, shape in getattr(shapes, {"lstm": "recurrent"}.get(kind, kind))(config).items():
        found[name] = (rng.integers(-1000, 1001, shape) / np.float32(4000 if len(shape) == 2 else 1000)).astype(
            np.float32
        )
    return Weights.of(found, dtype), config


def walked(kind, dtype):
    """The bytes of all logits of a walk that branches and thins out."""
    stored, config = weights(kind, dtype)
    runner, rng, digest = OFFERS[kind].open(stored, config), np.random.default_rng(3), hashlib.sha256()
    state, rows = runner.start(1), 1
    for parents in ([0], [0] * 9, [0, 2, 3, 5, 7, 8], [1, 1, 4]):
        state, rows = runner.reorder(state, np.array(parents)), len(parents)
        for _ in range(18):
            logits, state = runner.step(np.stack([rng.integers(0, size, rows) for size in FIELDS], axis=1), state)
            digest.update(np.ascontiguousarray(logits).tobytes())
    return digest.hexdigest()[:16]


@pytest.mark.parametrize("kind, dtype", [(kind, dtype) for kind in OFFERS for dtype in ("float16", "int8", "int4")])
def test_logits_are_the_same_bits_on_whatever_runs_this(kind, dtype):
    assert walked(kind, dtype) == DIGESTS[kind, dtype]


@pytest.mark.parametrize("threads", ["1", "2", "5"])
def test_threads_change_no_bit(threads, monkeypatch):
    monkeypatch.setattr("carmina.nn.runtime.graph.SMALL", 0)
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    assert walked("transformer", "int8") == DIGESTS["transformer", "int8"]


def multiplied(values, x):
    """x (B, C) float32 in whole numbers times weights (R, C) of whole numbers, by the graph."""
    graph = Graph({"w": Stored(values, np.ones(len(values), np.float32))})
    given = graph.input("x", ("B", values.shape[1]))
    zero = graph.constant("zero", np.array(arithmetic.ZERO, np.uint8))
    numbers = arithmetic.Rounded(graph.op("QuantizeLinear", given, graph.number(1), zero), graph.number(1))
    products.product(graph, numbers, "w", graph.output("y", ("B", len(values))))
    return graph.open().run(None, {"x": x})[0]


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("rows", [1, 2, 7, 33])
def test_products_of_the_largest_bytes_are_exact(signed, rows, monkeypatch):
    """The way that this processor takes is exact; the unsigned one is so on every processor."""
    monkeypatch.setattr(products, "exact_when_signed", lambda real=products.exact_when_signed(): signed and real)
    rng = np.random.default_rng(rows)
    for columns, outputs in ((32, 5), (448, 64), (640, 17)):
        values = rng.choice([-127, 127, 126, -1], (outputs, columns)).astype(np.int8)
        x = rng.choice([-127, 127, 125, 0], (rows, columns)).astype(np.float32)
        np.testing.assert_array_equal(
            multiplied(values, x), (x.astype(np.int64) @ values.T.astype(np.int64)).astype(np.float32)
        )


@pytest.mark.parametrize(
    "width, heads, window", [(64, 4, 20), (256, 8, 256), (448, 7, 384), (512, 4, 1024), (96, 12, 8000), (1024, 8, 4096)]
)
def test_no_sum_of_attention_leaves_what_float32_holds_exactly(width, heads, window):
    graph = Graph({})
    levels, head = attention.Attention(graph, 2, width, heads, window).levels, width // heads
    assert (
        head * levels**2 <= arithmetic.EXACT
        and (attention.SHARES + window / 2 + 1) * levels <= arithmetic.EXACT
        and levels > 100
    )
    table = attention.exponential_table(window)
    steps = 1 / table[table > 0].min()
    assert table[0] == 1 and table[-1] == 0 and window * steps <= arithmetic.EXACT
    np.testing.assert_array_equal(table * steps, np.round(table * steps))


@pytest.mark.parametrize("width", [32, 96, 448, 640, 4096])
def test_squares_of_a_norm_add_up_exactly(width):
    assert math.isqrt(arithmetic.EXACT // width) ** 2 * width <= arithmetic.EXACT


@pytest.mark.parametrize(
    "make",
    [arithmetic.logistic_table, lambda: attention.exponential_table(384), lambda: tables(0, 20_000, 64)],
    ids=["logistic", "exponential", "rotary"],
)
def test_no_entry_of_a_table_stands_where_a_last_bit_could_turn_it(make, monkeypatch):
    """What is rounded lies far from half a step, so that any good library of functions rounds it to the same side."""
    kept = []
    monkeypatch.setattr(np, "round", lambda x, real=np.round: kept.append(np.asarray(x, np.float64)) or real(x))
    make()
    assert kept and min(np.abs(x - np.floor(x) - 0.5).min() for x in kept) > 1e-9


def test_functions_from_tables_are_near_the_functions():
    graph = Graph({})
    x = graph.input("x", ("B",))
    for name in ("logistic", "hyperbolic_tangent"):
        graph.op(
            "Add", getattr(arithmetic, name)(graph, x), graph.number(0), output=graph.output(f"{name} of x", ("B",))
        )
    given = np.linspace(-14, 14, 5001, dtype=np.float32)
    sigmoid, tangent = graph.open().run(None, {"x": given})
    np.testing.assert_allclose(sigmoid, 1 / (1 + np.exp(-given)), atol=1e-4)
    np.testing.assert_allclose(tangent, np.tanh(given), atol=3e-4)
