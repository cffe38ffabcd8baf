import numpy as np
import pytest
from carmina_measures.line_ends import LineEnds
from carmina_measures.shuffles import shuffled_words
from carmina_measures.view import view_of
from measured_songs import line, song, verse_song


def ends(score):
    return LineEnds().measure(view_of(score))


def test_long_last_notes_score_one():
    assert ends(verse_song()) == {"line_end_auc": 1, "line_end_long": 1, "other_long": 0, "melisma": 0}


def test_broken_line_ends_lower_every_figure():
    broken = ends(verse_song(lengths=(2, 1, 1, 1, 1, 1, 1)))
    assert broken["line_end_auc"] < 0.5 and broken["line_end_long"] == 0 and broken["other_long"] > 0


def test_line_ends_dealt_anew_score_one_half():
    view = view_of(verse_song(20))
    dealt = [
        ends_of["line_end_auc"]
        for ends_of in (LineEnds().measure(shuffled_words(view, np.random.default_rng(seed))) for seed in range(40))
    ]
    assert np.mean(dealt) == pytest.approx(0.5, abs=0.04)


def test_a_beat_of_six_eight_is_a_dotted_quarter():
    words = line("a", "b")
    assert ends(song([60, 62], [1, 2], words, "6/8"))["line_end_long"] == 0
    assert ends(song([60, 62], [1, 2.25], words, "6/8"))["line_end_long"] == 1


def test_a_melisma_counts_the_whole_syllable():
    a, b = line("a", "b")
    got = ends(song([60, 62, 64], [1, 1, 0.5], [a, b, None]))
    assert got["melisma"] == 0.5 and got["line_end_long"] == 1
