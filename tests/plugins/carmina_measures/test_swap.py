import json
import re

import numpy as np
import pytest
from carmina_measures.swap import swap_reseed
from measured_songs import song

from carmina import BadInput
from carmina.cli.run import run
from carmina.conductor import Conductor


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


# ---- the command

STANZAS = """Blow over the water, blow,
The river is wide and slow.

Come over the water, come,
The fiddle is waiting, the drum.

Go over the mountain, go,
The meadow is under the snow.
"""


def called(capsys, *arguments):
    status = run([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_lyrics_are_set_on_the_spot_stanza_against_stanza(tmp_path, capsys):
    (tmp_path / "w.txt").write_text(STANZAS.replace("The river is wide and slow.", "The river is wide, it is slow."))
    status, out, err = called(
        capsys,
        "evaluate",
        tmp_path / "w.txt",
        "--swap",
        "--seeds",
        "2",
        "-o",
        tmp_path / "r.json",
        "-o",
        tmp_path / "r.html",
    )
    assert status == 0, (status, out, err)
    told = json.loads((tmp_path / "r.json").read_text())
    assert "3 stanzas of 7.8 syllables, 2 seeds each" in out and re.search(
        r"swap_reseed_rhythm +\d\.\d+ +1\.\d+ +1", out
    )
    assert [f["name"] for f in told["figures"]] == [
        f"swap_reseed_{aspect}" for aspect in ("pitch", "contour", "rhythm", "place")
    ]
    assert "Do the words shape the tune?" in (tmp_path / "r.html").read_text("utf-8")


def test_songs_of_anybody_are_measured_folder_by_folder(tmp_path, capsys):
    conductor = Conductor()
    for folder, shift in (("a", 0), ("b", 3)):
        (tmp_path / folder).mkdir()
        for seed in range(2):
            pitches = [60, 62 + shift, 64 - shift, 60 + seed]
            (tmp_path / folder / f"{seed}.mid").write_bytes(conductor.render(song(pitches), ".mid"))
    status, out, _ = called(capsys, "evaluate", tmp_path / "a", tmp_path / "b", "--swap")
    assert status == 0 and "2 texts, 2/2 settings each" in out and "∞" not in out.split("pitch")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--swap"], "name either files"),
        (["--swap", "one.txt"], "these have 3; 2"),
        (["--swap", "poems"], "holds poems"),
        (["--swap", "--compare", "a", "b", "one.txt"], "name either files"),
    ],
)
def test_what_cannot_be_swapped_is_one_line(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text("one two three\n\nfour five\n")
    (tmp_path / "poems").mkdir()
    (tmp_path / "poems" / "p.txt").write_text("a line\n")
    status, out, err = called(capsys, "evaluate", *arguments)
    assert status == 2 and said in err and len(err.splitlines()) == 1 and not out
