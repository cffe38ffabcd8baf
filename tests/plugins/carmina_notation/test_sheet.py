"""The sheet for the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from carmina_notation.text.sheet import WIDEST, SheetRenderer, width
from hypothesis import given, settings
from notated_scores import scores, song, sung, syllables

from carmina import Chord, Key, Metre, Note, Score, SectionMark, Track

GOLDEN = Path(__file__).parents[2] / "golden" / "notation"


def lines(score: Score) -> list[str]:
    return SheetRenderer().render(score).decode("utf-8").splitlines()


@settings(max_examples=12, deadline=None)
@given(scores(plan=("A", "AB", "ABC")))
def test_every_syllable_stands_on_the_sheet_in_order(score):
    said = [s.text + s.after + ("" if s.ends_word else "-") for s in syllables(score)]
    text = " ".join(lines(score))
    at = 0
    for word in said:
        at = text.index(word, at) + len(word)


@settings(max_examples=12, deadline=None)
@given(scores())
def test_bar_lines_stand_below_one_another_however_wide_the_words(score):
    block: list[list[int]] = []
    for line in [*lines(score)[3:], ""]:
        if "|" in line:
            block.append([width(line[:place]) for place, c in enumerate(line) if c == "|"])
        elif not line and block:
            assert all(places == block[0] for places in block)
            assert max(block[0]) < WIDEST + 40
            block = []


@pytest.mark.parametrize(
    "key, pitches, figures",
    [
        (Key(0), (60, 64, 67, 72), "1 3 5 1̇"),
        (Key(1), (66, 67, 71, 74), "7̣ 1 3 5"),
        (Key(0, "minor"), (69, 68, 60, 62), "6 #5 1 2"),
        (Key(-1), (65, 71, 70, 72), "1 #4 4 5"),
        (Key(7), (61, 65, 73, 72), "1 3 1̇ 7"),
        (Key(-7), (59, 63, 71, 70), "1 3 1̇ 7"),
    ],
)
def test_figures_are_degrees_with_dots_for_octaves(key, pitches, figures):
    notes = tuple(replace(n, pitch=p) for n, p in zip(sung("a b c d"), pitches, strict=True))
    row = lines(Score((Track(notes),), keys=(key,)))[-3]
    assert row.replace("|", " ").split() == figures.split()


def test_lengths_count_in_the_metre_s_own_unit():
    assert lines(song("a b c", metres=(Metre(6, 8),)))[-1].split() == ["2", "2", "2", "||"]
    assert "lengths in eighths" in lines(song("a", metres=(Metre(6, 8),)))


def test_a_score_without_a_voice_or_without_notes_has_a_sheet_too():
    assert any("C4" in line for line in lines(Score((Track((Note(60, 0, 480),), role="piano"),))))
    assert lines(Score((), title="Rest"))[0] == "Rest"


def test_a_song_looks_as_in_the_golden_file():
    first = sung("Slow- ly _ the sun goes down, /")
    second = sung("soft- ly _ the stars come out; /", 8 * 480)
    last = sung("月- 亮， 花 0 and you. /", 16 * 480)
    notes = tuple(
        replace(note, pitch=(62, 67, 69, 71, 74, 73, 69, 66)[note.onset_ticks // 480 % 8])
        for note in first + second + last
    )
    marks = (
        SectionMark(0, 3840, "verse", "Verse 1", "A", 1),
        SectionMark(3840, 3840, "verse", "Verse 2", "A", 2),
        SectionMark(7680, 2880, "chorus", "副歌", "B", 1),
    )
    chords = tuple(
        Chord(at, symbol) for at, symbol in ((0, "G"), (1920, "D7/F#"), (3840, "G"), (5760, "D7/F#"), (7680, "Em"))
    )
    score = Score(
        (Track(notes), Track((), "Piano", "piano", 0)),
        keys=(Key(1),),
        sections=marks,
        chords=chords,
        title="Evening 晚",
        credits=("Words: nobody",),
        pickup_ticks=480,
    )
    assert SheetRenderer().render(score).decode("utf-8") == (GOLDEN / "evening.txt").read_text(encoding="utf-8")
