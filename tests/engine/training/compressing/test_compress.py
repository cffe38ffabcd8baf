"""A smaller model is written whole, serves as the large one did, and says what it cost."""

from types import SimpleNamespace

import numpy as np
import pytest

from carmina import BadInput, BadModel, BadOption, UnknownEntry, models
from carmina.training.compressing import compress as room
from carmina.training.compressing.compress import compress
from carmina.training.compressing.measured import measured
from carmina.training.compressing.request import Compression


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch):
    """Speeds are measured in processes of their own, which one test below starts."""
    monkeypatch.setattr(room, "measured", lambda paths: [{"tokens_per_second": 1.0, "memory_bytes": 1} for _ in paths])


def asked(shop, tmp_path, **more):
    return Compression(**{"model": "toy-transformer", "output": tmp_path / "small.safetensors", **more})


@pytest.mark.parametrize("model", ["toy-transformer", "toy-lstm"])
@pytest.mark.parametrize(("quantise", "least_alike", "times_smaller"), [("int8", 0.99, 3), ("int4", 0.9, 4)])
def test_fewer_bits_make_a_smaller_model_that_foretells_alike(
    shop, tmp_path, model, quantise, least_alike, times_smaller
):
    found = compress(shop, asked(shop, tmp_path, model=model, quantise=quantise))
    assert found.after.quality["same first guess"] >= least_alike and found.before.quality["same first guess"] == 1
    assert -1e-3 < found.after.quality["bits lost"] < 0.1
    large, small = (
        sum(t.nbytes for t in models.read(path)[0].stored.values()) for path in (shop.shipped[model], found.output)
    )
    assert large > times_smaller * small
    assert found.after.file_bytes < found.before.file_bytes


def test_pruned_units_are_gone_from_the_file_and_the_model_still_counts(shop, tmp_path, corpus):
    found = compress(shop, asked(shop, tmp_path, prune=0.5, data=corpus))
    weights, notes = models.read(found.output)
    assert weights["blocks.0.up.weight"].shape == (64, 32) and weights["blocks.1.down.weight"].shape == (32, 64)
    assert notes["config"]["hidden"] == 64
    assert notes["parameters"] == found.after.parameters == found.before.parameters - 2 * 2 * 64 * 32
    name = "bits a choice, count"
    assert found.after.quality[name] < found.before.quality[name] + 0.5 < np.log2(12)


def test_what_is_left_makes_up_for_what_went(shop, tmp_path, corpus, monkeypatch):
    name = "bits a choice, count"
    with_it = compress(shop, asked(shop, tmp_path, prune=0.75, data=corpus)).after.quality[name]
    monkeypatch.setattr(np.linalg, "solve", lambda a, b: np.zeros_like(b))
    without = compress(shop, asked(shop, tmp_path, prune=0.75, data=corpus)).after.quality[name]
    assert with_it < without


def test_distilling_brings_the_small_model_nearer_to_the_large(shop, tmp_path, corpus):
    found = compress(shop, asked(shop, tmp_path, prune=0.75, quantise="int4", distil=True, steps=40, data=corpus))
    first, last = found.distilled
    assert last < first
    assert models.read(found.output)[0].stored["head.weight"].kind == "int4"


def test_the_same_asking_gives_the_same_bytes(shop, tmp_path, corpus):
    for name in ("a", "b"):
        compress(
            shop,
            asked(
                shop,
                tmp_path,
                output=tmp_path / f"{name}.safetensors",
                quantise="int4",
                prune=0.3,
                distil=True,
                steps=3,
                data=corpus,
            ),
        )
    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()


def test_the_file_says_where_it_comes_from_and_opens_as_a_model(shop, tmp_path):
    found = compress(shop, asked(shop, tmp_path, quantise="int4"))
    notes = shop.model(str(found.output), "toy", None).notes
    assert notes["compressed"]["from_sha256"] == models.digest(shop.shipped["toy-transformer"])
    assert notes["compressed"]["quantise"] == "int4" and notes["name"] == "toy-transformer"


def test_cost_is_measured_in_a_process_of_its_own(shop):
    (found,) = measured([shop.shipped["toy-transformer"]], rounds=1)
    assert found["tokens_per_second"] > 0 and 10e6 < found["memory_bytes"] < 2e9


def test_a_model_that_cannot_be_decoded_with_is_named(tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"no")
    with pytest.raises(BadModel, match="bad.safetensors cannot be decoded with: .*damaged"):
        measured([tmp_path / "bad.safetensors"])


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({}, BadInput, "nothing is asked of the model"),
        ({"quantise": "int3"}, BadOption, "--quantise: got 'int3'; allowed: int8, int4"),
        ({"quantise": "int4", "rounding": "up"}, BadOption, "--rounding"),
        ({"prune": 0.95}, BadOption, "--prune: got 0.95; allowed: 0 to 0.9"),
        ({"prune": 0.3, "distil": True}, BadInput, "Name its folder with --data"),
        ({"quantise": "int8", "model": "toy-transfomer"}, UnknownEntry, "Did you mean 'toy-transformer'"),
        ({"prune": 0.3}, BadInput, "--prune weighs .* --data"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_nothing_is_written(shop, tmp_path, more, error, message):
    with pytest.raises(error, match=message):
        compress(shop, asked(shop, tmp_path, **more))
    assert not (tmp_path / "small.safetensors").exists()


def test_a_network_without_hidden_units_is_not_pruned(shop, tmp_path, corpus):
    with pytest.raises(BadInput, match="Give --quantise alone"):
        compress(shop, asked(shop, tmp_path, prune=0.3, model="toy-lstm", data=corpus))


@pytest.mark.parametrize("rounding", ["nearest", "compensated"])
def test_either_rounding_foretells_nearly_as_before(shop, tmp_path, corpus, rounding):
    found = compress(shop, asked(shop, tmp_path, quantise="int4", rounding=rounding, data=corpus))
    name = "bits a choice, count"
    assert found.after.quality[name] < found.before.quality[name] + 0.1


def test_a_model_is_never_written_over_itself_nor_an_adapter_compressed(shop, tmp_path):
    path = shop.shipped["toy-lstm"]
    with pytest.raises(BadInput, match="is the model itself"):
        compress(shop, asked(shop, tmp_path, model="toy-lstm", output=path, quantise="int8"))
    weights, notes = models.read(path)
    models.write(tmp_path / "adapter.safetensors", weights, {**notes, "adapter": {}})
    with pytest.raises(BadInput, match="is an adapter"):
        compress(shop, asked(shop, tmp_path, model=str(tmp_path / "adapter.safetensors"), quantise="int8"))


@pytest.mark.parametrize("folder", ["none", "empty"])
def test_a_corpus_that_holds_nothing_is_named(shop, tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no corpus folder|no train split"):
        compress(shop, asked(shop, tmp_path, quantise="int4", data=tmp_path / folder))


def test_the_table_shows_before_and_after(tmp_path, shop, monkeypatch):
    from click.testing import CliRunner

    from carmina.cli import compress as command
    from carmina.cli.group import carmina

    monkeypatch.setattr(
        command,
        "shell",
        lambda context: SimpleNamespace(
            conductor=lambda: SimpleNamespace(compress=lambda asked, report: compress(shop, asked, report))
        ),
    )
    out = CliRunner().invoke(
        carmina, ["compress", "toy-transformer", "--quantise", "int4", "-o", str(tmp_path / "s.safetensors")]
    )
    assert out.exit_code == 0, out.output
    for line in ("before", "file, MiB", "peak memory", "tokens/s", "same first guess", "bits lost", "wrote"):
        assert line in out.output
