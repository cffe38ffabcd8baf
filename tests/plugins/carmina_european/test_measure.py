"""The measurement against composers' own syllables, on a song made for the test."""

import gzip
import json
import subprocess
import sys

import pytest
from carmina_european import measure, profiles

SONG = {
    "language": "de",
    "bars": [0, 4],
    "melody": [
        [0, 1, 60, "Ro", "begin", 0],
        [1, 1, 62, "se,", "end", 0],
        [2, 1, 64, None, None, 1],
        [3, 1, 65, "ver", "begin", 0],
        [4, 2, 67, "lo", "middle", 0],
        [6, 1, 65, "ren!", "end", 0],
        [7, 1, 64, "Li", "begin", 0],
        [8, 1, 62, "lie", "end", 0],
        [9, 1, 60, "mio\u203fa", "begin", 0],
        [10, 1, 60, "mor", "end", 0],
        [13, 1, 60, "und", "single", 0],
    ],
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "songs.jsonl.gz").write_bytes(gzip.compress((json.dumps(SONG) + "\n").encode()))
    return tmp_path


def test_words_are_rebuilt_with_their_onsets_and_ties_count_for_both_words():
    words = measure.words_of(SONG)
    assert [word.syllables for word in words] == [
        ("Ro", "se,"),
        ("ver", "lo", "ren!"),
        ("Li", "lie"),
        ("mio",),
        ("a", "mor"),
        ("und",),
    ]
    assert words[1].onsets == (3, 4, 6) and words[1].ends and words[4].ends and not words[0].ends


def test_the_figures_count_what_agrees(folder):
    report = measure.measure("de", [SONG])
    assert "6 words; count 0.667" in report and "li-lie/li-li-e 1" in report and "stressed 0.667, other 0.000" in report


def test_the_whole_report_names_every_language(folder, capsys):
    measure.main(str(folder))
    said = capsys.readouterr().out
    assert all(f"{code}: " in said for code in ("de", "fr", "it", "la")) and "claimed by" in said


def test_profiles_leave_out_a_piece_that_its_function_words_do_not_bear_out(folder, capsys):
    profiles.main(str(folder))
    kept = capsys.readouterr().out
    profiles_of = {line.split("\t")[0] for line in kept.splitlines()}
    assert profiles_of <= {"de"} and ("de" in profiles_of) == (1 / 6 > 0.12)


def test_listing_the_plugin_loads_neither_patterns_nor_numbers():
    code = (
        "import sys; from carmina_european.plugin import carmina_languages as entries; entries(); "
        "assert not {'pyphen', 'num2words'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
