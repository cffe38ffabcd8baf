"""Compensated rounding: never worse where it counts, and still where there is nothing to round."""

import numpy as np
import pytest

from carmina.training.compressing.rounding import compensated_int4
from carmina.weights import int4


@pytest.fixture
def layer():
    rng = np.random.default_rng(0)
    mixed = rng.standard_normal((96, 96)) * np.linspace(0.2, 2, 96)
    inputs = rng.standard_normal((600, 96)) @ mixed  # columns that go together, as a network's do
    return rng.standard_normal((40, 96)).astype(np.float32), inputs


def off(weight, kept, inputs):
    return np.square(inputs @ (kept.wide() - weight).T).mean()


def test_it_gives_less_error_than_the_nearest_step_on_such_inputs(layer):
    weight, inputs = layer
    assert off(weight, compensated_int4(weight, inputs.T @ inputs), inputs) < 0.8 * off(weight, int4(weight), inputs)


def test_what_lies_on_the_grid_stays(layer):
    weight, inputs = layer
    once = int4(weight).wide()
    np.testing.assert_array_equal(compensated_int4(once, inputs.T @ inputs).wide(), once)


def test_inputs_that_never_come_change_nothing_for_the_worse(layer):
    weight, inputs = layer
    inputs[:, :50] = 0
    found = compensated_int4(weight, inputs.T @ inputs).wide()
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(compensated_int4(weight, np.zeros((96, 96))).wide(), int4(weight).wide())
