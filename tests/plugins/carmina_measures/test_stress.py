import numpy as np
import pytest
from carmina_measures.figures import auc
from carmina_measures.shuffles import shuffled_words
from carmina_measures.stress import Stress, local_peaks
from carmina_measures.view import view_of
from measured_songs import line, song, verse_song

from carmina import Syllable


def stress(score):
    return Stress().measure(view_of(score))


def test_stress_on_every_strong_beat_scores_one():
    assert stress(verse_song())["stress_beat_auc"] == 1
    assert stress(verse_song())["stress_beat_word_auc"] == 1


def test_lyrics_shifted_by_one_note_lower_the_agreement():
    score = verse_song(words=("the", "'sing", "a", "'bird", "and", "'song", "of"))
    assert stress(score)["stress_beat_auc"] < 0.2


def test_words_dealt_anew_score_one_half():
    view = view_of(verse_song(20))
    dealt = [Stress().measure(shuffled_words(view, np.random.default_rng(seed))) for seed in range(40)]
    for name in ("stress_beat_auc", "stress_length_auc"):
        assert np.mean([d[name] for d in dealt]) == pytest.approx(0.5, abs=0.03)


def test_function_words_of_one_syllable_count_as_unstressed():
    words = [Syllable("the", stress=1, content=False), Syllable("day", stress=1)]
    assert stress(song([60, 60], syllables=words))["stress_beat_auc"] == 0
    assert stress(song([60, 60], syllables=[Syllable("a", stress=0), words[1]]))["stress_beat_auc"] == 0


def test_secondary_and_unknown_stress_are_left_out():
    words = [Syllable("a", stress=2), Syllable("b"), Syllable("c", stress=1)]
    assert stress(song([60, 60, 60], syllables=words))["stress_beat_auc"] is None


def test_second_notes_are_compared_inside_words_that_do_not_end_a_line():
    words = line("a-", "'-way", "'mer-", "-ry", "a-", "'-way")
    got = stress(song([60] * 6, [1, 2, 2, 1, 1, 4], words))
    assert got["second_longer_01"] == 1 and got["second_longer_10"] == 0


def test_peaks_are_higher_than_both_neighbours_in_the_line():
    words = line("'a", "'b", "c") + line("d", "'e", "f")
    view = view_of(song([60, 64, 60, 67, 69, 69], syllables=words))
    assert local_peaks(view).tolist() == [False, True, False, False, False, False]


def test_auc_counts_ties_half():
    assert auc(np.array([1, 1, 2]), np.array([True, False, True])) == 0.75
    assert auc(np.array([1, 2]), np.array([True, True])) is None
