"""What stands on the printed page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from carmina_notation.common.bars import bars
from carmina_notation.engraving.clefs import clefs
from carmina_notation.musicxml.renderer import MusicXmlRenderer, document
from hypothesis import given, settings
from notated_scores import scores, song, sung, syllables

from carmina import Chord, Key, Metre, Note, Score, SectionMark, Tempo, Track

GOLDEN = Path(__file__).parents[2] / "golden" / "notation"
ORDER = [
    "chord",
    "pitch",
    "unpitched",
    "rest",
    "duration",
    "tie",
    "instrument",
    "voice",
    "type",
    "dot",
    "accidental",
    "time-modification",
    "notehead",
    "beam",
    "notations",
    "lyric",
]  # as the schema has it


def texts(root, path: str) -> list[str]:
    return [element.text for element in root.iterfind(path)]


def lengths(root) -> list[list[str]]:
    """Each bar's note values, rests in brackets."""
    return [
        [
            ("({})" if note.find("rest") is not None else "{}").format(
                note.findtext("type", "bar") + "." * len(note.findall("dot"))
            )
            for note in bar.iterfind("note")
        ]
        for bar in root.iterfind("part/measure")
    ]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_every_bar_is_full_and_every_element_in_the_order_of_the_schema(score):
    root = document(score)
    for bar in root.iterfind("part/measure"):
        for note in bar.iterfind("note"):
            places = [ORDER.index(child.tag) for child in note]
            assert places == sorted(places)
    printed = [sum(int(d) for d in texts(bar, "note/duration")) for bar in root.iterfind("part/measure")]
    whole = score.metres[0].bar_ticks
    assert all(0 < length <= whole for length in printed)
    if not root.findall(".//repeat"):
        assert printed == [bar.length_ticks for bar in bars(score)]


@settings(max_examples=12, deadline=None)
@given(scores())
def test_ties_slurs_tuplets_and_beams_that_begin_also_end(score):
    root = document(score)
    for tag in ("tied", "slur", "tuplet"):
        kinds = [element.get("type") for element in root.iter(tag)]
        assert kinds == ["start", "stop"] * (len(kinds) // 2)
    for bar in root.iterfind("part/measure"):
        outer = [b.text for b in bar.iterfind("note/beam[@number='1']")]
        assert outer.count("begin") == outer.count("end")


@settings(max_examples=12, deadline=None)
@given(scores(plan=("A", "AB", "ABC")))
def test_words_stand_once_in_order_with_their_places(score):
    lyrics = [lyric for lyric in document(score).iter("lyric") if lyric.find("text") is not None]
    assert [(lyric.findtext("text"), lyric.findtext("syllabic")) for lyric in lyrics] == [
        (s.text + s.after, s.place) for s in syllables(score)
    ]


@pytest.mark.parametrize(
    "line, metre, values",
    [
        ("a _ _ _", Metre(4, 4), [["quarter", "quarter", "quarter", "quarter"]]),
        ("0 a", Metre(4, 4), [["(quarter)", "quarter", "(half)"]]),
        ("0 0 0 0 a", Metre(4, 4), [["(bar)"], ["quarter", "(quarter)", "(half)"]]),
        ("a b c", Metre(6, 8), [["quarter", "eighth", "eighth", "quarter"]]),
    ],
)
def test_values_show_the_beat(line, metre, values):
    assert lengths(document(song(line, metres=(metre,)))) == values


def test_a_triplet_is_bracketed_once():
    notes = tuple(Note(60 + place, place * 160, 160) for place in range(3))
    root = document(Score((Track(notes),)))
    assert [e.get("type") for e in root.iter("tuplet")] == ["start", "stop"]
    assert texts(root, ".//actual-notes") == ["3"] * 3
    assert [beam.text for beam in root.iter("beam")] == ["begin", "continue", "end"]


def test_a_pickup_is_bar_0_and_does_not_count():
    found = document(song("a b c d", metres=(Metre(3, 4),), pickup_ticks=480)).findall("part/measure")
    assert [(bar.get("number"), bar.get("implicit")) for bar in found] == [("0", "yes"), ("1", None)]


def test_a_melisma_has_a_slur_and_an_extender_only_after_a_whole_word():
    root = document(song("sing _ _ ho- _ ly"))
    assert [e.get("type") for e in root.iter("slur")] == ["start", "stop"] * 2
    assert [e.get("type") for e in root.iter("extend")] == ["start", "continue", "stop"]


def test_accidentals_hold_for_their_bar_and_no_longer():
    pitches = (66, 66, 65, 66, 66, 67)
    notes = tuple(Note(pitch, place * 480, 480) for place, pitch in enumerate(pitches))
    root = document(Score((Track(notes),)))
    assert [note.findtext("accidental") for note in root.iter("note")][:6] == [
        "sharp",
        None,
        "natural",
        "sharp",
        "sharp",
        None,
    ]


@pytest.mark.parametrize(
    "pitches, role, expected",
    [
        ((60, 67, 76), "voice", ("G", 2, 0)),
        ((48, 55, 67), "voice", ("G", 2, -1)),
        ((40, 48, 55), "voice", ("F", 4, 0)),
        ((48, 55, 58), "piano", ("F", 4, 0)),
        ((36, 42), "drums", ("percussion", 3, 0)),
        ((), "voice", ("G", 2, 0)),
    ],
)
def test_the_clef_suits_the_range(pitches, role, expected):
    track = Track(tuple(Note(p, i * 480, 480) for i, p in enumerate(pitches)), role=role)
    assert [(clef.sign, clef.line, clef.octaves) for clef in clefs(track)] == [expected]


def test_a_tempo_in_6_8_counts_dotted_quarters():
    root = document(song("a", metres=(Metre(6, 8),), tempi=(Tempo(90),)))
    assert root.find(".//metronome/beat-unit-dot") is not None
    assert (root.findtext(".//per-minute"), root.find(".//sound").get("tempo")) == ("60", "90")


def test_title_credits_language_and_maker_are_told_but_no_date():
    data = MusicXmlRenderer().render(song("a", title="T", credits=("Music: M", "W"), language="de")).decode()
    assert "<work-title>T</work-title>" in data and "<software>Carmina</software>" in data
    assert '<creator type="composer">Music: M</creator>' in data and '<creator type="lyricist">W</creator>' in data
    assert 'xml:lang="de"' in data and "encoding-date" not in data


def test_the_piece_ends_with_a_final_bar_line():
    assert texts(document(song("a b c d e")), "part/measure/barline/bar-style") == ["light-heavy"]


def test_characters_that_xml_cannot_hold_are_left_out():
    notes = sung("a")
    odd = replace(notes[0], syllable=replace(notes[0].syllable, text="a\x00\ud800\ufffe<b"))
    assert b"<text>a&lt;b</text>" in MusicXmlRenderer().render(Score((Track((odd,), name="n\x1f"),)))


def test_more_than_four_voices_at_once_and_an_empty_score_still_print():
    crowd = tuple(Note(40 + place, place * 60, 1920) for place in range(9))
    assert len(document(Score((Track(crowd, role="piano"),))).findall(".//backup")) >= 3
    assert lengths(document(Score((Track(()),)))) == [["bar"]] or lengths(document(Score(()))) == [["(bar)"]]


def test_a_hymn_prints_as_in_the_golden_file():
    notes = sung("O- pen _ sky, /") + sung("Dis- tant _ hills, /", 1920)
    tune = (Chord(0, "D"), Chord(960, "A7/C#"), Chord(1920, "D"), Chord(2880, "A7/C#"))
    marks = (SectionMark(0, 1920, "verse", "Verse 1", "A", 1), SectionMark(1920, 1920, "verse", "Verse 2", "A", 2))
    notes = tuple(replace(note, pitch=(66, 69, 71, 73)[note.onset_ticks // 480 % 4]) for note in notes)
    score = Score((Track(notes),), keys=(Key(2),), chords=tune, sections=marks, title="Hymn", pickup_ticks=960)
    assert MusicXmlRenderer().render(score).decode() == (GOLDEN / "hymn.musicxml").read_text(encoding="utf-8")
