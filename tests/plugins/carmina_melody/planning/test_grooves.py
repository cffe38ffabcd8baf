"""Where an idiom's lines begin, how long they are, and what their harmony does."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from carmina_melody.passes.all import LinesHypothesis, PitchHypothesis
from carmina_melody.passes.lines import roomy
from carmina_melody.passes.piece import Frame, FrameSyllable, Grid, Piece, Sung, bar_units
from carmina_melody.passes.vocabulary import LOWEST, MAX_START, PHASE, PITCH, START_STEP
from carmina_melody.planning import layouts
from carmina_melody.planning.following import Guide
from carmina_melody.planning.idioms import idioms
from carmina_melody.planning.progressions import chords_of
from carmina_melody.ranking import weight
from carmina_melody.rules.pitches import PitchHarmony
from carmina_melody.rules.plan import LineStarts
from numpy.random import default_rng

from carmina import Line, LinePlan, Lyrics, Section, Style, Syllable

EVERY = sorted(idioms())


def frame(*stresses):
    return Frame([FrameSyllable(stress + 1, 2, 0, 3, 0, 0) for stress in stresses], 0, 1)


def studio(idiom, *lines):
    section = Section(tuple(Line(tuple(Syllable("la", stress=s) for s in line)) for line in lines))
    return SimpleNamespace(idiom=idiom, tunes=[SimpleNamespace(lead=section)], lyrics=Lyrics((section,), "en"))


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8"])
@pytest.mark.parametrize("name", EVERY)
def test_the_pace_of_a_song_is_its_idioms_and_fills_phrases_better_than_the_one_that_was_drawn(name, metre):
    idiom = idioms()[name]
    rng = default_rng(len(name))
    for _ in range(4):
        lines = [[0, 1] * int(rng.integers(2, 8)) for _ in range(4)]
        low, high = idiom.pace
        drawn = float(rng.uniform(low, high))
        pace = layouts.fitted_pace(studio(idiom, *lines), metre, drawn)
        assert 0.7 * low <= pace <= high
        if metre == "4/4":
            unfilled = [np.mean([layouts._unfilled(frame(*line), p, metre) for line in lines]) for p in (pace, drawn)]
            assert unfilled[0] <= unfilled[1] + 0.01


def test_a_rap_sings_its_usual_line_in_a_bar():
    rap, line = idioms()["rap"], [0, 1] * 7
    pace = layouts.fitted_pace(studio(rap, line, line), "4/4", 0.3)
    assert roomy(frame(*line), pace * 12, "4/4") < 1.25 * bar_units("4/4")


@pytest.mark.parametrize("head", [-0.5, 0.0, 0.5, 1.0])
def test_the_first_stress_of_a_line_stands_where_the_layout_wishes_and_pickups_come_before_it(head):
    places = []
    for stresses in ((1, 0, 1), (0, 1, 0), (0, 0, 1)):
        piece = Piece([frame(*stresses)], Grid.uniform("4/4"))
        piece.guide = Guide(idioms()["pop"], 6.0, head=head)
        hypothesis = LinesHypothesis(piece)
        hypothesis.stage = 1
        told = LineStarts().logit_bias(hypothesis)
        assert np.count_nonzero(told) == 1
        places.append((int(np.argmax(told)) - PHASE - MAX_START) * START_STEP / 12)
    assert places == [head, head - 0.5, head - 1.0]
    piece.guide = replace(piece.guide, head=None)
    assert not LineStarts().logit_bias(hypothesis).any()


def test_a_syllable_held_over_the_beat_weighs_as_the_beat_where_the_idiom_sings_before_it():
    def of(name, onset, length):
        note = Sung(onset, length, 0)
        return weight(note, Piece([], Grid.uniform("4/4"), guide=Guide(idioms()[name], 6.0)))

    assert of("pop", 42, 12) == of("pop", 0, 12) > of("pop", 42, 6)
    assert of("hymn", 42, 12) == of("pop", 42, 6)


def test_on_a_beat_the_tune_likes_its_chord_and_a_foreign_tone_goes_on_by_step():
    line = frame(1, 1, 1)
    line.notes = [Sung(0, 12, 0), Sung(12, 6, 1), Sung(18, 6, 2)]
    piece = Piece([line], Grid.uniform("4/4"), "major", chords={0: 0}, guide=Guide(idioms()["pop"], 6.0))
    rule = PitchHarmony()
    rule.begin(None, Style("s", "s"))

    def told(hypothesis, height):
        return rule.logit_bias(hypothesis)[PITCH + height - LOWEST]

    hypothesis = PitchHypothesis(piece)
    assert told(hypothesis, 4) == 0 > told(hypothesis, 5)
    piece.chords[0] = 10 * 4  # bVII: its root stands beside the seventh of the key
    assert told(hypothesis, 10) == 0 > told(hypothesis, 7) > told(hypothesis, 11)
    piece.chords[0] = 0
    hypothesis.take(PITCH + 5 - LOWEST)
    assert told(hypothesis, 4) == 0 > told(hypothesis, 9) and told(hypothesis, 5) < told(hypothesis, 7)
    hypothesis.take(PITCH + 4 - LOWEST)
    assert told(hypothesis, 9) == told(hypothesis, 5) == 0  # from a chord tone to a place off the beat: free


@pytest.mark.parametrize("name", EVERY)
def test_harmony_goes_on(name):
    idiom = idioms()[name]
    for mode in ("major", "minor"):
        for seed in range(8):
            lines = [LinePlan(2, 0.0, cadence="closed" if i == 7 else "open") for i in range(8)]
            bars = chords_of(lines, idiom, mode, "4/4", default_rng(seed))
            chords = [chord for bar in bars for chord in bar.split()]
            assert len(bars) == 16 and len(set(chords)) > (1 if name == "children" else 2)
            assert not any("°" in a and "°" in b for a, b in zip(chords, chords[1:], strict=False))


def test_a_round_that_goes_on_long_gives_way_to_another():
    idiom = idioms()["swing"]
    lines = [LinePlan(2, 0.0, cadence="open") for _ in range(8)]
    found = [chords_of(lines, idiom, "major", "4/4", default_rng(seed)) for seed in range(24)]
    assert np.mean([len({bar for song in [bars] for bar in song}) > 4 for bars in found]) > 0.5
