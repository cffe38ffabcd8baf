"""Log-sum-exp and hashes of runs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from carmina.logits import log_sum_exp
from carmina.runs import run_hashes


@given(st.lists(st.lists(st.floats(-1e4, 1e4), min_size=3, max_size=3), min_size=1, max_size=5))
def test_log_sum_exp_is_numpys(rows):
    logits = np.array(rows)
    assert np.allclose(log_sum_exp(logits)[:, 0], np.logaddexp.reduce(logits, axis=-1))


def test_a_forbidden_id_adds_nothing():
    assert np.isclose(log_sum_exp(np.array([[0.0, -np.inf]]))[0, 0], 0)


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 6))
def test_runs_are_equal_where_their_hashes_are(codes, size):
    hashes = run_hashes(np.array(codes, np.uint64), size)
    runs = [tuple(codes[at : at + size]) for at in range(len(codes) - size + 1)]
    assert len(hashes) == len(runs)
    assert len(set(hashes.tolist())) == len(set(runs)) == len(set(zip(runs, hashes.tolist(), strict=True)))
