"""Histograms of people's songs: how they are made, kept and looked up."""

import json
from dataclasses import dataclass

import numpy as np
import pytest
from carmina_measures import shapes
from carmina_measures.references import LEAST_SONGS
from carmina_measures.shapes import KINDS, human_shape, shape_table, write_shapes
from measured_songs import song, verse_song

from carmina import Score


@dataclass
class Held:
    score: Score
    language: str = "en"
    split: str = "validation"
    cluster: int = 0


def test_the_table_is_the_mean_of_the_songs_shares_so_that_a_long_song_weighs_as_a_short_one():
    repeating, rising = song([60, 60]), song([60, 62] * 20)
    table = shape_table([Held(repeating)] * 4 + [Held(rising)])
    interval = table["en"]["interval"]
    assert interval[12] == pytest.approx(0.8) and interval[14] == pytest.approx(0.2 * 20 / 39, abs=1e-3)
    assert table["all"] == table["en"] and set(table["en"]) == set(KINDS)


def test_training_songs_and_songs_without_a_tune_do_not_count():
    songs = [Held(verse_song())] * LEAST_SONGS
    assert shape_table([*songs, Held(song([60, 72] * 9), split="train"), Held(song([60]))]) == shape_table(songs)


def test_a_language_of_few_songs_has_no_row():
    assert "de" not in shape_table([Held(verse_song())] * LEAST_SONGS + [Held(verse_song(), "de")] * (LEAST_SONGS - 1))
    assert shape_table([]) == {}


def test_what_is_written_is_read_again(tmp_path):
    table = shape_table([Held(verse_song())] * LEAST_SONGS)
    write_shapes(table, {"from": "tests"}, tmp_path / "shapes.json")
    held = json.loads((tmp_path / "shapes.json").read_text("utf-8"))
    assert held == {"about": {"from": "tests"}, "shapes": table}


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_shapes_are_shares_and_unknown_languages_take_those_of_all(kind):
    for language in ("en", "xx"):
        assert human_shape(language, kind).sum() == pytest.approx(1, abs=0.01)
    assert np.array_equal(human_shape("xx", kind), human_shape("all", kind))
    assert json.loads((shapes.files("carmina_measures") / "data" / "human_shapes.json").read_text("utf-8"))["about"][
        "made_by"
    ]
