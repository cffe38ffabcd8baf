import numpy as np
import pytest
from carmina_measures.contour import Contour, leap_recovery
from carmina_measures.tonality import Tonality
from carmina_measures.view import view_of
from measured_songs import line, song, verse_song

from carmina import Chord, Score, Tempo


def contour(score):
    return Contour().measure(view_of(score))


def tonality(score):
    return Tonality().measure(view_of(score))


def test_intervals_are_shared_out_by_size():
    got = contour(song([60, 60, 62, 67, 80, 79]))
    assert got["repeats"] == 0.2 and got["small_intervals"] == 0.6 and got["over_octave"] == 0.2
    assert got["stepwise"] == 0.5 and got["range"] == 20


def test_a_leap_is_recovered_when_the_tune_turns_back():
    assert leap_recovery(np.array([7, 0, -2])) == 1
    assert leap_recovery(np.array([7, 2, -2])) == 0
    assert leap_recovery(np.array([2, 2])) is None


def test_the_tessitura_forgets_short_extremes():
    assert contour(song([48, 60, 64, 84], [0.25, 8, 8, 0.25]))["tessitura"] == 4


def test_a_breath_comes_at_rests_and_long_notes():
    def tempo(q):
        return {"tempi": (Tempo(q),)}

    assert contour(song([60] * 8, **tempo(60)))["breath_seconds"] == 8
    assert contour(song([60] * 8, gaps=[0, 0, 0, 0.5, 0, 0, 0, 0], **tempo(120)))["breath_seconds"] == 2
    assert contour(song([60] * 6, [1, 1, 2, 1, 1, 1], **tempo(60)))["breath_seconds"] == 4


def test_seconds_follow_a_change_of_tempo():
    score = song([60] * 4, tempi=(Tempo(60), Tempo(120, 960)))
    assert contour(score)["breath_seconds"] == 3


def test_a_scale_of_its_key_is_clear_and_shuffled_chromatic_notes_are_not():
    clear = tonality(song([60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60]))
    noise = tonality(song(list(range(60, 72)) + [61, 66, 70]))
    assert clear["key_fit"] == clear["key_clarity"] > 0.9 > 0.85 > noise["key_clarity"]
    assert clear["in_scale"] == 1 and clear["ends_on_tonic"] == 1
    assert noise["in_scale"] < 0.6 and noise["ends_on_tonic"] == 0


def test_figures_of_key_do_not_depend_on_the_key():
    pitches = [60, 64, 62, 67, 65, 60]
    here, there = tonality(song(pitches)), tonality(song([p + 2 for p in pitches], fifths=2))
    assert here == pytest.approx(there)


def test_minor_allows_both_sevenths_and_its_own_tonic():
    got = tonality(song([69, 68, 67, 65, 64, 69], mode="minor"))
    assert got["in_scale"] == 1 and got["ends_on_tonic"] == 1


def test_chord_tones_are_judged_by_the_chord_that_sounds():
    score = song([60, 64, 65, 69], chords=(Chord(0, "C"), Chord(960, "F")))
    assert tonality(score)["chord_tones"] == 1
    swapped = song([60, 64, 65, 69], chords=(Chord(0, "F"), Chord(960, "C")))
    assert tonality(swapped)["chord_tones"] == 0.25
    assert tonality(song([60, 64]))["chord_tones"] is None


def test_music21_finds_the_same_key_clarity():
    from music21 import note, stream

    pitches, lengths = [62, 64, 66, 69, 67, 66, 64, 62, 61, 62], [1, 1, 2, 1, 0.5, 0.5, 1, 1, 1, 3]
    theirs = stream.Stream()
    for pitch, length in zip(pitches, lengths, strict=True):
        theirs.append(note.Note(pitch, quarterLength=length))
    key = theirs.analyze("key.krumhanslkessler")
    ours = tonality(song(pitches, lengths, fifths=2))
    assert key.tonic.name == "D" and key.mode == "major"
    assert ours["key_clarity"] == ours["key_fit"] == pytest.approx(key.correlationCoefficient)


def test_line_and_verse_song_agree_on_the_tonic():
    assert tonality(verse_song())["ends_on_tonic"] == 1
    assert isinstance(song([60], syllables=line("a")), Score)
