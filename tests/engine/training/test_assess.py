"""A model's figures: known answers of models that know everything, nothing, or too much; n-grams; copies."""

import numpy as np
import pytest

from carmina import BadInput, Example, UnknownEntry
from carmina.conductor import Conductor
from carmina.models import task_of, write
from carmina.training.assess import MOST_PIECES, assess, by_class, calibration_error, figures, like, macro_f1
from carmina.training.copies import Corpus, copies, written
from carmina.training.ngrams import NGrams
from carmina.training.predictions import predictions

V = 8


class Knows:
    """A runner that gives ``share`` of the probability to the id after the last one (modulo V), the rest evenly to
    all."""

    fields = (V,)

    def __init__(self, share=1.0):
        self.share = share

    def start(self, batch):
        return np.zeros(batch, int)

    def step(self, ids, state):
        chance = np.full((len(ids), V), max(1 - self.share, 1e-9) / V)
        chance[np.arange(len(ids)), (ids[:, 0] + 1) % V] += self.share
        return np.log(chance).astype(np.float32), state + 1

    def reorder(self, state, parents):
        return state[parents]


class Tokens:
    name, unit, field_sizes = "counting", "note", (V,)

    def __init__(self, held=()):
        self.held = held

    def units(self, example):
        return int((example.chosen >= 0).sum()) // 2

    def classes(self):
        return ["low"] * 4 + ["high"] * 4

    def examples(self, folder, workshop):
        return iter(self.held)


def counting(start, length=12, split="validation", kind="", group=""):
    chosen = (start + np.arange(length)) % V
    steps = np.concatenate(([(start - 1) % V], chosen[:-1]))[:, None]
    return Example(steps.astype(np.int16), chosen.astype(np.int16), split, kind, group)


HELD = [counting(n, 10 + n) for n in range(5)]
TRAINING = [counting(n, 14, "train", group=f"song {n}") for n in range(V)]


def test_a_model_that_knows_all_has_no_loss_and_is_right():
    (row,) = figures(Knows(), HELD, Tokens())
    assert (
        row.bits == pytest.approx(0, abs=1e-5)
        and row.perplexity == pytest.approx(1)
        and row.accuracy == row.top3 == row.macro_f1 == 1
    )
    assert row.calibration_error == pytest.approx(0, abs=1e-6) and row.choices == sum(10 + n for n in range(5))


def test_a_model_that_knows_nothing_has_the_bits_of_chance():
    (row,) = figures(Knows(0.0), HELD, Tokens())
    assert row.bits == pytest.approx(np.log2(V), rel=1e-5) and row.loss == pytest.approx(np.log(V), rel=1e-5)
    assert row.bits_by_frequency <= np.log2(V)


def test_choices_that_are_not_counted_change_nothing():
    prompt = [
        Example(
            np.concatenate([[[3]] * 4, e.steps]).astype(np.int16),
            np.concatenate([[-1] * 4, e.chosen]).astype(np.int16),
            e.split,
            e.kind,
        )
        for e in HELD
    ]
    assert figures(Knows(0.5), prompt, Tokens())[0].bits == pytest.approx(figures(Knows(0.5), HELD, Tokens())[0].bits)


def test_a_batch_says_what_each_sequence_says_alone():
    together = predictions(Knows(0.7), HELD, [""])
    alone = [predictions(Knows(0.7), [one], [""]) for one in HELD]
    assert together.nats.sum() == pytest.approx(sum(one.nats.sum() for one in alone)) and len(together.nats) == sum(
        map(len, (o.nats for o in alone))
    )


def test_bits_a_unit_are_all_bits_over_the_units():
    (row,) = figures(Knows(0.5), HELD, Tokens())
    units = sum(Tokens().units(one) for one in HELD)
    assert row.bits_per_unit == pytest.approx(row.bits * row.choices / units)


def test_kinds_have_rows_of_their_own_and_the_last_is_of_all():
    mixed = [counting(0, kind="poem"), counting(1, kind="author"), counting(2, kind="author")]
    rows = figures(Knows(0.5), mixed, Tokens(), TRAINING)
    assert [row.name for row in rows] == ["author", "poem", "all"] and rows[-1].choices == 36
    assert rows[-1].bits_per_unit == pytest.approx(rows[0].bits_per_unit)


def test_passes_over_one_piece_do_not_add_their_units():
    training = [counting(0, split="train", kind=kind) for kind in ("rhythm", "pitches")]
    rows = figures(Knows(0.5), [counting(0, kind="rhythm"), counting(0, kind="pitches")], Tokens(), training)
    assert rows[-1].bits_per_unit == pytest.approx(2 * rows[0].bits_per_unit)


def test_precision_recall_and_f1_by_class_are_those_of_the_textbook():
    chosen, guess = np.array([0, 0, 1, 4, 5, 5]), np.array([0, 4, 1, 5, 5, 1])
    high, low = sorted(by_class(chosen, guess, Tokens().classes()), key=lambda one: one.name)
    assert (low.precision, low.recall, low.f1) == (pytest.approx(2 / 3),) * 3 and high.choices == 3
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1])) == pytest.approx(2 / 3)
    assert (
        by_class(chosen, guess, ()) == []
        and by_class(np.array([0]), np.array([5]), Tokens().classes())[0].precision is None
    )


def test_calibration_is_the_gap_between_confidence_and_truth():
    right = np.array([True] * 7 + [False] * 3)
    assert calibration_error(np.full(10, 0.7), right) == pytest.approx(0, abs=1e-9)
    assert calibration_error(np.full(10, 0.9), right) == pytest.approx(0.2)


# ---- n-grams


def test_ngrams_sum_to_one_in_every_context():
    rng = np.random.default_rng(1)
    model = NGrams([rng.integers(0, 5, 60) for _ in range(4)], 5, 3)
    for context in ([0, 1], [4, 4], [2, 3]):
        keys = np.hstack([model._keys([np.array([*context, nxt])])[:, -1:] for nxt in range(5)])
        for order in (1, 2, 3):
            assert model._chance(keys, order).sum() == pytest.approx(1)


def test_what_follows_surely_costs_nothing_and_what_is_new_something():
    sure = NGrams([np.tile(np.arange(V), 200)], V).bits([np.arange(V)] * 3)
    assert sure[1] < 0.6 < 2.9 < sure[0]
    assert all(np.isfinite(NGrams([np.array([1, 2, 1])], V).bits([np.array([7, 7, 7])])))


def test_ngrams_of_nothing_say_nothing_and_a_large_vocabulary_shortens_them():
    assert NGrams([np.array([1])], V).bits([]) == [] and NGrams([np.array([1])], 8000).order == 4


def test_a_network_stands_beside_the_best_ngrams():
    (row,) = figures(Knows(0.9), HELD, Tokens(), TRAINING)
    assert row.bits_by_ngrams < row.bits_by_frequency and row.ngram_order >= 2
    assert figures(Knows(0.9), HELD, Tokens())[0].bits_by_ngrams is None


# ---- copies


def test_the_longest_run_and_its_piece_are_found_and_never_cross_pieces():
    corpus = Corpus([np.array([1, 2, 3, 4]), np.array([5, 6]), np.array([2, 3, 4, 7])])
    assert (corpus.longest(np.array([0, 2, 3, 4, 7])).length, corpus.longest(np.array([0, 2, 3, 4, 7])).piece) == (4, 2)
    assert corpus.longest(np.array([3, 4, 5, 6])).length == 2 and corpus.longest(np.array([0, 0])).length == 0
    assert corpus.longest(np.array([], int)).length == 0 and corpus.longest(np.array([5, 6])).length == 2


def test_a_model_that_repeats_its_training_is_caught_and_names_the_piece():
    found = copies(Knows(), "ids", HELD, TRAINING)
    assert found.longest == 14 and found.mean >= 10 and found.nearest.startswith("song ")
    assert found.people_longest == 14 and found.training_ids == 14 * V
    noise = copies(Knows(0.0), "ids", HELD, TRAINING)
    assert noise.mean < found.mean / 2


def test_samples_have_the_shape_of_their_pieces_and_one_seed_gives_one_sample():
    first, again, other = (written(Knows(0.2), HELD, seed) for seed in (1, 1, 2))
    assert [len(ids) for ids in first] == [len(one.chosen) for one in HELD]
    assert all((a == b).all() for a, b in zip(first, again, strict=True)) and any(
        (a != b).any() for a, b in zip(first, other, strict=True)
    )


def test_nothing_to_copy_from_gives_no_figures():
    assert copies(Knows(), "ids", HELD, []) is None and copies(Knows(), "ids", [], TRAINING) is None


# ---- a corpus


class Shop:
    def __init__(self, held):
        self.tokens = Tokens(held)

    def get(self, kind, name):
        return lambda: self.tokens

    def model(self, name, task, network):
        class Model:
            runner = Knows(0.8)

        return Model

    def progress(self, done, what):
        assert 0 <= done <= 1


def test_a_split_is_measured_with_its_training_beside_it(tmp_path):
    found = assess(Shop([*HELD, *TRAINING]), None, tmp_path, "counting", "validation")
    assert found.unit == "note" and found.passes[0].bits_by_ngrams is not None and found.copies[0].pieces == len(HELD)
    few = assess(Shop([*HELD, *TRAINING]), None, tmp_path, "counting", "validation", pieces=2, copied=False)
    assert few.passes[0].choices == 21 and few.copies == () and len(HELD) < MOST_PIECES


def test_the_training_split_itself_has_no_baseline(tmp_path):
    found = assess(Shop([*HELD, *TRAINING]), None, tmp_path, "counting", "train")
    assert found.passes[0].bits_by_ngrams is None and found.copies == ()


def test_ways_to_hold_out_are_measured_against_all_of_the_training():
    assert len(like("author", TRAINING)) == len(TRAINING)
    own = counting(0, split="train", kind="a")
    assert like("a", [own, *TRAINING])[0] is own and len(like("a", [own, *TRAINING])) == 1


@pytest.mark.parametrize(("split", "said"), [("test", "has no split 'test'.*splits: train, validation")])
def test_a_split_that_is_not_there_is_named(tmp_path, split, said):
    with pytest.raises(BadInput, match=said):
        assess(Shop([*HELD, *TRAINING]), None, tmp_path, "counting", split)
    with pytest.raises(BadInput, match="there is no corpus folder"):
        assess(Shop([]), None, tmp_path / "gone", "counting", "validation")


def test_the_tokenizer_is_found_by_the_models_name_or_file(tmp_path):
    conductor = Conductor()
    assert task_of(conductor, "melody-lstm") == "melody"
    write(
        tmp_path / "m.safetensors",
        {"a": np.zeros((2, 2), np.float32)},
        {"tokenizer": "melody", "network": "lstm", "config": {}},
    )
    assert task_of(conductor, str(tmp_path / "m.safetensors")) == "melody"
    with pytest.raises(UnknownEntry, match="no model called 'melody-lst'"):
        task_of(conductor, "melody-lst")
