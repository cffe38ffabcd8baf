"""The desk changes what was asked and gives the rest back: generated scores of several parts, and music21's corpus."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from music21 import corpus as shipped

from carmina import Chord, Clef, Direction, EditBrief, Grace, Key, Metre, Note, Score, Syllable, Tempo, Track
from carmina.theory import with_tune, without_tune

PIANO = ("mozart/k155/movement2.mxl", "schumann_clara/polonaise_op1n1.mxl")


@st.composite
def pieces(draw):
    """Several parts with all that a work holds, with or without a voice."""
    bars = draw(st.integers(2, 4))
    tracks = []
    for number in range(draw(st.integers(1, 3))):
        notes = []
        for beat in range(4 * bars):
            for pitch in sorted(draw(st.sets(st.integers(48, 80), min_size=not number, max_size=3 if number else 1))):
                graces = draw(st.sampled_from(((), (), (Grace(60, 240, True),))))
                notes.append(Note(pitch, 480 * beat, 480, graces=graces, velocity=draw(st.integers(40, 90))))
        notes = notes or [Note(60, 0, 480)]
        said = (Direction(0, "dolce"), Direction(480, "p", dynamic=True))
        tracks.append(Track(tuple(notes), f"Part {number}", "piano", 0, (Clef("F", 4),), said))
    if draw(st.booleans()):
        words = tuple(Note(67, 480 * n, 480, Syllable("la")) for n in range(4 * bars))
        tracks.insert(0, Track(words, "Voice", "voice"))
    keys = (Key(draw(st.integers(-3, 3))),)
    return Score(tuple(tracks), (Metre(4, 4),), keys, (Tempo(80), Tempo(90, 1920)), (Chord(0, "C"), Chord(1920, "G7")))


@settings(max_examples=40, deadline=None)
@given(pieces())
def test_a_tune_that_was_lent_to_a_voice_is_given_back(score):
    lent = with_tune(score)
    assert lent.voice is not None
    assert without_tune(lent, score) == score
    sung = replace(lent, tracks=tuple(_worded(t) if t is lent.voice else t for t in lent.tracks))
    assert without_tune(sung, score) == sung  # words need their voice


def _worded(track):
    return replace(track, notes=tuple(replace(note, syllable=Syllable("la")) for note in track.notes))


@settings(max_examples=30, deadline=None)
@given(score=pieces(), by=st.integers(-5, 5))
def test_there_and_back_is_the_same_piece_in_every_format_of_ours(conductor, score, by):
    def moved(score, semitones):
        return conductor.get("writer", "transpose")().write(EditBrief(score, options={"by": semitones}), conductor)

    # a key of many signs comes back as its enharmonic: the bytes are compared where it does not
    there, home = moved(score, by), moved(moved(score, by), -by)
    assert [t.directions for t in there.tracks] == [t.directions for t in score.tracks] and there.tempi == score.tempi
    assert home.tracks == score.tracks and [key.tonic for key in home.keys] == [key.tonic for key in score.keys]
    if home.keys == score.keys:
        for suffix in (".musicxml", ".mid"):
            assert conductor.render(home, suffix) == conductor.render(score, suffix)
            read = conductor.read(conductor.render(score, suffix), suffix, "Score")
            assert conductor.render(moved(read, 0), suffix) == conductor.render(read, suffix)


@settings(max_examples=8, deadline=None)
@given(score=pieces())
def test_varied_bars_are_all_that_changes(edit, score):
    lent = with_tune(score)
    varied = without_tune(edit("vary", lent, bars=(2, 2))[0], score)
    assert [(t.name, t.role, t.clefs, t.directions) for t in varied.tracks] == [
        (t.name, t.role, t.clefs, t.directions) for t in score.tracks
    ]
    for old, new in zip(score.tracks, varied.tracks, strict=True):
        outside = [n for n in old.notes if n.end_ticks <= 1920 or n.onset_ticks >= 3840]
        assert all(note in new.notes for note in outside)
    assert (varied.chords, varied.tempi, varied.keys) == (score.chords, score.tempi, score.keys)


@pytest.mark.parametrize("name", PIANO[1:])
def test_a_strangers_piano_piece_comes_back_value_for_value(conductor, name):
    score = conductor.open(shipped.getWork(name), "Score")
    back = conductor.read(conductor.render(score, ".musicxml"), ".musicxml", "Score")
    assert back == score and without_tune(with_tune(score), score) == score
