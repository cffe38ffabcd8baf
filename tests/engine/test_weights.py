"""Stored weights: what goes in comes out within the storage's step, and what does not fit is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from carmina.weights import GROUP, KINDS, Stored, Weights, int4, int4_scale, int8, packed, stored

MATRICES = arrays(
    np.float32, st.tuples(st.integers(1, 4), st.sampled_from((32, 64, 96))), elements=st.floats(-30, 30, width=32)
)


@given(MATRICES)
@settings(max_examples=60, deadline=None)
def test_int4_is_never_off_by_more_than_half_a_step(value):
    step = np.repeat(int4_scale(value).astype(np.float32), GROUP, axis=1)
    assert (np.abs(int4(value).wide() - value) <= step * 0.505 + 1e-6).all()


@given(MATRICES)
@settings(max_examples=60, deadline=None)
def test_int8_is_never_off_by_more_than_half_a_step(value):
    step = int8(value).scale[:, None]
    assert (np.abs(int8(value).wide() - value) <= step * 0.505 + 1e-9).all()


@given(MATRICES)
@settings(max_examples=60, deadline=None)
def test_what_was_narrowed_once_narrows_to_itself(value):
    once = int4(value)
    again = int4(once.wide())
    np.testing.assert_array_equal(again.wide(), once.wide())


@given(arrays(np.int8, (3, 64), elements=st.integers(-7, 7)))
@settings(max_examples=30, deadline=None)
def test_packed_numbers_come_back_in_their_places(numbers):
    np.testing.assert_array_equal(Stored(packed(numbers), np.ones((3, 2), np.float16)).wide(), numbers)


def test_the_even_column_is_the_low_half_of_a_byte():
    numbers = np.zeros((1, 32), np.int8)
    numbers[0, :2] = (-7, 7)
    assert packed(numbers)[0, 0] == 1 | (15 << 4)


def test_an_int4_model_keeps_embeddings_int8_vectors_float16_and_ragged_columns_int8():
    kinds = {
        name: stored(name, np.ones(shape), "int4").kind
        for name, shape in {
            "embed.weight": (9, 64),
            "norm.weight": (64,),
            "up.weight": (8, 64),
            "odd.weight": (8, 48),
        }.items()
    }
    assert kinds == {"embed.weight": "int8", "norm.weight": "float16", "up.weight": "int4", "odd.weight": "int8"}


def test_int4_takes_about_a_seventh_of_float32():
    value = np.random.default_rng(0).standard_normal((64, 256)).astype(np.float32)
    sizes = {kind: stored("up.weight", value, kind).nbytes / value.size for kind in KINDS}
    assert sizes == {"float32": 4, "float16": 2, "int8": 1 + 4 / 256, "int4": 0.5 + 2 / GROUP}


def test_a_group_of_zeros_and_a_tiny_one_stay_finite():
    value = np.zeros((1, 64), np.float32)
    value[0, 40] = 1e-12
    assert np.abs(int4(value).wide()).max() <= 1e-7


@pytest.mark.parametrize(
    "tensors",
    [
        {"a": np.zeros((2, 16), np.uint8)},
        {"a": np.zeros((2, 16), np.uint8), "a.scale": np.ones((2,), np.float16)},
        {"a": np.zeros((2, 10), np.uint8), "a.scale": np.ones((2, 0), np.float16)},
        {"a": np.zeros((2, 16), np.int8), "a.scale": np.ones((3,), np.float32)},
        {"a": np.zeros((2, 16), np.float32), "a.scale": np.ones((2,), np.float32)},
        {"a": np.zeros((2, 16), np.int64), "a.scale": np.ones((2,), np.float32)},
        {"a": np.zeros(16, np.uint8), "a.scale": np.ones(1, np.float16)},
    ],
)
def test_scales_that_do_not_fit_are_refused_by_name(tensors):
    with pytest.raises(ValueError, match="^a: .* weights of shape"):
        Weights(tensors)


def test_a_scale_alone_is_refused():
    with pytest.raises(ValueError, match=r"b\.scale has no weights"):
        Weights({"b.scale": np.ones(2, np.float32)})


def test_an_unknown_storage_lists_the_known():
    with pytest.raises(ValueError, match="int3.*float32, float16, int8, int4"):
        stored("a", np.ones((2, 32)), "int3")


def test_weights_are_a_mapping_of_float32():
    weights = Weights(
        {"a": np.ones((2, 3), np.float16), "b": np.full((1, 2), 127, np.int8), "b.scale": np.ones(1, np.float32) / 127}
    )
    assert set(weights) == {"a", "b"} and len(weights) == 2
    assert all(value.dtype == np.float32 and (value == 1).all() for value in weights.values())


@pytest.mark.parametrize(
    "tensors",
    [
        {"a": np.array([1, np.nan], np.float32)},
        {"a": np.array([[1, np.inf]], np.float16)},
        {"a": np.zeros((1, 2), np.int8), "a.scale": np.array([np.nan], np.float32)},
    ],
)
def test_numbers_that_are_not_finite_are_refused_by_name(tensors):
    with pytest.raises(ValueError, match="^a: numbers that are not finite"):
        Weights(tensors)
