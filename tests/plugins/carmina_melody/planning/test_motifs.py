"""What makes a tune known again: motifs that come back, contours that the words give, richer chords."""

from dataclasses import replace

import numpy as np
import pytest
from carmina_melody.passes.all import PitchHypothesis, RhythmHypothesis
from carmina_melody.passes.piece import Frame, FrameSyllable, Grid, Piece, Sung
from carmina_melody.passes.vocabulary import LENGTHS, LOWEST, NOTE, PITCH
from carmina_melody.planning.colours import ONE_ROOT, PLAIN, coloured
from carmina_melody.planning.following import guide_of
from carmina_melody.planning.hooks import _fitness, motif_for, taken_up
from carmina_melody.planning.idioms import idioms
from carmina_melody.planning.motifs import pitch_of, step_of
from carmina_melody.planning.numerals import read
from carmina_melody.planning.outlines import developed_contour, parsons, striking
from carmina_melody.rules.motifs import PitchContour, PitchMotif, RhythmAnswers, RhythmMotif
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from carmina import BadInput, Brief, Key, LinePlan, Motif, SectionPlan, Style
from carmina.theory import read_chord

QUIETLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = (
    "[Verse]\nThe river takes the road to town\nThe river brings the morning down\n\n[Chorus]\nO wait for me, O wait\n"
)
STEPS = st.lists(st.integers(-4, 4), min_size=1, max_size=5)
HEIGHTS = st.lists(st.integers(-5, 12), min_size=2, max_size=12)


def frame(stresses, start=0, stop=96):
    syllables = [FrameSyllable(stress, 2, 0, 3, 0, 0) for stress in stresses]
    return Frame(syllables, 0, 1, start=start, stop=stop, next_anchor=stop)


def guided(lines, motif, frames):
    section = SectionPlan("A", tuple(lines), motif=motif)
    piece = Piece(frames, Grid.uniform("4/4"), "major")
    piece.guide = guide_of(section, idioms()["song"], "major", 0.75, 0, len(lines))
    return piece


def begun(rule):
    made = rule()
    made.begin(Brief(lyrics=None), Style("s", "s"))
    return made


# ---- the plan


@pytest.fixture(scope="module")
def plans(conductor, tiny_model):
    brief = Brief(conductor.lyrics(WORDS), model=tiny_model, candidates=2, style="pop")
    return [conductor.plan(replace(brief, seed=seed)) for seed in range(4)]


def test_the_words_give_contours_and_what_comes_back_whatever_the_seed(plans):
    kept = [[(line.contour, line.develops, line.how) for s in plan.sections for line in s.lines] for plan in plans]
    assert all(one == kept[0] for one in kept) and all(contour for contour, _develops, _how in kept[0])
    assert len({plan.sections for plan in plans}) == len(plans)


def test_the_same_seed_draws_other_ends_for_other_words(conductor, tiny_model):
    """Else all songs with the default seed would close alike."""
    found = []
    for word in ("river", "window", "candle", "garden"):
        brief = Brief(conductor.lyrics(WORDS.replace("river", word)), model=tiny_model, candidates=1, style="pop")
        found.append([(line.end, line.breath) for s in conductor.plan(brief).sections for line in s.lines])
    assert len({tuple(ends) for ends in found}) > 1


def test_a_motif_likes_stresses_on_strong_places_and_on_long_notes():
    users = [frame([1, 2, 1, 2])]
    on_the_beat, before_it, little_held = (12, 24, 36), (6, 12, 36), (30, 36, 48)
    kept = [_fitness(places, users, 36, "4/4", 60) for places in (on_the_beat, before_it, little_held)]
    assert kept[0] > max(kept[1:])


def test_a_line_that_takes_up_a_motif_rises_and_falls_as_it_does():
    motif = Motif((1.0, 2.0, 3.0), (2, 1, 4))
    lines = [LinePlan(2, contour="dddddd"), LinePlan(2, develops=1, how="inversion", contour="rrrrrr")]
    found = taken_up(lines, [frame([2] * 7), frame([2] * 7)], motif, "4/4", [default_rng(0)] * 2)
    assert [line.contour for line in found] == ["ududdd", "dudrrr"]


def test_a_contour_has_a_letter_for_every_syllable_but_the_first(conductor, tiny_model, plans):
    tunes = [section.lines for section in conductor.lyrics(WORDS).sections]
    for section, lines in zip(plans[0].sections, tunes, strict=True):
        assert [len(line.contour) + 1 for line in section.lines] == [len(line.syllables) for line in lines]


def test_other_words_have_other_contours(conductor, tiny_model, plans):
    lyrics = conductor.lyrics(WORDS.replace("river", "window").replace("road", "boat").replace("wait", "sing"))
    other = conductor.plan(Brief(lyrics, model=tiny_model, candidates=2, style="pop"))
    assert [[line.contour for line in s.lines] for s in other.sections] != [
        [line.contour for line in s.lines] for s in plans[0].sections
    ]


@given(
    st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=14),
    st.sampled_from(["4/4", "3/4", "6/8", "2/4", "5/4"]),
    st.sampled_from(sorted(idioms())),
    st.integers(0, 50),
)
@QUIETLY
def test_a_motif_is_of_three_notes_or_more_and_fits_its_line(stresses, metre, idiom, seed):
    frames = [frame(stresses, stop=12 * len(stresses) + 48), frame(stresses[::-1])]
    heights = list(default_rng(seed).integers(-5, 9, len(stresses)))
    motif = motif_for(frames, heights, ("x...x...", "x.x.x..."), idioms()[idiom], metre, default_rng(seed))
    if len(stresses) < 3:
        assert motif is None
    if motif is None:
        return
    assert 2 <= len(motif.places) <= min(5, len(stresses) - 1)
    assert [heights[0] + step for step in motif.steps] == pytest.approx(
        [max(-7, min(7, h - heights[0])) + heights[0] for h in heights[1 : len(motif.steps) + 1]]
    )
    lines = taken_up([LinePlan(2), LinePlan(2)], frames, motif, metre, [default_rng(seed)] * 2)
    assert lines[0].motif == "stated" and lines[1].motif != "stated"


def test_a_line_with_asked_for_melismas_states_no_motif():
    made = frame([2] * 6)
    made.syllables[1] = made.syllables[1]._replace(extra_notes=2)
    assert motif_for([made], [0, 2, 4, 5, 4, 2], (), idioms()["song"], "4/4", default_rng(1)) is None


@given(HEIGHTS)
@QUIETLY
def test_a_contour_says_where_a_line_rises_and_falls(heights):
    code = parsons(heights)
    assert [np.sign(b - a) for a, b in zip(heights, heights[1:], strict=False)] == [
        {"u": 1, "d": -1, "r": 0}[letter] for letter in code
    ]
    assert developed_contour(code, "r" * len(code), "exact") == code
    assert developed_contour(developed_contour(code, code, "inversion"), code, "inversion") == code


def test_a_head_of_three_pitches_with_a_skip_is_more_striking_than_one_that_stays():
    def head(*pitches):
        made = frame([2] * len(pitches))
        made.notes = [Sung(12 * i, 12, i, False, pitch) for i, pitch in enumerate(pitches)]
        return striking(made, "major")

    assert head(0, 4, 2, 5, 4) > head(0, 2, 2, 2, 2) > head(0, 0, 0, 0, 0)


def test_a_motif_that_is_none_is_refused():
    for places, steps in (((1.0,), ()), ((2.0, 1.0), (1, 2)), ((1.0,), (9,)), ((13.0,), (0,))):
        with pytest.raises((BadInput, ValueError)):
            Motif(places, steps)


# ---- the rules


@given(STEPS, st.sampled_from(["exact", "sequence", "inversion"]), st.integers(-2, 5))
@QUIETLY
def test_a_line_that_takes_up_a_motif_likes_its_steps_from_where_it_begins(steps, how, first):
    motif = Motif(tuple(float(i + 1) for i in range(len(steps))), tuple(steps))
    frames = [frame([2] * 8), frame([2] * 8)]
    lines = [LinePlan(2, motif="stated"), LinePlan(2, motif=how, shift=1)]
    for made in frames:
        made.notes = [Sung(12 * i, 12, i) for i in range(8)]
    hypothesis = PitchHypothesis(guided(lines, motif, frames))
    for _ in range(8):
        hypothesis.take(PITCH - LOWEST)
    hypothesis.take(PITCH + first - LOWEST)
    turn = -1 if how == "inversion" else 1
    for step in steps:
        bias = begun(PitchMotif).logit_bias(hypothesis)[PITCH:]
        wanted = pitch_of(step_of(first, "major") + turn * step, "major")
        if LOWEST <= wanted <= LOWEST + len(bias) - 1:
            assert int(bias.argmax()) + LOWEST == wanted and (bias > 0).sum() == 1
        hypothesis.take(PITCH + first - LOWEST)


@given(st.lists(st.sampled_from("udr*"), min_size=1, max_size=6), st.integers(-4, 8))
@QUIETLY
def test_a_contour_is_liked_where_it_goes(contour, first):
    made = frame([2] * 8)
    made.notes = [Sung(12 * i, 12, i) for i in range(8)]
    hypothesis = PitchHypothesis(guided([LinePlan(2, contour="".join(contour))], None, [made]))
    hypothesis.take(PITCH + first - LOWEST)
    for letter in contour:
        bias = begun(PitchContour).logit_bias(hypothesis)[PITCH:]
        moves = np.sign(np.arange(len(bias)) + LOWEST - first)
        wanted = {"u": 1, "d": -1, "r": 0, "*": None}[letter]
        assert (bias > 0).tolist() == (moves == wanted).tolist()
        hypothesis.take(PITCH + first - LOWEST)


def test_the_head_of_a_line_likes_the_motifs_rhythm_and_a_line_that_of_the_one_it_develops():
    motif = Motif((0.5, 2.0), (1, 2))
    frames = [frame([2] * 5), frame([2] * 5, 96, 192)]
    frames[1].anchor, frames[1].reference = 96, 0
    frames[0].notes = [Sung(at, 6, i) for i, at in enumerate((0, 6, 24, 36, 72))]
    hypothesis = RhythmHypothesis(
        guided([LinePlan(2, motif="stated"), LinePlan(2, develops=1, how="exact", motif="exact")], motif, frames)
    )
    hypothesis.line, hypothesis.now = 1, 96
    for rule in (RhythmMotif, RhythmAnswers):
        bias = begun(rule).logit_bias(hypothesis)
        assert LENGTHS[int(bias.argmax()) - NOTE] == 6
    hypothesis.take(NOTE + LENGTHS.index(6))
    for rule in (RhythmMotif, RhythmAnswers):
        assert LENGTHS[int(begun(rule).logit_bias(hypothesis).argmax()) - NOTE] == 18


# ---- chords


@pytest.mark.parametrize("mode", ["major", "minor"])
@pytest.mark.parametrize("idiom", idioms().values(), ids=lambda idiom: idiom.name)
def test_richer_chords_are_chords_in_every_key_and_leave_the_end_and_the_first_round(idiom, mode):
    home = {"major": ["I", "IV", "ii", "V", "vi"], "minor": ["i", "iv", "VI", "V", "VII"]}[mode]
    for seed in range(12):
        rng = default_rng(seed)
        bars = [home[int(i)] for i in rng.integers(0, 5, 15)] + [home[0]]
        found = coloured(bars, idiom, mode, "4/4", True, rng)
        assert len(found) == len(bars) and found[-1] == bars[-1]
        if idiom.harmony == "loop":
            assert found[:PLAIN] == tuple(bars[:PLAIN])
        for text in {chord for bar in found for chord in bar.split()}:
            for fifths in (-5, 0, 6):
                assert read_chord(read(text, mode).symbol(Key(fifths, mode))) is not None


@pytest.mark.parametrize("mode", ONE_ROOT)
@pytest.mark.parametrize("idiom", idioms().values(), ids=lambda idiom: idiom.name)
def test_no_bar_turns_a_minor_chord_into_the_dominant_on_its_root(idiom, mode):
    idiom = replace(idiom, dominants=9.0)
    for chord, following in ONE_ROOT[mode].items():
        bars = [*["V"] * 4, *[chord, following] * 4, "V"]
        for seed in range(6):
            found = coloured(bars, idiom, mode, "4/4", True, default_rng(seed))
            assert f"{chord} V7/{following}" not in found
