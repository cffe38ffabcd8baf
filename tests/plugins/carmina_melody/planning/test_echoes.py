"""Words that come back bring their tune with them, and lines arrive on strong beats and leave room to breathe."""

from dataclasses import replace

import numpy as np
import pytest
from carmina_melody.composing import _check_echoes
from carmina_melody.faults import faults, off_plan, off_rhythm
from carmina_melody.passes.all import PitchHypothesis, RhythmHypothesis
from carmina_melody.passes.piece import Frame, FrameSyllable, Grid, Piece, Sung, landing, strength
from carmina_melody.passes.vocabulary import LENGTHS, LOWEST, NOTE, PITCH, REST
from carmina_melody.planning.echoes import FEWEST, PLAIN, echoed
from carmina_melody.planning.following import guide_of
from carmina_melody.planning.idioms import idioms
from carmina_melody.planning.motifs import pitch_of, step_of
from carmina_melody.ranking import landed
from carmina_melody.rules.echoes import PitchEchoes, RhythmEchoes
from carmina_melody.rules.plan import RhythmBounds
from carmina_melody.rules.rhythm import RhythmLanding
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from carmina import BadInput, Brief, Echo, LinePlan, SectionPlan, Style, Syllable

QUIETLY = settings(max_examples=40, deadline=None)
WORDS = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=9), min_size=1, max_size=4)
GROOVE = st.lists(st.sampled_from([6, 12, 18]), min_size=6, max_size=6)


def said(words):
    """Each letter is a word of content."""
    return [Syllable(word, "single", 1, content=True) for word in words]


def planned(lines, seed=0):
    plans = [LinePlan(2, contour="ud" * 6) for _ in lines]
    plans = [replace(plan, contour=plan.contour[: len(words) - 1]) for plan, words in zip(plans, lines, strict=True)]
    return echoed(plans, [said(words) for words in lines], [default_rng(seed + i) for i in range(len(lines))])


def sung(count, start=0, stop=96, lengths=()):
    """A line of so many stressed syllables, an eighth each but for ``lengths``."""
    made = Frame([FrameSyllable(2, 2, 0, 3, 0, 0)] * count, 0, 1, start=start, stop=stop, next_anchor=stop)
    made.anchor, at = start, start
    for i in range(count):
        length = lengths[i] if i < len(lengths) else 6
        made.notes.append(Sung(at, length, i))
        at += length
    return made


def piece(frames, *lines):
    section = SectionPlan("A", lines)
    made = Piece(frames, Grid.uniform("4/4"), "major")
    made.guide = guide_of(section, idioms()["song"], "major", 0.75, 0, len(lines))
    return made


def begun(rule):
    made = rule()
    made.begin(Brief(lyrics=None), Style("s", "s"))
    return made


# ---- the plan


@given(WORDS, st.integers(0, 9))
@QUIETLY
def test_an_echo_is_of_the_same_words_or_of_the_same_line_and_of_what_came_before(lines, seed):
    plans = planned(lines, seed)
    SectionPlan("A", tuple(plans))  # refuses what does not come before
    _check_echoes(SectionPlan("A", tuple(plans)), [len(words) for words in lines])
    for words, plan in zip(lines, plans, strict=True):
        for echo in plan.echoes:
            heard = lines[echo.line - 1][echo.of - 1 : echo.of - 1 + echo.syllables]
            here = words[echo.at - 1 : echo.at - 1 + echo.syllables]
            own = echo.line == plans.index(plan) + 1 and echo.of == 1 and echo.shift
            assert heard == here or own
            assert echo.at + echo.syllables - 1 < len(words)  # the end is the cadence's
            if len(plan.echoes) == 1 and heard == here:
                model = plans[echo.line - 1].contour[echo.of - 1 : echo.of + echo.syllables - 2]
                assert plan.contour[echo.at - 1 : echo.at + echo.syllables - 2] == model


def test_words_that_come_back_are_echoed_wherever_they_stand():
    songs = [planned([list("xabcdef"), list("ghabcik"), list("lmnopqr")], seed) for seed in range(20)]
    found = [[(e.at, e.syllables, e.line, e.of) for e in plans[1].echoes] for plans in songs]
    assert 10 < found.count([(3, 3, 1, 2)]) < 20  # not always, as people do
    assert not any(echo.line != 3 for plans in songs for echo in plans[2].echoes)


def test_little_words_alone_are_no_hook():
    little = [Syllable(word, "single", 0, content=False) for word in "ofthe"]
    lines = [little + said("abc"), little[:FEWEST] + said("def")]
    assert PLAIN > FEWEST
    assert not echoed([LinePlan(2), LinePlan(2)], lines, [default_rng(0), default_rng(1)])[1].echoes


def test_a_melisma_that_was_asked_for_is_not_sung_over():
    words = [replace(said("a")[0], extra_notes=2), *said("bcd")]
    assert not echoed([LinePlan(2)] * 2, [words, words], [default_rng(0)] * 2)[1].echoes


def test_some_lines_answer_their_first_half_in_their_second_one_and_others_do_not():
    feet = [Syllable(letter, "single", int(i % 4 == 0)) for i, letter in enumerate("abcdefgh")]
    found = [echoed([LinePlan(2)], [feet], [default_rng(seed)])[0].echoes for seed in range(40)]
    assert {len(echoes) for echoes in found} == {0, 1}
    assert all(echo.at == 5 and echo.of == 1 and echo.shift for echoes in found for echo in echoes)


def test_an_echo_of_syllables_that_are_not_there_is_refused():
    with pytest.raises(ValueError, match="is not before it"):
        SectionPlan("A", (LinePlan(2, echoes=(Echo(1, 3, 1, 2),)),))
    with pytest.raises(BadInput, match="line 1, which has 4"):
        _check_echoes(SectionPlan("A", (LinePlan(2), LinePlan(2, echoes=(Echo(1, 3, 1, 3),)))), [4, 8])


# ---- the rules


@given(st.lists(st.integers(-2, 9), min_size=4, max_size=4), st.integers(-2, 2))
@QUIETLY
def test_an_echo_likes_the_pitches_of_what_it_echoes_moved_along_the_scale(heights, shift):
    frames = [sung(4), sung(6, 96, 192)]
    hypothesis = PitchHypothesis(piece(frames, LinePlan(2), LinePlan(2, echoes=(Echo(2, 4, 1, 1, shift),))))
    for height in [*heights, 0]:
        hypothesis.take(PITCH + height - LOWEST)
    for height in heights:
        bias = begun(PitchEchoes).logit_bias(hypothesis)[PITCH:]
        wanted = pitch_of(step_of(height, "major") + shift, "major")
        assert int(bias.argmax()) + LOWEST == wanted and (bias > 0).sum() == 1
        hypothesis.take(PITCH + wanted - LOWEST)
    assert not begun(PitchEchoes).logit_bias(hypothesis).any()
    hypothesis.take(PITCH)
    assert "echoes" in faults(hypothesis.piece, 1) and not faults(hypothesis.piece, 1)["echoes"]
    assert not off_rhythm(hypothesis.piece)
    frames[1].notes[2].pitch += 1
    frames[1].notes[2].onset += 6
    assert off_plan(hypothesis.piece) > 0 and off_rhythm(hypothesis.piece) == pytest.approx(1 / 3)
    assert faults(hypothesis.piece, 1)["echoes"] > 0


@given(GROOVE)
@QUIETLY
def test_an_echo_likes_the_rhythm_of_what_it_echoes(lengths):
    frames = [sung(6, lengths=lengths), sung(6, 192, 384)]
    frames[1].notes = []
    hypothesis = RhythmHypothesis(piece(frames, LinePlan(4), LinePlan(4, echoes=(Echo(1, 5, 1, 1),))))
    hypothesis.line, hypothesis.now = 1, 192
    for length in lengths[:4]:
        bias = begun(RhythmEchoes).logit_bias(hypothesis)
        assert LENGTHS[int(bias.argmax()) - NOTE] == length
        hypothesis.take(int(bias.argmax()))


@given(st.sampled_from(["4/4", "3/4", "6/8", "2/4"]), st.integers(0, 7), st.integers(1, 3))
@QUIETLY
def test_a_line_likes_to_arrive_on_a_strong_beat(metre, place, stress):
    made = sung(5, stop=192)
    made.syllables[4] = made.syllables[4]._replace(stress=stress)
    made.notes = []
    whole = piece([made], LinePlan(4))
    whole.grid = Grid.uniform(metre)
    hypothesis = RhythmHypothesis(whole)
    arrives = 3 if stress == 1 else 4
    assert landing(made.syllables) == arrives
    hypothesis.syllable, hypothesis.now = arrives - 1, 6 * place
    bias = begun(RhythmLanding).logit_bias(hypothesis)[NOTE : NOTE + len(LENGTHS)]
    strengths = [strength((6 * place + length) % (hypothesis.piece.grid.bar(0)[1]), metre) for length in LENGTHS]
    assert max(strengths) == strengths[int(bias.argmax())] and np.corrcoef(bias, strengths)[0, 1] > 0.9


def test_lines_that_arrive_on_the_bar_line_have_landed():
    assert landed(piece([sung(9)], LinePlan(2))) == 1.0
    assert landed(piece([sung(8)], LinePlan(2))) == 0.0


@pytest.mark.parametrize(
    "breath, left, breathless", [(0.5, 48, {48}), (0.5, 12, {9, 12}), (0.0, 48, set()), (0.0, 12, set()), (0.0, 9, {9})]
)
def test_the_voice_breathes_in_a_rest_or_out_of_a_long_note(breath, left, breathless):
    made = sung(4, stop=48)
    made.notes = []
    hypothesis = RhythmHypothesis(piece([made], LinePlan(1, breath=breath)))
    hypothesis.syllable, hypothesis.now = 3, 48 - left
    bias = begun(RhythmBounds).logit_bias(hypothesis)[NOTE : NOTE + len(LENGTHS)]
    low = {length for length in LENGTHS if bias[LENGTHS.index(length)] <= RhythmBounds.BREATHLESS}
    assert low & {9, 12, 48} & set(range(left + 1)) == breathless


def test_a_rest_before_the_arrival_is_judged_by_where_it_leads():
    made = sung(5, stop=96)
    made.notes = []
    hypothesis = RhythmHypothesis(piece([made], LinePlan(2)))
    hypothesis.syllable, hypothesis.now, hypothesis.notes_on = 4, 36, 1
    bias = begun(RhythmLanding).logit_bias(hypothesis)[REST : REST + len(LENGTHS)]
    assert LENGTHS[int(bias.argmax())] in (12, 60) and bias[LENGTHS.index(12)] > 0
