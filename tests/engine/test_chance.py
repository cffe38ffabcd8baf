"""Shares that no processor's last bits can change."""

import numpy as np
import pytest

from carmina.chance import FINE, GRID, NEAR, _table, log_shares, log_total, settled, shares


def some_logits(seed, rows=7, size=5000):
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(rows, size)) * rng.uniform(0.1, 12, (rows, 1))).astype(np.float32)


@pytest.mark.parametrize("seed", range(5))
def test_they_are_the_softmax_within_half_a_step_each(seed):
    logits = some_logits(seed)
    exact = logits - logits.max(1, keepdims=True).astype(np.float64)
    exact -= np.log(np.exp(exact).sum(1, keepdims=True))
    assert np.abs(log_shares(logits) - exact).max() <= 2 / GRID
    np.testing.assert_allclose(shares(logits), np.exp(exact), rtol=2 / GRID, atol=1e-9)
    np.testing.assert_allclose(shares(logits).sum(1), 1, rtol=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_noise_in_the_last_bits_changes_next_to_nothing_and_the_order_of_ids_nothing_at_all(seed):
    logits, order = some_logits(seed), np.random.default_rng(seed).permutation(5000)
    np.testing.assert_array_equal(log_shares(logits)[:, order], log_shares(logits[:, order]))
    noisy = logits * (1 + np.random.default_rng(seed).normal(size=logits.shape) * 1e-7).astype(np.float32)
    moved = log_shares(noisy) != log_shares(logits)
    assert moved.mean() < 0.01 and np.abs(log_shares(noisy) - log_shares(logits)).max() <= 1 / GRID


def test_everything_is_a_multiple_of_the_grid_so_that_sums_are_exact_in_any_order():
    logs = log_shares(some_logits(1))
    np.testing.assert_array_equal(logs * GRID, np.rint(logs * GRID))
    column = logs[:, 0].tolist()
    assert sum(column) == sum(reversed(column)) == sum(sorted(column))


@pytest.mark.parametrize("size", [1, 3000, NEAR // 2 - 1, NEAR + 1])
@pytest.mark.parametrize("told", [log_shares, shares, log_total])
def test_a_row_is_told_alone_as_it_is_among_others(told, size):
    logits = some_logits(size, 5, size)
    np.testing.assert_array_equal(told(logits), np.concatenate([told(logits[row : row + 1]) for row in range(5)]))


def test_rules_keep_what_they_forbid():
    scores = settled(np.array([[0.12345, -np.inf, 3.0]], np.float32))
    assert scores[0, 1] == -np.inf and scores[0, 2] == 3 and scores[0, 0] * GRID == round(0.12345 * GRID)


def test_what_is_no_number_is_not_taken_for_one():
    assert np.isnan(log_shares(np.array([[0.0, np.nan]], np.float32))).any()


def test_no_entry_of_the_table_stands_where_a_last_bit_could_turn_it():
    exact = np.exp(-np.arange(len(_table())) / GRID) * FINE
    off = np.abs(exact - np.floor(exact) - 0.5)
    assert (off > 4e-16 * exact).all() and _table()[0] == 1
