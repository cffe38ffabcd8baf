"""Verses on one tune are printed once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from carmina_notation.engraving.folding import Fold, folds, measures
from carmina_notation.musicxml.renderer import document
from hypothesis import given, settings
from notated_scores import scores, sung

from carmina import Chord, Note, Score, SectionMark, Tempo, Track

BAR = 1920
WORDS = {"A": "a b c d /", "B": "e f g- h /", "C": "i j _ k /"}


def plan(letters: str, **rest) -> Score:
    """One bar for each letter, equal letters on equal tunes with their words numbered, but B always the same words."""
    notes: list[Note] = []
    for place, letter in enumerate(letters):
        for note in sung(WORDS[letter], place * BAR, 60 + 4 * ord(letter) % 12):
            said = note.syllable and letter != "B" and replace(note.syllable, text=note.syllable.text + str(place))
            notes.append(
                replace(
                    note, pitch=50 + ord(letter) % 10 + (note.onset_ticks % BAR) // 480, syllable=said or note.syllable
                )
            )
    marks = tuple(
        SectionMark(place * BAR, BAR, "verse", letter, letter, letters[: place + 1].count(letter))
        for place, letter in enumerate(letters)
    )
    return Score((Track(tuple(notes)),), sections=marks, **rest)


@pytest.mark.parametrize(
    "letters, found",
    [
        ("AAA", [(0, 1, 3)]),
        ("ABAB", [(0, 2, 2)]),
        ("AABB", [(0, 1, 2), (2, 1, 2)]),
        ("ABA", []),
        ("CABAB", [(1, 2, 2)]),
        ("AABAAB", [(0, 3, 2)]),
        ("ABC", []),
        ("A", []),
    ],
)
def test_neighbours_fold_the_largest_saving_first(letters, found):
    assert folds(plan(letters)) == tuple(Fold(start * BAR, size * BAR, times) for start, size, times in found)


def change(score: Score, **to) -> Score:
    """The third note differs."""
    notes = list(score.tracks[0].notes)
    notes[6] = replace(notes[6], **to)
    return replace(score, tracks=(Track(tuple(notes)),))


@pytest.mark.parametrize(
    "score",
    [
        change(plan("AA"), pitch=40),
        change(plan("AA"), length_ticks=240),
        change(plan("AA"), syllable=None, continues=True),
        plan("AA", chords=(Chord(0, "C"),)),
        plan("AA", tempi=(Tempo(), Tempo(50, BAR))),
        replace(plan("AA"), sections=(SectionMark(0, BAR, melody="A"), SectionMark(BAR, BAR, melody="B"))),
        replace(plan("AA"), sections=(SectionMark(0, BAR - 480), SectionMark(BAR - 480, BAR))),
        replace(plan("AA"), tracks=(plan("AA").tracks[0], Track((Note(40, 0, 480),), role="bass"))),
        replace(plan("AA"), tracks=(plan("AA").tracks[0], Track((Note(40, 480, BAR),), role="bass"))),
    ],
)
def test_whatever_differs_is_written_out(score):
    assert folds(score) == ()


def test_verses_that_begin_at_different_places_of_the_bar_are_written_out():
    notes = sung("a b c /", 0, 60) + sung("d e f /", 1440, 60)
    assert folds(Score((Track(notes),), sections=(SectionMark(0, 1440), SectionMark(1440, 1440, verse=2)))) == ()


def test_loudness_alone_does_not_keep_verses_apart():
    assert len(folds(change(plan("AA"), velocity=100))) == 1


def test_a_chorus_with_the_same_words_needs_one_line_of_lyrics():
    numbers = [(lyric.findtext("text"), lyric.get("number")) for lyric in document(plan("ABAB")).iter("lyric")]
    assert [number for text, number in numbers if text[0] in "abcd"] == ["1", "2"] * 4
    assert [number for text, number in numbers if text[0] in "efgh"] == ["1"] * 4


def test_three_times_says_so_and_headings_join():
    root = document(plan("AAA"))
    assert [r.attrib for r in root.iter("repeat")] == [
        {"direction": "forward"},
        {"direction": "backward", "times": "3"},
    ]
    numbered = replace(plan("AA"), sections=tuple(replace(m, label=f"Verse {m.verse}") for m in plan("AA").sections))
    assert [r.text for r in document(numbered).iter("rehearsal")] == ["Verse 1, 2"]


def test_bars_are_counted_as_printed():
    assert [m.number for m in measures(plan("AAAC"))] == ["1", "2"]
    cut = measures(plan("AAC", pickup_ticks=480))
    assert [(m.number, m.implicit, m.length_ticks) for m in cut] == [
        ("0", True, 480),
        ("1", False, 1440),
        ("X1", True, 480),
        ("2", False, 1920),
    ]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_the_passes_of_the_printed_bars_cover_the_song_once(score):
    spans = sorted((m.onset_ticks + shift, m.end_ticks + shift) for m in measures(score) for shift in m.passes)
    assert spans[0][0] == 0 and spans[-1][1] >= score.end_ticks
    assert all(end == start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
