"""An adapter starts as nothing, moves alone, and joined in numpy it is what was trained in torch."""

import numpy as np
import pytest
import torch

from carmina import adapters
from carmina.nn.adapters import Adapted, adapter_tensors
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork

FIELDS = (11, 3)
CONFIGS = [
    (TransformerNetwork, {"width": 16, "layers": 2, "heads": 4, "window": 8, "dropout": 0.0, "fields": FIELDS}),
    (LSTMNetwork, {"width": 16, "layers": 2, "dropout": 0.0, "fields": FIELDS}),
]
IDS = torch.from_numpy(np.random.default_rng(1).integers(0, 3, (2, 9, 2)))


@pytest.fixture(params=CONFIGS, ids=["transformer", "lstm"])
def built(request):
    torch.manual_seed(2)
    kind, config = request.param
    return kind().build(config)


def trained(network, steps=3):
    adapted = Adapted(network, rank=2)
    optimiser = torch.optim.SGD([p for p in adapted.parameters() if p.requires_grad], lr=0.5)
    for _ in range(steps):
        optimiser.zero_grad()
        adapted(IDS)[0].square().mean().backward()
        optimiser.step()
    return adapted


@torch.no_grad()
def test_it_starts_as_the_network_itself(built):
    before = built(IDS)[0]
    torch.testing.assert_close(Adapted(built, rank=2)(IDS)[0], before)


def test_only_the_thin_matrices_move(built):
    before = {name: value.clone() for name, value in built.state_dict().items()}
    adapted = trained(built)
    assert all(torch.equal(value, before[name]) for name, value in built.state_dict().items())
    moved = [p for p in adapted.parameters() if p.requires_grad]
    assert sum(p.numel() for p in moved) < sum(p.numel() for p in built.parameters())
    assert not any("embed" in name for name in adapted.names) and adapted.names


def test_joined_in_numpy_it_says_what_was_trained(built):
    base = {name: value.numpy().copy() for name, value in built.state_dict().items()}
    adapted = trained(built)
    with torch.no_grad():
        said = adapted(IDS)[0]
    thin = {name: value.numpy() for name, value in adapter_tensors(adapted.state_dict()).items()}
    joined = adapters.merged(base, thin, adapted.scale)
    built.load_state_dict({name: torch.from_numpy(value) for name, value in joined.items()})
    with torch.no_grad():
        torch.testing.assert_close(built(IDS)[0], said, atol=1e-5, rtol=1e-5)
    assert any(not np.array_equal(joined[name], base[name]) for name in base)


BASE = {"w": np.zeros((4, 3), np.float32)}


@pytest.mark.parametrize(
    "thin",
    [
        {"w.lora_a": np.ones((2, 3)), "w.lora_b": np.ones((5, 2))},
        {"w.lora_a": np.ones((2, 3)), "w.lora_b": np.ones((4, 1))},
        {"w.lora_a": np.ones(3), "w.lora_b": np.ones((4, 1))},
        {"w.lora_a": np.ones((2, 3))},
        {"v.lora_a": np.ones((2, 3)), "v.lora_b": np.ones((4, 2))},
    ],
)
def test_what_does_not_fit_is_refused(thin):
    with pytest.raises(ValueError, match="an adapter for"):
        adapters.merged(BASE, thin, 1.0)


@pytest.mark.parametrize("wrong", [{"base": 3}, {"rank": "8"}, {"scale": -1}, {"scale": float("nan")}, {"scale": "2"}])
def test_a_header_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError):
        adapters.Adapter(**{"base": "melody", "digest": "0", "rank": 8, "scale": 2.0, **wrong})
