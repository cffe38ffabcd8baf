"""Batches in parts, rare classes that count more, other precisions, curves, progress, plans and searches."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from carmina import BadInput, BadModel, BadOption, Example
from carmina.nn.plugin import LSTMNetwork, TransformerNetwork
from carmina.recipe import Optimisation, Recipe, read_recipe, recipe_of, recipe_text
from carmina.training import search as searching
from carmina.training.accumulate import parts, rows, weight_of
from carmina.training.balance import HEAVIEST, weigher
from carmina.training.batches import Batch, epoch
from carmina.training.boards import to_board
from carmina.training.loop import Trainer
from carmina.training.plan import DEVICES, Device, plan, table
from carmina.training.streaming.sources import Held

FIELDS, NAMES = (7, 3), ("previous", "hint")


def example(start, split="train", hint=1, length=14, kind="count", group=""):
    chosen = (start + np.arange(length)) % 7
    steps = np.stack((np.concatenate(([0], chosen[:-1])), np.full(length, hint)), axis=1)
    return Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, group)


EXAMPLES = [example(n, hint=1 + (n > 7)) for n in range(10)] + [example(n, "validation") for n in range(3)]


def trainer(folder, balance=None, kind=LSTMNetwork, tick=lambda *_: None, **plan):
    settings = {
        "steps": 8,
        "batch_ids": 70,
        "crop": 16,
        "learning_rate": 0.02,
        "warmup": 2,
        "validate_every": 4,
        **plan,
    }
    recipe = Recipe("tiny", "none", "lstm", {"width": 16}, Optimisation(**settings), balance=balance or {}, seed=4)
    torch.manual_seed(4)
    network = kind().build({"width": 16, "layers": 1, "dropout": 0.0, "fields": FIELDS})
    return Trainer(recipe, network, NAMES, folder, device="cpu", tick=tick)


def losses(run):
    run.run(EXAMPLES)
    return [(row["train"], row["all"]) for row in run.progress.history]


# ---- batches in parts --------------------------------------------------------------------------------------------------  # noqa: E501


@pytest.mark.parametrize("many", [2, 3, 50])
def test_a_batch_in_parts_trains_as_the_whole_batch_does(tmp_path, many):
    whole = losses(trainer(tmp_path / "whole", precision="fp32"))
    assert losses(trainer(tmp_path / "parts", precision="fp32", accumulate=many)) == [
        pytest.approx(row, abs=1e-4) for row in whole
    ]


@pytest.mark.parametrize("many", [1, 2, 3, 7])
def test_parts_hold_every_row_once(many):
    (batch,) = epoch([example(n) for n in range(5)], 200, 16, (0, 0), (0, 0))
    found = parts(batch, many)
    assert len(found) == min(many, 5)
    assert np.concatenate([part.chosen for part in found]).tolist() == batch.chosen.tolist()
    assert sum(map(weight_of, found)) == weight_of(batch) == 70


def test_no_row_is_a_row_in_which_nothing_counts():
    batch = Batch(np.ones((2, 3, 2)), np.ones((2, 3), int), ("a", "b"), np.array([1.0, 2.0]))
    assert weight_of(rows(batch, np.arange(2, 2))) == 0 and weight_of(rows(batch, np.array([1]))) == 6


# ---- rare classes ------------------------------------------------------------------------------------------------------  # noqa: E501


def test_with_power_one_every_class_counts_alike_and_the_mean_is_one():
    examples = [example(0, hint=1)] * 8 + [example(0, hint=2)] * 2
    weigh = weigher(Held(examples).tally, {"hint": 1.0}, NAMES)
    assert 8 * weigh(examples[0]) == pytest.approx(2 * weigh(examples[-1]))
    assert np.mean([weigh(e) for e in examples]) == pytest.approx(1)
    assert weigher(Held(examples).tally, {"hint": 0.0}, NAMES)(examples[0]) == pytest.approx(1)


def test_a_class_of_one_does_not_steer_the_whole():
    examples = [example(0, hint=1)] * 999 + [example(0, hint=2)]
    weigh = weigher(Held(examples).tally, {"hint": 1.0}, NAMES)
    assert weigh(examples[-1]) == pytest.approx(HEAVIEST * weigh(examples[0]))


def test_weights_change_what_is_learnt_and_an_unknown_field_is_named(tmp_path):
    assert losses(trainer(tmp_path / "a", {"hint": 1.0})) != losses(trainer(tmp_path / "b"))
    with pytest.raises(BadOption, match="balance: got 'genre'; allowed: previous, hint"):
        trainer(tmp_path / "c", {"genre": 1.0}).run(EXAMPLES)


# ---- the run -----------------------------------------------------------------------------------------------------------  # noqa: E501


@pytest.mark.parametrize("precision", ["auto", "fp32"])
def test_every_precision_trains(tmp_path, precision):
    assert losses(trainer(tmp_path, precision=precision, steps=40))[-1][1] < 2.0


def test_every_step_is_told_with_the_time_left(tmp_path):
    told = []
    run = trainer(tmp_path, tick=lambda done, what: told.append((done, what)))
    run.run(EXAMPLES)
    assert [done for done, _what in told] == [n / 8 for n in range(1, 9)]
    assert "step 8 of 8, 0 s left" == told[-1][1] and run.progress.history[0]["seconds_left"] > 0


def test_a_checkpoint_of_another_recipe_is_not_gone_on_from(tmp_path):
    trainer(tmp_path).run(EXAMPLES)
    other = trainer(tmp_path)
    other.recipe = Recipe("tiny", "none", "lstm", {"width": 32}, other.plan, seed=4)
    with pytest.raises(BadModel, match="of another recipe"):
        other.resume()


@pytest.mark.filterwarnings("ignore")  # of the package's own making
def test_figures_are_written_as_tensorboard_reads_them(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    passed = []
    report = to_board(tmp_path, passed.append)
    report({"step": 5, "train": 1.5, "all": 1.25, "rhythm": 0.75, "ids_per_second": 10.0, "seconds_left": 3.0})
    board = EventAccumulator(str(tmp_path))
    board.Reload()
    assert sorted(board.Tags()["scalars"]) == ["ids_per_second", "train", "validation/all", "validation/rhythm"]
    assert (board.Scalars("validation/all")[0].step, board.Scalars("validation/all")[0].value) == (5, 1.25)
    assert passed[0]["step"] == 5


# ---- recipes -----------------------------------------------------------------------------------------------------------  # noqa: E501


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"optimisation": {"precision": "fp8"}}, "precision: got 'fp8'; allowed: auto, bf16, fp32"),
        ({"optimisation": {"sharded": 2}}, "sharded: got 2; allowed: true, false"),
        ({"optimisation": {"accumulate": 0}}, "accumulate: got 0; allowed: a whole number from 1 to 4096"),
        ({"balance": {"genre": 2}}, "balance.genre: got 2; allowed: a number from 0 to 1"),
        ({"hide": {"genre": -1}}, "hide.genre"),
    ],
)
def test_what_a_recipe_may_not_say_is_named(section, said):
    with pytest.raises(BadOption, match=said):
        recipe_of({"name": "a", "tokenizer": "b", "network": "c", **section})


def test_a_recipe_written_is_the_recipe_read(tmp_path):
    recipe = Recipe(
        "a-b",
        "melody",
        "lstm",
        {"width": 16, "dropout": 0.25},
        Optimisation(learning_rate=3e-5, sharded=True),
        {"genre": 0.15},
        {"genre": 0.5},
        7,
        "CC0-1.0",
        'says "so" 诗',
    )
    (tmp_path / "r.toml").write_text(recipe_text(recipe), encoding="utf-8")
    assert read_recipe(tmp_path / "r.toml") == recipe


# ---- plans -------------------------------------------------------------------------------------------------------------  # noqa: E501

SHOP = SimpleNamespace(
    get=lambda kind, name: (
        SimpleNamespace(field_sizes=FIELDS)
        if kind == "tokenizer"
        else {"lstm": LSTMNetwork, "transformer": TransformerNetwork}[name]
    )
)


def test_a_plan_counts_ids_weights_and_operations():
    recipe = Recipe(
        "a",
        "toy",
        "transformer",
        {"width": 16, "layers": 2, "heads": 2, "window": 8},
        Optimisation(steps=10, batch_ids=100),
    )
    found = plan(
        SHOP, recipe, Held([example(n, group=f"g{n % 5}/count") for n in range(10)] + [example(0, "validation")])
    )
    matrices = 2 * (16 * 48 + 16 * 16 + 2 * 16 * 64) + 16 * 7
    assert (found.pieces, found.corpus_ids, found.trained_ids) == (5, 70, 1000)
    assert found.flops == 1000 * (6 * matrices + 12 * 2 * 16 * 4) and found.weights == matrices + 10 * 16 + 5 * 16
    assert found.hours(Device("d", found.flops / 3600, 360.0, 0.0)) == pytest.approx(
        1 + 10 * 360 / 3600
    ) and found.epochs == pytest.approx(1000 / 70)


def test_a_plan_in_words_names_every_device_and_a_longer_one_costs_more():
    short, long = (
        plan(SHOP, Recipe("a", "toy", "lstm", {"width": 64}, Optimisation(steps=steps)), Held([example(1)]))
        for steps in (1000, 10_000)
    )
    assert all(any(line.startswith(device.name) for line in table(long)) for device in DEVICES)
    assert long.flops == pytest.approx(10 * short.flops) and "$" in table(long)[-1]


# ---- searches ----------------------------------------------------------------------------------------------------------  # noqa: E501

RECIPE = Recipe(
    "sought", "toy", "lstm", {"width": 16, "dropout": 0.2}, Optimisation(steps=100, learning_rate=0.01), seed=3
)


def pretend(calls, fail_at=None):
    """Best at a rate of .02: no training, so that the search alone is tried."""

    def train(recipe, folder, report):
        calls.append(recipe)
        if len(calls) == fail_at:
            raise KeyboardInterrupt
        loss = abs(np.log(recipe.optimisation.learning_rate / 0.02)) + 1
        for _ in range(3):
            report({"train": loss})
        return float(loss)

    return train


@pytest.mark.filterwarnings("ignore")
def test_a_search_beats_the_recipe_and_stops_bad_trials(tmp_path):
    calls, told = [], []
    found = searching.search(RECIPE, pretend(calls), tmp_path / "s" / "j.journal", 12, told.append)
    assert calls[0].optimisation.learning_rate == 0.01 and found.trials == 12 and found.pruned > 0
    assert found.loss < abs(np.log(0.5)) + 1 and found.recipe.name == "sought"
    assert 0 <= found.recipe.config["dropout"] <= 0.5 and len(told) == 12 - found.pruned


@pytest.mark.filterwarnings("ignore")
def test_a_search_that_was_stopped_goes_on(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        searching.search(RECIPE, pretend([], fail_at=4), tmp_path / "j.journal", 8)
    calls = []
    found = searching.search(RECIPE, pretend(calls), tmp_path / "j.journal", 2)
    assert len(calls) == 2 and found.trials == 6 and calls[0].optimisation.learning_rate != 0.01


@pytest.mark.filterwarnings("ignore")
def test_a_search_without_a_whole_trial_says_so(tmp_path):
    import optuna

    def never(recipe, folder, report):
        raise optuna.TrialPruned

    with pytest.raises(BadInput, match="no trial came to its end"):
        searching.search(RECIPE, never, tmp_path / "j.journal", 1)
