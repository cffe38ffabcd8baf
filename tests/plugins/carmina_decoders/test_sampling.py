"""Samplers draw from what their cut leaves of the whole vocabulary, however little of it they sort."""

import numpy as np
import pytest
from carmina_decoders.sampling import WIDE, MinP, Nucleus, TopK
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

SCORES = arrays(np.float32, st.integers(1, 60), elements=st.one_of(st.just(-np.inf), st.floats(-12, 4, width=32))).map(
    lambda score: np.where(np.arange(len(score)) == 0, np.float32(0), score)
)  # one at least may come


def sorted_whole(decoder, score, rng, temperature):
    """The definition: sort all, cut, draw."""
    order = np.argsort(-score, kind="stable")
    weights = np.exp((score[order].astype(np.float64) - float(score[order[0]])) / temperature)
    weights /= weights.sum()
    reached = np.cumsum(weights * decoder.cut(weights))
    return order[
        min(
            np.searchsorted(reached, rng.random() * reached[-1], side="right"),
            np.flatnonzero(weights * decoder.cut(weights))[-1],
        )
    ]


@pytest.mark.parametrize("decoder", [Nucleus(), TopK(), MinP()], ids=lambda d: d.name)
@given(score=SCORES, seed=st.integers(0, 99), temperature=st.sampled_from((0.3, 1.0, 2.0)))
@settings(max_examples=150, deadline=None)
def test_a_draw_is_that_of_sorting_the_whole_vocabulary(decoder, score, seed, temperature):
    _parents, (found,) = decoder.choose(score[None], np.zeros(1), [np.random.default_rng(seed)], temperature)
    assert found == sorted_whole(decoder, score, np.random.default_rng(seed), temperature)
    assert np.isfinite(score[found])


@pytest.mark.parametrize("spread", [0.0, 0.02, 1.0, 5.0, 60.0])
@pytest.mark.parametrize("least", [-np.inf, -1.0])
def test_so_is_one_of_a_wide_vocabulary(spread, least):
    """Flat, sharp, full of ties, or of ids that may not come."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        score = (np.round(rng.standard_normal(WIDE + 40 * seed) * spread * 64) / 64).astype(np.float32)
        score[score < least * spread] = -np.inf
        score[seed] = 0
        _parents, (found,) = Nucleus().choose(score[None], np.zeros(1), [np.random.default_rng(seed)], 0.9)
        assert found == sorted_whole(Nucleus(), score, np.random.default_rng(seed), 0.9)


@pytest.mark.parametrize("wide", [5, WIDE - 1, WIDE, 700])
@pytest.mark.parametrize("decoder", [Nucleus(), TopK(), MinP()], ids=lambda d: d.name)
def test_a_row_draws_from_its_own_chance_alone(decoder, wide):
    scores = np.random.default_rng(1).standard_normal((4, wide)).astype(np.float32)
    together = decoder.choose(scores, np.zeros(4), [np.random.default_rng(n) for n in range(4)], 1.0)[1]
    alone = [decoder.choose(scores[n : n + 1], np.zeros(1), [np.random.default_rng(n)], 1.0)[1][0] for n in range(4)]
    assert together.tolist() == alone
