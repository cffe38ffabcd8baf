"""Training with weights as they will be stored: the passes see the grid, the optimiser moves the exact weights."""

import numpy as np
import pytest
import torch

from carmina.nn.plugin import TransformerNetwork
from carmina.nn.quantised import GROUP, as_stored, rounded
from carmina.recipe import Optimisation, Recipe
from carmina.training.batches import ahead, epoch
from carmina.training.loop import Trainer
from carmina.weights import stored

from .test_training import EXAMPLES, FIELDS, NAMES, sequence

CONFIG = {"width": 32, "layers": 1, "heads": 2, "window": 16, "dropout": 0.0, "fields": FIELDS}


@pytest.fixture
def network():
    torch.manual_seed(3)
    return TransformerNetwork().build(CONFIG)


def test_rounding_is_what_a_model_file_does(network):
    weight = network.blocks[0].up.weight.detach()
    file = stored("up.weight", weight.numpy(), "int4")
    assert np.allclose(rounded(weight, 7, GROUP).numpy(), file.wide(), atol=1e-6)


def test_rounding_twice_is_rounding_once(network):
    once = rounded(network.head.weight.detach(), 7, GROUP)
    assert torch.allclose(rounded(once, 7, GROUP), once, atol=1e-6)


def test_exact_weights_come_back_even_after_a_fault(network):
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    with pytest.raises(RuntimeError), as_stored(network):
        assert any((tensor != before[name]).any() for name, tensor in network.state_dict().items())
        raise RuntimeError
    assert all((tensor == before[name]).all() for name, tensor in network.state_dict().items())


def test_the_best_weights_are_of_the_rounded_part_and_lie_on_the_grid(tmp_path, network):
    plan = Optimisation(
        steps=20, batch_ids=32, crop=16, learning_rate=0.01, warmup=2, validate_every=5, rounded_from=0.5
    )
    run = Trainer(Recipe("tiny", "none", "transformer", optimisation=plan), network, NAMES, tmp_path, device="cpu")
    best = run.run(EXAMPLES)
    assert run.progress.rounded
    assert run.progress.best == min(row["all"] for row in run.progress.history if row["step"] > 10)
    weight = best["blocks.0.up.weight"]
    assert torch.allclose(rounded(weight, 7, GROUP), weight, atol=1e-6)


def test_a_compiled_network_meets_few_shapes_and_every_id():
    mixed = [sequence(n, length=length) for n, length in enumerate((5, 9, 12, 17, 30, 31))]
    batches = list(epoch(mixed, 64, 64, (0, 0), (0, 0), multiple=16))
    assert {batch.chosen.shape for batch in batches} <= {(4, 16), (2, 32)}
    assert sum((batch.chosen >= 0).sum() for batch in batches) == sum(len(e.chosen) for e in mixed)


def test_batches_made_ahead_are_the_same_and_a_fault_is_not_lost():
    def faulty():
        yield from EXAMPLES
        raise ValueError("broken")

    taken = []
    with pytest.raises(ValueError, match="broken"):
        for example in ahead(faulty(), 2):
            taken.append(example)
    assert taken == EXAMPLES
