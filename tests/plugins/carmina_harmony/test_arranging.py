"""A melody in, a song out."""

from collections import Counter
from dataclasses import replace

import pytest
from carmina_harmony.arranging import Arrange, Chords
from carmina_harmony.human import humanised

from carmina import ArrangeBrief, BadInput, Chord, Metre, Note, Score, SectionMark, Track
from carmina.theory import split_line

Q = 480
TUNES = ["plain", "minor_waltz", "jig", "two_verses"]


def arranged(conductor, score, style="art", **asked):
    return Arrange().write(ArrangeBrief(score, style, **asked), conductor)


def shifted(notes, ticks):
    return tuple(replace(note, onset_ticks=note.onset_ticks + ticks) for note in notes)


@pytest.mark.parametrize("name", TUNES)
@pytest.mark.parametrize("intro", [0, 2])
def test_the_voice_is_kept_and_only_an_introduction_moves_it(conductor, request, name, intro):
    score = request.getfixturevalue(name)
    made = arranged(conductor, score, seed=2, options={"intro": intro, "outro": 1})
    moved = made.voice.notes[0].onset_ticks - score.voice.notes[0].onset_ticks
    assert made.voice.notes == shifted(score.voice.notes, moved)
    assert (moved > 0) == (intro > 0)
    bars_before = set(score.bar_onsets()) - {0}
    assert {onset + moved for onset in bars_before} <= set(made.bar_onsets())


def test_the_same_brief_gives_the_same_bytes_and_another_seed_others(conductor, two_verses):
    midi = [conductor.render(arranged(conductor, two_verses, seed=seed, humanise=0.5), ".mid") for seed in (4, 4, 5)]
    assert midi[0] == midi[1] != midi[2]


def test_a_section_that_comes_again_is_accompanied_again(conductor, two_verses):
    made = arranged(conductor, two_verses, seed=1, options={"intro": 0, "outro": 0})
    length = two_verses.sections[0].length_ticks
    for track in made.tracks[1:]:
        parts = [
            [(n.pitch, n.onset_ticks % length) for n in track.notes if n.onset_ticks // length == turn]
            for turn in (0, 1)
        ]
        assert parts[0] == parts[1]


def test_the_introduction_is_marked_and_leads_to_the_voice_by_the_dominant(conductor, plain):
    made = arranged(conductor, plain, seed=1, options={"intro": 2})
    assert made.sections[0].kind == "intro" and made.voice.notes[0].onset_ticks == 2 * 1920
    before = [chord for chord in made.chords if chord.onset_ticks < 2 * 1920]
    assert before[0].symbol == "C" and before[-1].symbol == "G7"
    assert any(note.onset_ticks == 0 for track in made.tracks[1:] for note in track.notes)


def test_other_parts_go_unless_they_are_kept(conductor, plain):
    flute = Track((Note(80, 0, 480),), "Flute", "pipe", 73)
    score = replace(plain, tracks=(*plain.tracks, flute))
    assert "Flute" not in [t.name for t in arranged(conductor, score, seed=1).tracks]
    assert flute in arranged(conductor, score, seed=1, options={"keep": True, "intro": 0}).tracks


def test_a_track_that_nobody_calls_a_voice_is_accompanied_by_its_top_line(conductor):
    notes = (Note(60, 0, Q), Note(67, 0, Q), Note(69, Q, 4 * Q), Note(64, 2 * Q, Q), Note(72, 3 * Q, 2 * Q))
    line, others = split_line(notes)
    assert [n.pitch for n in line] == [67, 69, 72] and [n.pitch for n in others] == [60, 64]
    assert arranged(conductor, Score((Track(notes, role="piano"),)), seed=1).voice.notes


def test_a_score_without_a_note_is_refused_in_one_line(conductor):
    for score in (Score(()), Score((Track(()),)), Score((Track((Note(36, 0, Q),), role="drums"),))):
        with pytest.raises(BadInput, match="no voice to accompany"):
            arranged(conductor, score)


@pytest.mark.parametrize(
    "metre",
    [
        Metre(5, 4),
        Metre(7, 8),
        Metre(2, 2),
        Metre(9, 8),
        Metre(12, 8),
        Metre(3, 2),
        Metre(1, 4),
        Metre(11, 16),
        Metre(4, 8),
        Metre(3, 8),
        Metre(6, 4),
    ],
)
def test_any_metre_is_arranged_to_the_end(conductor, metre):
    notes = tuple(Note(60 + (i * 7) % 12, i * 360, 360) for i in range(60))
    made = arranged(conductor, Score((Track(notes),), (metre,)), seed=1)
    assert {note.onset_ticks // 5000 for track in made.tracks[1:] for note in track.notes} >= {0, 1, 2, 3}
    conductor.render(made, ".musicxml")


def test_changes_of_key_and_metre_are_followed(conductor, plain):
    from carmina import Key

    later = shifted(tuple(replace(n, pitch=n.pitch + 3) for n in plain.voice.notes), 32 * Q)
    score = replace(plain, tracks=(Track((*plain.voice.notes, *later)),), keys=(Key(), Key(-3, onset_ticks=32 * Q)))
    made = arranged(conductor, score, seed=1, options={"intro": 2})
    assert made.keys[1].onset_ticks == 32 * Q + 2 * 1920
    assert made.chords[-1].symbol == "Eb" and made.chords[-1].numeral == "I"


def test_one_note_is_enough(conductor):
    assert arranged(conductor, Score((Track((Note(60, 0, Q),)),)), seed=1).tracks[1].notes


def test_humanised_notes_are_printed_as_written_and_played_near_it(conductor, plain):
    stiff = arranged(conductor, plain, seed=1)
    loose = humanised(stiff, 1, 1.0, 1)
    assert conductor.render(loose, ".musicxml") != b"" and loose.voice == stiff.voice
    delays = [note.delay_ticks for track in loose.tracks[1:] for note in track.notes]
    assert Counter(delay == 0 for delay in delays)[False] > len(delays) / 2 and max(map(abs, delays)) < 150
    assert [(n.pitch, n.onset_ticks) for t in loose.tracks for n in t.notes] == [
        (n.pitch, n.onset_ticks) for t in stiff.tracks for n in t.notes
    ]


def test_the_writer_of_chords_adds_nothing_else(conductor, plain):
    made = Chords().write(ArrangeBrief(plain, "hymn", seed=1), conductor)
    assert made.tracks == plain.tracks and made.chords and isinstance(made.chords[0], Chord)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"intro": 9}, "intro is 9; allowed: 0 to 8"),
        ({"parts": ({},)}, "part without a writer"),
        ({"harmony": {"genre": "polka"}}, "harmony is wrong"),
        ({"parts": ({"writer": "piano", "texture": "wet"},)}, "texture 'wet'"),
    ],
)
def test_options_that_cannot_be_are_refused(conductor, plain, options, message):
    with pytest.raises(BadInput, match=message):
        arranged(conductor, plain, options=options)


def test_sections_of_the_song_move_with_the_voice(conductor, two_verses):
    made = arranged(conductor, two_verses, seed=1, options={"intro": 1, "outro": 1})
    assert [mark.kind for mark in made.sections] == ["intro", "verse", "verse", "chorus", "outro"]
    assert made.sections[1] == SectionMark(1920, two_verses.sections[0].length_ticks, "verse")


def test_of_two_chords_at_once_the_later_counts(conductor, plain):
    twice = replace(plain, chords=(Chord(0, "C"), Chord(960, "G"), Chord(960, "F"), Chord(1920, "C")))
    assert [c.symbol for c in arranged(conductor, twice, "march", seed=1, options={"intro": 0}).chords[:3]] == [
        "C",
        "F",
        "C",
    ]


def test_notes_that_ring_past_the_last_bar_are_written(conductor):
    score = Score((Track((Note(60, 0, 100),)),), (Metre(12, 2),), sections=(SectionMark(0, 20_000),))
    for style in ("song", "pentatonic", "lullaby"):
        assert conductor.render(arranged(conductor, score, style, seed=1), ".mid")
