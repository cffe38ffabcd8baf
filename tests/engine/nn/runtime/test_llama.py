"""A Llama in ONNX Runtime is the torch module's, to what 8 bits of activation keep; its rows are their own."""

import numpy as np
import pytest
import torch

from carmina.nn.plugin import LlamaNetwork
from carmina.nn.runtime.llama import OnnxLlama
from carmina.weights import Weights

from .conftest import assert_close, run

CONFIG = {
    "fields": [37], "width": 64, "layers": 2, "heads": 4, "key_heads": 2, "hidden": 96, "base": 100_000.0, "window": 128
}  # fmt: skip


@pytest.fixture(scope="module", params=["float32", "int8", "int4"])
def both(request):
    """The runner and the torch module of the same weights, as stored."""
    torch.manual_seed(9)
    module = LlamaNetwork().build(CONFIG).eval()
    sharp = {key: value.numpy() * (5 if value.dim() == 2 else 1) for key, value in module.state_dict().items()}
    weights = Weights.of(sharp, request.param)
    module.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    return LlamaNetwork().open(weights, CONFIG), module


def some_ids(batch, steps):
    return np.random.default_rng(8).integers(0, 37, (batch, steps, 1))


@torch.no_grad()
def test_logits_are_those_of_the_torch_module(both):
    runner, module = both
    ids = some_ids(3, 60)
    assert isinstance(runner, OnnxLlama)
    assert_close(run(runner, ids), module(torch.from_numpy(ids))[0].numpy())


def test_a_row_does_not_depend_on_those_beside_it(both):
    ids = some_ids(17, 20)
    np.testing.assert_array_equal(run(both[0], ids)[4:5], run(both[0], ids[4:5]))


@pytest.mark.parametrize("parents", [[2], [0, 1, 2], [2, 1, 0], [1] * 7])
def test_reordered_rows_go_on_as_their_parents_would(both, parents):
    runner, ids = both[0], some_ids(3, 30)
    state = runner.start(3)
    for t in range(20):
        _logits, state = runner.step(ids[:, t], state)
    state = runner.reorder(state, np.array(parents))
    found = []
    for t in range(20, 30):
        logits, state = runner.step(ids[parents, t], state)
        found.append(logits)
    np.testing.assert_array_equal(np.stack(found, 1), run(runner, ids[parents])[:, 20:])
