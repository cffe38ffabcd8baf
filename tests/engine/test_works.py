"""Values are frozen and checked when made."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina import (
    PLACES,
    TICKS_PER_QUARTER,
    Key,
    Line,
    Lyrics,
    Metre,
    Note,
    Score,
    Section,
    SheetLine,
    Syllable,
    Tempo,
    Track,
    works,
)

Q = TICKS_PER_QUARTER
LA = Syllable("la")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SheetLine(()), "at least one word"),
        (lambda: Syllable(" "), "needs text"),
        (lambda: Syllable("a", place="first"), "place 'first' is none of"),
        (lambda: Syllable("a", stress=3), "stress 3 is none of"),
        (lambda: Syllable("a", tone=0), "tone 0 is none of"),
        (lambda: Syllable("a", extra_notes=65), "extra_notes 65 is outside 0..64"),
        (lambda: Line(()), "at least one syllable"),
        (lambda: Section(()), "at least one line"),
        (lambda: Lyrics(()), "at least one section"),
        (lambda: Note(128, 0, 1), "pitch 128 is outside 0..127"),
        (lambda: Note(60, -1, 1), "onset_ticks -1 is below 0"),
        (lambda: Note(60, 0, 0), "length_ticks 0 is not above 0"),
        (lambda: Note(60, 0, 1, velocity=0), "velocity 0 is outside 1..127"),
        (lambda: Note(60, 0, 1, LA, continues=True), "either starts a syllable or continues one"),
        (lambda: Note(60, 0, 1, delay_ticks=241), "delay_ticks 241 is outside -240..240"),
        (lambda: Note(60, 0, 1, ring_ticks=-1), "ring_ticks -1 is outside 0..61440"),
        (lambda: works.ArrangeBrief(Score(()), humanise=1.5), "humanise 1.5 is outside 0..1"),
        (lambda: Track((), program=128), "program 128 is outside 0..127"),
        (lambda: Track((Note(60, 9, 1), Note(60, 0, 1))), "must be sorted"),
        (lambda: Track((Note(60, 0, 9), Note(60, 5, 1))), "a voice must not overlap itself"),
        (lambda: Metre(0), "beats 0 is outside 1..32"),
        (lambda: Metre(4, 3), "unit 3 is none of"),
        (lambda: Key(8), "fifths 8 is outside -7..7"),
        (lambda: Key(0, "dorian"), "neither major nor minor"),
        (lambda: Tempo(9), "tempo 9 is outside 10..400"),
        (lambda: Score((), keys=()), "keys must start at tick 0"),
        (lambda: Score((), metres=(Metre(onset_ticks=5),)), "metres must start at tick 0"),
        (lambda: Score((), pickup_ticks=4 * Q), "not shorter than a bar"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_the_reason(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_every_value_is_frozen():
    values = [v for v in vars(works).values() if dataclasses.is_dataclass(v)]
    assert len(values) > 15
    assert all(v.__dataclass_params__.frozen for v in values)


def test_an_accompaniment_may_overlap_itself():
    assert Track((Note(60, 0, 9), Note(64, 0, 9)), role="piano").notes[1].end_ticks == 9


@pytest.mark.parametrize(("place", "ends"), list(zip(PLACES, [True, False, False, True], strict=True)))
def test_a_space_follows_the_last_syllable_of_a_word(place, ends):
    assert Syllable("a", place).ends_word is ends


@pytest.mark.parametrize(
    ("fifths", "mode", "tonic"), [(0, "major", 0), (0, "minor", 9), (2, "major", 2), (-3, "minor", 0)]
)
def test_the_tonic_of_a_key(fifths, mode, tonic):
    assert Key(fifths, mode).tonic == tonic


@pytest.mark.parametrize(("beats", "unit", "quarters"), [(4, 4, 4), (3, 4, 3), (6, 8, 3), (2, 2, 4)])
def test_the_length_of_a_bar(beats, unit, quarters):
    assert Metre(beats, unit).bar_ticks == quarters * Q
    assert str(Metre(beats, unit)) == f"{beats}/{unit}"


def score(length, **rest):
    return Score((Track((Note(60, 0, length),)),), **rest)


@given(st.integers(1, 20 * Q), st.sampled_from([0, Q, 3 * Q]))
def test_bars_cover_every_note_and_none_starts_after_the_last(length, pickup):
    made = score(length, pickup_ticks=pickup)
    onsets = made.bar_onsets()
    assert onsets[0] == 0 and onsets[-1] < made.end_ticks <= onsets[-1] + 4 * Q


def test_an_incomplete_first_bar_and_a_change_of_metre_are_counted():
    metres = (Metre(4, 4), Metre(3, 4, onset_ticks=5 * Q))
    assert score(9 * Q, pickup_ticks=Q, metres=metres).bar_onsets() == (0, Q, 5 * Q, 8 * Q)


def test_the_voice_is_the_sung_track():
    voice, piano = Track((), name="Voice"), Track((), role="piano")
    assert Score((piano, voice)).voice is voice
    assert Score((piano,)).voice is None
    assert Score(()).end_ticks == 0


def test_lyrics_give_their_lines_and_syllables_in_order():
    a, b, c = Syllable("a"), Syllable("b"), Syllable("c")
    lyrics = Lyrics((Section((Line((a,)), Line((b,)))), Section((Line((c,)),))))
    assert lyrics.syllables == (a, b, c)
    assert len(lyrics.lines) == 3


@given(st.integers(0, 500), st.integers(1, 500), st.integers(-240, 240))
def test_a_delayed_note_is_struck_within_the_score_and_before_its_end(onset, length, delay):
    note = Note(60, onset, length, delay_ticks=delay)
    assert 0 <= note.struck_ticks < note.end_ticks == onset + length
    assert delay or note.struck_ticks == onset
