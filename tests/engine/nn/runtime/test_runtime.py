"""Decoding in ONNX Runtime promises what the torch module and the numpy runner do, whatever the storage."""

import sys

import numpy as np
import pytest

from carmina.nn import running
from carmina.nn.runtime.past import ROOM
from carmina.nn.runtime.recurrent import OnnxRecurrent
from carmina.nn.runtime.transformer import OnnxTransformer
from carmina.weights import Weights

from .conftest import CONFIGS, FIELDS, WINDOW, Case, assert_close, run, some_ids

LONG = 5 * WINDOW + 3  # the memory grows, fills and moves several times


def test_onnx_runtime_does_the_work(case):
    assert isinstance(case.open(), (OnnxTransformer, OnnxRecurrent))


def test_logits_are_those_of_the_torch_module_far_beyond_the_window(case):
    ids = some_ids(3, LONG)
    assert_close(run(case.runner, ids), case.expected(ids))


def test_without_onnx_runtime_numpy_gives_the_same(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    runner, ids = case.open(), some_ids(2, WINDOW + 9)
    assert isinstance(runner, (running.TransformerRunner, running.RecurrentRunner))
    np.testing.assert_allclose(run(runner, ids), case.expected(ids), atol=1e-4)


def test_a_row_does_not_depend_on_those_beside_it(case):
    ids = some_ids(17, 30)
    together, alone = run(case.runner, ids), run(case.runner, ids[4:5])
    np.testing.assert_array_equal(together[4:5], alone)


def test_the_same_steps_give_the_same_bytes(case):
    ids = some_ids(5, 40)
    assert run(case.open(), ids).tobytes() == run(case.open(), ids).tobytes()


def test_a_step_never_sees_a_later_one(case):
    ids = some_ids(2, 12)
    later = ids.copy()
    later[:, 6:] = (later[:, 6:] + 1) % FIELDS
    first, second = run(case.runner, ids), run(case.runner, later)
    np.testing.assert_array_equal(first[:, :6], second[:, :6])
    assert (np.abs(first[:, 6:] - second[:, 6:]).max(axis=(1, 2)) > 1e-3).all()


@pytest.mark.parametrize("parents", [[0], [3], [0, 1, 2], [1, 2, 3], [3, 2, 1, 0], [2, 2, 2, 2, 2, 2], [1, 3]])
@pytest.mark.parametrize("behind", [0, 1, WINDOW + 20])
def test_reordered_rows_go_on_as_their_parents_would(case, parents, behind):
    runner, ids = case.runner, some_ids(4, behind + 3)
    state = runner.start(4)
    for t in range(behind):
        _logits, state = runner.step(ids[:, t], state)
    state, rows = runner.reorder(state, np.array(parents)), ids[parents]
    expected = case.expected(ids)
    for t in range(behind, behind + 3):
        logits, state = runner.step(rows[:, t], state)
        assert_close(logits, expected[parents, t])


def test_a_state_outlives_those_derived_from_it(case):
    """A poem's lines are drafted from copies of one state, which then goes on by itself."""
    runner, ids = case.runner, some_ids(4, 5 * ROOM)
    state, cut = runner.start(4), 6
    for t in range(cut):
        _logits, state = runner.step(ids[:, t], state)
    for parents in ([0, 1, 2, 3], [0, 1, 3], [1], [0, 0, 1, 1, 2, 2]):
        other = runner.reorder(state, np.array(parents))
        for _ in range(3 * ROOM):  # long enough that the derived one outgrows the shared buffer
            _logits, other = runner.step(some_ids(len(parents), 1, 9)[:, 0], other)
    expected = case.expected(ids)
    for t in range(cut, ids.shape[1]):
        logits, state = runner.step(ids[:, t], state)
        assert_close(logits, expected[:, t])


def test_rows_that_end_one_by_one_leave_the_others_as_they_were(case):
    runner, ids = case.open(), some_ids(16, 34)
    state, live = runner.start(16), np.arange(16)
    expected = case.expected(ids)
    for t in range(ids.shape[1]):
        logits, state = runner.step(ids[live, t], state)
        assert_close(logits, expected[live, t])
        if t % 2 and len(live) > 1:
            keep = np.delete(np.arange(len(live)), t % len(live))
            state, live = runner.reorder(state, keep), live[keep]


@pytest.mark.parametrize("kind", CONFIGS)
def test_a_width_that_makes_no_groups_does_as_well(kind):
    case = Case(kind, "int4", width=48, **({"heads": 3} if kind == "transformer" else {}))
    ids = some_ids(2, 30)
    assert_close(run(case.runner, ids), case.expected(ids))


@pytest.mark.parametrize("heads", [2, 8, 16])
def test_heads_may_be_of_any_even_width(heads):
    case, ids = Case("transformer", "int8", heads=heads), some_ids(3, 30)
    assert_close(run(case.runner, ids), case.expected(ids))


def test_a_row_of_zeros_stays_a_row_of_zeros():
    case = Case("lstm", "int8")
    tensors = {
        name: np.zeros_like(value) if "embed" in name or "bias" in name else value
        for name, value in case.weights.items()
    }
    runner = case.entry.open(Weights.of(tensors, "int8"), case.config)
    assert not runner.step(some_ids(2, 1)[:, 0], runner.start(2))[0].any()
