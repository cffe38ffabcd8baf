"""Training on tiny sequences: it learns, it resumes to the same losses, it writes whole files."""

from pathlib import Path

import numpy as np
import pytest
import torch

from carmina import BadModel, Example
from carmina.nn.plugin import LSTMNetwork
from carmina.recipe import Optimisation, Recipe
from carmina.training import checkpoint
from carmina.training.batches import epoch
from carmina.training.loop import Trainer, rate_at

FIELDS = (7, 3)
NAMES = ("previous", "hint")


def sequence(start, split="train", length=14, group="", kind="count"):
    """Counts up from ``start`` modulo 7: the next id follows from the last."""
    chosen = (start + np.arange(length)) % 7
    steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(length, 1)), axis=1)
    return Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, group)


EXAMPLES = [sequence(n) for n in range(7)] + [sequence(n, "validation") for n in range(3)]


def trainer(folder, steps=30, seed=4, **plan):
    recipe = Recipe(
        "tiny",
        "none",
        "lstm",
        optimisation=Optimisation(
            steps=steps, batch_ids=32, crop=16, learning_rate=0.02, warmup=3, validate_every=5, **plan
        ),
        seed=seed,
    )
    torch.manual_seed(seed)
    network = LSTMNetwork().build({"width": 16, "layers": 2, "dropout": 0.1, "fields": FIELDS})
    return Trainer(recipe, network, NAMES, Path(folder), device="cpu")


def test_loss_falls_on_what_can_be_learnt(tmp_path):
    run = trainer(tmp_path, steps=60)
    run.run(EXAMPLES)
    losses = [row["all"] for row in run.progress.history]
    assert losses[-1] < 0.5 * losses[0]
    assert set(run.progress.history[-1]) >= {"step", "train", "all", "count", "ids_per_second"}


def test_a_killed_run_resumes_to_the_same_losses(tmp_path):
    whole = trainer(tmp_path / "whole", steps=20)
    whole.run(EXAMPLES)

    def die(row):
        if row["step"] == 10:
            raise KeyboardInterrupt

    cut = trainer(tmp_path / "cut", steps=20)
    cut.report = die
    with pytest.raises(KeyboardInterrupt):
        cut.run(EXAMPLES)
    again = trainer(tmp_path / "cut", steps=20)
    assert again.resume() and again.progress.step == 10
    again.run(EXAMPLES)
    for ours, theirs in zip(again.progress.history, whole.progress.history, strict=True):
        assert ours["train"] == pytest.approx(theirs["train"], rel=1e-5)
        assert ours["all"] == pytest.approx(theirs["all"], rel=1e-5)


def test_without_a_checkpoint_there_is_nothing_to_resume(tmp_path):
    assert not trainer(tmp_path).resume()


def test_a_damaged_checkpoint_is_named_not_trusted(tmp_path):
    (tmp_path / "latest.safetensors").write_bytes(b"not a checkpoint at all, sadly")
    with pytest.raises(BadModel, match="cannot be read.*Delete it"):
        trainer(tmp_path).resume()


def test_a_checkpoint_leaves_no_partial_file(tmp_path):
    checkpoint.save(tmp_path / "deep" / "a.safetensors", {"x": torch.ones(2)}, {"note": [1]})
    tensors, notes = checkpoint.load(tmp_path / "deep" / "a.safetensors")
    assert tensors["x"].tolist() == [1, 1] and notes == {"note": [1]}
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["a.safetensors"]


def test_patience_ends_a_run_that_no_longer_learns(tmp_path):
    run = trainer(tmp_path, steps=400, patience=2, final_rate=1.0)
    run.run(EXAMPLES)
    assert run.progress.step < 400 and run.progress.since_best == 2


def test_the_running_mean_of_the_weights_is_what_is_kept(tmp_path):
    run = trainer(tmp_path, steps=10, average=0.9)
    kept = run.run(EXAMPLES)
    assert not torch.allclose(kept["head.weight"], run.network.state_dict()["head.weight"])


def test_the_rate_warms_up_then_falls_to_its_share():
    plan = Optimisation(steps=100, warmup=10, learning_rate=1.0, final_rate=0.1)
    rates = [rate_at(step, plan) for step in range(101)]
    assert rates[0] == pytest.approx(0.1) and max(rates) == pytest.approx(1.0) and rates[100] == pytest.approx(0.1)
    assert rates[10:] == sorted(rates[10:], reverse=True)


def test_an_epoch_holds_every_id_once_and_is_the_same_again():
    long = [sequence(2, length=50)]
    seen = [b.chosen[b.chosen >= 0] for b in epoch(long, 32, 16, (0, 0), (1, 1))]
    again = [b.chosen[b.chosen >= 0] for b in epoch(long, 32, 16, (0, 0), (1, 1))]
    assert sum(map(len, seen)) >= 47  # a tail of three ids or fewer is not worth a row
    assert all((a == b).all() for a, b in zip(seen, again, strict=True))


def test_an_epoch_draws_one_variant_of_each_group():
    verses = [sequence(n, group="hymn") for n in range(5)]
    batches = list(epoch(verses, 64, 16, (0, 0), (0, 0)))
    assert sum(len(batch.kinds) for batch in batches) == 1


def test_a_hidden_field_is_hidden_for_the_whole_sequence():
    (batch,) = epoch([sequence(1)], 64, 16, (0.0, 1.0), (0, 0))
    assert (batch.steps[..., 1] == 0).all() and (batch.steps[..., 0] != 0).any()


def test_padding_is_not_counted(tmp_path):
    run = trainer(tmp_path)
    short, long = sequence(0, length=6), sequence(0, length=14)
    (both,) = epoch([short, long], 64, 16, (0, 0), (0, 0))
    run.network.eval()
    with torch.no_grad():
        assert int(run.losses(both)[1]) == 20
