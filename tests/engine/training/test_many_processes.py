"""Two processes train as one does on the same batches: losses within 2e-4 nats (sums in another order), files written
once."""

import gzip
import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from carmina.cli.group import carmina
from carmina.conductor import Conductor
from carmina.recipe import read_recipe
from carmina.training.distributed import Crew

WORDS = "Go by the river and sing to the sea so low".split()
RECIPE = """
name = "two"
tokenizer = "melody"
network = "transformer"
[config]
width = 16
layers = 2
heads = 2
window = 32
dropout = 0.0
[optimisation]
steps = 4
batch_ids = 300
crop = 64
warmup = 1
learning_rate = 0.01
validate_every = 2
precision = "fp32"
average = 0.5
accumulate = 2
sharded = SHARDED
"""
TOLERANCE = 2e-4


def song(number):
    notes = [[n, 1, 60 + (number + 2 * n) % 9, WORDS[n], "single", 0] for n in range(len(WORDS))]
    return {
        "id": f"ours/{number}",
        "cluster": number,
        "title": "",
        "language": "en",
        "key": "C major",
        "time_signatures": [[0, "4/4"]],
        "key_signatures": [[0, 0]],
        "tempo_qpm": 90,
        "pickup_quarters": 0,
        "bars": [0, 4, 8],
        "melody": notes,
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("songs")
    with gzip.open(folder / "ours.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(song(number)) + "\n" for number in range(9))
    return folder


def recipe(folder, sharded):
    path = folder / "recipe.toml"
    path.write_text(RECIPE.replace("SHARDED", sharded))
    return path


@pytest.fixture(scope="module")
def shards(corpus, tmp_path_factory):
    """The corpus as ``carmina corpus shard`` writes it, in several windows."""
    folder = tmp_path_factory.mktemp("made") / "shards"
    asked = ["corpus", "shard", str(corpus), "-o", str(folder), "--tokenizer", "melody", "--shard-mb", "0.002"]
    done = CliRunner().invoke(carmina, asked)
    assert done.exit_code == 0, done.output
    assert re.search(r"^train: 7 pieces, .* 7 shards", done.output) and done.output.endswith(f"wrote {folder}\n")
    return folder


@pytest.mark.parametrize(
    ("sharded", "data"),
    [("false", "shards"), ("true", "corpus")],
    ids=["batches spread (DDP), from shards", "weights spread (FSDP2)"],
)
def test_two_processes_train_as_one_does(request, tmp_path, sharded, data):
    corpus, rows = request.getfixturevalue(data), []
    Conductor().train(
        read_recipe(recipe(tmp_path, "false")),
        corpus,
        tmp_path / "one.safetensors",
        tmp_path / "one",
        rows.append,
        "cpu",
    )
    path = recipe(tmp_path, sharded)
    for attempt in range(3):  # gloo's threads sometimes end a process at its exit, when all is done
        target = tmp_path / f"two-{attempt}.safetensors"
        command = [
            sys.executable,
            "-m",
            "torch.distributed.run",
            "--standalone",
            "--nproc-per-node",
            "2",
            "-m",
            "carmina",
            "train",
            path,
            "--data",
            corpus,
            "-o",
            target,
            "--runs",
            tmp_path / f"runs-{attempt}",
            "--device",
            "cpu",
        ]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
        if done.returncode == 0 or "terminate called without an active exception" not in done.stderr:
            break
    assert done.returncode == 0, done.stderr
    said = [tuple(map(float, found)) for found in re.findall(r"train ([\d.]+), validation ([\d.]+)", done.stderr)]
    assert said == [pytest.approx((row["train"], row["all"]), abs=TOLERANCE) for row in rows] and len(said) == 2
    assert done.stdout.count("wrote ") == 1 and target.exists()


def test_alone_unless_it_is_told_otherwise(monkeypatch):
    assert Crew.from_environment() == Crew(0, 1, 0)
    for name, value in (("RANK", "3"), ("WORLD_SIZE", "4"), ("LOCAL_RANK", "1")):
        monkeypatch.setenv(name, value)
    crew = Crew.from_environment()
    assert crew == Crew(3, 4, 1) and not crew.leads and Crew().leads
