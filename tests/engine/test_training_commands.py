"""``carmina train``, ``finetune`` and ``tune`` from the command line: five songs are enough, and what cannot be is one
line."""

import gzip
import json

import pytest

from carmina.cli.training_report import clock, row_text
from carmina.registry import entry_points

WORDS = "Go by the river and sing to the sea so low".split()
RECIPE = """
name = "five"
tokenizer = "melody"
network = "lstm"
[config]
width = 16
layers = 1
dropout = 0.0
[optimisation]
steps = 2
batch_ids = 300
crop = 64
validate_every = 2
"""


@pytest.fixture
def five(tmp_path):
    folder = tmp_path / "songs"
    folder.mkdir()
    with gzip.open(folder / "ours.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(1, 6):
            notes = [[n, 1, 60 + (number + 2 * n) % 9, word, "single", 0] for n, word in enumerate(WORDS)]
            file.write(
                json.dumps(
                    {
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
                )
                + "\n"
            )
    (tmp_path / "r.toml").write_text(RECIPE)
    return tmp_path


@pytest.fixture
def command(run):
    return lambda *arguments: run(*arguments, points=entry_points(group="carmina"))


def test_five_songs_train_and_the_report_says_what_to_expect(five, command):
    done = command(
        "train",
        five / "r.toml",
        "--data",
        five / "songs",
        "-o",
        five / "m.safetensors",
        "--runs",
        five / "runs",
        "--tensorboard",
        five / "board",
    )
    assert done.status == 0 and done.out == f"wrote {five / 'm.safetensors'}\n"
    assert "note: 4 pieces teach a flavour" in done.err and "held out by chance" in done.err
    assert "step 2: train" in done.err and "left" in done.err and list((five / "board").rglob("events*"))


def test_a_plan_trains_nothing(five, command):
    done = command("train", five / "r.toml", "--data", five / "songs", "--plan")
    assert done.status == 0 and "4 pieces" in done.out and "H100" in done.out and not (five / "runs").exists()


def test_without_a_model_to_write_or_with_a_bad_name_it_is_one_line(five, command):
    done = command("train", five / "r.toml", "--data", five / "songs")
    assert done.status == 2 and "give -o NAME.safetensors, or --plan" in done.err
    done = command("finetune", "--style", "My Songs", "--data", five / "songs")
    assert done.status == 2 and done.err.startswith("Error: --style: got 'My Songs'") and done.err.count("\n") == 1


def test_a_row_tells_losses_speed_and_time_left():
    row = {"step": 3, "train": 1.5, "all": 1.25, "rhythm": 0.5, "ids_per_second": 900.4, "seconds_left": 3723.0}
    assert row_text(row) == "step 3: train 1.5000, validation 1.2500 nats (rhythm 0.5000), 900 ids/s, 1:02:03 left"
    assert clock(59.6) == "1:00" and clock(0) == "0:00"
