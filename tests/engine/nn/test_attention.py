"""Attention block by block is attention; dropout on bits is dropout."""

import pytest
import torch
import torch.nn.functional as F

from carmina.nn.attention import BLOCK, windowed
from carmina.nn.dropout import Dropout, kept_scale, unscaled


def reference(q, k, v, window):
    steps = q.shape[2]
    ahead = torch.arange(steps)[None] - torch.arange(steps)[:, None]
    return F.scaled_dot_product_attention(q, k, v, attn_mask=(ahead <= 0) & (ahead > -window))


@pytest.fixture
def qkv():
    generator = torch.Generator().manual_seed(1)

    def of(steps):
        return [torch.randn(2, 3, steps, 8, generator=generator, requires_grad=True) for _ in range(3)]

    return of


@pytest.mark.parametrize("window", [1, 5, BLOCK, BLOCK + 7, 500])
@pytest.mark.parametrize("steps", [1, 7, BLOCK, 2 * BLOCK + 3])
def test_it_is_masked_attention_with_its_gradients(qkv, steps, window):
    mine = qkv(steps)
    theirs = [tensor.detach().clone().requires_grad_() for tensor in mine]
    ours, wanted = windowed(*mine, window), reference(*theirs, window)
    torch.testing.assert_close(ours, wanted, atol=1e-5, rtol=1e-5)
    ours.square().sum().backward()
    wanted.square().sum().backward()
    for one, other in zip(mine, theirs, strict=True):
        torch.testing.assert_close(one.grad, other.grad, atol=1e-4, rtol=1e-4)


def test_dropout_on_the_weights_of_attention_keeps_the_mean(qkv):
    q, k, _v = (tensor.detach() for tensor in qkv(20))
    ones = torch.ones(2, 3, 20, 8)
    torch.manual_seed(3)
    mean = torch.stack([windowed(q, k, ones, 20, 0.3) for _ in range(400)]).mean(0)
    torch.testing.assert_close(mean, ones, atol=0.15, rtol=0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float64])
def test_the_share_that_is_dropped_is_what_was_asked_and_the_rest_is_untouched(dtype):
    torch.manual_seed(2)
    x = torch.full((1000, 201), 3.0, dtype=dtype)
    dropped = unscaled(x, 0.15)
    assert set(dropped.unique().tolist()) == {0.0, 3.0} and dropped.dtype == dtype
    assert (dropped == 0).float().mean().item() == pytest.approx(0.15, abs=0.003)
    assert ((dropped == 0).float().mean(0) - 0.15).abs().max() < 0.06  # no column is favoured


def test_the_gradient_goes_only_where_the_number_was_kept():
    torch.manual_seed(2)
    x = torch.ones(50, 50, requires_grad=True)
    y = Dropout(0.4)(x)
    y.sum().backward()
    torch.testing.assert_close(x.grad, y.detach())
    assert y.max().item() == pytest.approx(kept_scale(0.4)) and kept_scale(0.4) == pytest.approx(1 / 0.6, rel=1e-4)


def test_the_same_seed_drops_the_same():
    def drawn(seed):
        torch.manual_seed(seed)
        return unscaled(torch.ones(100), 0.5)

    assert torch.equal(drawn(1), drawn(1)) and not torch.equal(drawn(1), drawn(2))


@pytest.mark.parametrize(("chance", "training"), [(0.0, True), (0.5, False)])
def test_nothing_is_dropped_outside_training_or_without_a_chance(chance, training):
    x = torch.randn(9)
    assert torch.equal(Dropout(chance).train(training)(x), x)


def test_everything_but_nothing_drops_nearly_all():
    assert unscaled(torch.ones(10_000), 1.0).sum() < 10
