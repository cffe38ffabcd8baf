"""Rounding that minds what layers say: on int4's grid, and nearer to what was said than rounding each weight alone."""

import pytest
import torch
from torch import nn

from carmina.nn.calibrated import calibrate, gramians, rounded
from carmina.nn.quantised import rounded as nearest
from carmina.weights import int4


def _inputs(steps, width, seed):
    """Inputs that go together, as those of a network do."""
    chance = torch.Generator().manual_seed(seed)
    few = torch.randn(steps, width // 4, generator=chance) @ torch.randn(width // 4, width, generator=chance)
    return few + 0.1 * torch.randn(steps, width, generator=chance)


@pytest.mark.parametrize("seed", range(5))
def test_what_a_layer_says_is_nearer_than_with_every_weight_rounded_alone(seed):
    torch.manual_seed(seed)
    x, weight = _inputs(200, 64, seed), torch.randn(48, 64)
    near, scales = rounded(weight, x.T @ x)
    off, alone = ((x @ (w - weight).T).square().mean() for w in (near, nearest(weight, 7, 32)))
    assert off < 0.6 * alone
    assert scales.shape == (48, 2)
    assert torch.equal(torch.from_numpy(int4(near.numpy(), scales.half().numpy()).wide()), near)


def test_inputs_that_are_all_alike_are_no_obstacle():
    near, scales = rounded(torch.randn(4, 32), torch.zeros(32, 32))
    assert torch.isfinite(near).all()
    assert torch.isfinite(scales).all()


def test_every_linear_layer_of_a_network_is_rounded_in_place_and_no_hook_is_left():
    torch.manual_seed(2)
    network = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 5))
    before = {name: weight.clone() for name, weight in network.named_parameters()}
    scales = calibrate(network, lambda: network(torch.randn(50, 64)))
    assert set(scales) == {"0.weight", "2.weight"}
    assert not torch.equal(before["0.weight"], network[0].weight)
    assert torch.equal(before["0.bias"], network[0].bias)
    with gramians(network) as found:
        pass
    network(torch.randn(3, 64))
    assert found == {}
