"""Musical terms are read as people write them, or refused with what is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina import BadOption, Key, Metre, spelling


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C4", 60),
        ("F#3", 54),
        ("Bb5", 82),
        ("c4", 60),
        ("C-1", 0),
        ("G9", 127),
        (" E♭4 ", 63),
        ("B#3", 60),
        ("Cb4", 59),
    ],
)
def test_a_pitch_is_read(text, number):
    assert spelling.pitch(text) == number


@pytest.mark.parametrize("text", ["", "H4", "C", "C#b4", "C10", "G#9", "60", "Cb-1"])
def test_what_is_no_pitch_is_refused(text):
    with pytest.raises(BadOption, match="allowed: a note and its octave"):
        spelling.pitch(text)


@pytest.mark.parametrize("text", ["C4-E5", "c4 – e5", "C4..E5", "C4 to E5"])
def test_a_range_is_read(text):
    assert spelling.pitch_range(text) == (60, 76)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Alto", "alto"), (" mezzo-soprano ", "mezzo"), ("女低音", "alto"), ("男高音", "tenor"), ("童声", "child")],
)
def test_a_voice_names_its_range(text, name):
    assert spelling.pitch_range(text) == spelling.VOICES[name]


def test_voices_lie_above_one_another_and_hold_a_tune():
    ranges = [spelling.VOICES[name] for name in ("bass", "baritone", "tenor", "alto", "mezzo", "soprano")]
    assert ranges == sorted(ranges) and all(high - low >= 12 for low, high in spelling.VOICES.values())


def test_a_range_may_go_below_octave_0():
    assert spelling.pitch_range("C-1-C0") == (0, 12)


@pytest.mark.parametrize("text", ["E5-C4", "C4-C4", "C4", "C4-", "low-high", "C4-E5-G5"])
def test_an_impossible_range_is_refused(text):
    with pytest.raises(BadOption, match=r"--range: got .*allowed: two notes, the lowest first"):
        spelling.pitch_range(text, "--range")


@pytest.mark.parametrize(
    ("text", "fifths", "mode"),
    [
        ("C", 0, "major"),
        ("D major", 2, "major"),
        ("F# minor", 3, "minor"),
        ("Bbm", -5, "minor"),
        ("a MIN", 0, "minor"),
        ("Eb maj", -3, "major"),
        ("Am", 0, "minor"),
        ("D♭", -5, "major"),
        ("C# major", 7, "major"),
        ("abm", -7, "minor"),
    ],
)
def test_a_key_is_read(text, fifths, mode):
    assert spelling.key(text) == Key(fifths, mode)


def test_a_tonic_alone_takes_the_mode_that_is_asked_for():
    assert spelling.key("A", "minor") == Key(0, "minor")


def test_a_key_of_another_mode_than_the_one_asked_for_is_refused():
    with pytest.raises(BadOption, match="allowed: a minor key, since the mode is minor"):
        spelling.key("A major", "minor")


@pytest.mark.parametrize("text", ["", "H", "C dorian", "G#", "Fb", "D#m x", "1"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(BadOption, match="allowed: a tonic"):
        spelling.key(text)


@given(st.integers(-7, 7), st.sampled_from(["major", "minor"]))
def test_every_key_is_read_back_from_its_name(fifths, mode):
    assert spelling.key(spelling.key_name(Key(fifths, mode))) == Key(fifths, mode)


@pytest.mark.parametrize("text", ["4/4", "3/4", "2/4", "6/8", "12/8"])
def test_a_metre_is_read(text):
    assert str(spelling.metre(text)) == text


@pytest.mark.parametrize("text", ["", "4", "4/3", "0/4", "33/4", "4/4/4", "common"])
def test_what_is_no_metre_is_refused(text):
    with pytest.raises(BadOption, match="allowed: beats over a unit"):
        spelling.metre(text)


def test_a_metre_is_a_value():
    assert spelling.metre("6/8") == Metre(6, 8)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("C G Am F", ("C", "G", "Am", "F")),
        ("| C | G/B |", ("C", "G/B")),
        ("Dm7,G7,Cmaj7", ("Dm7", "G7", "Cmaj7")),
        ("C7(b9,#11), F", ("C7(b9,#11)", "F")),
        ("H7 Em Fis B", ("B7", "Em", "F#", "Bb")),
        ("B7 Em F# B", ("B7", "Em", "F#", "B")),
        ("F#m7b5 Bbsus4 Eadd9 A♭6/9 Bdim C+ N.C.", ("F#m7b5", "Bbsus4", "Eadd9", "Ab6/9", "Bdim", "C+", "N.C.")),
    ],
)
def test_chords_are_read(text, symbols):
    assert spelling.chords(text) == symbols


@pytest.mark.parametrize("text", ["", "  ", "Hat", "C foo", "c", "C/", "Cmm!", "C " * 513])
def test_what_is_no_chord_is_refused(text):
    with pytest.raises(BadOption, match="allowed: 1 to 512 chord symbols"):
        spelling.chords(text)


@given(st.text(max_size=30))
def test_no_text_does_worse_than_be_refused(text):
    for read in (spelling.pitch, spelling.pitch_range, spelling.key, spelling.metre, spelling.chords):
        try:
            read(text)
        except BadOption as refused:
            assert "allowed:" in str(refused)
