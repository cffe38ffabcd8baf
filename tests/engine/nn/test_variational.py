"""The autoencoder: padding says nothing, numpy agrees with torch, latent numbers steer and cost."""

import numpy as np
import pytest
import torch

from carmina.nn.plugin import VariationalNetwork

FIELDS = (11, 3)
CONFIG = {"fields": FIELDS, "width": 16, "latent": 4}


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(3)
    return VariationalNetwork().build(CONFIG).eval()


@pytest.fixture(scope="module")
def ids():
    rng = np.random.default_rng(5)
    found = np.stack([rng.integers(1, size, (2, 7)) for size in FIELDS], axis=-1)
    found[:, 0] = 0
    return torch.from_numpy(found)


@torch.no_grad()
def test_there_is_a_row_of_logits_for_each_step_and_padding_changes_none(network, ids):
    logits, _state = network(ids)
    assert logits.shape == (2, 7, FIELDS[0])
    padded = torch.cat([ids, torch.zeros(2, 3, 2, dtype=ids.dtype)], dim=1)
    torch.testing.assert_close(network(padded)[0][:, :7], logits)


@torch.no_grad()
def test_numpy_reads_and_writes_as_torch_does(network, ids):
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    runner = VariationalNetwork().open(weights, CONFIG)
    mean, _spread = network.encode(ids, torch.tensor([7, 7]))
    latent = np.stack([runner.encode(one) for one in ids.numpy()])
    np.testing.assert_allclose(latent, mean.numpy(), atol=1e-5)
    given = runner.given(latent)
    state, rows = given.start(2), []
    for step in ids.numpy().swapaxes(0, 1):
        row, state = given.step(step, state)
        rows.append(row)
    np.testing.assert_allclose(np.stack(rows, axis=1), network(ids)[0].numpy(), atol=1e-4)


def test_latent_numbers_cost_while_it_is_trained_and_chance_is_torchs(network, ids):
    network.train()
    torch.manual_seed(1)
    first = network(ids)[0]
    cost = network.penalty
    torch.manual_seed(1)
    assert torch.equal(network(ids)[0], first) and cost.item() > 0
    network.eval()


def test_weights_that_do_not_fit_are_refused(network):
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    with pytest.raises(ValueError, match="shape"):
        VariationalNetwork().open(weights, {**CONFIG, "latent": 5})
    with pytest.raises(ValueError, match="latent"):
        VariationalNetwork().open(weights, {**CONFIG, "latent": 0})
