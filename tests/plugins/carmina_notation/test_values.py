"""Note values, spelling and chord symbols."""

from __future__ import annotations

import pytest
from carmina_notation.common.chords import parse, printed
from carmina_notation.common.spelling import name, spell
from carmina_notation.engraving.durations import written
from carmina_notation.engraving.windows import TYPES, windows
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import Key, Metre
from carmina.theory import NATURALS, key_name

METRES = [Metre(*m) for m in ((4, 4), (3, 4), (2, 4), (6, 8), (9, 8), (12, 8), (5, 4), (7, 8), (2, 2), (3, 8), (6, 4))]


def named(start: int, end: int, metre: Metre, rest: bool = False) -> str:
    divided = windows(metre, 0, metre.bar_ticks, [start, end])
    return " ".join(value.type + "." * value.dots for value in written(start, end, metre, divided, rest))


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(METRES),
    st.integers(0, 63),
    st.integers(1, 64),
    st.sampled_from((30, 40, 60, 80, 120)),
    st.booleans(),
)
def test_values_fill_any_stretch_without_gap_or_overlap(metre, start, length, grid, rest):
    first, last = start * grid, (start + length) * grid
    if last > metre.bar_ticks:
        return
    values = list(written(first, last, metre, windows(metre, 0, metre.bar_ticks, [first, last]), rest))
    assert (values[0].start, values[-1].end) == (first, last)
    assert all(a.end == b.start for a, b in zip(values, values[1:], strict=False))
    plain = {kind: ticks for ticks, kind in TYPES.items()}
    for value in values:
        ticks = plain[value.type] * (3 if value.dots else 2) // 2
        assert value.length == (ticks * 2 // 3 if value.triple else ticks)


@pytest.mark.parametrize(
    "metre, start, end, said",
    [
        ((4, 4), 0, 1920, "whole"),
        ((4, 4), 480, 1440, "half"),
        ((4, 4), 720, 1200, "eighth eighth"),
        ((4, 4), 480, 1200, "quarter eighth"),
        ((4, 4), 240, 720, "quarter"),
        ((4, 4), 0, 1200, "half eighth"),
        ((3, 4), 0, 1440, "half."),
        ((3, 4), 480, 1440, "half"),
        ((6, 8), 240, 960, "quarter eighth"),
        ((6, 8), 0, 1440, "half."),
        ((9, 8), 0, 2160, "half. quarter."),
        ((4, 4), 360, 720, "16th eighth"),
    ],
)
def test_ties_show_the_beats_as_musicians_write_them(metre, start, end, said):
    assert named(start, end, Metre(*metre)) == said


@pytest.mark.parametrize(
    "metre, start, end, said",
    [
        ((4, 4), 480, 1440, "quarter quarter"),
        ((4, 4), 0, 960, "half"),
        ((4, 4), 480, 1920, "quarter half"),
        ((3, 4), 480, 1440, "quarter quarter"),
        ((6, 8), 720, 1440, "quarter."),
        ((6, 8), 0, 960, "quarter. eighth"),
        ((4, 4), 0, 720, "quarter eighth"),
    ],
)
def test_rests_hide_no_beat(metre, start, end, said):
    assert named(start, end, Metre(*metre), rest=True) == said


@given(st.integers(0, 127), st.integers(-7, 7), st.sampled_from(("major", "minor")), st.integers(0, 127))
def test_a_spelling_always_sounds_the_pitch(pitch, fifths, mode, following):
    step, alter, octave = spell(pitch, Key(fifths, mode), following)
    assert 12 * (octave + 1) + NATURALS[step] + alter == pitch
    assert abs(alter) <= 2


@pytest.mark.parametrize(
    "key, pitches, said",
    [
        (Key(0), (60, 62, 64), "C4 D4 E4"),
        (Key(-3), (63, 68, 70), "Eb4 Ab4 Bb4"),
        (Key(6), (65, 71), "E#4 B4"),
        (Key(0, "minor"), (68, 69), "G#4 A4"),
        (Key(-3, "minor"), (71, 72), "B4 C5"),
        (Key(0), (66, 67), "F#4 G4"),
        (Key(0), (70, 69), "Bb4 A4"),
        (Key(0), (68, 69), "G#4 A4"),
        (Key(0), (68, 67), "Ab4 G4"),
        (Key(7), (60, 61), "B#3 C#4"),
        (Key(-6), (71, 70), "Cb5 Bb4"),
        (Key(0, "minor"), (63, 64), "D#4 E4"),
        (Key(4), (72, 73), "B#4 C#5"),
    ],
)
def test_tones_are_spelt_as_the_key_and_the_line_have_them(key, pitches, said):
    assert " ".join(name(*spell(p, key, q)) for p, q in zip(pitches, (*pitches[1:], None), strict=True)) == said


def test_keys_have_their_usual_names():
    assert [
        key_name(Key(f, m)) for f, m in ((0, "major"), (-7, "major"), (3, "minor"), (-5, "minor"), (7, "minor"))
    ] == ["C major", "Cb major", "F# minor", "Bb minor", "A# minor"]


@pytest.mark.parametrize(
    "symbol, kind, root, bass",
    [
        ("C", "major", ("C", 0), None),
        ("F#m7", "minor-seventh", ("F", 1), None),
        ("Bb/D", "major", ("B", -1), ("D", 0)),
        ("Am7b5", "half-diminished", ("A", 0), None),
        ("G7", "dominant", ("G", 0), None),
        ("C6/9", "major-sixth", ("C", 0), None),
        ("E°7", "diminished-seventh", ("E", 0), None),
        ("Dsus4/A", "suspended-fourth", ("D", 0), ("A", 0)),
        ("Abmaj7", "major-seventh", ("A", -1), None),
        ("N.C.", "none", None, None),
        ("what?", "other", None, None),
        ("H7", "dominant", ("B", 0), None),
        ("H2O", "other", None, None),
        ("", "other", None, None),
    ],
)
def test_chord_symbols_are_understood_or_kept_as_they_are(symbol, kind, root, bass):
    harmony = parse(symbol)
    assert (harmony.kind, harmony.root, harmony.bass) == (kind, root, bass)
    assert printed(harmony) == symbol.replace("H7", "B7") or symbol == ""
