"""From five small files to a style that is used at once: nothing is too few, nothing of one's own is lost."""

from types import SimpleNamespace

import numpy as np
import pytest

import carmina
from carmina import models
from carmina.home.styles import read_made, read_style
from carmina.nn.plugin import LSTMNetwork
from carmina.training.advice import advice
from carmina.training.finetune import finetune
from carmina.training.splits import pieces_of, sides
from carmina.training.tuning import Tuning

FIELDS = (7, 3)
CONFIG = {"width": 16, "layers": 1, "dropout": 0.0, "fields": list(FIELDS)}


def sequence(start, piece, split="train", kind="count", step=1):
    chosen = (start + step * np.arange(14)) % 7
    steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(14, 1)), axis=1)
    return carmina.Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, f"{piece}/{kind}")


@pytest.fixture
def shop(tmp_path):
    """A workshop whose tokenizer reads as many pieces as a folder has files, and ships one untrained model."""
    path = tmp_path / "toy-lstm.safetensors"
    network = LSTMNetwork().build(CONFIG)
    models.write(
        path,
        {name: tensor.numpy() for name, tensor in network.state_dict().items()},
        {
            "name": "toy-lstm",
            "tokenizer": "toy",
            "network": "lstm",
            "config": CONFIG,
            "recipe": {"hide": {"hint": 0.5}},
        },
    )

    class Toy:
        name, field_sizes, field_names = "toy", FIELDS, ("previous", "hint")

        def models(self):
            return {"toy-lstm": path}

        def examples(self, folder, workshop):
            for number, file in enumerate(sorted(folder.glob("*.song"))):
                yield sequence(number, file.stem, step=3)
                yield sequence(number, file.stem, kind="again", step=3)

        def style_of(self, folder, workshop):
            return {"metres": ("3/4",), "options": {"toy": "label"}}

    class Blind(Toy):
        name = "blind"

        def examples(self, folder, workshop):
            raise carmina.BadInput("nothing for me here")

    entries = {"tokenizer": {"toy": Toy, "blind": Blind}, "network": {"lstm": LSTMNetwork}, "style": {"hymn": None}}
    return SimpleNamespace(
        get=lambda kind, name: entries[kind][name],
        all=lambda kind: entries[kind],
        base=path,
        progress=lambda done, what: None,
        held=lambda path: None,
        entries=entries,
    )


@pytest.fixture
def corpus(tmp_path):
    def of(many):
        folder = tmp_path / f"songs-{many}"
        folder.mkdir(exist_ok=True)
        for number in range(many):
            (folder / f"{number:03}.song").touch()
        return folder

    return of


def tuned(shop, corpus, tmp_path, many=5, **asked):
    return finetune(shop, Tuning("mine", corpus(many), **{"steps": 6, **asked}), tmp_path / "styles", tmp_path / "runs")


def opened(shop, found):
    model = models.open_model(shop, str(found.file), "toy")
    return model.runner.step(np.zeros((1, 2), int), model.runner.start(1))[0]


@pytest.mark.parametrize("many", [1, 2, 3, 5])
def test_even_a_handful_of_pieces_trains_and_says_what_to_expect(shop, corpus, tmp_path, many):
    found = tuned(shop, corpus, tmp_path, many)
    assert found.sides.train_pieces + found.sides.validation_pieces == many and found.sides.train_pieces >= 1
    assert 1 <= found.steps <= 6 and "teach a flavour" in found.advice[0]
    assert "matrix products in" in found.advice[-1]
    assert (found.after == {}) == (many == 1)


def test_an_adapter_is_small_and_opens_as_the_shipped_model_moved(shop, corpus, tmp_path):
    found = tuned(shop, corpus, tmp_path, steps=40, learning_rate=0.05)
    shipped = models.open_model(shop, None, "toy").runner
    plain = shipped.step(np.zeros((1, 2), int), shipped.start(1))[0]
    assert found.moved < found.of
    assert not np.allclose(opened(shop, found), plain, atol=1e-3)
    assert found.after["all"] < 0.9 * found.before["all"]


def test_the_style_knows_its_model_and_what_the_corpus_showed(shop, corpus, tmp_path):
    found = tuned(shop, corpus, tmp_path, summary="songs of mine")
    style = read_style(found.folder)
    assert (style.name, style.summary, style.metres) == ("mine", "songs of mine", ("3/4",))
    assert style.models == {"toy": found.file} and style.options == {"toy": "label"}
    assert style.model("toy") == str(found.file) and style.model("toy", "asked") == "asked"
    assert style.model("toy", None, "lstm") is None and style.model("other") is None
    assert read_made(found.folder)["toy"]["pieces"] == 4


def test_the_full_method_writes_a_whole_model_that_needs_no_other(shop, corpus, tmp_path):
    found = tuned(shop, corpus, tmp_path, method="full")
    assert found.moved == found.of
    shop.base.write_bytes(b"gone")
    assert opened(shop, found).shape == (1, 7)


def test_an_adapter_of_a_model_that_is_not_shipped_is_kept_joined(shop, corpus, tmp_path):
    other = tmp_path / "own.safetensors"
    other.write_bytes(shop.base.read_bytes())
    found = tuned(shop, corpus, tmp_path, base=str(other))
    assert "adapter" not in models.read(found.file)[1]
    other.unlink()
    assert opened(shop, found).shape == (1, 7)


def test_an_adapter_is_refused_where_the_shipped_model_is_another(shop, corpus, tmp_path):
    found = tuned(shop, corpus, tmp_path)
    weights, notes = models.read(shop.base)
    models.write(shop.base, {name: weights[name] + 1 for name in weights}, notes)
    with pytest.raises(carmina.BadModel, match="made for another toy-lstm.*Make it again"):
        opened(shop, found)


def test_the_same_seed_gives_the_same_file(shop, corpus, tmp_path):
    first = tuned(shop, corpus, tmp_path).file.read_bytes()
    assert tuned(shop, corpus, tmp_path, replace=True).file.read_bytes() == first
    assert tuned(shop, corpus, tmp_path, replace=True, seed=1).file.read_bytes() != first


def test_a_model_of_ones_own_is_not_lost_by_a_slip(shop, corpus, tmp_path):
    tuned(shop, corpus, tmp_path)
    with pytest.raises(carmina.BadInput, match="has a toy model already.*--replace"):
        tuned(shop, corpus, tmp_path)
    with pytest.raises(carmina.BadInput, match="from a plugin. Choose another name"):
        finetune(shop, Tuning("hymn", corpus(2)), tmp_path / "styles", tmp_path / "runs")


def test_a_folder_that_is_not_there_or_holds_nothing_is_one_clear_line(shop, corpus, tmp_path):
    with pytest.raises(carmina.BadInput, match="there is no corpus folder"):
        finetune(shop, Tuning("mine", tmp_path / "none"), tmp_path / "styles", tmp_path / "runs")
    with pytest.raises(carmina.BadInput, match="holds nothing to train on for blind, toy"):
        tuned(shop, corpus, tmp_path, many=0)
    with pytest.raises(carmina.BadInput, match="nothing for me here"):
        tuned(shop, corpus, tmp_path, task="blind")


def test_a_run_that_was_stopped_goes_on(shop, corpus, tmp_path):
    def stop(row):
        raise KeyboardInterrupt

    asked = Tuning("mine", corpus(5), steps=6)
    with pytest.raises(KeyboardInterrupt):
        finetune(shop, asked, tmp_path / "styles", tmp_path / "runs", stop)
    rows = []
    finetune(shop, asked, tmp_path / "styles", tmp_path / "runs", rows.append)
    assert rows[0]["step"] > 1 and not list((tmp_path / "runs").iterdir())


# ---- sides and advice --------------------------------------------------------------------------------------------------  # noqa: E501


def test_a_piece_stands_whole_on_one_side():
    examples = [sequence(n, f"song-{n % 9}", kind=kind) for n in range(30) for kind in ("count", "again")]
    parts = sides(examples)
    where = {}
    for piece, example in zip(pieces_of(examples), parts.examples, strict=True):
        assert where.setdefault(piece, example.split) == example.split
    assert set(where.values()) == {"train", "validation"}


def test_a_split_of_the_corpus_that_can_be_used_is_kept():
    examples = [sequence(n, f"s{n}", "validation" if n == 3 else "train") for n in range(6)]
    assert sides(examples).examples == tuple(examples) and not sides(examples).redrawn


def test_a_corpus_all_held_out_is_split_anew():
    parts = sides([sequence(n, f"s{n}", "validation") for n in range(16)])
    assert (parts.train_pieces, parts.validation_pieces, parts.redrawn) == (14, 2, True)


def test_passages_that_follow_each_other_stay_together():
    poems = [carmina.Example(*[np.zeros((4, 1)), np.zeros(4)], "train") for _ in range(160)]
    assert len(set(pieces_of(poems))) == 20


@pytest.mark.parametrize(
    ("many", "said"), [(3, "flavour"), (30, "a little"), (100, "good size"), (900, "--method full")]
)
def test_advice_goes_with_the_size(many, said):
    assert said in advice(sides([sequence(n, f"s{n}", "train" if n else "validation") for n in range(many)]))[0]


def test_advice_says_when_nothing_was_gained():
    parts = sides([sequence(n, f"s{n}") for n in range(20)])
    assert any("no better than before" in line for line in advice(parts, 1.0, 1.0))
    assert not any("no better" in line for line in advice(parts, 1.0, 0.9))


def test_large_models_are_moved_more_slowly():
    from carmina.training.finetune import _rate

    assert _rate("lora", 3_000_000) == 2e-3 and _rate("lora", 40_000_000) == pytest.approx(2e-4)
    assert _rate("full", 3_000_000) == 2e-4
