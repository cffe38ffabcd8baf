"""Chord symbols, tones and numerals."""

import pytest
from carmina_harmony.numerals import numeral
from carmina_harmony.states import QUALITIES, STATES, parts, state, state_of, tones_of
from carmina_harmony.symbols import letter, parse, symbol

from carmina import Key


@pytest.mark.parametrize(
    ("text", "root", "above", "bass"),
    [
        ("C", 0, (0, 4, 7), 0),
        ("Am", 9, (0, 3, 7), 9),
        ("G7", 7, (0, 4, 7, 10), 7),
        ("F#m7b5", 6, (0, 3, 6, 10), 6),
        ("Bbmaj7", 10, (0, 4, 7, 11), 10),
        ("Bdim7", 11, (0, 3, 6, 9), 11),
        ("Caug", 0, (0, 4, 8), 0),
        ("C/E", 0, (0, 4, 7), 4),
        ("Dsus4", 2, (0, 5, 7), 2),
        ("G7sus4", 7, (0, 5, 7, 10), 7),
        ("E5", 4, (0, 7), 4),
        ("C6", 0, (0, 4, 7, 9), 0),
        ("Cadd9", 0, (0, 2, 4, 7), 0),
        ("Am7/G", 9, (0, 3, 7, 10), 7),
        ("Eb°", 3, (0, 3, 6), 3),
        ("C9", 0, (0, 2, 4, 7, 10), 0),
        ("Cm(maj7)", 0, (0, 3, 7, 11), 0),
        ("C6/9", 0, (0, 2, 4, 7, 9), 0),
        ("Dm", 2, (0, 3, 7), 2),
        ("Cdim", 0, (0, 3, 6), 0),
    ],
)
def test_a_symbol_says_its_tones(text, root, above, bass):
    tones = parse(text)
    assert (tones.root, tones.above, tones.bass) == (root, above, bass)


@pytest.mark.parametrize("text", ["N.C.", "", "H2O", "what", "Andante"])
def test_what_is_no_chord_has_no_tones(text):
    assert parse(text) is None


@pytest.mark.parametrize("number", range(STATES))
@pytest.mark.parametrize("key", [Key(0), Key(-3, "minor"), Key(5), Key(-6)])
def test_every_state_prints_as_a_symbol_that_reads_back(number, key):
    tones = tones_of(number, key)
    degree, quality = parts(number)
    assert state(degree, quality) == number == state_of(tones, key)
    read = parse(symbol(tones.root, QUALITIES[quality], key))
    assert (read.root, read.above) == (tones.root, tones.above)


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ("C", Key(0), "I"),
        ("G7/B", Key(0), "V65"),
        ("Am", Key(0), "vi"),
        ("D7", Key(0), "V7/V"),
        ("F#dim7", Key(0), "viio7/V"),
        ("Bdim", Key(0), "viio"),
        ("C/G", Key(0), "I64"),
        ("Eb", Key(0), "bIII"),
        ("G7/F", Key(0), "V42"),
        ("E", Key(0, "minor"), "V"),
        ("Am", Key(0, "minor"), "i"),
        ("F", Key(0, "minor"), "VI"),
        ("Bm7b5", Key(0, "minor"), "iiø7"),
        ("G#dim7", Key(0, "minor"), "viio7"),
        ("A7", Key(0, "minor"), "V7/iv"),
        ("Caug", Key(0), "I+"),
        ("Fm", Key(0), "iv"),
        ("Bb", Key(0, "minor"), "bII"),
    ],
)
def test_a_numeral_tells_degree_quality_and_inversion(text, key, wanted):
    assert numeral(parse(text), key) == wanted


def test_roots_are_spelt_as_the_key_has_them():
    assert letter(6, Key(1)) == "F#" and letter(10, Key(-1)) == "Bb" and letter(8, Key(0, "minor")) == "G#"
    assert (
        symbol(1, "dim7", Key(0)) == "C#dim7" and symbol(1, "", Key(0)) == "Db" and letter(10, Key(2, "minor")) == "A#"
    )
