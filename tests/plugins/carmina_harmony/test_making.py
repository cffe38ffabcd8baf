"""The scripts that make the tables, on a corpus of two tunes made up here."""

import gzip
import json

import numpy as np
import pytest
from carmina_harmony.making import chords, figures, labels, voices
from carmina_harmony.making.corpus import read
from carmina_harmony.states import QUALITIES, state

TUNE = [60, 64, 67, 64, 65, 69, 65, 62, 67, 71, 67, 62, 60, 64, 60, 60]
BARS = [("C", (48, 55, 64)), ("F", (53, 57, 65)), ("G", (43, 59, 62)), ("C", (48, 55, 64))]


def song(name, cluster, symbols=False, staves=(1, 2, 3)):
    melody = [[float(i), 1.0, pitch, "la,", "single", 0] for i, pitch in enumerate(TUNE)]
    others = (
        [
            [4.0 * bar, 4.0, pitch, staves[len(staves) - 1 - place * len(staves) // 3]]
            for bar, (_, notes) in enumerate(BARS)
            for place, pitch in enumerate(notes)
        ]
        if not symbols
        else []
    )
    return {
        "id": f"{name}/{cluster}",
        "cluster": cluster,
        "key": "C major",
        "time_signatures": [[0, "4/4"]],
        "key_signatures": [[0, 0]],
        "bars": [0, 4, 8, 12],
        "melody": melody,
        "accompaniment": others * 1,
        "chords": [[4.0 * bar, symbol] for bar, (symbol, _) in enumerate(BARS)] if symbols else [],
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(chords, "FEWEST_NOTES", 4)
    rows = [song("lieder", n, staves=(2, 3)) for n in (3, 4, 5)] + [
        song("openhymnal", 6),
        song("openewld", 7, symbols=True),
    ]
    with gzip.open(tmp_path / "songs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_songs_are_read_with_their_other_voices(folder):
    found = list(read(folder))
    assert [p.genre for p in found] == ["art"] * 3 + ["hymn", "popular"]
    assert found[0].score.voice.notes[0].syllable.after == "," and len(found[0].others) == 12


def test_chords_are_heard_and_read(folder):
    wanted = [state(degree, QUALITIES.index("")) for degree in (0, 5, 7, 0)]
    for sample in chords.samples(folder):
        by_bar = {slot.bar: number for slot, number in zip(sample.found.slots, sample.states.tolist(), strict=True)}
        assert list(by_bar.values()) == wanted, sample.piece.genre


def test_tables_are_log_chances(folder):
    found = chords.samples(folder)
    chords.relabel(found, chords.transitions(found))
    tables = chords.learnt(found)
    for name in ("steps", "sung", "opening", "profiles", "usual"):
        assert np.allclose(np.exp(tables[name]).sum(axis=-1), 1, atol=1e-3), name
    major = tables["steps"][0, 0, 0]
    assert major[state(7, 0)].argmax() in (state(0, 0), state(7, 0))


def test_a_figure_that_three_songs_share_is_kept(folder):
    found = figures.figures([s for s in chords.samples(folder) if s.piece.genre == "art"])
    assert found and all(row["songs"] == 3 for row in found)
    assert {row["unit"] for row in found} == {"4/4"}


def test_four_voices_teach_gaps_and_moves(folder):
    hymns = [s for s in chords.samples(folder) if s.piece.genre == "hymn"]
    lines = voices.four_voices(hymns[0])
    assert lines is None or len(lines) == 4
    tables = voices.learnt(hymns)
    assert all(np.allclose(np.exp(table).sum(axis=-1), 1) for table in tables.values())


def test_a_template_prefers_the_chord_whose_tones_sound(folder):
    sample = next(s for s in chords.samples(folder) if s.piece.genre == "art")
    scores, known = labels.fit(sample.piece, sample.found)
    assert known.all() and scores[0].argmax() == state(0, 0)
