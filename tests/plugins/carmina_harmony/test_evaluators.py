"""Figures of harmony: pure functions of a score, defined for any."""

from dataclasses import replace

import pytest
from carmina_harmony.arranging import Arrange
from carmina_harmony.evaluators import Accompaniment, ChordFit, PartWriting, four_lines
from carmina_harmony.measures import goes_on, within

from carmina import ArrangeBrief, Chord, Note, Score, Track

Q = 480
EVALUATORS = (ChordFit, Accompaniment, PartWriting)


def values(evaluator, score):
    return {figure.name: figure.value for figure in evaluator().evaluate(score)}


def arranged(conductor, score, style, **options):
    return Arrange().write(ArrangeBrief(score, style, seed=1, options=options), conductor)


@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_what_a_score_lacks_has_no_figure(evaluator, plain):
    for score in (Score(()), plain, Score((Track(()),), chords=(Chord(0, "N.C."),))):
        assert set(values(evaluator, score).values()) == {None}


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("style", ["hymn", "art", "pop"])
def test_every_figure_lies_in_its_range_beside_human_and_chance(conductor, two_verses, evaluator, style):
    for figure in evaluator().evaluate(arranged(conductor, two_verses, style)):
        assert figure.definition and figure.human is not None
        assert figure.value is None or figure.low <= figure.value <= figure.high


def test_chords_that_fit_measure_better_than_chords_that_do_not(plain):
    good = replace(
        plain, chords=tuple(Chord(i * 4 * Q, s) for i, s in enumerate(("C", "F", "G7", "G", "C", "F", "G7", "C")))
    )
    bad = replace(plain, chords=(Chord(0, "F#"), Chord(4 * Q, "Ebm")))
    fit, misfit = values(ChordFit, good), values(ChordFit, bad)
    assert fit["chord_tone_share"] > 0.5 > misfit["chord_tone_share"]
    assert fit["closes_with_cadence"] == 1 and misfit["closes_with_cadence"] == 0
    assert fit["chord_changes_per_bar"] == 7 / 8 or fit["chord_changes_per_bar"] < 1
    assert fit["phrase_ends_at_rest"] > misfit["phrase_ends_at_rest"]


def test_one_chord_has_no_entropy(plain):
    assert values(ChordFit, replace(plain, chords=(Chord(0, "C"),)))["chord_entropy"] == 0


def test_an_accompaniment_is_told_by_density_and_thickness(plain):
    notes = tuple(Note(pitch, i * 4 * Q, 4 * Q) for i in range(8) for pitch in (48, 55, 64))
    found = values(
        Accompaniment, replace(plain, tracks=(*plain.tracks, Track(notes, "P", "piano")), chords=(Chord(0, "C"),))
    )
    assert found["onsets_per_beat"] == 0.25 and found["notes_per_onset"] == 3 and found["accompaniment_range"] == 16
    assert found["accompaniment_chord_tones"] == 1 and found["figure_goes_on"] == 1 and found["hands_within_tenth"] == 1


def test_a_stretch_beyond_a_tenth_is_counted():
    assert within([[Note(40, 0, Q), Note(60, 0, Q)], [Note(60, 0, Q)]]) == 0.5
    assert within([]) is None


def test_a_figure_that_changes_does_not_go_on(plain):
    assert goes_on(plain, [0, 1920, 3840 + Q]) == pytest.approx(1 / 3)


def test_a_hymn_keeps_the_rules_and_a_clumsy_one_is_caught(conductor, plain):
    made = arranged(conductor, plain, "hymn")
    good = values(PartWriting, made)
    assert good["parallel_octaves_per_100"] == 0
    under = tuple(
        Track(tuple(replace(n, pitch=n.pitch - drop, syllable=None) for n in plain.voice.notes), name, "ensemble")
        for name, drop in (("Alto", 5), ("Tenor", 7), ("Bass", 12))
    )
    clumsy = values(PartWriting, replace(made, tracks=(plain.voice, *under)))
    assert clumsy["parallel_octaves_per_100"] > 50 and clumsy["parallel_fifths_per_100"] > 50


def test_four_lines_are_the_voice_and_three_single_parts(conductor, plain):
    assert four_lines(arranged(conductor, plain, "art")) is None and four_lines(Score(())) is None
    assert [t.name for t in four_lines(arranged(conductor, plain, "hymn"))] == ["Voice", "Alto", "Tenor", "Bass"]
