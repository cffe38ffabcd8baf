"""Small networks with random weights, sharp enough that a wrong one is seen."""

from functools import cached_property

import numpy as np
import pytest
import torch

from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.weights import Weights

FIELDS = (37, 3, 5)
WINDOW = 20
CONFIGS = {
    "transformer": (TransformerNetwork, {"width": 64, "layers": 2, "heads": 4, "window": WINDOW, "dropout": 0.0}),
    "lstm": (LSTMNetwork, {"width": 64, "layers": 2, "dropout": 0.0}),
}


class Case:
    """A network of a kind, its weights as stored, and the torch module with those same weights."""

    def __init__(self, name, dtype, **other):
        kind, config = CONFIGS[name]
        self.entry, self.config, self.dtype = kind(), {**config, **other, "fields": list(FIELDS)}, dtype
        torch.manual_seed(7)
        self.module = self.entry.build(self.config).eval()
        sharp = {
            key: value.numpy() * (4 if name == "transformer" and value.dim() == 2 and "embed" not in key else 1)
            for key, value in self.module.state_dict().items()
        }
        self.weights = Weights.of(sharp, dtype)
        self.module.load_state_dict({key: torch.from_numpy(value) for key, value in self.weights.items()})

        self._expected = {}

    def open(self):
        return self.entry.open(self.weights, self.config)

    @cached_property
    def runner(self):
        """Opened once."""
        return self.open()

    @torch.no_grad()
    def expected(self, ids):
        """(B, T, V) of the torch module, which is asked once."""
        key = ids.shape, ids.tobytes()
        if key not in self._expected:
            self._expected[key] = self.module(torch.from_numpy(ids))[0].numpy()
        return self._expected[key]


@pytest.fixture(
    params=[(name, dtype) for name in CONFIGS for dtype in ("float32", "float16", "int8", "int4")],
    ids=lambda pair: "-".join(pair),
    scope="module",
)
def case(request):
    return Case(*request.param)


def some_ids(batch, steps, seed=5):
    rng = np.random.default_rng(seed)
    return np.stack([rng.integers(0, size, (batch, steps)) for size in FIELDS], axis=-1)


def run(runner, ids):
    """ids (B, T, F) -> logits (B, T, V), a step at a time."""
    state, out = runner.start(len(ids)), []
    for t in range(ids.shape[1]):
        logits, state = runner.step(ids[:, t], state)
        out.append(logits)
    return np.stack(out, axis=1)


def assert_close(found, expected):
    """To 6 % of the logits' spread, root mean square: products are of 8 bits, and the weights are sharp."""
    off = np.sqrt(np.mean((found - expected) ** 2)) / expected.std()
    assert off < 0.06, off
