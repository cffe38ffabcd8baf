"""Settings and weights that do not fit are refused by name before anything is computed."""

import numpy as np
import pytest

from carmina.nn import shapes
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.nn.runtime import open_recurrent, open_transformer

TRANSFORMER = {"width": 32, "layers": 2, "heads": 2, "window": 8, "dropout": 0.0, "fields": [5, 3]}
LSTM = {"width": 32, "layers": 2, "dropout": 0.0, "fields": [5, 3]}


@pytest.mark.parametrize(
    ("entry", "config", "of"),
    [(TransformerNetwork, TRANSFORMER, shapes.transformer), (LSTMNetwork, LSTM, shapes.recurrent)],
)
def test_the_shapes_are_those_of_the_torch_module(entry, config, of):
    module = entry().build(config)
    assert of(config) == {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layers": 10**9}, "layers is 1000000000, not a whole number from 1 to 256"),
        ({"width": "32"}, "width is '32'"),
        ({"window": 0}, "window is 0"),
        ({"heads": True}, "heads is True"),
        ({"heads": 3}, "width 32 does not part into 3 heads"),
        ({"fields": []}, "fields are"),
        ({"fields": [5, -1]}, "fields are"),
    ],
)
def test_settings_that_cannot_be_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        shapes.transformer({**TRANSFORMER, **change})


@pytest.mark.parametrize(
    ("opener", "of", "config"),
    [(open_transformer, shapes.transformer, TRANSFORMER), (open_recurrent, shapes.recurrent, LSTM)],
)
def test_weights_of_another_shape_are_named(opener, of, config):
    weights = {name: np.zeros(shape, np.float32) for name, shape in of(config).items()}
    weights["head.weight"] = np.zeros((5, 31), np.float32)
    with pytest.raises(ValueError, match=r"head.weight has the shape \(5, 31\), not \(5, 32\)"):
        opener(weights, config)
    del weights["head.weight"]
    with pytest.raises(KeyError, match="head.weight"):
        opener(weights, config)
