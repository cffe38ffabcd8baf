"""Variants keep bars, words and splits; what validates stays as it is."""

import gzip
import json

import numpy as np
import pytest
import written_works as made
from carmina_corpora.augmenting import Changes, dropped, ornamented, transposed, variant
from carmina_corpora.language import Tongues
from carmina_corpora.likeness import tune_prints
from carmina_corpora.song import ExplicitSignatures, song_of
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina.cli.run import run
from carmina.corpora import read_card, verify


def record_of(seed, **more):
    return {
        "id": "x",
        "path": "x.mid",
        "cluster": 0,
        **song_of(made.song(seed), ExplicitSignatures(), Tongues({})),
        **more,
    }


def sounding(melody):
    return sum(entry[1] for entry in melody)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200), st.floats(0, 1), st.integers(0, 9))
def test_ornaments_keep_every_onset_bar_and_syllable(seed, share, draw):
    record = record_of(seed)
    record["verses"] = [{"n": 2, "syl": [[at, f"w{at}", "single"] for at in range(0, len(record["melody"]), 3)]}]
    made_of = ornamented(record, share, np.random.default_rng(draw))
    before, after = record["melody"], made_of["melody"]
    assert [(e[0], e[2:5]) for e in before] == [(e[0], e[2:5]) for e in after if e[3]]
    assert sounding(before) == sounding(after) and all(
        a[0] + a[1] <= b[0] for a, b in zip(after, after[1:], strict=False)
    )
    assert all(entry[5] == 1 and entry[1] >= 0.25 for entry in after if not entry[3])
    onsets = [before[at][0] for at, *_ in record["verses"][0]["syl"]]
    assert [after[at][0] for at, *_ in made_of["verses"][0]["syl"]] == onsets


def test_ornaments_are_of_the_scale_and_by_step():
    after = ornamented(record_of(3), 1.0, np.random.default_rng(0))["melody"]
    extra = [(a, b) for a, b in zip(after, after[1:], strict=False) if b[5]]
    assert extra and all(b[2] % 12 in (0, 2, 4, 5, 7, 9, 11) and abs(a[2] - b[2]) <= 2 for a, b in extra)


@given(st.integers(-12, 12))
def test_transposition_moves_pitches_keys_and_chords_together_and_keeps_the_tune(semitones):
    record = record_of(1, chords=[[0, "C"], [4, "Am7/G"], [8, "N.C."], [12, "Bb"]], accompaniment=[[0, 1, 48, 1]])
    moved = transposed(record, semitones)
    assert [e[2] for e in moved["melody"]] == [e[2] + semitones for e in record["melody"]]
    assert moved["accompaniment"][0][2] == 48 + semitones and tune_prints(moved["melody"]) == tune_prints(
        record["melody"]
    )
    assert (
        (moved["key_signatures"][0][1] - 7 * semitones) % 12 == 0
        and len(moved["chords"]) == 4
        and moved["chords"][2][1] == "N.C."
    )
    back = transposed(moved, -semitones)
    assert (back["melody"], back["key"]) == (record["melody"], record["key"])


def test_chords_are_spelt_as_the_new_key_is():
    record = record_of(1, chords=[[0, "C"], [4, "Am7/G"]])
    assert [symbol for _, symbol in transposed(record, 2)["chords"]] == ["D", "Bm7/A"]
    assert [symbol for _, symbol in transposed(record, 3)["chords"]] == ["Eb", "Cm7/Bb"]
    assert transposed(record, 3)["key"] == "Eb major"


def test_a_song_at_the_edge_of_the_range_stays_where_it_is():
    record = record_of(1)
    record["melody"][0][2] = 125
    assert transposed(record, 5) == record


@given(
    st.lists(st.lists(st.text("ab", min_size=1), min_size=1, max_size=6), min_size=1, max_size=4),
    st.floats(0, 0.5),
    st.integers(0, 9),
)
def test_at_least_half_the_lines_stay_in_order(stanzas, share, draw):
    kept = dropped(stanzas, share, np.random.default_rng(draw))
    before, after = [line for s in stanzas for line in s], iter([line for s in stanzas for line in s])
    assert all(line in after for stanza in kept for line in stanza) and all(kept)
    assert sum(map(len, kept)) >= len(before) / 2


def test_a_variant_says_of_which_work_it_is_one():
    rng = np.random.default_rng(0)
    first = variant("song", record_of(1, split="train"), 1, Changes(tempo=0.2), rng)
    again = variant("song", first, 1, Changes(transpose=2), rng)
    assert (first["id"], first["variant_of"], again["variant_of"]) == ("x~1", "x", "x")
    assert first["tempo_qpm"] != record_of(1)["tempo_qpm"] and first["split"] == "train"


def test_the_command_adds_variants_of_what_trains_and_leaves_the_rest(
    songs, poems, imported, tmp_path, capsys, conductor
):
    for path in poems.iterdir():
        path.rename(songs / path.name)
    corpus, _explicit_signatures = imported(songs)
    made_at = tmp_path / "more"
    arguments = [
        "corpus",
        "augment",
        str(corpus),
        "-o",
        str(made_at),
        "--copies",
        "2",
        "--ornament",
        "0.5",
        "--drop-lines",
        "0.2",
    ]
    assert run(arguments) == 0
    assert "13 songs and 13 poems" in capsys.readouterr().out
    card = read_card(made_at / "corpus.toml")
    verify(card, made_at)
    assert (
        card.counts["songs_train"] == 12 and card.counts["songs_validation"] == 1 and card.counts["poems_train"] == 12
    )
    bytes_before = {p.name: p.read_bytes() for p in made_at.iterdir()}
    assert run([*arguments, "--replace"]) == 0 and {p.name: p.read_bytes() for p in made_at.iterdir()} == bytes_before
    groups = [
        e.group for e in conductor.get("tokenizer", "melody")().examples(made_at, conductor) if e.kind == "rhythm"
    ]
    assert len(groups) == 13 and len(set(groups)) == 5
    records = [json.loads(line) for line in gzip.open(made_at / "songs.jsonl.gz", "rt", encoding="utf-8")]
    assert len({record["id"] for record in records}) == 13


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "at least one above 0"),
        (["--copies", "0", "--tempo", "0.1"], "1 to 20"),
        (["--transpose", "13"], "0 to 12"),
        (["--drop-lines", "0.6"], "0 to 0.5"),
        (["--tempo", "2"], "0 to 0.5"),
    ],
)
def test_changes_out_of_bounds_are_refused(songs, imported, tmp_path, capsys, options, says):
    corpus, _explicit_signatures = imported(songs)
    assert run(["corpus", "augment", str(corpus), "-o", str(tmp_path / "more"), *options]) == 2
    assert says in capsys.readouterr().err and not (tmp_path / "more").exists()
