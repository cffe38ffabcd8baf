"""One metre: what is strong in every signature, and that all rooms hear the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina import Metre
from carmina.theory import beat_groups, beat_ticks, beats_in_bar, division_ticks, is_compound, strength

METRES = st.builds(Metre, st.integers(1, 32), st.sampled_from([1, 2, 4, 8, 16, 32]))


@pytest.mark.parametrize(
    ("metre", "places"),  # of the bar's eighths, or of its quarters where the unit is longer
    [
        (Metre(4, 4), "41213121"),
        (Metre(3, 4), "412121"),
        (Metre(2, 4), "4131"),
        (Metre(2, 2), "4131"),
        (Metre(3, 2), "412121"),
        (Metre(6, 8), "411311"),
        (Metre(9, 8), "411211211"),
        (Metre(12, 8), "411211311211"),
        (Metre(3, 8), "411"),
        (Metre(6, 4), "411311"),
        (Metre(5, 8), "42232"),
        (Metre(7, 8), "4232322"),
        (Metre(5, 4), "4121213121"),
    ],
)
def test_each_signature_has_its_strong_places(metre, places):
    step = 480 if metre.unit == 2 or metre == Metre(6, 4) else 240
    assert "".join(str(strength(metre, at * step)) for at in range(metre.bar_ticks // step)) == places


@given(METRES, st.integers(0, 3))
def test_every_bar_begins_strongest_and_alone(metre, bars):
    assert strength(metre, bars * metre.bar_ticks) == 4
    inner = range(1, metre.bar_ticks, max(1, metre.bar_ticks // 97))
    assert all(0 <= strength(metre, at) < 4 for at in inner)


@given(METRES)
def test_beats_and_their_parts_fill_the_bar(metre):
    assert beats_in_bar(metre) * beat_ticks(metre) == metre.bar_ticks
    assert sum(beat_groups(metre)) == beats_in_bar(metre)
    assert division_ticks(metre) * (3 if is_compound(metre) else 2) == beat_ticks(metre)


@given(METRES, st.integers(0, 40))
def test_a_beat_is_stronger_than_what_divides_it(metre, beat):
    at = beat * beat_ticks(metre)
    assert strength(metre, at) >= 2 > strength(metre, at + division_ticks(metre)) >= 1


@pytest.mark.parametrize(
    "text", ["4/4", "3/4", "2/4", "2/2", "6/8", "3/8", "9/8", "12/8", "5/8", "7/8", "5/4", "6/4", "3/2"]
)
def test_writer_accompanist_and_judge_hear_one_metre(text):
    from carmina_harmony.timing import Bar
    from carmina_harmony.timing import strength as accompanist
    from carmina_measures.view import view_of
    from carmina_melody.passes.piece import strength as writer

    from carmina import Note, Score, Track

    metre = Metre(*map(int, text.split("/")))
    places = range(0, metre.bar_ticks, 120)
    notes = tuple(Note(60, at, 120) for at in places)
    heard = view_of(Score((Track(notes),), metres=(metre,))).strength
    for at, judged in zip(places, heard, strict=True):
        said = strength(metre, at)
        assert (writer(at // 40, text), accompanist(Bar(0, metre.bar_ticks, metre), at), judged) == (said, said, said)
