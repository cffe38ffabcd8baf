"""Manners are measured, mixed, taken from one piece, and steer what is written."""

from collections import Counter

import numpy as np
import pytest
from carmina_manners.catalogue import catalogue
from carmina_manners.like import style_like
from carmina_manners.rules import ManneredPitch, ManneredRhythm
from carmina_manners.tables import counts_of, large, manner_of, manners

from carmina import BadInput, BadOption, Brief, Key, Metre, Note, Score, Style, Track, UnknownEntry, mixed, spelling
from carmina.conductor import Conductor
from carmina.testing import check_constraint
from carmina.testing.states import moments
from carmina.theory import kinship, shared_run, told

QUARTER = 480


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


def tune(steps, lengths=(1,), metre=None, key=None, start=60):
    """A tune of these steps, lengths in quarters in turn."""
    notes, at, pitch = [], 0, start
    for n, step in enumerate([0, *steps]):
        pitch += step
        ticks = round(lengths[n % len(lengths)] * QUARTER)
        notes.append(Note(pitch, at, ticks))
        at += ticks
    return Score((Track(tuple(notes)),), (metre or Metre(),), (key or Key(),))


def test_every_note_is_told_once_in_each_table_and_never_by_its_name():
    score = tune([2, 2, 1, -5, 0, 7, -12])
    tables = Counter(table.split()[0] for table, _ in told(score))
    assert tables["length"] == tables["degree"] == tables["syllable"] == 8 and tables["step"] == 7
    up = tune([2, 2, 1, -5, 0, 7, -12], start=62, key=Key(2))
    assert list(told(up)) == list(told(score))


def test_what_is_as_at_large_says_nothing_and_what_is_rare_is_bounded():
    shares = large()["step"]
    usual = {token: round(share * 1_000_000) for token, share in shares.items()}
    assert manner_of({"step": usual}, {"step": shares}) == {}
    only = manner_of({"step": {"2": 10_000}}, {"step": shares})["step"]
    assert only["2"] > 1 and min(only.values()) >= -2.5


def test_a_manner_knows_tunes_that_it_was_measured_on():
    leaping, stepping = tune([12, -12] * 12), tune([2, -2] * 12)
    nats = manner_of(counts_of([leaping]), large())
    assert kinship(leaping, nats) > kinship(stepping, nats)


@pytest.mark.parametrize("name", ["schubert", "chorale", "foster"])
def test_measured_styles_say_what_they_were_measured_on(name):
    style = next(style for style in catalogue() if style.name == name)
    assert style.manner == manners()[name] and style.manner["step"]


@pytest.mark.parametrize("rule", [ManneredRhythm, ManneredPitch])
def test_rules_are_soft_and_silent_without_a_manner(rule):
    plain, mannered = Style("plain", "plain"), Style("own", "own", manner=manners()["schubert"])
    check_constraint(rule, moments(), mannered)
    for style, silent in ((plain, True), (mannered, False)):
        one = rule()
        one.begin(None, style)
        biases = [one.logit_bias(moment) for moment in moments()]
        assert all(np.isfinite(bias).all() for bias in biases)
        assert (not any(bias.any() for bias in biases)) == silent


def test_a_mix_lies_between_its_styles_and_shares_need_not_sum_to_one():
    slow = Style("slow", "slow", tempo_bpm=(40.0, 60.0), manner={"step": {"1": 1.0}}, options={"pace": 2.0, "a": "b"})
    quick = Style("quick", "quick", metres=("2/4",), tempo_bpm=(80.0, 120.0), options={"pace": 4.0})
    half = mixed("half", [(slow, 3), (quick, 3)])
    assert half.tempo_bpm == (60.0, 90.0) and half.options["pace"] == 3.0 and half.manner["step"]["1"] == 0.5
    assert half.metres[0] == "4/4" and "2/4" in half.metres
    assert mixed("slow", [(slow, 1)]).tempo_bpm == slow.tempo_bpm


@pytest.mark.parametrize("text", ["folk:0.7,pop:0.3", " folk : 7 , pop : 3 ", "folk：70%，pop：30%"])
def test_mixes_are_read_as_people_write_them(text):
    assert spelling.style_mix(text) == pytest.approx({"folk": 0.7, "pop": 0.3})


@pytest.mark.parametrize(
    "text", ["folk:", "folk:x,pop:1", "folk:1", "folk:0,pop:1", "folk:-1,pop:1", "folk:1,folk:2", ","]
)
def test_what_is_no_mix_is_refused_or_is_a_name(text):
    if ":" not in text:
        assert spelling.style_mix(text) is None
    else:
        with pytest.raises(BadOption, match="styles with their shares"):
            spelling.style_mix(text)


def test_a_style_that_nobody_offers_is_told_by_name(conductor):
    with pytest.raises(UnknownEntry, match="popp"):
        conductor.style("folk:1,popp:1")


def test_a_liked_piece_gives_metre_mode_pace_and_no_notes():
    score = tune([2, -2] * 12, (1.5, 0.5, 1), Metre(3, 4), Key(0, "minor"))
    style = style_like(score, Style("song", "song"), "like x.mid")
    assert style.metres == ("3/4",) and style.mode == "minor" and style.range[1] - style.range[0] >= 12
    assert style.tempo_bpm[0] < 96 < style.tempo_bpm[1] and kinship(score, style.manner) > 0


def test_a_song_like_a_piece_is_in_its_metre_and_shares_little_with_it(conductor):
    model = tune([2, 2, -4, 7, -2, -5] * 5, (1, 0.5, 0.5, 1), Metre(3, 4))
    name = conductor.like(model, "x.mid")
    lyrics = conductor.lyrics("The harbour lights are going out tonight\nAnd all the boats are sleeping on the sand")
    score = conductor.compose(Brief(lyrics, name, seed=1, candidates=1))
    assert str(score.metres[0]) == "3/4" and shared_run(score, model) < len(score.sung_notes) / 2


@pytest.mark.parametrize("score", [tune([1, 2, 3]), Score((Track((), role="drums"),))])
def test_a_piece_without_a_voice_or_too_short_is_refused_in_a_line(conductor, score):
    with pytest.raises(BadInput, match="x.mid has"):
        conductor.like(score, "x.mid")


def test_the_longest_shared_run_is_found_in_whatever_key_and_tempo():
    one = tune([2, 2, 1, -5, 3, -1, -2])
    assert shared_run(one, tune([2, 2, 1, -5, 3, -1, -2], (2,), start=67)) == 8
    assert shared_run(one, tune([-7, 7, -7, 7, -7])) == 0
