"""What every network promises, checked on small ones with random weights."""

import sys

import numpy as np
import pytest
import torch

from carmina.nn.plugin import LSTMNetwork, TransformerNetwork

FIELDS = (11, 3, 5)
B, T, WINDOW = 2, 12, 5
CONFIGS = {
    "transformer": (TransformerNetwork, {"width": 16, "layers": 2, "heads": 4, "window": WINDOW, "dropout": 0.0}),
    "lstm": (LSTMNetwork, {"width": 16, "layers": 2, "dropout": 0.0}),
}


@pytest.fixture(params=CONFIGS)
def entry(request):
    kind, config = CONFIGS[request.param]
    return kind(), {**config, "fields": FIELDS}


@pytest.fixture
def network(entry):
    torch.manual_seed(3)
    return entry[0].build(entry[1]).eval()


@pytest.fixture
def ids():
    rng = np.random.default_rng(5)
    return torch.from_numpy(np.stack([rng.integers(0, size, (B, T)) for size in FIELDS], axis=-1))


@torch.no_grad()
def test_logits_have_one_row_a_step_over_the_first_field(network, ids):
    logits, _state = network(ids)
    assert logits.shape == (B, T, FIELDS[0])


@pytest.mark.parametrize("t", range(1, T))
@torch.no_grad()
def test_a_step_never_sees_a_later_one(network, ids, t):
    later = ids.clone()
    later[:, t:] = (later[:, t:] + 1) % torch.tensor(FIELDS)
    torch.testing.assert_close(network(later)[0][:, :t], network(ids)[0][:, :t])


@torch.no_grad()
def test_every_field_of_a_step_matters(network, ids):
    for field, size in enumerate(FIELDS):
        other = ids.clone()
        other[:, 3, field] = (other[:, 3, field] + 1) % size
        assert not torch.allclose(network(other)[0][:, 3], network(ids)[0][:, 3])


@pytest.mark.parametrize("cut", [1, 4, 11])
@torch.no_grad()
def test_a_sequence_in_two_parts_equals_the_whole(network, ids, cut):
    first, state = network(ids[:, :cut])
    second, _state = network(ids[:, cut:], state)
    torch.testing.assert_close(torch.cat((first, second), 1), network(ids)[0], atol=1e-5, rtol=1e-4)


@torch.no_grad()
def test_numpy_runs_the_same_network_one_step_at_a_time(entry, network, ids, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    kind, config = entry
    runner = kind.open({name: tensor.numpy() for name, tensor in network.state_dict().items()}, config)
    state, rows = runner.start(B), []
    for t in range(T):  # T is over twice the window: the ring of keys turns
        logits, state = runner.step(ids[:, t].numpy(), state)
        rows.append(logits)
    np.testing.assert_allclose(np.stack(rows, 1), network(ids)[0].numpy(), atol=1e-4)


@torch.no_grad()
def test_reordered_rows_go_on_as_their_parents_would(entry, network, ids):
    kind, config = entry
    runner = kind.open({name: tensor.numpy() for name, tensor in network.state_dict().items()}, config)
    _logits, state = runner.step(ids[:, 0].numpy(), runner.start(B))
    swapped = runner.reorder(state, np.array([1, 0]))
    straight = runner.step(ids[:, 1].numpy(), runner.reorder(state, np.array([0, 1])))[0]
    crossed = runner.step(ids[:, 1].numpy()[::-1].copy(), swapped)[0]
    np.testing.assert_allclose(crossed[::-1], straight, atol=1e-5)


def test_a_transformer_sees_no_further_back_than_its_window_and_layers():
    torch.manual_seed(0)
    network = TransformerNetwork().build({**CONFIGS["transformer"][1], "layers": 1, "fields": FIELDS}).eval()
    ids = torch.zeros((1, T, len(FIELDS)), dtype=torch.long)
    other = ids.clone()
    other[:, 0] = 1
    with torch.no_grad():
        changed = (network(ids)[0] - network(other)[0]).abs().amax(-1)[0] > 1e-6
    assert changed[:WINDOW].all() and not changed[WINDOW:].any()
