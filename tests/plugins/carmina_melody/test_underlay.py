"""Other verses under a tune: each syllable once, in order, inside the tune's time."""

import pytest
from carmina_melody.passes.piece import Sung
from carmina_melody.tunes import tunes_of
from carmina_melody.underlay import underlay
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carmina import Line, Lyrics, Section, Syllable


def line(count, stress=None):
    return [Syllable(f"s{i}", stress=stress[i] if stress else None) for i in range(count)]


def tune(*lengths, pitches=None):
    notes, at = [], 0
    for i, length in enumerate(lengths):
        notes.append(Sung(at, length, i, False, (pitches or [60] * len(lengths))[i]))
        at += length
    return notes


def flat(_onset):
    return 0


@given(st.integers(1, 14), st.lists(st.sampled_from([3, 6, 12, 24, 18]), min_size=1, max_size=12), st.data())
@settings(max_examples=150, deadline=None)
def test_every_syllable_gets_a_note_in_order_within_the_tune(count, lengths, data):
    assume(sum(lengths) >= 6 * count)
    pitches = data.draw(st.lists(st.integers(55, 72), min_size=len(lengths), max_size=len(lengths)))
    notes = tune(*lengths, pitches=pitches)
    out = underlay(line(count), notes, flat)
    assert [n.syllable for n in out if not n.continues] == list(range(count))
    assert all(a.onset + a.length <= b.onset for a, b in zip(out, out[1:], strict=False))
    assert out[0].onset == notes[0].onset and out[-1].onset + out[-1].length == sum(lengths)


def test_as_many_syllables_as_notes_change_nothing():
    notes = tune(12, 12, 24)
    assert underlay(line(3), notes, flat) == notes


def test_a_missing_syllable_joins_notes_of_one_pitch_first():
    out = underlay(line(3), tune(12, 12, 12, 12, pitches=[60, 64, 64, 67]), flat)
    assert [(n.pitch, n.length, n.continues) for n in out] == [(60, 12, False), (64, 24, False), (67, 12, False)]


def test_an_extra_syllable_splits_the_longest_note():
    out = underlay(line(4), tune(6, 24, 6), flat)
    assert [n.length for n in out] == [6, 12, 12, 6]


def test_an_extra_syllable_takes_a_melisma_s_note_before_it_splits_a_short_one():
    notes = [Sung(0, 6, 0, False, 60), Sung(6, 6, 0, True, 62), Sung(12, 6, 1, False, 64)]
    out = underlay(line(3), notes, flat)
    assert [(n.onset, n.continues) for n in out] == [(0, False), (6, False), (12, False)]


def test_stress_goes_to_the_strong_place():
    strong = {0: 4, 12: 1, 24: 3, 36: 1}.get
    out = underlay(line(3, [0, 1, 0]), tune(12, 12, 12, 12, pitches=[60, 62, 64, 65]), strong)
    stressed = [n for n in out if n.syllable == 1 and not n.continues]
    assert stressed[0].onset == 24


def section(*counts, kind="verse", word="la"):
    return Section(
        tuple(Line(tuple(Syllable(f"{word}{i}{n}") for n in range(count))) for i, count in enumerate(counts)), kind
    )


@pytest.mark.parametrize(
    ("sections", "strophic", "names"),
    [
        ([section(8, 6), section(8, 7, word="lo")], True, ["AA"]),
        ([section(8, 6), section(8, 6, word="lo")], False, ["A", "B"]),
        ([section(8, 6), section(4, 6, word="lo")], True, ["A", "B"]),
        ([section(8, 6), section(8, 6, kind="chorus", word="lo")], True, ["A", "B"]),
        ([section(8, 6), section(8, 6, 8, word="lo")], True, ["A", "B"]),
        ([section(8, 6), section(5), section(8, 6)], False, ["AA", "B"]),
    ],
)
def test_stanzas_of_like_shape_share_a_tune(sections, strophic, names):
    tunes = tunes_of(Lyrics(tuple(sections)), strophic)
    assert [t.name * len(t.members) for t in tunes] == names


def test_a_tune_is_made_for_the_stress_that_most_verses_have():
    def verse(word, *stress):
        return Section((Line(tuple(Syllable(f"{word}{i}", stress=s) for i, s in enumerate(stress))),))

    (shared,) = tunes_of(Lyrics((verse("a", 0, 1), verse("b", 1, 0), verse("c", 1, 0))), True)
    assert [s.stress for s in shared.lead.lines[0].syllables] == [1, 0]


def test_the_twenty_seventh_tune_has_two_letters():
    tunes = tunes_of(Lyrics(tuple(section(n + 1) for n in range(28))), False)
    assert [t.name for t in tunes][-3:] == ["Z", "AA", "AB"]
