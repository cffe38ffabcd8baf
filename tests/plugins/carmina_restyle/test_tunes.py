"""A restyled tune keeps its words and its contour, and goes as far as its strength."""

from types import SimpleNamespace

import numpy as np
import pytest
from carmina_restyle.aims import Aim, Aims, in_mode
from carmina_restyle.contour import kept, parsons
from carmina_restyle.restyling import content_kept
from carmina_restyle.rules import AIMS, KeptPitch, KeptRhythm
from carmina_restyle.source import source_of

from carmina import BadInput, Brief, EditBrief, Note, Score, Token, Track
from carmina.cli.run import run
from carmina.conductor import Conductor
from carmina.testing import check_constraint
from carmina.testing.states import moments

TUNE = """X:1
T:Harbour wall
M:4/4
L:1/4
Q:1/4=100
K:G
G A B c | d2 B2 | A A B A | G3 z |
w: The har-bour lights are low to-night, they shine up-on the sea
G A B c | d2 B2 | A B A F | G3 z |]
w: and all the boats are sleep-ing now, and so a-sleep are we.
"""
WORDLESS = "\n".join(line for line in TUNE.splitlines() if not line.startswith("w:"))


@pytest.fixture(scope="module")
def conductor():
    return Conductor()


@pytest.fixture(scope="module")
def tune(conductor):
    return conductor.read(TUNE.encode(), ".abc", "Score")


def restyled(conductor, score, style, strength, **options):
    brief = EditBrief(score, style=style, seed=1, candidates=2, options={"strength": strength, **options})
    return conductor.writer("restyle", brief).write(brief, conductor)


@pytest.fixture(scope="module")
def waltz(conductor, tune):
    return restyled(conductor, tune, "waltz", 1.0)


def words(score):
    return [note.syllable.text for note in score.sung_notes if note.syllable]


def test_every_syllable_is_sung_in_order_in_the_metre_of_the_style(tune, waltz):
    assert words(waltz) == words(tune) and str(waltz.metres[0]) == "3/4" and waltz.title == tune.title


def test_the_contour_is_kept_far_better_than_by_writing_anew(conductor, tune, waltz):
    source = source_of(tune, "x", conductor)
    anew = conductor.compose(Brief(source.lyrics, "waltz", seed=2, candidates=2))
    assert content_kept(source, waltz) >= 0.7 > content_kept(source, anew)


def test_strength_0_gives_the_tune_back(conductor, tune):
    assert restyled(conductor, tune, "waltz", 0) is tune


def test_the_same_seed_gives_the_same_tune(conductor, tune, waltz):
    assert restyled(conductor, tune, "waltz", 1.0) == waltz


def test_a_small_strength_keeps_the_metre_the_mode_and_most_of_the_rhythm(conductor, tune, waltz):
    little = restyled(conductor, tune, "lament", 0.2)
    assert str(little.metres[0]) == "4/4" and little.keys[0].mode == "major"
    onsets = {note.onset_ticks for note in tune.sung_notes if note.syllable}
    assert len(onsets & {note.onset_ticks for note in little.sung_notes if note.syllable}) > 0.6 * len(onsets)


def test_a_tune_without_words_stays_without_words(conductor):
    score = restyled(conductor, conductor.read(WORDLESS.encode(), ".abc", "Score"), "hymn", 1.0, mode="minor")
    assert not words(score) and len(score.sung_notes) >= 22 and score.keys[0].mode == "minor"


@pytest.mark.parametrize("rule", [KeptPitch, KeptRhythm])
def test_without_a_source_the_rules_say_nothing(rule):
    check_constraint(rule, moments())
    one = rule()
    one.begin(Brief(None, options={AIMS: None}), None)
    assert not any(one.logit_bias(moment).any() for moment in moments())


def test_a_note_of_no_length_costs_much_and_is_no_fault(conductor):
    rule = KeptRhythm()
    aims = Aims({("t", 0): Aim((60,), (1.0,))}, 0.5)
    rule.begin(Brief(None, options={AIMS: aims}), conductor)
    state = SimpleNamespace(tune="t", line_of_tune=0, syllables_left=1, tokens=[Token("note", v) for v in (0, 1, 2)])
    nats = rule.logit_bias(state)
    assert np.isfinite(nats).all() and nats[1] == 0 and nats[0] < nats[2] < 0


def test_degrees_keep_their_names_in_the_other_mode():
    assert [in_mode(h, "major", "minor") for h in (0, 4, 9, 11, 12, -3)] == [0, 3, 8, 10, 12, -4]
    assert in_mode(in_mode(16, "major", "minor"), "minor", "major") == 16


def test_contours_that_are_the_same_agree_and_upside_down_ones_do_not():
    line = [0, 4, 2, 7, 7, 5]
    assert kept([line], [[60 + 2 * h for h in line]]) == 1
    assert kept([line], [[-h for h in line]]) == pytest.approx(1 / 15)
    assert kept([[1]], [[1]]) is None and parsons(line) == "uduRd".lower()


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (Score((Track((Note(60, 0, 480), Note(64, 0, 480)), role="piano"),)), "no voice"),
        (Score((Track(tuple(Note(60 + n, n * 480, 480) for n in range(6))),)), "at least"),
    ],
)
def test_what_has_no_tune_is_refused_in_a_line(conductor, score, said):
    with pytest.raises(BadInput, match=said):
        source_of(score, "x.mid", conductor)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tune.abc"], "which style"),
        (["tune.abc", "--style", "walz"], "no style called 'walz'"),
        (["tune.abc", "--style", "waltz", "--form", "sonnet"], "--form is for poems"),
        (["tune.abc", "--like", "tune.abc"], "one tune"),
        (["tune.abc", "--style", "waltz", "-o", "tune.abc"], "would lose it"),
        (["tune.abc", "--style", "waltz", "--strength", "2"], "--strength"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tune.abc").write_text(TUNE)
    assert run(["restyle", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error and len(error.strip().splitlines()) == 1
