import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
from carmina_measures.references import Row, dealt, reference_table, write_table
from carmina_measures.settings import human_ratios, setting_of
from carmina_measures.shuffles import shuffled_notes, shuffled_words
from carmina_measures.view import view_of
from measured_songs import line, song, verse_song

from carmina import Score


@dataclass
class Song:
    score: Score
    cluster: int
    language: str = "en"
    split: str = "validation"


def tune(seed, language="en"):
    rng = np.random.default_rng(seed)
    return verse_song(3, pitches=rng.integers(57, 74, 7).tolist())


@pytest.fixture(scope="module")
def songs():
    return [Song(tune(i), i) for i in range(6)] + [Song(tune(0), 9, split="train"), Song(tune(1), 9, "de")]


def test_human_is_the_mean_of_the_validation_songs_and_chance_that_of_dealt_ones(songs):
    rows = reference_table(songs)["en"]
    assert rows["stress_beat_auc"].human == 1 and rows["stress_beat_auc"].songs == 6
    assert rows["stress_beat_auc"].chance == pytest.approx(0.5, abs=0.1)
    assert rows["bars_repeated"].human > rows["bars_repeated"].chance
    assert rows["range"].spread > 0


def test_a_language_with_too_few_songs_has_no_rows_but_counts_for_all(songs):
    table = reference_table(songs)
    assert table["de"] == {} and table["fr"] == {}
    assert table["all"]["range"].songs == 7


def test_copied_runs_are_sought_in_training_songs_alone(songs):
    with_copy = reference_table(songs)["en"]["copied_steps"].human
    without = reference_table([s for s in songs if s.split == "validation"] + [Song(tune(77), 8, split="train")])
    assert with_copy > without["en"]["copied_steps"].human


def test_the_table_is_the_same_for_the_same_seed(songs):
    assert reference_table(songs, seed=3) == reference_table(songs, seed=3)
    view = view_of(songs[0].score)
    assert dealt(view, np.random.default_rng(1)) != dealt(view, np.random.default_rng(2))


def test_a_written_table_reads_back(tmp_path):
    write_table({"en": {"range": Row(14.00004, None, 1.5, 7)}, "fr": {}}, {"what": "a test"}, tmp_path / "human.json")
    read = json.loads((tmp_path / "human.json").read_text())
    assert read == {"about": {"what": "a test"}, "figures": {"en": {"range": [14.0, None, 1.5, 7]}, "fr": {}}}


def test_dealing_keeps_what_is_dealt():
    score = verse_song(2)
    notes = shuffled_notes(score, np.random.default_rng(5)).voice.notes
    assert sorted(n.pitch for n in notes) == sorted(n.pitch for n in score.voice.notes)
    assert sorted(n.length_ticks for n in notes) == sorted(n.length_ticks for n in score.voice.notes)
    assert [n.syllable for n in notes] == [n.syllable for n in score.voice.notes]
    view = view_of(score)
    words = shuffled_words(view, np.random.default_rng(5))
    assert words.text == view.text and sorted(words.head) == sorted(view.head) and (words.head != view.head).any()
    assert shuffled_notes(Score(()), np.random.default_rng(0)) == Score(())
    assert shuffled_notes(song([]), np.random.default_rng(0)) == song([])


def settings(words, seeds):
    syllables = [s for text in words for s in line(*text.split())]
    for seed in seeds:
        rng = np.random.default_rng(seed)
        rhythm = np.random.default_rng(len(words[0])).choice([0.5, 1, 2], len(syllables))
        yield f"{words[0]}{seed}", song(rng.integers(60, 72, len(syllables)).tolist(), rhythm.tolist(), syllables)


def test_settings_that_take_their_rhythm_from_the_words_show_it():
    one, two = ["a b c d", "e f g", "h i j k", "l m n"], ["aa b c d", "e f g", "h i j k", "l m no"]
    songs = [*settings(one, range(3)), *settings(two, range(10, 14))]
    ratios, pairs = human_ratios(songs)
    assert pairs == 3 + 6
    assert ratios["rhythm"] == float("inf") or ratios["rhythm"] > 3
    assert ratios["pitch"] == pytest.approx(1, abs=0.2)


def test_verses_of_one_song_and_one_tune_twice_are_no_settings():
    one = ["a b c d", "e f g", "h i j k", "l m n"]
    ((name, score),) = settings(one, [1])
    assert human_ratios([(name, score), (name, score), ("other", score)]) == ({}, 0)
    assert setting_of(name, replace(score, tracks=())) is None
