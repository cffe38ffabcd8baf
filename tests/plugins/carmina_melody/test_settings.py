"""What is chosen when the brief leaves it open."""

import numpy as np
import pytest
from carmina_melody.settings import PENTATONIC, chord_symbol, given_chords, in_language, key_of, placement, tempo

from carmina import Brief, Key, Line, Lyrics, NoSolution, Section, Style, Syllable

WORDS = Lyrics((Section((Line((Syllable("la"),)),)),))
STYLE = Style("s", "s")


def brief(**asked):
    return Brief(WORDS, **asked)


@pytest.mark.parametrize(
    ("name", "fifths", "mode"),
    [
        ("C", 0, "major"),
        ("F# minor", 3, "minor"),
        ("Bb major", -2, "major"),
        ("C minor", -3, "minor"),
        ("D", 2, "major"),
        ("Eb minor", -6, "minor"),
        ("A minor", 0, "minor"),
        ("C# major", 7, "major"),
        ("Cb major", -7, "major"),
    ],
)
def test_keys_are_read_from_their_names(name, fifths, mode):
    assert key_of(name) == Key(fifths, mode)


def test_chinese_words_get_an_even_metre_and_five_notes_unless_the_style_says_otherwise():
    styled = in_language(STYLE, "zh", "major")
    assert styled.metres == ("4/4", "2/4") and styled.scale == PENTATONIC
    waltz = Style("w", "w", metres=("3/4",), scale=(0, 4, 7))
    assert in_language(waltz, "zh", "major") == waltz
    assert in_language(STYLE, "en", "major") is STYLE


@pytest.mark.parametrize("low", range(40, 80, 3))
def test_the_tune_lies_inside_the_range_with_its_tonic(low):
    rng = np.random.default_rng(low)
    placed = placement(brief(range=(low, low + 12)), STYLE, "major", rng)
    assert placed.base + placed.low >= low and placed.base + placed.high <= low + 12
    assert placed.low <= 0 <= placed.high or placed.low <= 12 <= placed.high
    assert placed.base % 12 == placed.key.tonic


def test_a_key_without_room_for_its_tonic_is_refused_by_name():
    with pytest.raises(NoSolution, match="holds no tonic.*Widen --range"):
        placement(brief(key="C", range=(61, 68)), STYLE, "major", np.random.default_rng(0))


def test_tempo_follows_the_pace_of_the_words_within_the_style():
    style = Style("s", "s", tempo_bpm=(60, 120))
    assert tempo(brief(tempo_bpm=77.0), style, 12, "4/4") == 77
    assert tempo(brief(), style, 3, "4/4") == 60 and tempo(brief(), style, 48, "4/4") == 120
    assert tempo(brief(), style, 3, "6/8") == 90  # a beat of 6/8 is a dotted quarter


def test_chords_go_to_degrees_and_back():
    key = Key(2)
    assert [chord_symbol(c, key) for c in given_chords(["D", "Em", "A7", "C#dim"], key)] == ["D", "Em", "A7", "C#dim"]
    assert given_chords(["N.C.", "D", "?"], key) == [0, 0, 0]
    assert chord_symbol(given_chords(["Eb"], Key(-2))[0], Key(-2)) == "Eb"
