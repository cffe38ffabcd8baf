"""LilyPond in the spellings that people use is read, and what is no such file is one clear error."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from carmina_notation.lilypond.pitch import Tone, duration, names
from carmina_notation.lilypond.reader import LilyPondReader
from carmina_notation.lilypond.tokens import tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, Key, Metre


def read(text):
    return LilyPondReader().read(text.encode())


def notes(text):
    return [(note.pitch, note.onset_ticks, note.length_ticks) for note in read(text).voice.notes]


def pitches(text):
    return [note.pitch for note in read(text).voice.notes]


def words(text):
    return [
        note.syllable.text + note.syllable.after if note.syllable else "_" if note.continues else "*"
        for note in read(text).voice.notes
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            '{ } << >> \\relative c\' d4 e8. ~ ( ) [ ] < > \\repeat volta 2 \\alternative \\score \\new Voice = "a" \\lyricsto \\addlyrics la -- __ _ '  # noqa: E501
            "\\times 2/3 \\tuplet 3/2 \\time 3/4 \\key \\minor \\partial \\tempo 4 = 90 #'(x) % \\x x r2 R1*8 \\\\ "
            "\\set \\grace \\fixed q \\breve".split(" ")
        ),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_is_a_score_or_one_clear_error(text):
    try:
        assert any(track.notes for track in read("x = { c4 }\n" + text).tracks)
    except BadInput as fault:
        assert str(fault).endswith(".") and "\n" not in str(fault)


def test_relative_absolute_and_fixed_octaves():
    assert pitches("\\relative c' { c g' c, e c'' | a4 f' }") == [60, 67, 60, 64, 84, 81, 89]
    assert pitches("{ c' e' g' c'' b }") == [60, 64, 67, 72, 59]
    assert pitches("\\fixed c' { c g c' }") == [60, 67, 72]
    assert pitches("\\relative { c'4 d e }") == [60, 62, 64]
    chords = read("\\relative c' { <c e g>4 <c e g> c g' }").tracks[0]
    assert [note.pitch for note in chords.notes] == [60, 64, 67, 60, 64, 67, 60, 67]


def test_a_fourth_is_counted_by_letters_not_by_semitones():
    assert Tone(3, 1, 4).near(6, -1, 0) == Tone(6, -1, 4) and Tone(3, 0, 4).near(0, 0, 0) == Tone(0, 0, 4)
    assert pitches("\\relative c' { c fis c ges' }") == [60, 66, 60, 66] and pitches("\\relative f' { f b f' }") == [
        65,
        71,
        77,
    ]


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("nederlands", "cis' es' bes' b'", [61, 63, 70, 71]),
        ("english", "cs' ef' bf' b' csharp'", [61, 63, 70, 71, 61]),
        ("deutsch", "cis' es' b' h'", [61, 63, 70, 71]),
        ("italiano", "dod' mib' sib' si' sol'", [61, 63, 70, 71, 67]),
    ],
)
def test_note_names_of_four_languages(language, written, expected):
    assert pitches(f'\\language "{language}" {{ {written} }}') == expected
    assert pitches(f'\\include "{language}.ly" {{ {written} }}') == expected
    assert len(names(language)) >= 35


def test_durations_hold_until_the_next_and_scale():
    assert [duration(text) for text in ("4", "2..", "1*3/4", "\\breve", "8*0")] == [
        Fraction(1, 4),
        Fraction(7, 8),
        Fraction(3, 4),
        2,
        0,
    ]
    assert [n[1:] for n in notes("{ c'4. d'8 e' r4 f' | R1*2 g'\\breve }")] == [
        (0, 720),
        (720, 240),
        (960, 240),
        (1680, 480),
        (2160 + 3840, 3840),
    ]
    assert [n[1:] for n in notes("{ \\times 2/3 { c'8 d' e' } \\tuplet 3/2 4 { c'8 d' e' } f'4 }")] == [
        (0, 160),
        (160, 160),
        (320, 160),
        (480, 160),
        (640, 160),
        (800, 160),
        (960, 480),
    ]


def test_ties_join_rests_written_as_notes_are_silent_and_grace_notes_are_left_out():
    assert notes("{ c'4~ c'8 d' b'4\\rest \\grace { e'16 f' } \\acciaccatura g'8 e'4 }") == [
        (60, 0, 720),
        (62, 720, 240),
        (64, 1440, 480),
    ]


SUNG = """
\\version "2.24.0" \\header { title = \\markup { \\bold "The Ford" } poet = "A. Poet (1800--1850)" composer = "B. Maker" }
#(set-global-staff-size 18) % a comment { with a brace
global = { \\key g \\minor \\time 3/4 \\partial 4 \\tempo "Slow" 4 = 72 %{ another { %} \\autoBeamOff }
tune = \\relative c'' { g4 | bes( a) g | d'8[ c] bes4 a | g2.~ | g2 \\bar "|." }
first = \\lyricmode { \\set stanza = #"1. " Oh the riv -- er runs a -- way, __ }
second = \\lyricmode { And "the" wind goes "home too," }
\\score { << \\new Staff = "s" << \\new Voice = "sop" { << \\global \\tune >> } \\new Voice = "alto" { \\relative c' { d4 d2. d d d2 } } >>
  \\new Lyrics \\lyricsto "sop" \\first \\new Lyrics \\with { alignBelowContext = "s" } \\lyricsto "sop" { \\second }
  \\new Lyrics \\lyricsto "nobody" { no one } >> \\layout { } \\midi { \\tempo 4 = 100 } }
"""  # noqa: E501


def test_a_song_in_parts_with_verses_by_name():
    score = read(SUNG)
    assert (score.title, score.credits) == ("The Ford", ("A. Poet (1800--1850)", "B. Maker"))
    assert (score.keys, score.metres, score.pickup_ticks) == ((Key(-2, "minor"),), (Metre(3, 4),), 480)
    assert score.tempi[0].quarters_per_minute == 72
    assert words(SUNG) == [
        "Oh",
        "the",
        "_",
        "riv",
        "er",
        "_",
        "runs",
        "a",
        "way,",
        "And",
        "the",
        "_",
        "wind",
        "goes",
        "_",
        "home too,",
        "_",
        "_",
    ]
    assert [len(track.notes) for track in score.tracks] == [18, 10]


def test_words_may_be_added_after_the_music_and_skip_and_ignore_melismas():
    music = "\\relative c' { c4( d) e f }"
    assert words(f"{music} \\addlyrics {{ one _ two }}") == ["one", "_", "_", "two"]
    assert words(f"{music} \\addlyrics {{ \\set ignoreMelismata = ##t one two _ four }}") == ["one", "two", "_", "four"]
    assert words(f"{music} \\addlyrics {{ \\repeat unfold 2 {{ \\skip 4 }} two~a }}") == ["*", "*", "*", "two‿a"]
    assert words(f"{music} \\addlyrics {{ a b c }} \\addlyrics {{ d e f }}") == ["a", "_", "b", "c", "d", "_", "e", "f"]


def test_beams_are_melismas_only_where_automatic_beams_are_off():
    music = "\\relative c' {{ {} c8[ d] e4 }} \\addlyrics {{ one two three }}"
    assert words(music.format("")) == ["one", "two", "three"] and words(music.format("\\autoBeamOff")) == [
        "one",
        "_",
        "two",
    ]


def test_repeats_are_played_as_often_as_they_say_and_endings_in_turn():
    assert pitches("{ \\repeat volta 2 { c'1 } d'1 }") == [60, 60, 62]
    assert pitches("{ \\repeat unfold 3 { c'1 } d'1 }") == [60, 60, 60, 62]
    assert pitches("{ \\repeat volta 2 { c'1 } \\alternative { { d'1 } { e'1 } } f'1 }") == [60, 62, 60, 64, 65]


def test_voices_beside_one_another_stand_in_tracks_of_their_own():
    score = read("\\new Staff << { c''1 d'' } \\\\ { c'1 d' } >>")
    assert [[n.pitch for n in track.notes] for track in score.tracks] == [[72, 74], [60, 62]]


def test_metre_and_key_may_change_and_chords_and_drums_are_not_the_tune():
    score = read("<< \\chords { c1 f } \\new Staff { \\time 4/4 c'1 \\time 3/4 \\key d \\major d'2. e' } >>")
    assert score.metres == (Metre(4, 4), Metre(3, 4, 1920)) and score.keys == (Key(), Key(2, "major", 1920))
    assert [len(track.notes) for track in score.tracks] == [3]


def test_scheme_strings_comments_and_layout_make_no_sound():
    text = '#(define (f x) (string-append "{" x ")")) \\paper { a = \\markup { "c4" } } { c\'4 \\override Beam.x = #\'(1 . 2) d\' \\mark "e4" f\' }'  # noqa: E501
    assert pitches(text) == [60, 62, 65] and tokens_of('#"a b" c #(x "(") d ##t e') == ["#", "c", "#", "d", "#", "e"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no notes"),
        ('\\include "notes.ily" \\score { \\music }', "\\include is not followed"),
        ("{ r1 }", "no notes"),
        ("a = { \\b \\b } b = { \\a \\a } { \\a c4 }", "more often, or deeper"),
        (
            "\n".join(
                f"{a} = {{ \\{b} \\{b} \\{b} \\{b} }}"
                for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)
            )
            + "q = { c4 c c }\n{ \\a }",
            "more",
        ),
        ("{" * 100, "more often, or deeper"),
        ("{ c4 " + "d " * 500_000 + "}", "more than 400,000 words"),
        ("{ \\repeat unfold 64 { \\repeat unfold 64 { \\repeat unfold 64 { c4 } } } }", "more"),
    ],
)
def test_what_cannot_be_read_or_is_too_much_is_one_line(text, says):
    with pytest.raises(BadInput, match=re.escape(says)) as caught:
        read(text)
    assert "\n" not in str(caught.value)
