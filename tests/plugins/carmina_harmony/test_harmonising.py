"""Chords that fit, close where phrases end, and are kept where they are given."""

from dataclasses import replace

import numpy as np
import pytest
from carmina_harmony.chooser import choose
from carmina_harmony.decoding import viterbi
from carmina_harmony.harmonising import Taste, harmonised, repeats
from carmina_harmony.lattice import CLOSE, FINAL, START, lattice
from carmina_harmony.phrases import PIECE, phrases
from carmina_harmony.symbols import parse
from carmina_harmony.timing import bars
from carmina_harmony.tonality import keyed

from carmina import Chord, Key

TASTES = [
    Taste("art"),
    Taste("hymn", "beat"),
    Taste("popular"),
    Taste("art", colour="five"),
    Taste("hymn", colour="triads"),
]


def sounding(score, tick):
    return parse([chord for chord in score.chords if chord.onset_ticks <= tick][-1].symbol)


@pytest.mark.parametrize("taste", TASTES)
@pytest.mark.parametrize("name", ["plain", "minor_waltz", "jig", "two_verses"])
def test_the_song_ends_on_its_tonic_and_most_of_the_tune_is_of_the_chord(name, taste, request):
    score = harmonised(request.getfixturevalue(name), taste, seed=3)
    last = score.voice.notes[-1]
    key = score.keys[0]
    assert sounding(score, last.onset_ticks).root == key.tonic
    assert (3 in sounding(score, last.onset_ticks).above) == (key.mode == "minor")
    heard = [(note.length_ticks, sounding(score, note.onset_ticks).has(note.pitch)) for note in score.voice.notes]
    assert sum(length for length, fits in heard if fits) > 0.6 * sum(length for length, _ in heard)
    assert all(chord.numeral for chord in score.chords)


def test_given_chords_are_kept_one_a_bar_and_come_round_again(plain):
    score = harmonised(plain, Taste(), ("C", "F/C", "G7sus4"))
    assert [chord.symbol for chord in score.chords] == ["C", "F/C", "G7sus4", "C", "F/C", "G7sus4", "C", "F/C"]


def test_given_chords_begin_with_the_first_whole_bar(minor_waltz):
    assert harmonised(minor_waltz, Taste(), ("Am", "E7")).chords[0] == Chord(480, "Am", "i")


def test_the_scores_own_chords_are_kept(plain):
    own = (Chord(0, "C"), Chord(960, "N.C."), Chord(1920, "Am7/G"))
    assert [c.symbol for c in harmonised(replace(plain, chords=own), Taste(), seed=1).chords] == ["C", "N.C.", "Am7/G"]


def test_chords_that_a_writer_found_are_not_taken_for_a_persons(plain):
    odd = (Chord(0, "F#"), Chord(1920, "Db"))
    kept = harmonised(replace(plain, chords=odd), Taste())
    assert [chord.symbol for chord in kept.chords] == ["F#", "Db"] and not kept.chords_found
    other = harmonised(replace(plain, chords=odd, chords_found=True), Taste(planned=True), seed=1)
    assert "F#" not in [chord.symbol for chord in other.chords] and other.chords_found


def test_the_same_seed_gives_the_same_chords_and_other_seeds_other_ones(two_verses):
    made = [harmonised(two_verses, Taste("art"), seed=seed).chords for seed in (1, 1, 2, 3, 4, 5)]
    assert made[0] == made[1] and len(set(made)) > 1


def test_a_tune_that_comes_again_has_its_chords_again(two_verses):
    score = harmonised(two_verses, Taste("art"), seed=9)
    length = two_verses.sections[0].length_ticks
    for tick in range(480, length, 480):
        assert sounding(score, tick) == sounding(score, tick + length)
    assert [(a.verse, b.verse) for a, b in repeats(two_verses)][0] == (2, 1)


def test_phrases_end_where_lines_do_and_the_last_closes_the_piece(plain):
    found = phrases(plain, bars(plain))
    assert [p.last for p in found] == [7, 15, 23, 30] and found[-1].closes == PIECE
    cells = lattice(plain, bars(plain), found, "half")
    assert cells.places[0] == START and list(cells.places).count(CLOSE) == 3 and FINAL in cells.places


def test_without_words_phrases_end_at_rests_and_long_notes(plain):
    notes = tuple(replace(note, syllable=None) for note in plain.voice.notes)
    gapped = tuple(replace(n, length_ticks=240) if i in (7, 15) else n for i, n in enumerate(notes))
    score = replace(plain, tracks=(replace(plain.voice, notes=gapped),))
    assert {15, 30} <= {p.last for p in phrases(score, bars(score))}


def test_a_file_without_a_key_gets_the_one_that_it_is_in(plain):
    moved = replace(
        plain, tracks=(replace(plain.voice, notes=tuple(replace(n, pitch=n.pitch + 2) for n in plain.voice.notes)),)
    )
    assert keyed(moved).keys == (Key(2),) and keyed(plain).keys == (Key(0),)
    named = replace(moved, keys=(Key(-1),))
    assert keyed(named) is named


def test_a_held_state_is_kept(plain):
    cells = lattice(plain, bars(plain), phrases(plain, bars(plain)), "half")
    held = np.full(len(cells.slots), -1)
    held[4] = 17
    assert choose(cells, "art", held=held)[4] == 17


def test_the_best_path_is_the_best_of_all():
    rng = np.random.default_rng(0)
    scores, steps = rng.normal(size=(4, 3)), rng.normal(size=(4, 3, 3))
    paths = np.array(np.meshgrid(*[range(3)] * 4, indexing="ij")).reshape(4, -1).T
    worth = [sum(scores[i, p[i]] for i in range(4)) + sum(steps[i, p[i - 1], p[i]] for i in range(1, 4)) for p in paths]
    assert list(viterbi(scores, steps)) == list(paths[int(np.argmax(worth))])
    assert len(viterbi(scores[:0], steps[:0])) == 0


@pytest.mark.parametrize("wrong", [{"genre": "polka"}, {"rhythm": "never"}, {"colour": "red"}])
def test_a_taste_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        Taste(**wrong)


def test_verses_on_one_tune_get_the_same_chords_and_inversions_though_the_last_lasts_longer():
    from carmina import Note, Score, SectionMark, Track

    pitches = (67, 69, 71, 72, 74, 72, 71, 69, 67, 65, 64, 62, 64, 65, 67, 60)
    notes = tuple(Note(p, 7680 * verse + 480 * n, 480) for verse in range(3) for n, p in enumerate(pitches))
    marks = tuple(SectionMark(7680 * v, 7680 + 480 * (v == 2), melody="A", verse=v + 1) for v in range(3))
    score = harmonised(Score((Track(notes),), sections=marks), Taste(genre="hymn", rhythm="beat"), seed=1)

    def sounding(verse):
        return [[c.symbol for c in score.chords if c.onset_ticks <= 7680 * verse + 240 * n][-1] for n in range(32)]

    assert sounding(0) == sounding(1) == sounding(2) and len(set(sounding(0))) > 1
