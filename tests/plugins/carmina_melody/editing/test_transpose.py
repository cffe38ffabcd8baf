"""Transposition: every pitched note by one interval, words and rhythm untouched, chords and keys spelt for the new
key."""

from dataclasses import replace

import pytest
from carmina_melody.editing.transpose import TransposeWriter, moved
from hypothesis import given
from hypothesis import strategies as st

from carmina import BadInput, BadOption, Chord, EditBrief, Key, Note, Score, Track, spelling

SONG = Score(
    (
        Track((Note(60, 0, 480), Note(76, 480, 480))),
        Track((Note(38, 0, 480),), "Drums", "drums"),
        Track((Note(36, 0, 480),), "Bass", "bass"),
    ),
    keys=(Key(0),),
    chords=(Chord(0, "C"), Chord(240, "F#m7b5/E"), Chord(480, "G7"), Chord(600, "C6/9"), Chord(700, "N.C.")),
)


def to(score=SONG, pitches=None, **options):
    return TransposeWriter().write(EditBrief(score, range=pitches, options=options), None)


def pitches(score):
    return [note.pitch for note in score.voice.notes]


@given(st.integers(-24, 24))
def test_every_pitched_note_moves_alike_and_drums_stay(by):
    new = to(by=by)
    assert (
        pitches(new) == [60 + by, 76 + by]
        and new.tracks[1] == SONG.tracks[1]
        and new.tracks[2].notes[0].pitch == 36 + by
    )
    assert new.keys[0].tonic == by % 12 and abs(new.keys[0].fifths) <= 6
    assert moved(new, -by, Key(0)) == SONG


@pytest.mark.parametrize(
    "key, semitones, symbols",
    [
        ("Eb", 3, ["Eb", "Am7b5/G", "Bb7", "Eb6/9", "N.C."]),
        ("A major", -3, ["A", "D#m7b5/C#", "E7", "A6/9", "N.C."]),
        ("F#", 6, ["F#", "B#m7b5/A#", "C#7", "F#6/9", "N.C."]),
        ("G", -5, ["G", "C#m7b5/B", "D7", "G6/9", "N.C."]),
    ],
)
def test_a_key_is_reached_the_shorter_way_and_chords_are_spelt_for_it(key, semitones, symbols):
    new = to(to=key)
    assert (pitches(new)[0] - 60) % 12 == semitones % 12 and abs(pitches(new)[0] - 60) <= 6
    assert [chord.symbol for chord in new.chords] == symbols and new.keys[0] == spelling.key(key)


def test_a_tonic_alone_keeps_the_mode_and_another_mode_is_refused():
    minor = replace(SONG, keys=(Key(0, "minor"),))
    assert to(minor, to="E").keys[0] == Key(1, "minor")
    with pytest.raises(BadOption, match="--to: got 'E major'; allowed: a minor key"):
        to(minor, to="E major")


@pytest.mark.parametrize(
    "key, said", [("Db", "C# minor"), ("Gb minor", "F# minor"), ("Fb", "E minor"), ("Cb", "B minor")]
)
def test_a_minor_key_that_cannot_be_written_is_told_by_its_other_name(key, said):
    minor = replace(SONG, keys=(Key(0, "minor"),))
    with pytest.raises(BadOption, match=f"allowed: ({said}, which sounds the same|a tonic and, if wanted, a mode)"):
        to(minor, to=key)


def test_a_range_decides_the_octave_or_the_whole_move():
    assert pitches(to(to="F", pitches=(48, 72)))[0] == 53
    assert pitches(to(pitches=(62, 79)))[0] == 62
    assert pitches(to(pitches=(50, 90))) == pitches(SONG)
    with pytest.raises(BadOption, match="--range: got 'C4-D4'; allowed: a range that holds the voice .C4-E5 now."):
        to(to="F", pitches=(60, 62))


def test_what_cannot_be_is_refused():
    for options in ({}, {"by": 2, "to": "F"}):
        with pytest.raises(BadOption, match="one of --by INTERVAL, --to KEY, or --range"):
            to(**options)
    with pytest.raises(BadOption, match="--by: got 24"):
        to(replace(SONG, tracks=(Track((Note(120, 0, 480),)),)), by=24)
    with pytest.raises(BadInput, match="no pitched note"):
        to(Score(()), by=1)


@pytest.mark.parametrize(
    "text, semitones", [("3", 3), ("-2", -2), ("+5", 5), ("M3", 4), ("-P5", -7), ("m3", 3), ("P8", 12), (" -24 ", -24)]
)
def test_intervals_are_read_as_people_write_them(text, semitones):
    assert spelling.interval(text) == semitones


@pytest.mark.parametrize("text", ["", "25", "P3", "x", "M", "--2", "3.5"])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(BadOption, match="interval: got"):
        spelling.interval(text)
