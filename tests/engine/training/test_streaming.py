"""Corpora in shards: every sequence once, the same order again, in memory that does not grow, by any number of
processes."""

import hashlib
import json
import tracemalloc
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, BadModel, BadOption, Example
from carmina.nn.plugin import LSTMNetwork
from carmina.recipe import Optimisation, Recipe
from carmina.training.balance import weigher
from carmina.training.batches import epoch
from carmina.training.examples import read_examples
from carmina.training.loop import Trainer
from carmina.training.streaming.index import INDEX, read_index
from carmina.training.streaming.shard import packed
from carmina.training.streaming.sources import Held, Streamed
from carmina.training.streaming.writing import Sharding, write_shards

FIELDS, NAMES = (7, 3), ("previous", "hint")


class Tokens:
    name, field_sizes, field_names = "toy", FIELDS, NAMES
    held = ()

    def examples(self, folder, workshop):
        return iter(self.held)


class Shop:
    """A workshop whose only tokenizer gives the examples that it was made with."""

    def __init__(self, examples):
        self.tokens = type("Toy", (Tokens,), {"held": tuple(examples)})

    def get(self, kind, name):
        return self.tokens


def example(number, length=14, split="train", group="", kind="count"):
    """Ids that tell which example they are of: its number in base 7, then counting."""
    chosen = np.array([number // 7**place % 7 for place in range(4)] + [*range(length - 4)]) % 7
    steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(length, number % 3)), axis=1)
    return Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, group)


def corpus(many=60, validation=8):
    return [example(n, 8 + n * 5 % 13) for n in range(many)] + [
        example(n, 9, "validation", kind="ab"[n % 2]) for n in range(validation)
    ]


def shards(folder, examples, name="shards", **asked):
    (folder / "corpus").mkdir(exist_ok=True)
    write_shards(Shop(examples), Sharding("toy", folder / "corpus", folder / name, **{"shard_bytes": 1024, **asked}))
    return folder / name


def seen(examples):
    return Counter((e.chosen.tobytes(), e.steps.tobytes(), e.split, e.kind) for e in examples)


def one_epoch(source, seed=(3, 0), **cut):
    for number in range(source.windows("train")):
        yield from epoch(source.window("train", number, seed), 70, 24, (0, 0), (*seed, number), **cut)


def rows(batches):
    """The sequences of batches, without their padding."""
    return [row[row >= 0].tobytes() for batch in batches for row in batch.chosen if (row >= 0).any()]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(4, 40), st.sampled_from(["train", "validation", "test"])), min_size=2, max_size=60),
    st.integers(1024, 4096),
    st.integers(0, 9),
)
def test_shards_hold_every_sequence_once(tmp_path_factory, made, shard_bytes, seed):
    examples = [example(0), example(1, split="validation")]
    examples += [example(n, length, split) for n, (length, split) in enumerate(made)]
    folder = shards(tmp_path_factory.mktemp("s"), examples, shard_bytes=shard_bytes, seed=seed)
    source = Streamed(folder, abreast=2)
    read = [e for s in ("train", "validation", "test") for n in range(source.windows(s)) for e in source.window(s, n)]
    assert seen(read) == seen(examples) == seen(read_examples(Shop([]), "toy", folder))
    assert source.taught()[1] == sum(len(e.chosen) for e in examples if e.split == "train")


def test_an_epoch_holds_every_sequence_once_and_another_seed_another_order(tmp_path):
    source = Streamed(shards(tmp_path, corpus()), abreast=2)
    assert source.windows("train") > 3
    first, again, other = (rows(one_epoch(source, seed)) for seed in ((3, 0), (3, 0), (3, 1)))
    assert first == again != other and sorted(first) == sorted(other)
    assert len(set(first)) == 60


@pytest.mark.parametrize("size", [2, 3, 7])
def test_the_shares_of_all_processes_are_each_batch_without_overlap_or_loss(tmp_path, size):
    source = Streamed(shards(tmp_path, corpus()), abreast=2)
    shares = [list(one_epoch(source, share=(rank, size))) for rank in range(size)]
    for whole, *parts in zip(one_epoch(source), *shares, strict=True):
        assert sorted(rows([whole])) == sorted(rows(parts))
        for rank, part in enumerate(parts):
            own = whole.chosen[rank::size]
            assert part.chosen.tolist() == (own.tolist() if len(own) else [[-1] * whole.chosen.shape[1]])


def test_what_is_hidden_does_not_depend_on_how_many_processes_there_are():
    examples = [example(n) for n in range(1, 9)]
    (whole,) = epoch(examples, 400, 16, (0.0, 0.5), (1,))
    parts = [next(epoch(examples, 400, 16, (0.0, 0.5), (1,), share=(rank, 3))) for rank in range(3)]
    assert 0 < (whole.steps[..., 1] > 0).any(1).sum() < 8
    assert all((part.steps == whole.steps[rank::3]).all() for rank, part in enumerate(parts))


def test_one_corpus_gives_the_same_bytes_and_one_in_order_is_mixed(tmp_path):
    first, again = (shards(tmp_path, corpus(300), name, shard_bytes=4096) for name in ("a", "b"))
    assert [p.read_bytes() for p in sorted(first.iterdir())] == [p.read_bytes() for p in sorted(again.iterdir())]
    in_order = [e.chosen.tobytes() for e in corpus(300) if e.split == "train"]
    places = [in_order.index(e.chosen.tobytes()) for e in Streamed(first, abreast=1).window("train", 0)]
    assert max(places) - min(places) > 2 * len(places) and sorted(places) != places


def test_variants_and_passes_of_a_piece_stand_in_one_shard(tmp_path):
    pieces = [
        example(n, 20, group=f"song {n}/{kind}", kind=kind)
        for n in range(40)
        for kind in ("rhythm", "pitch")
        for _ in range(3)
    ]
    source = Streamed(shards(tmp_path, [*pieces, *corpus(0)]), abreast=1)
    where = Counter(
        e.group
        for number in range(source.windows("train"))
        for e in {e.group: e for e in source.window("train", number)}.values()
    )
    assert len(where) == 80 and set(where.values()) == {1} and source.windows("train") > 3
    assert source.taught() == (40, 40 * 2 * 20)
    assert sum(len(batch.kinds) for batch in one_epoch(source)) == 40 * 2


def test_pieces_are_held_out_whole_where_it_is_asked(tmp_path):
    pieces = [example(n, group=f"{n}/{kind}", kind=kind) for n in range(200) for kind in "ab"]
    source = Streamed(shards(tmp_path, pieces, hold_out=0.2), abreast=100)
    train, held = ({e.group[:-2] for e in source.window(split, 0)} for split in ("train", "validation"))
    assert not train & held and len(train | held) == 200 and 20 <= len(held) <= 60


def test_rare_classes_weigh_the_same_from_shards_as_from_memory(tmp_path):
    examples = corpus()
    source = Streamed(shards(tmp_path, examples), abreast=2)
    ours, theirs = (weigher(s.tally, {"hint": 0.7, "previous": 0.2}, NAMES) for s in (source, Held(examples)))
    assert [ours(e) for e in examples] == pytest.approx([theirs(e) for e in examples])


# ---- training -----------------------------------------------------------------------------------------------------


def trainer(folder, seed=4, **plan):
    settings = {
        "steps": 24,
        "batch_ids": 48,
        "crop": 16,
        "learning_rate": 0.02,
        "warmup": 2,
        "validate_every": 4,
        **plan,
    }
    recipe = Recipe("tiny", "toy", "lstm", {"width": 8}, Optimisation(**settings), balance={"hint": 0.5}, seed=seed)
    torch.manual_seed(seed)
    network = LSTMNetwork().build({"width": 8, "layers": 1, "dropout": 0.2, "fields": FIELDS})
    return Trainer(recipe, network, NAMES, Path(folder), device="cpu")


class Watched(Streamed):
    def __init__(self, folder):
        super().__init__(folder, abreast=2)
        self.opened = []

    def window(self, split, number, seed=()):
        self.opened += [(number, tuple(seed))] * (split == "train")
        return super().window(split, number, seed)


@pytest.mark.parametrize("killed_at", [4, 20])
def test_a_killed_run_goes_on_in_the_window_it_stood_in_to_the_same_losses(tmp_path, killed_at):
    folder = shards(tmp_path, corpus())
    whole = trainer(tmp_path / "whole")
    whole.run(Watched(folder))

    def die(row):
        if row["step"] == killed_at:
            raise KeyboardInterrupt

    cut = trainer(tmp_path / "cut")
    cut.report = die
    with pytest.raises(KeyboardInterrupt):
        cut.run(Watched(folder))
    again, source = trainer(tmp_path / "cut"), Watched(folder)
    assert again.resume() and again.progress.step == killed_at
    stood = again.progress.place
    again.run(source)
    assert source.opened[0] == (stood[1], (4, stood[0]))  # windows before it are not read again
    for ours, theirs in zip(again.progress.history, whole.progress.history, strict=True):
        assert (ours["train"], ours["all"], ours["a"]) == pytest.approx((theirs["train"], theirs["all"], theirs["a"]))
    assert whole.progress.place > (1, 0, 0)  # it went through several windows of several epochs


def test_validation_over_windows_is_that_over_all_at_once(tmp_path):
    source = Streamed(shards(tmp_path, corpus(validation=50)), abreast=1)
    held = Held(read_examples(Shop([]), "toy", source.folder))
    run = trainer(tmp_path)
    assert source.windows("validation") > 2
    assert run.evaluate(source) == pytest.approx(run.evaluate(held), rel=1e-5)


def test_a_run_does_not_go_on_in_other_shards_or_in_none(tmp_path):
    one, other = shards(tmp_path, corpus(), "a"), shards(tmp_path, corpus(61), "b")
    trainer(tmp_path / "run", steps=4).run(Streamed(one))
    for source in (Streamed(other), Held(corpus())):
        again = trainer(tmp_path / "run", steps=8)
        assert again.resume()
        with pytest.raises(BadModel, match="stands in other shards.*Delete the folder"):
            again.run(source)


def test_memory_does_not_grow_with_the_corpus(tmp_path):
    """Many times the shards, which are one file under many names, take no more memory to go through."""
    data = packed([example(n, 1500) for n in range(10)], ["count"], FIELDS)
    shard = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "sequences": 10}

    def peak(many):
        folder = tmp_path / str(many)
        folder.mkdir()
        names = [f"train-{n:05d}.safetensors" for n in range(many)]
        for name in names:
            (folder / name).write_bytes(data)
        side = {"shards": [{"file": name, **shard} for name in names], "pieces": 1, "ids": 1}
        index = {"tokenizer": "toy", "fields": FIELDS, "kinds": ["count"], "train": side, "validation": side}
        (folder / INDEX).write_text(json.dumps(index))
        source = Streamed(folder)
        tracemalloc.start()
        windows = range(source.windows("train"))
        batches = sum(1 for n in windows for _ in epoch(source.window("train", n, (1,)), 4096, 2048, (0, 0), (n,)))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found, batches

    (small, few), (large, lots) = peak(4), peak(60)
    assert lots == 15 * few and large < 1.1 * small


def test_writing_takes_no_more_memory_for_a_larger_corpus(tmp_path):
    def peak(many):
        made = type(
            "Toy",
            (Tokens,),
            {"examples": lambda *_: (example(n, 200, ("train", "validation")[n % 9 == 0]) for n in range(many))},
        )
        (tmp_path / "corpus").mkdir(exist_ok=True)
        shop = type("Shop", (), {"get": lambda *_: made})()
        tracemalloc.start()
        write_shards(shop, Sharding("toy", tmp_path / "corpus", tmp_path / f"{many}", shard_bytes=10_000))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(1200) < 1.5 * peak(300)


# ---- what can be wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda p: p.unlink(), "lacks its shard train-00001.safetensors. Copy it again"),
        (lambda p: p.write_bytes(p.read_bytes()[:-3]), "has .* bytes, the index says"),
        (lambda p: p.write_bytes(p.read_bytes()[:-3] + b"abc"), "is damaged: its SHA-256"),
    ],
    ids=["gone", "cut", "changed"],
)
def test_a_damaged_shard_is_named(tmp_path, harm, said):
    folder = shards(tmp_path, corpus())
    harm(folder / "train-00001.safetensors")
    with pytest.raises((BadInput, BadOption), match=said):
        list(one_epoch(Streamed(folder)))


@pytest.mark.parametrize(
    "tensors",
    [
        {"steps": np.full((5, 2), 7, np.int16)},
        {"steps": np.full((5, 2), -1, np.int16)},
        {"steps": np.zeros((5, 3), np.int16)},
        {"steps": np.zeros((4, 2), np.int16)},
        {"chosen": np.full(5, 7, np.int16)},
        {"ends": np.array([3, 3, 5])},
        {"ends": np.array([3, 6])},
        {"ends": np.array([], np.int64)},
        {"kinds": np.array([0, 1], np.int32)},
        {"kinds": None},
    ],
    ids=str,
)
def test_a_shard_that_is_none_is_refused_whoever_made_it(tmp_path, tensors):
    from safetensors.numpy import load, save

    folder = shards(tmp_path, [example(1, 5), example(2, 5, "validation")])
    path, index = folder / "train-00000.safetensors", json.loads((folder / INDEX).read_bytes())
    good = {"ends": np.array([2, 5]), "kinds": np.array([0, 0], np.int32), "groups": np.zeros(2, np.uint64)}
    data = save({k: v for k, v in {**load(path.read_bytes()), **good, **tensors}.items() if v is not None})
    path.write_bytes(data)
    index["train"]["shards"][0].update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    (folder / INDEX).write_text(json.dumps(index))
    with pytest.raises(BadInput, match="is no shard.*Make the shards anew"):
        Streamed(folder).window("train", 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda i: i["train"]["shards"][0].update(file="../../etc/passwd"), "the name of a shard"),
        (lambda i: i.update(fields=[]), "fields"),
        (lambda i: i.update(more=1), "more"),
        (lambda i: i["validation"].update(shards=[]), "nothing for validation.*--hold-out"),
    ],
    ids=["path", "fields", "key", "validation"],
)
def test_an_index_that_is_odd_is_refused_in_one_line(tmp_path, change, said):
    folder = shards(tmp_path, corpus())
    index = json.loads((folder / INDEX).read_bytes())
    change(index)
    (folder / INDEX).write_text(json.dumps(index))
    with pytest.raises((BadInput, BadOption), match=said) as fault:
        Streamed(folder)
    assert "\n" not in str(fault.value)


def test_shards_of_another_tokenizer_are_refused(tmp_path):
    source = Streamed(shards(tmp_path, corpus()))
    source.check("toy", FIELDS)
    for name, fields in (("toy", (8, 3)), ("other", FIELDS)):
        with pytest.raises(BadInput, match="were made for toy.*Make them anew"):
            source.check(name, fields)


def test_shards_are_whole_or_not_there(tmp_path):
    broken = [example(n) for n in range(50)] + [replace(example(1), chosen=None)]
    with pytest.raises(BadInput, match="is damaged, or not one for toy"):
        shards(tmp_path, broken)
    with pytest.raises(BadInput, match="has nothing for validation. Give --hold-out 0.125"):
        shards(tmp_path, corpus(validation=0))
    with pytest.raises(BadInput, match="holds nothing to train on"):
        shards(tmp_path, [])
    assert [p.name for p in tmp_path.iterdir()] == ["corpus"]
    folder = shards(tmp_path, corpus())
    with pytest.raises(BadInput, match="is there already"):
        shards(tmp_path, corpus())
    assert read_index(folder).tokenizer == "toy"


@pytest.mark.parametrize("asked", [{"shard_bytes": 10}, {"hold_out": 1.0}, {"hold_out": 0.0}])
def test_what_is_asked_for_is_within_bounds(asked):
    with pytest.raises(BadOption):
        Sharding("toy", Path("a"), Path("b"), **asked)
