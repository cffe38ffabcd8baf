"""A person's chords choose the key, where no key is asked for."""

import pytest
from carmina_melody.given_key import key_of_chords
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carmina import Brief, Key
from carmina.theory import transposed_symbol

QUIETLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SONGS = [
    ("C Am F G C", Key(0, "major")),
    ("Am Dm E7 Am", Key(0, "minor")),
    ("Am G F E", Key(0, "minor")),
    ("G C D7 G", Key(1, "major")),
    ("Dm Gm A7 Dm", Key(-1, "minor")),
    ("C E7 Am D7 G7 C", Key(0, "major")),
    ("F Bb C7 F Dm Gm7 C7 F", Key(-1, "major")),
    ("Em C G D Em", Key(1, "minor")),
    ("C F Fm C G7 C", Key(0, "major")),
]


@pytest.mark.parametrize("symbols, key", SONGS)
def test_the_key_is_the_one_in_which_the_chords_are_at_home(symbols, key):
    assert key_of_chords(symbols.split()) == key


@given(st.sampled_from(SONGS), st.integers(-4, 4))
@QUIETLY
def test_chords_in_another_key_are_in_that_key(song, fifths):
    symbols, key = song
    if not -5 <= key.fifths + fifths <= 5:
        return
    found = key_of_chords([transposed_symbol(symbol, fifths) for symbol in symbols.split()])
    assert found == Key(key.fifths + fifths, key.mode)


def test_no_chords_say_nothing_and_an_asked_mode_is_kept():
    assert key_of_chords([]) is None and key_of_chords(["N.C.", "?"]) is None
    assert key_of_chords("Am G F E".split(), "major").mode == "major"


def test_a_song_with_chords_over_its_words_is_in_their_key_and_an_asked_key_stands(conductor, tiny_model):
    lyrics = conductor.lyrics("[F#m]Home we [Bm]go, [C#7]home we [F#m]go")
    for seed in range(3):
        brief = Brief(lyrics, model=tiny_model, candidates=1, seed=seed)
        assert conductor.compose(brief).keys[0] == Key(3, "minor")
    assert conductor.compose(Brief(lyrics, model=tiny_model, candidates=1, key="G major")).keys[0] == Key(1, "major")
    brief = Brief(conductor.lyrics("Home we go"), model=tiny_model, candidates=1, chords=("Eb", "Ab", "Bb7", "Eb"))
    assert conductor.compose(brief).keys[0] == Key(-3, "major")
