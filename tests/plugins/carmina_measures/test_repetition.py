import dataclasses

import numpy as np
import pytest
from carmina_measures.repetition import RepeatedWords, Repetition, self_similarity
from carmina_measures.shuffles import shuffled_notes, shuffled_words
from carmina_measures.stanzas import Stanzas
from carmina_measures.view import view_of
from measured_songs import QUARTER, line, song, verse_song

from carmina import SectionMark


def repetition(score):
    return Repetition().measure(view_of(score))


def test_strophes_repeat_all_but_the_first():
    got = repetition(verse_song(4))
    assert got["bars_repeated"] == 0.75 and got["bar_similarity"] == 1
    assert got["motives_3"] > 0.7


def test_shuffled_notes_repeat_less():
    score = verse_song(4)
    shuffled = repetition(shuffled_notes(score, np.random.default_rng(1)))
    whole = repetition(score)
    assert all(shuffled[name] < whole[name] for name in ("bars_repeated", "motives_3", "motives_4", "bar_similarity"))


def test_a_tune_of_which_nothing_returns_scores_nothing():
    got = repetition(song(list(range(60, 76)), [1, 0.5, 1.5, 1, 2, 1, 0.25, 0.75, 1, 3, 0.5, 0.5, 1.25, 0.75, 1, 1]))
    assert got["bars_repeated"] == 0 and got["motives_4"] == 0


def test_rhythm_may_return_without_its_pitches():
    got = repetition(song(list(range(60, 68))))
    assert got["bar_rhythms_repeated"] == 0.5 and got["bars_repeated"] == 0 and got["distinct_rhythms"] == 0.5


def test_motives_are_found_in_another_key():
    assert repetition(song([60, 62, 64, 70, 72, 74]))["motives_3"] == 0.25


def test_the_self_similarity_matrix_is_symmetric_with_ones_on_the_diagonal():
    matrix = self_similarity(view_of(verse_song(3)))
    assert matrix.shape == (6, 6)
    assert np.allclose(matrix, matrix.T) and np.allclose(np.diag(matrix), 1)
    assert matrix[0, 2] == pytest.approx(1) and matrix.min() >= 0


def repeated_words(second):
    first = [60, 62, 64, 65]
    words = line("sing", "a", "new", "song") + line("deep", "and", "far", "off") + line("sing", "a", "new", "song")
    return song([*first, 67, 60, 65, 59, *second], [1] * 4 + [0.5, 2, 0.5, 1] + [1] * 4, words)


def test_words_that_return_with_their_music_gain():
    def gain(score):
        return RepeatedWords().measure(view_of(score))["repeated_words_gain"]

    assert gain(repeated_words([60, 62, 64, 65])) > 0.8
    assert gain(repeated_words([60, 50, 70, 61])) < gain(repeated_words([60, 62, 64, 65]))
    assert gain(song([60] * 8, syllables=line(*"abcdefgh"))) is None


def test_words_dealt_anew_gain_nothing():
    words = [s for _ in range(6) for s in line("sing", "a", "new", "song") + line("deep", "and", "far", "off")]
    rng = np.random.default_rng(3)
    view = view_of(song(rng.integers(60, 72, len(words)).tolist(), rng.choice([0.5, 1, 2], len(words)).tolist(), words))
    gains = [RepeatedWords().measure(shuffled_words(view, rng))["repeated_words_gain"] for _ in range(20)]
    assert np.mean(gains) == pytest.approx(0, abs=0.02)


def test_stanzas_set_alike_share_their_rhythm():
    score = verse_song(3)
    assert Stanzas().measure(view_of(score))["stanza_rhythm"] == 1
    shuffled = shuffled_notes(score, np.random.default_rng(0))
    assert Stanzas().measure(view_of(shuffled))["stanza_rhythm"] < 1


def test_lines_of_other_places_are_not_compared_as_stanzas():
    words = line("a", "b", "c") + line("d", "e", "f")
    score = song([60] * 6, [1, 1, 2, 2, 1, 1], words, sections=(SectionMark(0, 8 * QUARTER),))
    got = Stanzas().measure(view_of(score))
    assert got["stanza_rhythm"] is None and got["line_rhythm"] == 0.5


def test_a_chorus_that_lies_higher_lifts():
    marks = (SectionMark(0, 4 * QUARTER, "verse"), SectionMark(4 * QUARTER, 4 * QUARTER, "chorus"))
    score = song([60] * 4 + [64] * 4, sections=marks)
    assert Stanzas().measure(view_of(score))["chorus_lift"] == 4
    assert Stanzas().measure(view_of(dataclasses.replace(score, sections=marks[:1])))["chorus_lift"] is None
