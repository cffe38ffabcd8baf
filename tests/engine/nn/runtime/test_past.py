"""Many continuations of one sequence give what each would alone, to the last bit, though what they share is kept
once."""

import numpy as np
import pytest

from carmina.nn.runtime.past import ROOM
from carmina.nn.runtime.transformer import LEAST_BRANCHES, OnnxTransformer

from .conftest import CONFIGS, FIELDS, WINDOW, Case

MANY = LEAST_BRANCHES + 2


@pytest.fixture(scope="module")
def runner():
    return Case("transformer", "int4").open()


def some(rng, rows):
    return np.stack([rng.integers(0, size, rows) for size in FIELDS], axis=1)


def branched(runner, shared, many=MANY):
    """``many`` states of one beginning, that beginning, and chance to go on with."""
    rng, state = np.random.default_rng(1), runner.start(1)
    for _ in range(shared):
        _logits, state = runner.step(some(rng, 1), state)
    return runner.reorder(state, np.zeros(many, int)), state, rng


@pytest.mark.parametrize("shared, own", [(1, 3), (7, ROOM + 5), (WINDOW + 9, 5), (12, 3 * WINDOW)])
def test_branches_go_on_as_one_of_them_does_alone_through_growth_and_the_end_of_the_window(runner, shared, own):
    (many, _base, rng), (one, _same, _rng) = branched(runner, shared), branched(runner, shared, 1)
    assert many.buffer.shared.slots >= min(shared, WINDOW - 1) > 0 and one.buffer.shared.slots == 1
    for _ in range(own):
        ids = some(rng, MANY)
        (a, many), (b, one) = runner.step(ids, many), runner.step(ids[2:3], one)
        np.testing.assert_array_equal(a[2], b[0])


@pytest.mark.parametrize("parents", [[0], [5, 3, 3], [1, 2], [4] * MANY])
def test_branches_are_kept_and_exchanged_and_branch_again(runner, parents):
    many, _base, rng = branched(runner, 9)
    alone = [branched(runner, 9, 1)[0] for _ in range(MANY)]
    for rows in (MANY, len(parents)):
        for _ in range(4):
            ids = some(rng, rows)
            logits, many = runner.step(ids, many)
            for at in range(rows):
                np.testing.assert_array_equal(runner.step(ids[at : at + 1], alone[at])[0][0], logits[at])
        if rows == MANY:
            many = runner.reorder(many, np.array(parents))
            alone = [runner.reorder(alone[parent], np.array([0])) for parent in parents]
            alone = [
                one if parents.count(parent) == 1 else _again(runner, one)
                for one, parent in zip(alone, parents, strict=True)
            ]


def _again(runner, state):
    """A copy that shares nothing with its origin."""
    return runner._copied(state, state.rows)


def test_the_sequence_they_came_from_goes_on_unharmed(runner):
    many, base, rng = branched(runner, 12)
    _many, untouched, _rng = branched(runner, 12)
    runner.step(some(np.random.default_rng(9), MANY), many)
    ids = some(rng, 1)
    np.testing.assert_array_equal(runner.step(ids, base)[0], runner.step(ids, untouched)[0])


def test_a_long_sequence_keeps_no_more_than_it_can_see(runner):
    state, rng = runner.start(2), np.random.default_rng(4)
    for _ in range(6 * WINDOW + 2 * ROOM):
        _logits, state = runner.step(some(rng, 2), state)
    assert state.buffer.own.slots <= WINDOW + max(ROOM, WINDOW // 2) and isinstance(runner, OnnxTransformer)


def test_what_is_out_of_sight_changes_nothing(runner):
    """As many layers see as many windows back, and no further."""
    reach, rng = CONFIGS["transformer"][1]["layers"] * (WINDOW - 1) + 1, np.random.default_rng(2)
    states = [branched(runner, steps)[1] for steps in (0, 0)]
    states[0], states[1] = (
        runner.step(np.zeros((1, 3), int), states[0])[1],
        runner.step(np.ones((1, 3), int), states[1])[1],
    )
    for at in range(reach + 5):
        ids = some(rng, 1)
        (a, states[0]), (b, states[1]) = runner.step(ids, states[0]), runner.step(ids, states[1])
        assert (a == b).all() or at < reach - 1
    assert (a == b).all()
