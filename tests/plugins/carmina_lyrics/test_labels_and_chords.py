"""Labels, counts, and chords."""

import pytest
from carmina_lyrics.chords import chord_line, is_chord, pull_chords
from carmina_lyrics.labels import label_of, leading_label, take_times
from carmina_lyrics.reader import LyricSheetReader
from hypothesis import given
from hypothesis import strategies as st


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
    return [(word.text, word.chord, *word.more_chords) for line in section.lines for word in line.words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Am]word [C/E]two three", [("word", "Am"), ("two", "C/E"), ("three", None)]),
        ("beau[G]ti[D]ful day", [("beautiful", None, (4, "G"), (6, "D")), ("day", None)]),
        ("[Am]beau[G]tiful", [("beautiful", "Am", (4, "G"))]),
        ("[C]la [F] [C] [G]li[Am]", [("la", "C", (2, "F"), (2, "C")), ("li", "G", (2, "Am"))]),
        ("[C]la\n[F] [G]li", [("la", "C", (2, "F")), ("li", "G")]),
        ("[Am]我[G]爱你们[F]", [("我", "Am"), ("爱你们", "G", (3, "F"))]),
        ("C       G\nMorning has come", [("Morning", "C"), ("has", "G"), ("come", None)]),
        ("Am\nla li\nG7   F\n\nlo", [("la", "Am"), ("li", None)]),
        ("| C | G |\nla", [("la", "C", (2, "G"))]),
        ("[Am] [G]\nla li", [("la", "Am"), ("li", None, (2, "G"))]),
        ("[N.C.]la [(C)]li [G*]lo", [("la", "N.C."), ("li", "C"), ("lo", "G")]),
    ],
)
def test_chords_go_to_the_word_they_stand_at(text, expected):
    assert chords_of(text) == expected


def test_single_letters_are_words_unless_the_sheet_has_chord_lines():
    assert chord_line("A B C D E", sheet_has_chords=False) is None
    assert chord_line("A B C D E", sheet_has_chords=True) is not None
    assert chord_line("A  B", sheet_has_chords=False) == [(0, "A"), (3, "B")]
    pulled = pull_chords("a [what] [Am]b")
    assert (pulled.text, pulled.chords) == ("a [what] b", [(9, "Am")])


@pytest.mark.parametrize(
    ("text", "words", "loss"),
    [
        ("[C]la [Gmo7]li", "la li", "1 chord of an unknown name ([Gmo7])"),
        ("[C]la [hey]li", "la li", "1 chord of an unknown name ([hey])"),
        ("la [B7x9]li", "la li", "1 chord of an unknown name ([B7x9])"),
        ("la[1] li[2]", "la li", "2 numbers in brackets"),
        ("[C] [G]la", "la", "1 chord before the first word"),
        ("[C]la\n[Am] [F]\n[G]li", "la li", "2 chords of a line without words"),
        ("[C]la\n[Am]-\n-", "la", "1 chord of a line without words"),
        ("[C]la" + "[G]" * 9, "la", "1 chord after eight others on one word"),
        ("la [hey] li", "la hey li", ""),
    ],
)
def test_what_is_bracketed_as_a_chord_and_not_kept_is_not_sung_but_named(text, words, loss):
    sheet = LyricSheetReader().read(text.encode())
    sung = " ".join(word.text for section in sheet.sections for line in section.lines for word in line.words)
    assert (sung, ", ".join(sheet.losses)) == (words, loss)


_CHORDS = st.lists(st.sampled_from(["C", "Am7", "F#m7b5", "G/B", "Dsus4", "N.C.", "Eb6/9"]), max_size=3)
_WORDS = st.sampled_from(["la", "beautiful", "o'er", "我们", "love,", "day", "-"])


@given(st.lists(st.lists(st.tuples(_CHORDS, _WORDS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_chord_in_brackets_is_kept_in_its_order_or_named(lines):
    text = "\n".join(
        " ".join("".join(f"[{chord}]" for chord in chords) + word for chords, word in line) for line in lines
    )
    if not any(c.isalpha() for line in lines for _, word in line for c in word):
        return
    sheet = LyricSheetReader().read(("[C]la\n" + text).encode())
    words = [word for section in sheet.sections for line in section.lines for word in line.words]
    kept = [name for w in words for name in ([w.chord] if w.chord else []) + [n for _, n in w.more_chords]]
    written = ["C", *(chord for line in lines for chords, _ in line for chord in chords)]
    assert kept == written or sheet.losses, text
    if not sheet.losses:
        assert kept == written
    named = sum(int(loss.split()[0]) for loss in sheet.losses)
    assert len(kept) + named == len(written) and all(name in written for name in kept)


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
