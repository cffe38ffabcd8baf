"""A model in several files opens as one, or says which file is not as it was."""

import json
from pathlib import Path

import numpy as np
import pytest

from carmina import BadModel
from carmina.models import read, write_sharded
from carmina.shards import HEADER_BYTES
from carmina.weights import Weights

NOTES = {"tokenizer": "t", "network": "llama", "config": {"fields": [4]}, "name": "one"}
ROOM = 40_000


@pytest.fixture
def saved(tmp_path):
    """The first file, all of them, and what they hold."""
    rng = np.random.default_rng(3)
    values = {f"blocks.{n}.weight": rng.normal(size=(64, 96)).astype(np.float32) for n in range(17)}
    weights = Weights.of({**values, "norm.weight": np.ones(96, np.float32)}, "int4")
    paths = write_sharded(tmp_path / "one-llama.safetensors", weights.stored, NOTES, HEADER_BYTES + ROOM)
    return paths, weights


def test_all_tensors_come_back_from_files_that_are_small_enough(saved):
    paths, weights = saved
    found, notes = read(paths[0])
    assert len(paths) > 1 and all(path.stat().st_size <= HEADER_BYTES + ROOM for path in paths)
    assert sorted(found) == sorted(weights) and notes["name"] == "one"
    for name in weights:
        np.testing.assert_array_equal(found[name], weights[name])


def test_a_part_that_is_missing_or_another_is_named(saved):
    paths, _weights = saved
    second = paths[1].read_bytes()
    paths[1].write_bytes(second[:-1] + bytes([second[-1] ^ 1]))
    with pytest.raises(BadModel, match=rf"{paths[1].name} is not the part"):
        read(paths[0])
    paths[1].unlink()
    with pytest.raises(BadModel, match=rf"lacks its part {paths[1].name}"):
        read(paths[0])


@pytest.mark.parametrize("name", ["../secret.safetensors", "/etc/passwd", "other.bin", "a/b.safetensors"])
def test_a_header_reaches_no_other_folder(saved, name):
    from safetensors.numpy import save_file

    path = saved[0][0]
    header = {
        key: json.dumps(value) for key, value in {**NOTES, "format": "carmina-model-1", "shards": {name: "0"}}.items()
    }
    save_file({"a": np.zeros(2, np.float32)}, path, header)
    with pytest.raises(BadModel, match="no file beside it"):
        read(Path(path))


def test_two_files_with_one_tensor_are_refused(saved):
    import hashlib

    from safetensors.numpy import load_file, save_file

    paths, _weights = saved
    header = {key: json.dumps(value) for key, value in {**NOTES, "format": "carmina-model-1"}.items()}
    save_file(load_file(paths[0]), paths[1], header)
    digest = hashlib.sha256(paths[1].read_bytes()).hexdigest()
    save_file(load_file(paths[0]), paths[0], header | {"shards": json.dumps({paths[1].name: digest})})
    with pytest.raises(BadModel, match="is in two files"):
        read(paths[0])


def test_a_tensor_larger_than_a_file_is_refused(tmp_path):
    weights = Weights.of({"a": np.zeros((640, 960), np.float32)}, "int8")
    with pytest.raises(ValueError, match="more than a file"):
        write_sharded(tmp_path / "a.safetensors", weights.stored, NOTES, HEADER_BYTES + ROOM)
