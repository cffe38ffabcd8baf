import numpy as np
import pytest
from measured_songs import song

from carmina import BadInput
from carmina_measures.swap import swap_reseed


def groups(word_part: float, seed_part: float, words=4, seeds=4, size=24):
    """Songs whose pitches and rhythm come in these parts from the words and from the seed."""
    out = []
    for i in range(words):
        group = []
        for j in range(seeds):
            shared, own = np.random.default_rng(i), np.random.default_rng((100, i, j))
            use = np.random.default_rng((7, i, j)).random(size) < seed_part / (seed_part + word_part)
            pitch = np.where(use, own.integers(55, 75, size), shared.integers(55, 75, size))
            length = np.where(use, own.choice([0.5, 1, 1.5], size), shared.choice([0.5, 1, 1.5], size))
            group.append(song(pitch.tolist(), length.tolist()))
        out.append(group)
    return out


def test_a_writer_deaf_to_words_scores_about_one():
    for ratio in swap_reseed(groups(0, 1)).values():
        assert ratio == pytest.approx(1, abs=0.08)


def test_a_writer_that_hears_the_words_scores_above_one():
    for ratio in swap_reseed(groups(9, 1)).values():
        assert ratio > 1.12


def test_a_writer_deaf_to_the_seed_scores_infinity():
    assert set(swap_reseed(groups(1, 0)).values()) == {float("inf")}


def test_one_tune_for_everything_has_no_ratio():
    same = song([60, 62, 64, 65])
    assert set(swap_reseed([[same, same], [same, same]]).values()) == {None}


def test_pitch_ignores_the_key_that_a_song_is_in():
    low, high = song([60, 64, 62, 60]), song([67, 71, 69, 67])
    other = song([60, 59, 64, 62])
    assert swap_reseed([[low, high], [other, other]])["pitch"] == float("inf")


@pytest.mark.parametrize("songs", [[], [[song([60, 62])]], [[song([60, 62])] * 2]])
def test_too_few_songs_are_refused(songs):
    with pytest.raises(BadInput, match="at least 2 lyrics with 2 seeds"):
        swap_reseed(songs)


def test_words_of_other_shapes_are_refused():
    with pytest.raises(BadInput, match=r"one number of syllables above 1; got \[2, 3\]"):
        swap_reseed([[song([60, 62])] * 2, [song([60, 62, 64])] * 2])
