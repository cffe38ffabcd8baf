"""Each rule of the melody passes, alone."""

import copy
from importlib.metadata import entry_points
from types import SimpleNamespace

import numpy as np
import pytest
from carmina_melody import ranking
from carmina_melody.passes.all import ChordHypothesis, LinesHypothesis, PitchHypothesis, RhythmHypothesis
from carmina_melody.passes.guided import Guided
from carmina_melody.passes.piece import Grid, Piece, Sung, focus, frames_of
from carmina_melody.passes.vocabulary import (
    CHORD,
    LENGTHS,
    LOWEST,
    MELISMA,
    NOTE,
    PHASE,
    PITCH,
    REFERENCE,
    REST,
    SIZE,
    SPAN,
)
from carmina_melody.plugin import carmina_constraints
from carmina_melody.rules import lines as line_rules
from carmina_melody.rules import pitches as pitch_rules
from carmina_melody.rules import rhythm as rhythm_rules

from carmina import (
    Brief,
    CarminaError,
    Constraint,
    Line,
    Lyrics,
    MelodyState,
    PitchState,
    RhythmState,
    Section,
    Style,
    Syllable,
    hookimpl,
)
from carmina.conductor import Conductor
from carmina.registry import Registry
from carmina.testing import check_constraint

BRIEF = Brief(Lyrics((Section((Line((Syllable("la"),)),)),)))
STYLE = Style("s", "s")


def line(*words, tones=None):
    """Words as lists of stress; places follow."""
    out = []
    for word in words:
        places = ["single"] if len(word) == 1 else ["begin", *["middle"] * (len(word) - 2), "end"]
        out += [
            Syllable("syl"[: 2 + s], place, s, content=bool(any(word))) for s, place in zip(word, places, strict=True)
        ]
    if tones:
        out = [Syllable(s.text, s.place, s.stress, tone) for s, tone in zip(out, tones, strict=True)]
    return Line(tuple(out))


def piece(*lines, metre="4/4", mode="major"):
    return Piece(frames_of(Lyrics((Section(tuple(lines)),))), Grid.uniform(metre), mode)


def planned(words, start=0, stop=48):
    made = piece(words)
    made.frames[0].start, made.frames[0].stop, made.frames[0].next_anchor = start, stop, stop
    return RhythmHypothesis(made)


def begun(rule, style=STYLE):
    made = rule()
    made.begin(BRIEF, style)
    return made


def allowed(rule, hypothesis):
    logit_bias = begun(rule).logit_bias(hypothesis)
    return {i for i in hypothesis.choices() if np.isfinite(logit_bias[i])}


def tune(*pitches, words=None):
    """A hypothesis that stands at the last of these notes, the others sung."""
    count = len(pitches) + 1
    made = piece(words or line(*[[1]] * count))
    made.frames[0].notes = [Sung(12 * i, 12, i) for i in range(count)]
    made.frames[0].lines_left = 1
    hypothesis = PitchHypothesis(made)
    for pitch in pitches:
        hypothesis.take(PITCH + pitch - LOWEST)
    return hypothesis


def judged(rule, hypothesis, style=STYLE):
    """Pitch -> what the rule adds."""
    logit_bias = begun(rule, style).logit_bias(hypothesis)
    return {int(p): float(logit_bias[PITCH + i]) for i, p in enumerate(pitch_rules.PITCHES)}


def test_what_a_rule_says_of_one_state_is_found_once_and_given_anew():
    rule, hypothesis = begun(pitch_rules.PitchLeaps), tune(0, 9)
    first = rule.logit_bias(hypothesis)
    assert rule.told(hypothesis) is rule.told(tune(0, 9)) and (rule.told(tune(0, 2)) != first).any()
    first[:] = 7.0
    assert (rule.logit_bias(hypothesis) < 7.0).all()


# ---- lines


def test_a_line_gets_no_fewer_bars_than_its_syllables_need_and_not_far_more():
    hypothesis = LinesHypothesis(piece(line(*[[1]] * 16), line([1])))
    hypothesis.take(REFERENCE)
    hypothesis.take(PHASE + 24)
    bars = sorted(i - SPAN for i in allowed(line_rules.LineRoom, hypothesis))
    assert bars[0] == 2 and bars[-1] <= 8


def test_a_line_starts_when_the_one_before_has_been_sung():
    hypothesis = LinesHypothesis(piece(line(*[[1]] * 8), line([1], [1])))
    for chosen in (REFERENCE, PHASE + 24, SPAN + 1, REFERENCE):
        hypothesis.take(chosen)
    assert min(i - PHASE - 24 for i in allowed(line_rules.LineRoom, hypothesis)) == 0
    hypothesis = LinesHypothesis(piece(line(*[[1]] * 4), line([1], [1])))
    for chosen in (REFERENCE, PHASE + 24, SPAN + 1, REFERENCE):
        hypothesis.take(chosen)
    assert min(i - PHASE - 24 for i in allowed(line_rules.LineRoom, hypothesis)) == -8


def test_a_line_with_the_same_words_answers_that_line_and_no_other():
    same = line([1], [0, 1])
    hypothesis = LinesHypothesis(piece(same, line([0], [1]), same))
    for chosen in (REFERENCE, PHASE + 24, SPAN + 1) * 2:
        hypothesis.take(chosen)
    assert allowed(line_rules.LineAnswers, hypothesis) == {REFERENCE + 2}


# ---- rhythm


def test_a_note_leaves_room_for_the_syllables_that_are_left():
    hypothesis = planned(line([1], [1], [1], [1]), stop=24)
    longest = max(LENGTHS[i - NOTE] for i in allowed(rhythm_rules.RhythmFill, hypothesis) if NOTE <= i < MELISMA)
    assert longest == 15 - 3 or longest == 12


def test_no_rest_inside_a_word_and_none_twice():
    hypothesis = planned(line([1, 0], [1]))
    hypothesis.take(NOTE + LENGTHS.index(6))
    assert not any(REST <= i < CHORD for i in allowed(rhythm_rules.RhythmFill, hypothesis))
    hypothesis.take(NOTE + LENGTHS.index(6))
    assert any(REST <= i < CHORD for i in allowed(rhythm_rules.RhythmFill, hypothesis))
    hypothesis.take(REST + LENGTHS.index(3))
    assert not any(REST <= i < CHORD for i in allowed(rhythm_rules.RhythmFill, hypothesis))


def test_a_line_ends_exactly_in_its_time():
    hypothesis = planned(line([1]), stop=18)
    hypothesis.take(NOTE + LENGTHS.index(12))
    rests = {LENGTHS[i - REST] for i in allowed(rhythm_rules.RhythmFill, hypothesis) if i >= REST}
    assert rests == {3, 6}


def test_a_note_that_would_cross_the_bar_line_from_a_weak_place_is_unwelcome():
    hypothesis = planned(line([1], [1], [1]), start=36, stop=96)
    taste = begun(rhythm_rules.RhythmTaste).logit_bias(hypothesis)
    assert taste[NOTE + LENGTHS.index(24)] < taste[NOTE + LENGTHS.index(12)]


# ---- pitches


def test_the_range_is_hard_and_leaps_stop_at_an_octave():
    hypothesis = tune(0)
    hypothesis.piece.low, hypothesis.piece.high = -5, 14
    inside = {p for p, value in judged(pitch_rules.PitchRange, hypothesis).items() if np.isfinite(value)}
    assert inside == set(range(-5, 13))


def test_the_song_ends_on_the_tonic_and_a_stanza_at_rest():
    hypothesis = tune(2, 4)
    hypothesis.frame.lines_left = 0
    final = {p for p, v in judged(pitch_rules.PitchCadence, hypothesis).items() if np.isfinite(v)}
    assert final == {0, 12}  # tonics that are no further than a sixth away
    hypothesis.notes.append(hypothesis.notes[-1])
    soft = judged(pitch_rules.PitchCadence, hypothesis)
    assert soft[0] > soft[7] > soft[5]


def test_a_leap_turns_back():
    after_leap = judged(pitch_rules.PitchLeaps, tune(0, 9))
    assert after_leap[11] < after_leap[7]


def test_a_melisma_moves():
    hypothesis = tune(0)
    hypothesis.note.continues = True
    values = judged(pitch_rules.PitchLeaps, hypothesis)
    assert values[0] < values[2] == 0


def test_repeated_words_lean_on_their_tune_more_than_answers_do():
    def bonus(repeat):
        words = line([1], [1])
        made = piece(words, words)
        for n, frame in enumerate(made.frames):
            frame.anchor, frame.notes = 48 * n, [Sung(48 * n + 12 * i, 12, i) for i in range(2)]
        made.frames[1].reference, made.frames[1].repeat_back = 0, repeat
        hypothesis = PitchHypothesis(made)
        for pitch in (4, 7):
            hypothesis.take(PITCH + pitch - LOWEST)
        values = judged(pitch_rules.PitchAnswers, hypothesis)
        assert max(values, key=values.get) == 4
        return values[4]

    assert bonus(1) > bonus(0) > 0


@pytest.mark.parametrize(("tones", "liked", "disliked"), [((3, 1), 4, -3), ((1, 3), -3, 4)])
def test_the_tune_moves_with_chinese_tones(tones, liked, disliked):
    values = judged(pitch_rules.PitchTones, tune(0, words=line([1], [1], tones=tones)))
    assert values[liked] > 0 > values[disliked]


def test_level_tones_ask_for_no_direction():
    values = judged(pitch_rules.PitchTones, tune(0, words=line([1], [1], tones=(1, 1))))
    assert values[2] == values[-2] == 0 > values[9]


def test_the_tune_rises_into_stress_and_to_the_weightiest_word():
    values = judged(pitch_rules.PitchSpeech, tune(0, words=line([0], [1])))
    assert values[2] > values[0] > values[-2]
    arch = judged(pitch_rules.PitchArch, tune(0, words=line([0], [1])))
    assert arch[2] > arch[-2]


def test_the_weightiest_word_is_the_longest_content_word():
    words = [
        Syllable("the", stress=0, content=False),
        Syllable("riv", "begin", 1),
        Syllable("er", "end", 0),
        Syllable("runs", stress=1),
    ]
    assert focus(words) == 1 and focus(words[:1]) == -1


def test_a_scale_is_preferred_by_its_strength_and_the_mode_keeps_its_third():
    five = judged(pitch_rules.PitchScale, tune(0), Style("p", "p", scale=(0, 2, 4, 7, 9), scale_strength=3.0))
    assert five[4] == 0 and five[5] == -3
    mode = judged(pitch_rules.PitchMode, tune(0))
    assert mode[3] < 0 == mode[4]


# ---- ranking


def sung_piece(stresses, onsets, pitches=None, length=6):
    made = piece(line(*[[s] for s in stresses]))
    made.frames[0].stop = 96
    made.frames[0].notes = [
        Sung(onset, length, i, False, (pitches or [0] * len(onsets))[i]) for i, onset in enumerate(onsets)
    ]
    return made


def test_stress_on_strong_places_ranks_higher():
    well = sung_piece([1, 0, 1, 0], [0, 6, 12, 18])
    badly = sung_piece([0, 1, 0, 1], [0, 6, 12, 18])
    assert ranking.stress_fit(well.frames, well) == 1.0 and ranking.stress_fit(badly.frames, badly) == 0.0
    assert ranking.rhythm_merit(well, -4.0) > ranking.rhythm_merit(badly, -4.0)


def test_rushed_words_and_unlikely_rhythms_rank_lower():
    calm, rushed = sung_piece([1, 1], [0, 12], length=12), sung_piece([1, 1], [0, 12], length=3)
    assert ranking.rhythm_merit(calm, -2.0) > ranking.rhythm_merit(rushed, -2.0)
    assert ranking.rhythm_merit(calm, -2.0) > ranking.rhythm_merit(calm, -20.0)


def test_a_monotonous_or_wild_tune_ranks_lower():
    onsets = list(range(0, 96, 12))
    lively = sung_piece([1] * 8, onsets, [0, 2, 4, 7, 9, 7, 4, 0])
    dull = sung_piece([1] * 8, onsets, [0] * 8)
    wild = sung_piece([1] * 8, onsets, [0, 12, 0, 12, 0, 12, 0, 12])
    merits = [ranking.pitch_merit(p, -9.6, [False]) for p in (lively, dull, wild)]
    assert merits[0] > max(merits[1:])


def test_a_chorus_that_lies_higher_ranks_higher():
    def song(high):
        made = piece(line([1], [1]), line([1], [1]))
        for n, frame in enumerate(made.frames):
            frame.notes = [Sung(48 * n + 12 * i, 12, i, False, (high if n else 0) + i) for i in range(2)]
        return ranking.pitch_merit(made, -4.8, [False, True])

    assert song(3) > song(-3)


# ---- what constraints of others see


def moments_of(task):
    """Real states of a pass: of the words of a made-up stanza, at every step of a walk that takes what comes first."""
    made = piece(line([2], [1, 2], [1]), line([1], [2], [1, 2]))
    passes = {"melody.line": LinesHypothesis, "melody.rhythm": RhythmHypothesis, "melody.chord": ChordHypothesis}
    for name, kind in (*passes.items(), ("melody.pitch", PitchHypothesis)):
        hypothesis = kind(made)
        rules = [begun(rule) for rule in RULES if rule.task == name]
        while not hypothesis.done:
            bias = sum((rule.logit_bias(hypothesis) for rule in rules), np.zeros(SIZE, np.float32))
            choices = [n for n in hypothesis.choices() if np.isfinite(bias[n])]
            if name == task:
                yield copy.deepcopy(hypothesis)
            hypothesis.take(max(choices, key=lambda n: (bias[n], -n)))


RULES = [rule for rule in carmina_constraints() if rule.name != "pitch-join"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_keeps_the_contract_of_constraints(rule):
    states = list(moments_of(rule.task))
    assert states
    check_constraint(rule, states, STYLE)


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        ("melody.line", MelodyState),
        ("melody.rhythm", RhythmState),
        ("melody.chord", MelodyState),
        ("melody.pitch", PitchState),
    ],
)
def test_what_a_constraint_sees_is_what_the_contract_says(task, kind):
    states = list(moments_of(task))
    for state in states:
        assert isinstance(state, kind)
        assert len(state.tokens) == SIZE and state.metre == "4/4" and state.mode == "major"
        assert (
            0 <= state.line_number < 2 and state.lines_left == 1 - state.line_number and 0 <= state.beat_strength <= 4
        )
        assert state.stress in (None, 0, 1, 2) and state.tone is None and state.syllables_left >= 0
        kinds = {state.tokens[n].kind for n in state.choices()}
        assert kinds <= {"melody.line": {"answer", "start", "bars"}, "melody.rhythm": {"note", "melisma", "rest"}}.get(
            task, {task.removeprefix("melody.")}
        )
    times = [state.onset_quarters for state in states if state.line_number == 0]
    assert times == sorted(times)


def test_tokens_mean_what_choosing_them_does():
    for state in moments_of("melody.pitch"):
        for token in (4, -3, 12):
            after = copy.deepcopy(state)
            after.take(next(n for n, t in enumerate(state.tokens) if t.kind == "pitch" and t.value == token))
            assert after.notes[state.at][1].pitch == token
            assert after.done or after.pitch_before() == token
    for state in moments_of("melody.rhythm"):
        for chosen in state.choices():
            meant, after = state.tokens[chosen], copy.deepcopy(state)
            if np.isfinite(
                sum(begun(rule).logit_bias(state) for rule in RULES if rule.task == "melody.rhythm")[chosen]
            ):
                after.take(chosen)
                sung = after.frame.notes if after.line == state.line else after.piece.frames[state.line].notes
                assert meant.kind == "rest" or sung[-1].length == round(12 * meant.value)


class Low(Constraint):
    name, summary, task = "low", "nothing above the third", "melody.pitch"
    asked = 0

    def logit_bias(self, state):
        Low.asked += 1
        return np.array([-9.0 if t.kind == "pitch" and t.value > 4 else 0.0 for t in state.tokens], np.float32)


def test_a_strangers_constraint_under_the_documented_name_is_called_and_heard():
    check_constraint(Low)
    points = [*entry_points(group="carmina")]
    stranger = SimpleNamespace(carmina_constraints=hookimpl(lambda: [Low]))
    points.append(SimpleNamespace(name="stranger", dist=None, load=lambda: stranger))
    conductor = Conductor(Registry(points, strict=True))
    words = conductor.lyrics("Silver moon above the sea\nsing a little song for me", "en")
    score = conductor.compose(Brief(words, seed=3, candidates=1, key="C", mode="major", metre="4/4"))
    tonic = min((note.pitch for note in score.voice.notes if note.pitch % 12 == 0), key=lambda p: abs(p - 66))
    assert Low.asked >= len(score.voice.notes)
    assert sum(note.pitch - tonic > 4 for note in score.voice.notes) <= 1


@pytest.mark.parametrize(
    ("bias", "message"),
    [
        (np.zeros(3, np.float32), r"'low' gave a bias of shape \(3,\)"),
        (np.full(SIZE, -np.inf, np.float32), "'low' leaves nothing to choose"),
        (np.full(SIZE, np.nan, np.float32), "'low' gave a bias that is no number"),
    ],
)
def test_a_constraint_that_spoils_a_step_is_named(bias, message):
    class Bad(Low):
        def logit_bias(self, state):
            return bias

    with pytest.raises(CarminaError, match=message):
        Guided(tune(0), [begun(Bad)]).logit_bias()
