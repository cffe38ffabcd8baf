"""The n-gram baseline of corpora/songs: its probabilities are probabilities, and it is read from the training split
alone."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina import Example

SCRIPT = Path(__file__).parents[2] / "corpora" / "songs" / "baseline.py"
SPEC = importlib.util.spec_from_file_location("baseline", SCRIPT)
baseline = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(baseline)

SEQUENCES = st.lists(st.lists(st.integers(1, 4), max_size=12), max_size=6)


def example(ids, kind, split="train", group=""):
    return Example(np.zeros((len(ids), 1), np.int16), np.array(ids, np.int16), split, kind, group)


@given(SEQUENCES, st.lists(st.integers(0, 4), min_size=2, max_size=2))
def test_the_probabilities_of_all_ids_sum_to_one_for_every_order(sequences, context):
    model = baseline.NGrams(sequences, 3, vocabulary=4)
    sums = np.sum([model.probabilities(tuple(context), chosen) for chosen in range(1, 5)], axis=0)
    np.testing.assert_allclose(sums, 1)


def test_nothing_learnt_is_chance():
    assert baseline.NGrams([], 2, vocabulary=8).bits([[1, 2, 3]]) == pytest.approx([9.0, 9.0])


def test_witten_bell_is_as_worked_out_by_hand():
    model = baseline.NGrams([[1, 1, 2]], 2, vocabulary=4)
    unigram = (1 + 2 / 4) / 5  # seen once of 3, two kinds, below it 1/4
    assert model.probabilities((1,), 2) == pytest.approx([unigram, (1 + 2 * unigram) / 4])


def test_a_pattern_of_two_ids_is_seen_by_bigrams_and_not_by_unigrams():
    unigram, bigram = baseline.NGrams([[1, 2] * 50], 2, vocabulary=2).bits([[1, 2] * 10])
    assert bigram < 0.2 * unigram


def test_one_variant_of_each_group_is_counted():
    verses = [example([n], "pitches", group="song/pitches") for n in (1, 2)]
    alone = [example([n], "pitches") for n in (3, 4)]
    assert sorted(int(e.chosen[0]) for e in baseline.first_of_each(verses + alone)) == [1, 3, 4]


def test_the_table_measures_validation_and_learns_from_training():
    train = [example([baseline.PITCH + 1] * 20, kind) for kind in baseline.TASKS]
    validation = [example([baseline.PITCH + 1] * 10, kind, "validation") for kind in baseline.TASKS]
    chance, unigram = [
        baseline.table(t + validation).splitlines()[row].split("|")[5].strip() for t, row in ((train, 2), (train, 3))
    ]
    assert float(chance) == pytest.approx(math.log2(baseline.IDS["pitches"]), abs=1e-3)
    assert float(unigram) < 0.5
    assert "pitches (10)" in baseline.table(train + validation)


def test_bits_a_note_are_those_of_rhythm_and_pitches_over_the_pitches():
    found = baseline.per_id(
        {"lines": 8, "rhythm": 6, "chords": 2, "pitches": 4}, {"lines": 4, "rhythm": 3, "chords": 1, "pitches": 2}
    )
    assert found["note"] == 5 and found["all"] == 2 and found["lines"] == 2
