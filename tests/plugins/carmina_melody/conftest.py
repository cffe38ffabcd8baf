"""A tiny network with random weights: whatever it says, the promises must hold."""

import gzip
import json

import numpy as np
import pytest
from carmina_melody.passes.vocabulary import FIELD_SIZES

from carmina import models
from carmina.conductor import Conductor


@pytest.fixture(scope="session")
def conductor():
    return Conductor()


@pytest.fixture(scope="session")
def tiny_model(conductor, tmp_path_factory):
    """Path of a small LSTM that has learnt nothing."""
    import torch

    torch.manual_seed(1)
    config = {"width": 24, "layers": 1, "dropout": 0.0, "fields": list(FIELD_SIZES)}
    network = conductor.get("network", "lstm")().build(config)
    path = tmp_path_factory.mktemp("models") / "tiny-lstm.safetensors"
    weights = {name: 3 * np.asarray(tensor) for name, tensor in network.state_dict().items()}
    models.write(path, weights, {"name": "tiny", "tokenizer": "melody", "network": "lstm", "config": config})
    return str(path)


SONG = {
    "id": "openhymnal/ours",
    "cluster": 3,
    "title": "Ours",
    "language": "en",
    "key": "G major",
    "time_signatures": [[0, "4/4"]],
    "key_signatures": [[0, 1]],
    "tempo_qpm": 90,
    "pickup_quarters": 1,
    "bars": [0, 1, 5, 9, 13],
    "melody": [
        [0, 1, 62, "The", "single", 0],
        [1, 1, 67, "riv", "begin", 0],
        [2, 1, 67, "er", "end", 0],
        [3, 1, 71, "runs", "single", 0],
        [4, 1, 69, "a", "begin", 0],
        [5, 2, 67, "way,", "end", 0],
        [8, 1, 62, "The", "single", 0],
        [9, 0.5, 67, "heart", "single", 0],
        [9.5, 0.5, 69, None, None, 1],
        [10, 1, 71, "re", "begin", 0],
        [11, 1, 69, "mains", "end", 0],
        [12, 1, 69, "to", "single", 0],
        [13, 3, 67, "stay.", "single", 0],
    ],
    "verses": [
        {
            "n": 2,
            "syl": [
                [0, "And", "single"],
                [1, "all", "single"],
                [2, "the", "single"],
                [3, "boats", "single"],
                [4, "have", "single"],
                [5, "gone,", "single"],
                [6, "But", "single"],
                [7, "I", "single"],
                [9, "keep", "single"],
                [10, "on", "single"],
                [11, "and", "single"],
                [12, "on.", "single"],
            ],
        }
    ],
    "accompaniment": [
        [1, 2, 43, 1],
        [1, 2, 59, 1],
        [1, 2, 62, 1],
        [3, 2, 50, 1],
        [3, 2, 54, 1],
        [3, 2, 57, 1],
        [5, 4, 43, 1],
        [5, 4, 59, 1],
        [9, 2, 48, 1],
        [9, 2, 52, 1],
        [11, 2, 50, 1],
        [11, 2, 54, 1],
        [13, 3, 43, 1],
        [13, 3, 59, 1],
    ],
}


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """A corpus folder with one song of our own."""
    folder = tmp_path_factory.mktemp("corpus")
    with gzip.open(folder / "ours.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(SONG) + "\n")
    return folder
