"""A corpus song becomes steps, and its hypotheses give the song back."""

import numpy as np
import pytest
from carmina_melody.corpus.chord_labels import parse_symbol
from carmina_melody.corpus.encoding import _blank, _lines_of_notes, _truth, anchor_of, steps_of, tonic_below
from carmina_melody.corpus.line_ends import line_ends
from carmina_melody.corpus.songs import read_songs
from carmina_melody.passes.all import HYPOTHESES, PitchHypothesis, RhythmHypothesis
from carmina_melody.passes.piece import Grid, bar_units, beat_units, slot_units, trained_strength
from carmina_melody.passes.vocabulary import FIELD_SIZES, LENGTHS, TASKS, length_index, rest_indices
from carmina_melody.tokenizer import MelodyTokenizer, reader_of


@pytest.fixture(scope="module")
def songs(corpus, conductor):
    return list(read_songs(corpus, reader_of(conductor), verses=True))


@pytest.fixture(scope="module")
def song(songs):
    return songs[0]


def test_verses_are_songs_of_their_own_on_the_same_notes(songs):
    assert [s.verses for s in songs] == [1, 2]
    first, second = (s.score.voice.notes for s in songs)
    assert [n.pitch for n in first] == [n.pitch for n in second]
    assert [n.syllable.text for n in second if n.syllable][:3] == ["And", "all", "the"]


def test_stress_comes_from_the_language_and_spelling_from_the_corpus(song):
    syllables = [n.syllable for n in song.score.voice.notes if n.syllable]
    assert [(s.text, s.stress, s.after) for s in syllables[:6]] == [
        ("The", 0, ""),
        ("riv", 1, ""),
        ("er", 0, ""),
        ("runs", 1, ""),
        ("a", 0, ""),
        ("way", 1, ","),
    ]


def test_lines_of_verse_are_found_again(song):
    lines = [[n.syllable.text for n in line if n.syllable] for line in _lines_of_notes(song)]
    assert lines == [["The", "riv", "er", "runs", "a", "way"], ["The", "heart", "re", "mains", "to", "stay"]]


def test_a_line_does_not_end_inside_a_word():
    entries = [[i, 1, 60, "la", "begin" if i % 2 == 0 else "end", 0] for i in range(12)]
    assert all(i % 2 for i in line_ends(entries, [i + 1 for i in range(12)], "en"))


def test_every_value_fits_its_field(songs):
    for song in songs:
        for steps in steps_of(song):
            assert (steps.rows >= 0).all() and (steps.rows < np.array(FIELD_SIZES)).all()
            assert (steps.rows[1:, 0] == steps.chosen[:-1]).all() and steps.rows[0, 0] == 0


def test_walking_the_chosen_ids_writes_the_song_again(song):
    truth = _truth(song, _lines_of_notes(song))
    by_task = {steps.task: steps.chosen for steps in steps_of(song)}
    piece = _blank(truth)
    for task, make in enumerate(HYPOTHESES):
        hypothesis = make(piece, truth.frames[0].anchor) if task == 0 else make(piece)
        for chosen in by_task[task]:
            hypothesis.take(int(chosen))
        if task != 1:
            assert hypothesis.done
    for ours, true in zip(piece.frames, truth.frames, strict=True):
        assert (ours.start, ours.anchor) == (true.start, true.anchor)
        assert ours.notes == true.notes


def test_the_network_is_told_in_use_what_it_was_told_in_training(song):
    truth = _truth(song, _lines_of_notes(song))
    steps = {s.task: s for s in steps_of(song)}
    from carmina_melody.corpus.encoding import _planned

    hypothesis = RhythmHypothesis(_planned(truth))
    for row, chosen in zip(steps[1].rows, steps[1].chosen, strict=True):
        assert hypothesis.context() == row[1:].tolist()
        hypothesis.take(int(chosen))
    hypothesis = PitchHypothesis(truth)
    hypothesis.piece.chords = {}
    assert hypothesis.context()[0] == 3


def test_harmony_is_heard_in_the_accompaniment(song):
    chords = next(s for s in steps_of(song) if TASKS[s.task] == "chords")
    from carmina_melody.passes.vocabulary import CHORD

    roots = [(int(c) - CHORD) // 4 for c in chords.chosen]
    assert roots[0] == 0 and 7 in roots and roots[-1] == 0


@pytest.mark.parametrize(
    ("symbol", "read"),
    [
        ("C", (0, 0)),
        ("F#m", (6, 1)),
        ("Bb7", (10, 2)),
        ("Bdim", (11, 3)),
        ("Cmaj7", (0, 0)),
        ("Am7", (9, 1)),
        ("G/B", (7, 0)),
        ("Bm7b5", (11, 3)),
        ("N.C.", None),
        ("", None),
        ("H", (11, 0)),
        ("Andante", None),
        ("Dm9", (2, 1)),
        ("E13", (4, 2)),
    ],
)
def test_chord_symbols_are_read(symbol, read):
    assert parse_symbol(symbol) == read


def test_the_tokenizer_gives_examples_with_their_split(corpus, conductor):
    examples = list(MelodyTokenizer().examples(corpus, conductor))
    assert {e.kind for e in examples} == set(TASKS) and len({e.split for e in examples}) == 1
    assert len({e.group for e in examples}) == 4
    assert all(len(e.steps) == len(e.chosen) for e in examples)


def test_splits_never_part_a_cluster(song):
    from dataclasses import replace

    splits = {replace(song, cluster=n, id=str(m)).split for n in (5,) for m in range(9)}
    assert len(splits) == 1
    shares = [replace(song, cluster=n).split for n in range(4000)]
    assert 0.1 < shares.count("validation") / 4000 < 0.15


@pytest.mark.parametrize(
    ("metre", "bar", "beat", "slot"),
    [
        ("4/4", 48, 12, 24),
        ("3/4", 36, 12, 36),
        ("2/4", 24, 12, 24),
        ("6/8", 36, 18, 18),
        ("2/2", 48, 24, 24),
        ("9/8", 54, 18, 54),
        ("12/8", 72, 18, 36),
    ],
)
def test_bars_beats_and_chord_slots(metre, bar, beat, slot):
    assert (bar_units(metre), beat_units(metre), slot_units(bar, metre)) == (bar, beat, slot)


def test_the_strength_that_models_were_trained_on_falls_from_bar_line_to_beat_to_offbeat():
    assert [trained_strength(p, 48, "4/4") for p in (0, 24, 12, 6, 3)] == [4, 3, 2, 1, 0]
    assert [trained_strength(p, 36, "6/8") for p in (0, 18, 6, 3)] == [4, 2, 1, 0]


def test_a_pickup_belongs_to_the_next_bar_line():
    grid = Grid.uniform("4/4")
    assert [anchor_of(grid, at) for at in (0, 12, 23, 24, 36, -12)] == [0, 0, 0, 48, 48, 0]


def test_lengths_and_rests_are_told_by_their_nearest():
    assert all(LENGTHS[length_index(n)] == n for n in LENGTHS)
    assert sum(LENGTHS[i] for i in rest_indices(45)) == 45 and rest_indices(1) == []


def test_the_tonic_is_taken_from_below_the_median():
    assert tonic_below(7, [60, 62, 67, 69, 71]) == 67 and tonic_below(0, [59, 59, 59]) == 48
