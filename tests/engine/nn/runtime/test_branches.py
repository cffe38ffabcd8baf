"""Many continuations of one sequence give what each would alone, though what they share is kept once."""

import numpy as np
import pytest

from carmina.nn.plugin import TransformerNetwork
from carmina.nn.running import TransformerRunner
from carmina.nn.runtime.branch import MOST_OWN, ROOM, Branch
from carmina.nn.runtime.memory import Memory
from carmina.nn.runtime.transformer import LEAST_BRANCHES, OnnxTransformer
from carmina.weights import as_stored

FIELDS = (23, 4)
CONFIG = {"fields": FIELDS, "width": 64, "layers": 2, "heads": 4, "window": MOST_OWN + 40, "dropout": 0.0}
MANY = LEAST_BRANCHES + 2


@pytest.fixture(scope="module")
def runners():
    import torch

    torch.manual_seed(5)
    network = TransformerNetwork().build(CONFIG)
    weights = {name: 3 * tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    return OnnxTransformer(as_stored(weights), CONFIG), TransformerRunner(weights, CONFIG)


def some(rng, rows):
    return np.stack([rng.integers(0, size, rows) for size in FIELDS], axis=1)


def branched(runner, shared, seed=1):
    rng, state = np.random.default_rng(seed), runner.start(1)
    for _ in range(shared):
        _logits, state = runner.step(some(rng, 1), state)
    return runner.reorder(state, np.zeros(MANY, int)), state, rng


@pytest.mark.parametrize("shared, own", [(1, 3), (20, ROOM + 5), (40, MOST_OWN + 30)])
def test_branches_go_on_as_numpy_does_through_growth_and_parting(runners, shared, own):
    quick, plain = runners
    (one, _base, rng), (other, _base, twin) = branched(quick, shared), branched(plain, shared)
    assert isinstance(one, Branch)
    for _ in range(own):
        (a, one), (b, other) = quick.step(some(rng, MANY), one), plain.step(some(twin, MANY), other)
        np.testing.assert_allclose(a, b, atol=2e-4)
    assert isinstance(one, Memory) == (own > MOST_OWN)


@pytest.mark.parametrize("parents", [[0], [5, 3, 3], [1, 2]])
def test_branches_are_kept_and_exchanged(runners, parents):
    quick, plain = runners
    (one, _base, rng), (other, _base, twin) = branched(quick, 9), branched(plain, 9)
    for rows in (MANY, len(parents)):
        for _ in range(4):
            (a, one), (b, other) = quick.step(some(rng, rows), one), plain.step(some(twin, rows), other)
            np.testing.assert_allclose(a, b, atol=2e-4)
        if rows == MANY:
            one, other = quick.reorder(one, np.array(parents)), plain.reorder(other, np.array(parents))


def test_the_sequence_they_came_from_goes_on_unharmed(runners):
    quick, plain = runners
    (one, base, rng), (_other, still, twin) = branched(quick, 12), branched(plain, 12)
    quick.step(some(np.random.default_rng(9), MANY), one)
    a, b = quick.step(some(rng, 1), base)[0], plain.step(some(twin, 1), still)[0]
    np.testing.assert_allclose(a, b, atol=2e-4)


def test_what_would_leave_the_window_is_not_shared(runners):
    quick, _plain = runners
    state, _base, _rng = branched(quick, CONFIG["window"] - MOST_OWN + 1)
    assert isinstance(state, Memory)


def test_the_same_steps_give_the_same_bytes(runners):
    quick, _plain = runners
    outputs = []
    for _ in range(2):
        state, _base, rng = branched(quick, 15)
        outputs.append(b"".join(quick.step(some(rng, MANY), state)[0].tobytes() for _ in range(5)))
    assert outputs[0] == outputs[1]
