"""Where muspy and mir_eval define a figure, ours agrees with theirs; songs are dealt by hypothesis."""

import math
from dataclasses import replace

import mir_eval
import muspy
import numpy as np
import pytest
from carmina_measures.contour import Contour, seconds
from carmina_measures.repetition import GROOVE, groove_consistency
from carmina_measures.same_notes import note_f1
from carmina_measures.tonality import Tonality
from carmina_measures.view import view_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from measured_songs import song

from carmina import Score, Tempo, Track

BAR = 1920  # ticks
BAR_STEPS = GROOVE // 4  # muspy's resolution: places of a quarter
NOTES = st.lists(
    st.tuples(st.integers(40, 84), st.sampled_from([0.25, 0.5, 1, 1.5, 2]), st.sampled_from([0, 0, 0.5, 1])),
    min_size=1,
    max_size=40,
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dealt(notes, fifths=0):
    pitches, lengths, gaps = zip(*notes, strict=True)
    return song(list(pitches), list(lengths), gaps=list(gaps), fifths=fifths)


def to_muspy(score, resolution=480):
    notes = [
        muspy.Note(n.onset_ticks * resolution // 480, n.pitch, max(1, n.length_ticks * resolution // 480), 80)
        for n in score.voice.notes
    ]
    return muspy.Music(resolution=resolution, tracks=[muspy.Track(notes=notes)])


@FEW
@given(NOTES, st.integers(-6, 6))
def test_pitch_figures_are_those_of_muspy(notes, fifths):
    score = dealt(notes, fifths)
    view, theirs = view_of(score), to_muspy(score)
    contour, tonality = Contour().measure(view), Tonality().measure(view)
    assert contour["range"] == muspy.pitch_range(theirs) and contour["distinct_pitches"] == muspy.n_pitches_used(theirs)
    assert tonality["pitch_entropy"] == pytest.approx(muspy.pitch_entropy(theirs), abs=1e-9)
    assert tonality["pitch_class_entropy"] == pytest.approx(muspy.pitch_class_entropy(theirs), abs=1e-9)
    assert tonality["scale_consistency"] == pytest.approx(muspy.scale_consistency(theirs))
    assert tonality["in_scale"] == pytest.approx(muspy.pitch_in_scale_rate(theirs, score.keys[0].tonic, "major"))
    assert muspy.polyphony(theirs) == 1


@FEW
@given(NOTES)
def test_groove_is_that_of_muspy(notes):
    score = dealt([(60, 1, 0), *notes, (60, 0.25, 0)])
    last = score.voice.notes[-1]
    assume(
        last.onset_ticks // BAR == last.end_ticks // BAR
    )  # muspy counts the bar that a song's end reaches, notes or not
    expected, found = muspy.groove_consistency(to_muspy(score, BAR_STEPS), GROOVE), groove_consistency(view_of(score))
    assert (found is None and math.isnan(expected)) or found == pytest.approx(expected)


@FEW
@given(NOTES, NOTES, st.sampled_from([60, 96, 143]))
def test_notes_in_common_are_those_of_mir_eval(one, other, tempo):
    views = [view_of(replace(dealt(notes), tempi=(Tempo(pace),))) for notes, pace in ((one, 96), (other, tempo))]
    spans = [np.stack([seconds(v.score, v.onset), seconds(v.score, v.onset + v.length)], 1) for v in views]
    tones = [440 * 2 ** ((v.pitch - 69) / 12) for v in views]
    _, _, f1, _ = mir_eval.transcription.precision_recall_f1_overlap(
        spans[0], tones[0], spans[1], tones[1], offset_ratio=None
    )
    assert note_f1(*views) == pytest.approx(f1) and note_f1(views[0], views[0]) == 1


def test_tunes_of_no_notes_have_none_in_common():
    empty = view_of(Score((Track(()),)))
    assert note_f1(empty, view_of(song([60]))) == 0 and groove_consistency(empty) is None


def test_a_copied_melody_has_all_its_notes_in_common_and_a_later_one_none():
    first = song([60, 62, 64, 65], [1, 1, 1, 1])
    shifted = song([60, 60, 62, 64, 65], [0.5, 1, 1, 1, 1])
    assert note_f1(view_of(first), view_of(first)) == 1 and note_f1(view_of(first), view_of(shifted)) == pytest.approx(
        2 / 9
    )
