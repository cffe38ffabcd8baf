import pytest
from carmina_measures.sets import all_specs, measure, measure_set
from carmina_measures.view import view_of
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_songs import line, song

from carmina import Metre, Note, Score, Syllable, Tempo, Track


@pytest.mark.parametrize(
    "metre, quarters, strengths",
    [
        ("4/4", 1, [4, 2, 3, 2]),
        ("4/4", 0.5, [4, 1, 2, 1, 3, 1, 2, 1]),
        ("4/4", 0.25, [4, 0, 1, 0, 2]),
        ("3/4", 1, [4, 2, 2]),
        ("2/4", 1, [4, 3]),
        ("2/2", 1, [4, 1, 3, 1]),
        ("6/8", 0.5, [4, 1, 1, 3, 1, 1]),
        ("9/8", 1.5, [4, 2, 2]),
        ("12/8", 1.5, [4, 2, 3, 2]),
        ("3/8", 0.5, [4, 1, 1]),
    ],
)
def test_places_have_the_strength_of_their_metre(metre, quarters, strengths):
    count = len(strengths)
    assert view_of(song([60] * count, [quarters] * count, metre=metre)).strength.tolist() == strengths


def test_a_pickup_is_counted_back_from_the_bar_line():
    view = view_of(song([60] * 5, pickup_ticks=480))
    assert view.place.tolist() == [1440, 0, 480, 960, 1440]
    assert view.strength.tolist() == [2, 4, 2, 3, 2]


def test_a_change_of_metre_starts_its_own_bars():
    score = song([60] * 7)
    score = Score(score.tracks, (Metre(4, 4), Metre(3, 4, 1920)))
    assert view_of(score).place.tolist() == [0, 480, 960, 1440, 0, 480, 960]
    assert view_of(score).bar_ticks.tolist() == [1920] * 4 + [1440] * 3


def test_melismas_belong_to_their_syllable_and_wordless_notes_to_none():
    notes = (
        Note(60, 0, 480, Syllable("a")),
        Note(64, 480, 480, continues=True),
        Note(62, 960, 480),
        Note(61, 1440, 240, Syllable("b", ends_line=True)),
    )
    view = view_of(Score((Track(notes),)))
    assert view.syllable.tolist() == [0, 0, -1, 1]
    assert view.notes.tolist() == [2, 1] and view.held.tolist() == [960, 240]
    assert view.head_pitch.tolist() == [60, 61] and view.tail_pitch.tolist() == [64, 61]


def test_lines_are_counted_from_their_ends():
    assert view_of(song([60] * 5, syllables=line("a", "b") + line("c", "d", "e"))).line.tolist() == [0, 0, 1, 1, 1]


EMPTY = Score((Track(()),))


@pytest.mark.parametrize("score", [EMPTY, Score(()), song([60]), Score((Track((Note(60, 0, 480),)),)), song([60, 60])])
def test_small_works_have_defined_answers(score):
    got = measure(score)
    assert got["valid"] == 1
    assert all(value is None or value == value for value in got.values())
    assert len(measure_set([score], [score])) == len(all_specs())


def test_an_empty_set_defines_nothing():
    assert {figure.value for figure in measure_set([])} == {None}


syllables = st.builds(
    Syllable,
    st.sampled_from(["la", "le", "月"]),
    st.sampled_from(["single", "begin", "middle", "end"]),
    st.sampled_from([None, 0, 1, 2]),
    st.sampled_from([None, 1, 2, 3, 4, 5]),
    ends_line=st.booleans(),
    content=st.booleans(),
)
sung = st.tuples(
    st.integers(0, 127),
    st.sampled_from([0.25, 0.5, 1, 1.5, 2, 1 / 3]),
    st.none() | syllables,
    st.sampled_from([0, 0, 0.5, 1]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(sung, max_size=30), st.sampled_from(["4/4", "3/4", "6/8", "5/8", "2/2"]), st.floats(20, 300))
def test_every_figure_keeps_its_range_on_any_score(notes, metre, tempo):
    columns = [list(column) for column in zip(*notes, strict=True)] or [[], [], [], []]
    score = song(columns[0], columns[1], columns[2], metre, gaps=columns[3], tempi=(Tempo(tempo),))
    figures = measure_set([score], [score, song([60, 62, 64])])
    for figure in figures:
        assert figure.value is None or figure.low - 1e-9 <= figure.value <= figure.high + 1e-9, figure
