"""ABC, anyone's, is read: what the renderer writes comes back, and what the standard allows besides."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from carmina_notation.abc.fields import metre, signature, tempo, text_of, unit_length
from carmina_notation.abc.reader import AbcReader
from carmina_notation.abc.renderer import AbcRenderer
from hypothesis import given, settings
from hypothesis import strategies as st
from notated_scores import scores, syllables

from carmina import BadInput, Key, Metre, Note, Score, Tempo, Track

HEAD = "X:1\nT:A tune\nM:4/4\nL:1/4\nK:C\n"


def read(music, head=HEAD):
    return AbcReader().read((head + music).encode())


def notes(score):
    return [(note.pitch, note.onset_ticks, note.length_ticks) for note in score.voice.notes]


def pitches(music, head=HEAD):
    return [note.pitch for note in read(music, head).voice.notes]


def words(score):
    return [
        note.syllable.text + note.syllable.after if note.syllable else "_" if note.continues else "*"
        for note in score.voice.notes
    ]


def plain(score):
    """What ABC can hold of a score: no ends of lines of verse, no language; headings stand at bars, chords at notes."""
    said = [replace(n.syllable, ends_line=False) if n.syllable else None for n in score.voice.notes]
    voice = Track(tuple(replace(n, syllable=s) for n, s in zip(score.voice.notes, said, strict=True)))
    return replace(score, tracks=(voice,), language="", title=score.title or "Song", sections=(), chords=())


@settings(max_examples=30, deadline=None)
@given(scores())
def test_a_score_comes_back_from_abc_with_notes_words_chords_and_sections(score):
    back = AbcReader().read(AbcRenderer().render(score))
    assert plain(back) == plain(score)
    assert [(mark.kind, mark.label) for mark in back.sections] == [(mark.kind, mark.label) for mark in score.sections]
    assert [chord.symbol for chord in back.chords] == [chord.symbol for chord in score.chords]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABCdefgz^_=,'123/|:[](){}<>-\"!& \nwVKMLPQ\\~*%xZ", max_size=120))
def test_any_text_is_a_tune_or_one_clear_error(text):
    try:
        assert read(text).voice.notes
    except BadInput as fault:
        assert str(fault).endswith(".") and "\n" not in str(fault)


def test_lengths_rests_broken_rhythm_and_tuplets_take_their_time():
    assert notes(read("C2 D/ E/4 F// G3/2 | z2 A B |"))[:5] == [
        (60, 0, 960),
        (62, 960, 240),
        (64, 1200, 120),
        (65, 1320, 120),
        (67, 1440, 720),
    ]
    assert [n[1:] for n in notes(read("C>D E<F |"))] == [(0, 720), (720, 240), (960, 240), (1200, 720)]
    assert [n[1:] for n in notes(read("(3C/D/E/ (3:2:2 F G/ C |"))][:3] == [(0, 160), (160, 160), (320, 160)]
    assert notes(read("C D E F | Z2 | G4 |"))[-1] == (67, 3 * 1920, 1920)


def test_ties_join_and_chords_give_their_top_note():
    assert notes(read("C2- C2 | [CEG]4 |")) == [(60, 0, 1920), (67, 1920, 1920)]
    assert notes(read("C4- | C4 |")) == [(60, 0, 3840)]


def test_a_sign_holds_to_the_end_of_the_bar_and_the_key_beyond():
    assert pitches("^C c =C C | C F |") == [61, 73, 60, 60, 60, 65]
    assert pitches("F B c' B,, | ", HEAD.replace("K:C", "K:D")) == [66, 71, 85, 47]


@pytest.mark.parametrize(
    ("said", "fifths", "mode"),
    [
        ("G", 1, "major"),
        ("Am", 0, "minor"),
        ("Bb minor", -5, "minor"),
        ("D dorian", 0, "minor"),
        ("Gmix", 0, "major"),
        ("F#", 6, "major"),
        ("C clef=bass", 0, "major"),
        ("E mix octave=-1", 3, "major"),
        ("none", 0, "major"),
        ("HP", 0, "major"),
    ],
)
def test_keys_in_the_spellings_of_the_standard(said, fifths, mode):
    assert (signature(said).fifths, signature(said).mode) == (fifths, mode)


def test_other_fields_in_the_spellings_of_the_standard():
    assert [metre(text) for text in ("C", "C|", "(2+3)/8", "none", "4/3")] == [
        Metre(4, 4),
        Metre(2, 2),
        Metre(5, 8),
        None,
        None,
    ]
    assert [tempo(text, unit_length("1/8")) for text in ("1/4=90", '"Slow" 3/8=40', "120", "fast", "1/4=0")] == [
        90,
        60,
        60,
        None,
        None,
    ]
    assert text_of("caf\\'e \\\"Uber \\u4e00 &amp; 100\\%") == "café Über 一 & 100%"
    assert signature("C exp _b ^f").alters["B"] == -1 and signature("G octave=1").shift == 12


def test_words_stand_under_their_notes_with_holds_skips_and_bars():
    assert words(read("C D E F | G A B c |\nw: a-way _ now | come * home, _")) == [
        "a",
        "way",
        "_",
        "now",
        "come",
        "_",
        "home,",
        "_",
    ]
    said = syllables(read("C D E F |\nw: lov\\-ing~kind me-lo-"))
    assert [(s.text, s.place) for s in said] == [("lov-ing kind", "single"), ("me", "begin"), ("lo", "middle")]


def test_a_hyphen_goes_on_over_the_end_of_a_line():
    score = read("C D |\nw: one be-\nE F |\nw: neath two\n")
    assert [(s.text, s.place) for s in syllables(score)] == [
        ("one", "single"),
        ("be", "begin"),
        ("neath", "end"),
        ("two", "single"),
    ]


def test_every_verse_is_sung_and_its_number_is_not():
    score = read("C D E F |]\nw: 1.~one two three four\nw: 2.~five six se-ven\n")
    assert words(score) == ["one", "two", "three", "four", "five", "six", "se", "ven"]
    assert score.voice.notes[4].onset_ticks == 1920


def test_repeats_and_endings_are_played_out():
    assert pitches("|: C4 |1 D4 :|2 E4 |]") == [60, 62, 60, 64]
    assert pitches("C4 :: D4 :|") == [60, 60, 62, 62]


def test_voices_are_parts_whether_named_on_lines_or_in_brackets():
    for music in ("V:1\nC4 |\nV:2\nE,4 |\n", "[V:1] C4 |\n[V:2] E,4 |\n", "[V:1] C4 | [V:2] E,4 |\n"):
        score = read(music, HEAD.replace("K:", 'V:1 name="Air"\nV:2\nK:'))
        assert [track.notes[0].pitch for track in score.tracks] == [60, 52] and score.tracks[0].name == "Air"


def test_a_bar_may_go_on_over_the_end_of_a_line():
    assert notes(read("C D E\nF | G4 |"))[4] == (67, 1920, 1920)


def test_changes_pickup_chords_headings_and_comments():
    score = read(
        'P:Chorus\n"Am"C | "F#m7"D2 E2 |[M:3/4][K:G] F3 % no A here\n| "^slowly"z3 | G3 |', HEAD + "% none\n%%score 1\n"
    )
    assert score.pickup_ticks == 480 and score.metres == (Metre(4, 4), Metre(3, 4, 2400))
    assert [(c.symbol, c.onset_ticks) for c in score.chords] == [("Am", 0), ("F#m7", 480)]
    assert score.keys[-1].fifths == 1 and score.voice.notes[3].pitch == 66 and score.sections[0].kind == "chorus"
    assert (score.title, score.tempi) == ("A tune", (Tempo(),))


def test_what_is_not_the_tune_makes_no_sound():
    music = "%%begintext\nABC\n%%endtext\n{ab}C !trill!D ~E .F & G G G G | +fermata+ G4 |\nW: BAD\n"
    assert pitches(music) == [60, 62, 64, 65, 67]


def test_a_book_is_cut_into_its_tunes_and_read_as_its_first():
    book = b"M:3/4\n\nX:1\nT:One\nK:C\nC3|\n\nX:2\nT:Two\nK:C\nD3|\n"
    parts = AbcReader().parts(book)
    assert [AbcReader().read(part).title for part in (*parts, book)] == ["One", "Two", "One"]
    assert all(AbcReader().read(part).metres == (Metre(3, 4),) for part in parts)
    assert AbcReader().parts(HEAD.encode()) == [HEAD.encode()]


def test_latin_1_is_read_and_a_mark_of_utf_8_skipped():
    assert AbcReader().read(HEAD.replace("A tune", "Café").encode("latin-1") + b"C4|").title == "Café"
    assert AbcReader().read(b"\xef\xbb\xbf" + HEAD.encode() + b"C4|").keys == (Key(),)


@pytest.mark.parametrize(
    ("music", "says"),
    [
        ("", "no notes"),
        ("z4 |", "no notes"),
        ("C9999 " * 40, "bar of the ABC tune is longer"),
        ("C|" * 20_100, "more than 20,000 bars"),
        ("C4 |\n" + "w: a\n" * 120, "more than 99 w: lines"),
        ("\n".join(f"V:{n}\nC4|" for n in range(80)), "more than 64 voices"),
    ],
)
def test_too_much_is_refused_in_one_line(music, says):
    with pytest.raises(BadInput, match=re.escape(says)):
        read(music)


def test_a_long_line_of_open_signs_takes_no_time():
    with pytest.raises(BadInput):
        read('["{(!' * 40_000)
    assert isinstance(read("C" + "[" * 20_000 + "(" * 20_000), Score) and Note
