"""Four parts keep the rules that primers teach, better than people do."""

from dataclasses import replace

import numpy as np
import pytest
from carmina_harmony.arranging import Arrange
from carmina_harmony.part_rules import RULES, Rows, chords, counts, rows
from carmina_harmony.symbols import parse
from carmina_harmony.voice_leading import best_path
from carmina_harmony.voicings import Moment, laid, still_cost

from carmina import ArrangeBrief, Chord, Note

Q = 480
STRICT = (
    "parallel fifths",
    "parallel octaves",
    "crossed voices",
    "doubled leading note",
    "wide spacing",
    "out of range",
)


def hymn(conductor, score, seed=1, **asked):
    return Arrange().write(ArrangeBrief(score, "hymn", seed=seed, **asked), conductor)


def table(score):
    return rows(
        [track.notes for track in score.tracks], lambda tick: [k for k in score.keys if k.onset_ticks <= tick][-1].tonic
    )


@pytest.mark.parametrize("name", ["plain", "minor_waltz", "jig", "two_verses"])
@pytest.mark.parametrize("seed", range(3))
def test_the_strict_rules_hold(conductor, request, name, seed):
    found = table(hymn(conductor, request.getfixturevalue(name), seed))
    broken = counts(found)
    assert chords(found) > 10 and sum(broken[rule] for rule in STRICT) == 0, broken


def test_chords_tell_the_bass_that_is_sung(conductor, plain):
    made = hymn(conductor, plain)
    bass = made.tracks[-1]
    for chord in made.chords:
        sung = next(n.pitch for n in bass.notes if n.onset_ticks <= chord.onset_ticks < n.end_ticks)
        assert sung % 12 == parse(chord.symbol).bass


def test_a_given_bass_is_sung(conductor, plain):
    made = hymn(conductor, plain, chords=("C/E",))
    assert {n.pitch % 12 for n in made.tracks[-1].notes} == {4}


@pytest.mark.parametrize("low", [36, 48, 84])
def test_a_voice_out_of_any_sopranos_range_is_still_set(conductor, plain, low):
    notes = tuple(replace(n, pitch=n.pitch - 60 + low) for n in plain.voice.notes)
    made = hymn(conductor, replace(plain, tracks=(replace(plain.voice, notes=notes),)))
    assert len(made.tracks) == 4 and all(track.notes for track in made.tracks)


def test_rests_of_the_voice_are_rests_of_all(conductor, plain):
    gone = tuple(n for i, n in enumerate(plain.voice.notes) if i not in (6, 7))
    made = hymn(conductor, replace(plain, tracks=(replace(plain.voice, notes=gone),)))
    for track in made.tracks[1:]:
        assert not [n for n in track.notes if n.onset_ticks < 7 * Q < n.end_ticks]


def rows_of(*chords_):
    return Rows(np.arange(len(chords_)), np.array(chords_), np.zeros(len(chords_), int))


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ((79, 64, 55, 48), (81, 64, 57, 50), "parallel octaves"),
        ((76, 67, 60, 48), (77, 69, 62, 53), "parallel fifths"),
        ((72, 64, 57, 45), (79, 67, 59, 55), "hidden fifths and octaves"),
        ((72, 64, 55, 48), (72, 55, 60, 48), "crossed voices"),
        ((72, 64, 60, 48), (72, 69, 66, 48), "overlapped voices"),
        ((72, 64, 55, 48), (79, 59, 55, 47), "wide spacing"),
        ((72, 64, 55, 48), (71, 62, 59, 43), "doubled leading note"),
        ((72, 64, 55, 48), (72, 64, 55, 30), "out of range"),
        ((72, 64, 55, 48), (83, 64, 55, 48), "leap beyond a sixth"),
    ],
)
def test_the_judge_sees_each_fault(before, after, rule):
    assert counts(rows_of(before, after))[rule] >= 1
    assert counts(rows_of(before, before))[rule] == 0


def test_the_judge_finds_nothing_in_a_plain_cadence_nor_in_silence():
    assert sum(counts(rows_of((72, 64, 55, 48), (74, 62, 55, 47), (72, 64, 55, 48))).values()) == 0
    silent = Rows(np.zeros(0, int), np.zeros((0, 4), int), np.zeros(0, int))
    assert counts(silent) == dict.fromkeys(RULES, 0) and chords(silent) == 0


def test_rows_hold_each_voice_until_it_moves():
    found = rows(
        [[Note(72, 0, 2 * Q)], [Note(64, 0, Q), Note(65, Q, Q)], [Note(55, 0, 2 * Q)], [Note(48, Q, Q)]], lambda _: 0
    )
    assert found.pitches.tolist() == [[72, 64, 55, 0], [72, 65, 55, 48]] and chords(found) == 1


def test_the_path_is_the_cheapest_where_there_is_only_one_moment():
    moment = Moment(0, Q, 72, parse("C"), 0, True, False)
    ways = laid(moment)
    assert (best_path([moment], [ways])[0] == ways[still_cost(ways, moment).argmin()]).all()
    assert {p % 12 for p in ways[0]} == {0, 4, 7} and ways[0][3] % 12 == 0


def test_given_chords_of_any_kind_are_set(conductor, plain):
    odd = tuple(
        Chord(i * 4 * Q, s) for i, s in enumerate(("C5", "N.C.", "Gsus4", "C6/9", "F#dim7", "Bbmaj9", "G7b9", "C"))
    )
    assert len(hymn(conductor, replace(plain, chords=odd)).tracks) == 4
