"""Labels, counts, and chords."""

import pytest
from carmina_lyrics.chords import chord_line, is_chord, pull_chords
from carmina_lyrics.labels import label_of, leading_label, take_times
from carmina_lyrics.reader import LyricSheetReader


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("[Verse 1]", "verse", 1),
        ("[Chorus]", "chorus", None),
        ("(Chorus)", "chorus", None),
        ("Chorus:", "chorus", None),
        ("Verse 2 -", "verse", 2),
        ("**Chorus**", "chorus", None),
        ("## Verse", "verse", None),
        ("副歌:", "chorus", None),
        ("副歌：", "chorus", None),
        ("【主歌】", "verse", None),
        ("（副歌）", "chorus", None),
        ("主歌1", "verse", 1),
        ("第二段", "verse", 2),
        ("[Refrain]", "chorus", None),
        ("Strophe 3", "verse", 3),
        ("2. Strophe", "verse", 2),
        ("Erste Strophe", "verse", 1),
        ("Kehrvers", "chorus", None),
        ("Couplet 1 :", "verse", 1),
        ("Ritornello", "chorus", None),
        ("Strofa 2", "verse", 2),
        ("Bridge", "bridge", None),
        ("[Pont]", "bridge", None),
        ("Pre-Chorus", "prechorus", None),
        ("導歌", "prechorus", None),
        ("Outro", "outro", None),
        ("Intro:", "intro", None),
        ("间奏", "other", None),
        ("間奏", "other", None),
        ("VERSE II", "verse", 2),
        ("1st verse", "verse", 1),
        ("[Verse 1: Some Singer]", "verse", 1),
        ("== Bridge ==", "bridge", None),
        ("[Tag]", "outro", None),
        ("[Guitar Solo]", "other", None),
        ("[Whispered]", "other", None),
        ("Coda:", "outro", None),
        ("橋段", "bridge", None),
    ],
)
def test_labels_of_five_languages_are_known(line, kind, number):
    label = label_of(line)
    assert label is not None and (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize(
    "line",
    [
        "Chorus of angels sing",
        "Tag",
        "End",
        "Vers",
        "Fin",
        "(ooh)",
        "I",
        "A",
        "",
        "la la",
        "Bridge over water",
        "Repeat after me",
        "verse by verse we go",
        "间奏响起的时候",
        "x" * 500,
        "Mother:",
        "Part of me",
    ],
)
def test_lines_that_are_words_are_no_labels(line):
    assert label_of(line) is None


@pytest.mark.parametrize(
    ("line", "times", "repeats"),
    [
        ("Refrain x2", 2, False),
        ("[Chorus] x3", 3, False),
        ("[Chorus (2x)]", 2, False),
        ("(repeat chorus)", 1, True),
        ("Repeat Chorus twice", 2, True),
        ("(重复副歌)", 1, True),
        ("Refrain (bis)", 2, False),
        ("au refrain", 1, True),
    ],
)
def test_labels_say_how_often_and_whether_they_repeat(line, times, repeats):
    label = label_of(line)
    assert (label.times, label.repeats) == (times, repeats)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("la la x2", ("la la", 2)),
        ("la (x2)", ("la", 2)),
        ("la (2x)", ("la", 2)),
        ("la ×3", ("la", 3)),
        ("la! [x2]", ("la!", 2)),
        ("la", ("la", 1)),
        ("max2", ("max2", 1)),
        ("la x 2", ("la", 2)),
        ("y = 2", ("y = 2", 1)),
        ("la (bis)", ("la", 2)),
    ],
)
def test_a_count_at_the_end_of_a_line_is_taken_off(line, expected):
    assert take_times(line) == expected


def test_a_label_may_stand_before_words_but_a_speaker_is_no_label():
    assert leading_label("[Chorus] Glory")[1] == "Glory" and leading_label("Refrain: la")[0].kind == "chorus"
    assert leading_label("Mother: my son") is None and leading_label("End: of it") is None


@pytest.mark.parametrize(
    "symbol", ["C", "Am", "F#m7", "Bbmaj7", "C/E", "Gsus4", "D°", "E7(b9)", "H7", "Cadd9", "Am7/G", "Bm7b5"]
)
def test_chord_symbols_are_known(symbol):
    assert is_chord(symbol)


@pytest.mark.parametrize("word", ["Amen", "Hello", "Bad", "am", "Dear", "Chorus", "", "I", "Face", "Add"])
def test_words_are_no_chords(word):
    assert not is_chord(word)


def chords_of(text):
    section = LyricSheetReader().read(text.encode()).sections[0]
    return [(word.text, word.chord) for line in section.lines for word in line.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Am]word [C/E]two three", [("word", "Am"), ("two", "C/E"), ("three", None)]),
        ("beau[G]ti[D]ful day", [("beautiful", "G"), ("day", None)]),
        ("[Am]beau[G]tiful", [("beautiful", "Am")]),
        ("[C] [G] la[Am]", [("la", "G")]),
        ("C       G\nMorning has come", [("Morning", "C"), ("has", "G"), ("come", None)]),
        ("Am\nla li\nG7   F\n\nlo", [("la", "Am"), ("li", None)]),
        ("| C | G |\nla", [("la", "C")]),
        ("[Am] [G]\nla li", [("la", "Am"), ("li", None)]),
        ("[N.C.]la", [("la", None)]),
    ],
)
def test_chords_go_to_the_word_they_stand_at(text, expected):
    assert chords_of(text) == expected


def test_single_letters_are_words_unless_the_sheet_has_chord_lines():
    assert chord_line("A B C D E", sheet_has_chords=False) is None
    assert chord_line("A B C D E", sheet_has_chords=True) is not None
    assert chord_line("A  B", sheet_has_chords=False) == [(0, "A"), (3, "B")]
    assert pull_chords("a [what] [Am]b") == ("a [what] b", [(9, "Am")])


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("Repeat Chorus x2 and fade", 2),
        ("Chorus (fade out)", 1),
        ("Repeat Chorus, then fade", 1),
        ("[Chorus x3 to fade]", 3),
    ],
)
def test_a_label_that_fades_is_a_label(line, times):
    found = label_of(line)
    assert found is not None and (found.kind, found.times) == ("chorus", times)


@pytest.mark.parametrize("line", ["The colours fade", "We watch the chorus of stars and fade", "Fade"])
def test_words_that_fade_are_sung(line):
    assert label_of(line) is None
