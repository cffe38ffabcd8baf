"""What is written as MusicXML is read back as the same score, by this reader and by music21."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest
from carmina_notation.musicxml.archive import MxlRenderer
from carmina_notation.musicxml.reader import MusicXmlReader
from carmina_notation.musicxml.renderer import MusicXmlRenderer
from hypothesis import HealthCheck, given, settings
from notated_scores import scores, song, sung, syllables

from carmina import Chord, Key, Metre, Note, Score, SectionMark, Tempo, Track


def back(score: Score) -> Score:
    return MusicXmlReader().read(MusicXmlRenderer().render(score))


@settings(max_examples=30, deadline=None)
@given(scores())
def test_a_score_comes_back_whole(score):
    assert back(score) == score


@settings(max_examples=5, deadline=None)
@given(scores())
def test_a_file_says_whether_a_writer_found_its_chords(score):
    for found in (True, False):
        told = replace(score, chords=(Chord(0, "C"), *score.chords[1:]), chords_found=found)
        assert back(told).chords_found == found


@settings(max_examples=5, deadline=None)
@given(scores())
def test_the_compressed_file_holds_the_same_and_the_same_bytes_each_time(score):
    assert MusicXmlReader().read(MxlRenderer().render(score)) == back(score)
    assert MxlRenderer().render(score) == MxlRenderer().render(replace(score))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scores(plan=("A", "AB", "ABC")))
def test_music21_reads_the_same_notes_words_and_places(score):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # music21's own imports
        import music21

        heard = music21.converter.parseData(MusicXmlRenderer().render(score).decode(), format="musicxml")
        merged = heard.parts[0].stripTies(matchByPitch=False)  # a natural sign is printed once
    notes = [
        (round(n.getOffsetInHierarchy(merged) * 480), round(n.quarterLength * 480), n.pitch.midi)
        for n in merged.recurse().notes
        if isinstance(n, music21.note.Note)
    ]
    assert notes == [(n.onset_ticks, n.length_ticks, n.pitch) for n in score.voice.notes]
    words = [(lyric.text, lyric.syllabic) for n in heard.parts[0].recurse().notes for lyric in n.lyrics if lyric.text]
    assert words == [(s.text + s.after, s.place) for s in syllables(score)]


def test_every_part_comes_back_with_its_role_and_its_chords():
    keys = (Note(48, 0, 960), Note(52, 0, 960), Note(60, 0, 480), Note(62, 480, 480), Note(47, 960, 480))
    parts = (
        Track(sung("a b c d"), "Singer", program=52),
        Track(keys, "Keys", "piano", 4),
        Track((Note(36, 0, 480), Note(42, 480, 480), Note(38, 480, 480)), "Kit", "drums", 0),
    )
    read = back(Score(parts))
    assert read.tracks[0] == parts[0]
    for mine, other in zip(parts[1:], read.tracks[1:], strict=True):
        assert (other.name, other.role, other.program) == (mine.name, mine.role, mine.program)
        assert set(other.notes) == set(mine.notes)


def test_two_singers_keep_their_own_words():
    parts = (Track(sung("a b"), "High"), Track(sung("c- d", pitch=55), "Low"))
    assert back(Score(parts)).tracks == parts


def test_changes_of_tempo_key_and_metre_come_back():
    score = song(
        "a b c d e f g h",
        metres=(Metre(3, 4), Metre(2, 4, 1440)),
        keys=(Key(2), Key(-1, "minor", 1440)),
        tempi=(Tempo(60.5), Tempo(72, 700), Tempo(90, 2400)),
    )
    read = back(score)
    assert (read.metres, read.keys, read.tempi) == (score.metres, score.keys, score.tempi)


def test_chords_between_notes_keep_their_places():
    score = song("a _ b", chords=(Chord(100, "Am7"), Chord(600, "N.C."), Chord(1000, "H dur?")))
    assert back(score).chords == score.chords


def test_loudness_comes_back_where_nothing_is_folded():
    score = Score(
        (Track(tuple(replace(note, velocity=v) for note, v in zip(sung("a b c"), (1, 80, 127), strict=True))),)
    )
    assert back(score) == score


def strophic(*lines: str, **rest) -> Score:
    """One line for each verse, all on one tune."""
    length = 4 * 480
    notes = [note for place, line in enumerate(lines) for note in sung(line, place * length)]
    notes = [replace(note, pitch=60 + note.onset_ticks % length // 480) for note in notes]
    marks = tuple(
        SectionMark(place * length, length, "verse", f"Verse {place + 1}", "A", place + 1)
        for place in range(len(lines))
    )
    return Score((Track(tuple(notes)),), sections=marks, **rest)


@pytest.mark.parametrize("pickup", [0, 480, 960])
def test_verses_come_back_in_their_order(pickup):
    score = strophic("a b c d /", "e- f g h /", "i j- k l /", pickup_ticks=pickup)
    assert MusicXmlRenderer().render(score).count(b"<pitch>") == 4
    assert back(score) == score


def test_verses_that_differ_in_a_melisma_are_written_out_and_come_back():
    score = strophic("a b c d /", "e _ g h /")
    assert MusicXmlRenderer().render(score).count(b"<pitch>") == 8
    assert [n.syllable for n in back(score).voice.notes] == [n.syllable for n in score.voice.notes]


def test_unmeasured_rhythm_moves_to_the_grid_and_loses_no_syllable():
    loose = tuple(
        replace(note, onset_ticks=note.onset_ticks // 3 + 7 * place, length_ticks=1 + 13 * place)
        for place, note in enumerate(sung("a b c- d e f g- h i"))
    )
    score = Score((Track(loose),))
    read = back(score)
    assert syllables(read) == syllables(score)
    assert all(abs(a.onset_ticks - b.onset_ticks) <= 60 for a, b in zip(loose, read.voice.notes, strict=True))


def test_syllables_crowded_into_one_place_of_the_grid_each_get_a_note():
    crowd = tuple(
        replace(note, onset_ticks=7 + 2 * place, length_ticks=1) for place, note in enumerate(sung("a b- c d"))
    )
    read = back(Score((Track(crowd),)))
    assert [n.syllable.text for n in read.voice.notes] == ["a", "b", "c", "d"]


def test_numerals_come_back_with_their_chords_whichever_part_carries_them():
    score = replace(
        Score((Track(sung("a b c d")),)), chords=(Chord(0, "C", "I"), Chord(480, "G7/B", "V65"), Chord(960, "Am"))
    )
    bass = Track((Note(48, 0, 1920),), "Bass", "bass", 32)
    for tracks in (score.tracks, (*score.tracks, bass)):
        assert back(replace(score, tracks=tracks)).chords == score.chords
