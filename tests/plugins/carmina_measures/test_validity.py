import dataclasses

import pytest
from carmina_measures.validity import Validity, Words, against, common_subsequence
from carmina_measures.view import view_of
from measured_songs import QUARTER, line, song, verse_song

from carmina import Line, Lyrics, Metre, Note, Score, Section, Syllable, Track


def validity(score):
    return Validity().measure(view_of(score))


def lyrics(*texts):
    return Lyrics((Section((Line(tuple(line(*texts))),)),))


def test_a_sound_song_is_valid():
    assert set(validity(verse_song()).values()) == {1.0}


@pytest.mark.parametrize(
    "name, score",
    [
        ("in_range", song([60, 20])),
        ("on_grid", song([60, 60], [1, 1.01])),
        ("bars_full", song([60] * 8, metre="4/4")),
    ],
)
def test_each_fault_makes_its_own_share_and_the_whole_fall(name, score):
    if name == "bars_full":
        score = dataclasses.replace(score, metres=(Metre(), Metre(3, 4, 3 * QUARTER)))
    got = validity(score)
    assert got["valid"] == 0 and got[name] < 1
    assert {n for n, share in got.items() if share < 1} == {name, "valid"}


def test_a_metre_may_change_at_a_bar_line():
    score = dataclasses.replace(song([60] * 10), metres=(Metre(), Metre(3, 4, 4 * QUARTER)))
    assert validity(score)["valid"] == 1


def test_overlap_is_found_where_a_track_allows_it():
    notes = (Note(60, 0, 960), Note(62, 480, 480))
    view = view_of(Score((Track((notes[0],)),)))
    doubled = {name: getattr(view, name).repeat(2) for name in ("onset", "length", "pitch")}
    both = dataclasses.replace(view, **doubled)
    assert Validity().measure(both)["no_overlap"] == 0


def test_notes_without_words_are_counted():
    score = Score((Track((Note(60, 0, 480, Syllable("a")), Note(60, 480, 480, continues=True), Note(60, 960, 480))),))
    assert validity(score)["texted"] == pytest.approx(2 / 3)


def test_every_word_sung_in_order_is_recall_one():
    words = line("'won-", "-der", "of", "'it")
    got = against(song([60] * 4, syllables=words), lyrics("'won-", "-der", "of", "'it"))
    assert got == {"lyric_recall": 1, "crammed": 0}


def test_a_word_left_out_or_out_of_order_lowers_recall():
    asked = lyrics("a", "b", "c", "d")
    assert against(song([60] * 3, syllables=line("a", "b", "d")), asked)["lyric_recall"] == 0.75
    assert against(song([60] * 4, syllables=line("d", "a", "b", "c")), asked)["lyric_recall"] == 0.75


@pytest.mark.parametrize("text", ["wonder", "won der", "Won\u203fder,", "won-der"])
def test_syllables_squeezed_into_one_note_are_crammed_but_sung(text):
    sung = [Syllable(text), Syllable("of"), Syllable("it")]
    got = against(song([60] * 3, syllables=sung), lyrics("won-", "-der", "of", "it"))
    assert got == {"lyric_recall": 1, "crammed": 0.5}


def test_spelling_case_and_punctuation_do_not_matter():
    sung = [Syllable("Don\u2019t", after="!"), Syllable("GO")]
    assert against(song([60, 60], syllables=sung), lyrics("don't", "go"))["lyric_recall"] == 1


def test_chinese_characters_are_compared_one_by_one():
    sung = [Syllable(c, tone=1) for c in "月亮"]
    assert against(song([60, 60], syllables=sung, language="zh"), lyrics("月", "亮", "代", "表"))["lyric_recall"] == 0.5


def test_without_lyrics_recall_is_not_defined():
    assert {figure.value for figure in Words().evaluate(verse_song())} == {None}


def test_the_common_subsequence_is_the_longest():
    assert common_subsequence("abcbdab", "bdcaba") == 4
