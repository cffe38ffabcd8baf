"""A workshop whose tokenizer ships two small models of a task that can be learnt."""

from types import SimpleNamespace

import carmina_decoders.sampling
import numpy as np
import pytest
import torch

import carmina
from carmina import models
from carmina.generate import generate
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork

FIELDS = (12, 3)
CONFIGS = {
    "transformer": {"width": 32, "layers": 2, "heads": 2, "window": 24, "dropout": 0.0, "fields": list(FIELDS)},
    "lstm": {"width": 32, "layers": 1, "dropout": 0.0, "fields": list(FIELDS)},
}
NETWORKS = {"transformer": TransformerNetwork, "lstm": LSTMNetwork}


def sequences(split, many, seed):
    """Counting by ones or twos, as the second field says."""
    rng = np.random.default_rng(seed)
    for number in range(many):
        by = int(rng.integers(1, 3))
        chosen = (int(rng.integers(0, 12)) + by * np.arange(30)) % 12
        steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(30, by)), axis=1)
        yield carmina.Example(steps.astype(np.int16), chosen.astype(np.int16), split, "count", f"{split}{number}")


def trained(name):
    """Weights that have learnt to count."""
    torch.manual_seed(1)
    network = NETWORKS[name]().build(CONFIGS[name])
    optimiser = torch.optim.Adam(network.parameters(), 3e-3)
    data = list(sequences("train", 64, 0))
    steps, chosen = (
        torch.from_numpy(np.stack([getattr(one, part) for one in data]).astype(np.int64))
        for part in ("steps", "chosen")
    )
    for _ in range(60):
        loss = torch.nn.functional.cross_entropy(network(steps)[0].flatten(0, 1), chosen.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return {key: value.detach().numpy() for key, value in network.state_dict().items()}


@pytest.fixture(scope="session")
def learnt():
    return {name: trained(name) for name in CONFIGS}


@pytest.fixture
def shop(tmp_path, learnt):
    shipped = {f"toy-{name}": tmp_path / f"toy-{name}.safetensors" for name in CONFIGS}
    for name, config in CONFIGS.items():
        models.write(
            shipped[f"toy-{name}"],
            learnt[name],
            {
                "name": f"toy-{name}",
                "tokenizer": "toy",
                "network": name,
                "config": config,
                "parameters": sum(v.size for v in learnt[name].values()),
            },
            "float32",
        )

    class Toy(carmina.Tokenizer):
        name, summary, field_sizes, field_names = "toy", "counts", FIELDS, ("previous", "by")

        def encode(self, work):
            raise NotImplementedError

        decode = encode

        def models(self):
            return shipped

        def examples(self, folder, workshop):
            if (folder / "counts").exists():
                yield from sequences("train", 24, 1)
                yield from sequences("validation", 8, 2)

    entries = {
        "tokenizer": {"toy": Toy},
        "network": NETWORKS,
        "decoder": {"nucleus": carmina_decoders.sampling.Nucleus},
    }
    workshop = SimpleNamespace(
        get=lambda kind, name: entries[kind][name],
        all=lambda kind: entries[kind],
        shipped=shipped,
        progress=lambda done, what: None,
        held=lambda path: None,
        generate=generate,
    )
    workshop.model = lambda name, task, network: models.open_model(workshop, name, task, network)
    return workshop


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "counts").touch()
    return tmp_path / "corpus"
