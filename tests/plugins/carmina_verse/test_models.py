"""N-grams, mixing, the copy index, cleaning: small worlds whose answers are known."""

import io

import numpy as np
import pytest
from carmina_verse.corpus import split_of
from carmina_verse.drafting.ngrams import BOUNDARY, Mixed, NGrams
from carmina_verse.drafting.shipped_models import Silent
from carmina_verse.english.corpus import cleaned, period_of
from carmina_verse.english.text import words_of
from carmina_verse.making.ngrams import table
from carmina_verse.originality.runs import MOST, Index, entries, longest_run
from hypothesis import given
from hypothesis import strategies as st

from carmina.generate import log_shares

SIZE = 16
TEXTS = [[BOUNDARY, 3, 4, 5, 6], [BOUNDARY, 3, 4, 5, 7], [BOUNDARY, 8, 4, 5, 7]] * 4


@pytest.fixture(scope="module")
def counted():
    file = io.BytesIO()
    np.savez(file, line_field=np.array(-1), **table(TEXTS, SIZE))
    file.seek(0)
    with np.load(file) as arrays:
        return NGrams(dict(arrays))


def test_what_follows_is_a_distribution_that_prefers_what_followed(counted):
    chances = counted.next(np.array([[3, 4, 5], [9, 9, 9]]))
    assert np.allclose(chances.sum(axis=1), 1, atol=0.08)
    assert set(np.argsort(-chances[0])[:2]) == {6, 7}


def test_looking_ahead_knows_what_leads_to_a_set(counted):
    mask = np.arange(SIZE) == 5
    assert counted.ahead(mask).argmax() == 4


@given(st.floats(0, 1))
def test_a_mixture_is_a_distribution_and_a_silent_network_adds_nothing(weight):
    file = io.BytesIO()
    np.savez(file, line_field=np.array(-1), **table(TEXTS, SIZE))
    file.seek(0)
    runner = Mixed(Silent((SIZE, 2)), NGrams.open(file), weight, opens=1)
    logits, state = runner.step(np.array([[1, 0], [1, 0]]), runner.start(2))
    logs = log_shares(logits)  # the network's own logits where it alone has a say
    assert np.allclose(np.exp(logs).sum(axis=1), 1, atol=0.08)
    assert runner.reorder(state, np.array([1]))[1].shape == (1, 3)


def test_a_prompt_leaves_no_trace_in_the_history_once_the_text_opens():
    runner = Mixed(Silent((SIZE, 2)), NGrams({"line_field": np.array(1), **table(TEXTS, SIZE)}), 0.0, opens=1)
    state = runner.start(1)
    for row in ([9, 0], [1, 0], [3, 5], [4, 6]):
        _logs, state = runner.step(np.array([row]), state)
    assert state[1].tolist() == [[3, 4, BOUNDARY]]


# ---- originality


def test_a_copied_run_is_found_and_an_own_one_is_not():
    corpus = "one two three four five six seven eight nine ten".split()
    index = Index.of(entries(corpus, "en"), 6)
    assert longest_run(["oh", *corpus[2:9], "no"], "en", index) == (7, 1)
    assert longest_run("these words stand in no corpus at all".split(), "en", index)[0] < MOST["en"]
    assert longest_run(corpus, "en", None) == (0, 0)


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=5, max_size=12))
def test_the_index_never_misses_a_run_of_the_corpus(words):
    index = Index.of(entries(words, "en"), 8)
    assert longest_run(words, "en", index)[0] == len(words)


# ---- cleaning


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("“The heav'n-born star—o'er thee!”", ["the", "heaven", "born", "star", "—", "o'er", "thee", "!"]),
        ("'Tis lov'd, ... and past", ["'tis", "loved", ".", "and", "past"]),
        ("I said: 'Go.'", ["i", "said", ":", "go", "."]),
    ],
)
def test_lines_are_written_in_one_way(line, words):
    assert words_of(line) == words


@pytest.mark.parametrize(
    "line", ["HAMLET. To be", "In 1914 we went", "dat ole hoss am er gwine ter jump", "a heathen came"]
)
def test_drama_figures_dialect_and_slurs_are_left_out(line):
    known = set("the moon is on sea and we went in to be a came".split()).__contains__
    clean = ["the moon is on the sea"] * 6
    assert cleaned([clean], known) is not None and cleaned([[*clean, line]], known) is None


def test_periods_and_splits_depend_on_the_poem_alone():
    assert [period_of(year) for year in (1616, 1744, 1822, 1892, 1939, None)] == [
        "renaissance",
        "augustan",
        "romantic",
        "victorian",
        "modern",
        "any",
    ]
    poems = [{"id": f"p{n}", "author": f"poet {n % 900}"} for n in range(2000)]
    kinds = {split_of(poem) for poem in poems}
    assert kinds == {("train", ""), ("validation", "author"), ("validation", "poem")} and split_of(
        poems[7]
    ) == split_of(dict(poems[7]))


def test_what_counting_expects_of_one_line_is_what_it_says_step_by_step(counted):
    previous, ids = np.array([1, 3, 4, 5]), np.array([3, 4, 5, 9])
    histories = np.array([[0, 0, 1], [0, 1, 3], [1, 3, 4], [3, 4, 5]])
    shares = counted.next(histories)[np.arange(4), ids]
    assert counted.mean_nats(previous, ids) == pytest.approx(np.log(shares).mean(), rel=1e-4)
