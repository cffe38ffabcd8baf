"""A corpus that is damaged, or not as its card says, is told before anything is trained.

So is a place that cannot be written."""

import gzip
import json

import pytest

from carmina import BadInput
from carmina.conductor import Conductor
from carmina.corpora import card_text
from carmina.errors import CorpusWarning
from carmina.training.examples import read_examples
from tests.engine.test_corpora import RAW, card_of
from tests.fuzz.samples import SONG_RECORD, corpus


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.mark.parametrize(
    "data",
    [
        b"not gzip",
        corpus([SONG_RECORD])[:-9],
        gzip.compress(b"{"),
        gzip.compress(b"[1]"),
        corpus([{**SONG_RECORD, "melody": 5}]),
    ],
    ids=["bytes", "cut", "json", "list", "record"],
)
def test_a_damaged_corpus_is_one_line(conductor, tmp_path, data):
    (tmp_path / "songs.jsonl.gz").write_bytes(data)
    with pytest.raises(BadInput, match="is damaged, or not one for melody") as fault:
        read_examples(conductor, "melody", tmp_path)
    assert str(fault.value).isprintable() and len(str(fault.value)) < 500


def test_a_corpus_whose_hash_changed_is_told_and_read(conductor, tmp_path):
    (tmp_path / "songs.jsonl.gz").write_bytes(corpus([SONG_RECORD]))
    (tmp_path / "corpus.toml").write_text(card_text(card_of({**RAW, "files": {"songs.jsonl.gz": "0" * 64}})))
    with pytest.warns(CorpusWarning, match="songs.jsonl.gz in .* is not that of the corpus 'toy'"):
        assert read_examples(conductor, "melody", tmp_path)


@pytest.mark.parametrize("command", ["train", "compress", "tune", "finetune"])
def test_a_place_that_cannot_be_written_is_refused_before_any_training(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.toml").write_text('name = "r"\ntokenizer = "t"\nnetwork = "lstm"\n')
    (tmp_path / "file").write_text("")
    (tmp_path / "data").mkdir()
    asked = {
        "train": ("train", "r.toml", "--data", "data", "-o", "file/m.safetensors"),
        "compress": ("compress", "m", "--quantise", "int8", "-o", "file/m.safetensors"),
        "tune": ("tune", "r.toml", "--data", "data", "-o", "out.toml", "--storage", "file/tune.journal"),
        "finetune": ("finetune", "--style", "mine", "--data", "data", "--runs", "file/runs"),
    }
    done = run(*asked[command])
    assert done.status == 2 and "cannot write in" in done.err and "is no folder" in done.err, done.err
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == '["data", "file", "r.toml"]'
