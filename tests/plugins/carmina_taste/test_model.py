"""What is learnt of choices."""

import numpy as np
import pytest
from carmina_taste.features import SCALES, features
from carmina_taste.making.simulated_users import simulate
from carmina_taste.model import MOST_NATS, Choice, Taste, foretold, learnt
from carmina_taste.telling import WORDS, leanings
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import Chord, Note, Poem, Score, Track

FIGURES = st.dictionaries(st.sampled_from(["tempo", "leaps", "height"]), st.floats(-4, 4), min_size=1)
OVER = st.lists(FIGURES, min_size=1, max_size=4)
CHOICES = st.lists(st.builds(lambda kept, rest: Choice(kept, tuple(rest)), FIGURES, OVER))


def test_nothing_is_learnt_of_nothing():
    assert learnt([]).weights == {} and learnt([Choice({"tempo": 3.0}, ())]).weights == {}
    assert foretold([]) == (0.0, 0.0)


@settings(max_examples=60, deadline=None)
@given(CHOICES, FIGURES)
def test_weights_are_finite_and_a_work_weighs_no_more_than_the_most(choices, work):
    taste = learnt(choices)
    assert all(np.isfinite(weight) for weight in taste.weights.values())
    assert -MOST_NATS <= taste.nats(work) <= MOST_NATS


@settings(max_examples=60, deadline=None)
@given(FIGURES, FIGURES)
def test_what_was_kept_is_liked_and_a_choice_taken_back_teaches_nothing(one, other):
    taste = learnt([Choice(one, (other,))])
    assert taste.nats(one) >= taste.nats(other) - 1e-9
    both = learnt([Choice(one, (other,)), Choice(other, (one,))])
    assert max(map(abs, both.weights.values())) < 1e-6


@settings(max_examples=30, deadline=None)
@given(st.lists(FIGURES, min_size=1, max_size=6))
def test_the_order_is_that_of_nats_and_equal_works_stay(works):
    taste = Taste({"tempo": 0.5, "leaps": -0.2})
    order = taste.order(works)
    assert sorted(order) == list(range(len(works)))
    scores = [taste.score(works[at]) for at in order]
    assert scores == sorted(scores, reverse=True)
    assert Taste({}).order(works) == list(range(len(works)))


def test_a_made_up_user_is_foretold_better_than_by_chance_and_better_with_more_choices():
    rng = np.random.default_rng(1)
    works = [dict(zip("abcdefgh", rng.normal(size=8), strict=True)) for _ in range(80)]
    found = simulate(works, users=8)
    assert found[0][0] == pytest.approx(1 / 3, abs=0.02)
    assert found[100][0] > found[6][0] > 0.4
    assert found[100][0] > 0.55


NOTES = st.lists(st.tuples(st.integers(40, 90), st.integers(1, 8), st.booleans()), max_size=30)


@settings(max_examples=60, deadline=None)
@given(NOTES, st.lists(st.sampled_from(["C", "Am7", "G7", "nonsense", "F/A"]), max_size=6))
def test_every_song_has_every_figure_and_each_is_finite(rows, symbols):
    at, notes = 0, []
    for pitch, steps, continues in rows:
        notes.append(Note(pitch, at, steps * 120, continues=continues))
        at += steps * 120
    score = Score((Track(tuple(notes)),), chords=tuple(Chord(480 * n, s) for n, s in enumerate(symbols)))
    found = features(score)
    assert set(found) <= set(WORDS) == set(SCALES) and all(map(np.isfinite, found.values()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=5).map(tuple), min_size=1, max_size=4))
def test_every_poem_has_finite_figures_whatever_its_script(stanzas):
    found = features(Poem(tuple(stanzas)))
    assert all(map(np.isfinite, found.values()))
    assert {name for name in found if not name.startswith("words:")} <= set(WORDS)


def test_leanings_are_told_in_words_the_strongest_first():
    told = leanings(Taste({"leaps": 0.5, "tempo": -1.0, "height": 0.01, "words:3": 9.0}))
    assert told == [("slower", 1.0), ("leaps", 0.5)]
