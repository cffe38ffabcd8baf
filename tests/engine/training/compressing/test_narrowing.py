"""A taught network is rounded by what its layers meet, and written as a model file, by the conductor alone."""

import numpy as np
import torch

from carmina import models
from carmina.conductor import Conductor


def test_weights_are_rounded_by_what_layers_meet_and_written_as_they_are(tmp_path):
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Embedding(9, 64), torch.nn.Linear(64, 64, bias=False))
    samples = [np.arange(9)[:, None]]
    conductor, weights = Conductor(), network.state_dict()
    found = conductor.narrowed(network, weights, samples)
    assert found.keys() == weights.keys() and found["1.weight"].kind == "int4"
    ids = torch.arange(9)
    wanted = network(ids).detach().numpy()
    plain = models.stored("1.weight", weights["1.weight"].numpy(), "int4").wide()
    off = [
        np.square(network[0](ids).detach().numpy() @ own.T - wanted).sum() for own in (found["1.weight"].wide(), plain)
    ]
    assert off[0] < off[1]
    conductor.write_narrowed(tmp_path / "a.safetensors", found, {"tokenizer": "t", "network": "n", "config": {}})
    read, _notes = models.read(tmp_path / "a.safetensors")
    np.testing.assert_array_equal(read["1.weight"], found["1.weight"].wide())
