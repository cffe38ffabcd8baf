"""What a whole sheet becomes."""

import contextlib
import unicodedata

import pytest
from carmina_lyrics import plugin
from carmina_lyrics.reader import LyricSheetReader
from hypothesis import given, settings
from hypothesis import strategies as st

import carmina


def read(text):
    return LyricSheetReader().read(text if isinstance(text, bytes) else text.encode())


def shape(sheet):
    """Every section as (kind, label, lines of text)."""
    return [(s.kind, s.label, [" ".join(w.text for w in line.words) for line in s.lines]) for s in sheet.sections]


def letters(text):
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] == "L")


def sung(sheet):
    return letters("".join(w.text for s in sheet.sections for line in s.lines for w in line.words))


def test_the_reader_comes_through_the_door():
    assert [entry.name for entry in plugin.carmina_readers()] == ["lyrics"]
    assert LyricSheetReader.gives == "LyricSheet" and ".md" in LyricSheetReader.suffixes


WORDS = st.text(st.sampled_from("abcdefgxyzéüßñœ月亮心ЖпΩ"), min_size=1, max_size=9)
PIECES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            " ",
            " ",
            ", ",
            "... ",
            "—",
            " - ",
            "-",
            "'",
            "’",
            "“",
            "” ",
            "_",
            "__ ",
            "\n",
            "\n\n",
            "\r\n",
            "! ",
            "。",
            "，",
            " (",
            ") ",
            "\u200b",
            "\ufeff",
            "\u202e",
            "🎵",
            "😀 ",
            "e\u0301",
            "*",
            "&",
            " / ",
            "\t",
            "\u3000",
            "«",
            "»",
            ";",
            "?",
        ]
    ),
)


@given(st.lists(PIECES, min_size=1, max_size=40).map("".join))
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost_and_none_moves(text):
    try:
        sheet = read(text)
    except carmina.BadInput as fault:
        assert "no words to sing" in str(fault) and not letters(text)
        return
    assert sung(sheet) == letters(text)


MARKUP = st.sampled_from(
    [
        "[Am]",
        "[C/E]",
        "<b>",
        "</i>",
        "\u200d",
        "[00:12.34]",
        "**",
        "\u00ad",
        "{c: softly}",
        "<00:01.00>",
        "<!-- no -->",
    ]
)


@given(st.lists(st.tuples(MARKUP, WORDS, st.sampled_from([" ", "\n", "\n\n", ", "])), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_markup_never_changes_the_letters(parts):
    text = "".join(mark + word + gap for mark, word, gap in parts)
    assert sung(read(text)) == letters("".join(word for _, word, _ in parts))


@given(st.binary(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_bytes_give_a_sheet_or_one_clear_line(data):
    try:
        sheet = read(data)
    except carmina.BadInput as fault:
        assert "\n" not in str(fault)
        return
    for section in sheet.sections:
        for line in section.lines:
            for word in line.words:
                assert word.text and " " not in word.text and "_" not in word.text
                assert len(word.extra_notes) in (0, word.text.count("-") + 1)


def test_the_same_bytes_give_the_same_sheet():
    text = "[Verse]\nOne_ two\n\n[Chorus]\nla x2\n"
    assert read(text) == read(text)


def test_blank_lines_part_stanzas_even_when_invisible_characters_stand_in_them():
    assert shape(read("one\n \u200b\t\ntwo\n\n\n---\nthree")) == [
        ("verse", "", ["one"]),
        ("verse", "", ["two"]),
        ("verse", "", ["three"]),
    ]


def test_a_line_of_emoji_is_dropped_and_parts_nothing():
    assert shape(read("one\n🎵🎵\ntwo")) == [("verse", "", ["one", "two"])]


def test_a_label_without_words_repeats_the_words_it_had():
    sheet = read("[Verse 1]\na\n[Chorus]\nla la\nli\n[Verse 2]\nb\n[Chorus]\n")
    assert shape(sheet)[1][2] == shape(sheet)[3][2] == ["la la", "li"]
    assert [kind for kind, _, _ in shape(sheet)] == ["verse", "chorus", "verse", "chorus"]


@pytest.mark.parametrize(
    "label", ["(repeat chorus)", "Chorus", "chorus again", "Refrain", "[Chorus]", "{chorus}", "**Chorus**"]
)
def test_every_way_to_call_the_chorus_again_does(label):
    assert shape(read(f"[Chorus]\nla la\n\nverse one\n\n{label}\n"))[-1][2] == ["la la"]


def test_refrain_x2_sings_the_refrain_twice():
    assert shape(read("Refrain:\nla\n\nverse here\n\nRefrain x2"))[-1] == ("chorus", "Refrain x2", ["la", "la"])


def test_a_lone_chorus_label_between_stanzas_is_not_taken_for_the_next_stanzas_name():
    sheet = read("Chorus\nla la\n\nnumber one\n\nChorus\n\nnumber two\n")
    assert shape(sheet) == [
        ("chorus", "Chorus", ["la la"]),
        ("verse", "", ["number one"]),
        ("chorus", "Chorus", ["la la"]),
        ("verse", "", ["number two"]),
    ]


def test_a_blank_line_after_every_label_belongs_to_the_layout():
    sheet = read("[Chorus]\n\nla la\n\n[Verse]\n\none\n\n[Chorus]\n\nli li\n")
    assert shape(sheet) == [
        ("chorus", "Chorus", ["la la"]),
        ("verse", "Verse", ["one"]),
        ("chorus", "Chorus", ["li li"]),
    ]


def test_instrumental_labels_are_dropped_and_never_repeat_words():
    sheet = read("[Guitar solo]\n\none\n\n[Instrumental]\n[Guitar solo]\n\ntwo\n[Outro solo]")
    assert shape(sheet) == [("verse", "", ["one"]), ("verse", "", ["two"])]


def test_a_numbered_label_repeats_only_its_own_number():
    assert len(read("[Verse 1]\na\n\n[Verse 2]\n\n[Verse 1]\n").sections) == 2


def test_a_line_marked_x2_is_sung_twice_and_a_lone_x2_repeats_the_stanza():
    assert shape(read("la la x2\nli (3x)"))[0][2] == ["la la"] * 2 + ["li"] * 3
    assert shape(read("one\ntwo\n(x2)"))[0][2] == ["one", "two", "one", "two"]


def test_words_that_only_look_like_labels_are_sung():
    words = ["Chorus of angels sing", "Bridge over the water", "Tag", "End", "ooh"]
    assert shape(read("\n".join(words)))[0][2] == words


def test_unlabelled_stanzas_that_return_after_another_are_choruses():
    assert [kind for kind, _, _ in shape(read("a\n\nLa, la!\n\nb\n\nla la\n\nc"))] == [
        "verse",
        "chorus",
        "verse",
        "chorus",
        "verse",
    ]
    assert [kind for kind, _, _ in shape(read("a\n\na\n\nb"))] == ["verse"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "# Moon\n\nla",
        "Title: Moon\nla",
        "{title: Moon}\nla",
        "{t:Moon}\nla",
        "[ti:Moon]\nla",
        "歌名：Moon\nla",
        "\ufeff# Moon #\nla",
    ],
)
def test_every_way_to_give_a_title_gives_it_and_is_not_sung(text):
    assert read(text).title == "Moon" and sung(read(text)) == "la"


def test_credits_above_the_words_are_dropped_and_below_are_sung():
    assert sung(read("Artist: Somebody\n作词：某人\nWords by: X\nla\n")) == "la"
    assert sung(read("la\nArtist: me")) == "laArtistme"


def test_a_label_before_words_on_one_line_is_still_a_label():
    assert shape(read("[Chorus] [Am]Glory be\nRefrain: la")) == [
        ("chorus", "Chorus", ["Glory be"]),
        ("chorus", "Refrain", ["la"]),
    ]


def test_hymn_numbers_at_the_start_of_a_stanza_are_not_sung():
    assert shape(read("1. O come\n2 doves\n\n2) Sing on\n\n3\nRejoice")) == [
        ("verse", "1", ["O come", "2 doves"]),
        ("verse", "2", ["Sing on"]),
        ("verse", "3", ["Rejoice"]),
    ]


def test_chordpro_environments_make_sections_and_tablature_is_dropped():
    sheet = read(
        "{soc}\nla\n{eoc}\nla one\n{sot}\ne|--0--\n{eot}\n{start_of_bridge: Bridge "
        "2}\nbri\n{end_of_bridge}\n{capo: 3}\nx"
    )
    assert shape(sheet) == [
        ("chorus", "chorus", ["la"]),
        ("verse", "", ["la one"]),
        ("bridge", "Bridge 2", ["bri"]),
        ("verse", "", ["x"]),
    ]


def test_slashes_between_spaces_end_lines_and_double_ones_stanzas():
    assert shape(read("one / two // three and/or")) == [("verse", "", ["one", "two"]), ("verse", "", ["three and or"])]


@pytest.mark.parametrize("text", ["", "\n\n", "[Chorus]\n", "🎵", "C  G  Am\n", "# Title\n", "...", "{soc}{eoc}"])
def test_a_sheet_without_words_is_refused(text):
    with pytest.raises(carmina.BadInput, match="no words to sing"):
        read(text)


def test_repeats_count_against_the_bound_on_lines():
    with pytest.raises(carmina.BadInput, match="allowed: 2,000"):
        read("la x99\n" * 30)
    with pytest.raises(carmina.BadInput, match="with its repeats"):
        read("la\n(x90)\n(x90)\n")
    with pytest.raises(carmina.BadInput, match="with its repeats"):
        read("[Chorus]\n" + "la x50\n" * 10 + "[Chorus]\n" * 5)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9000,
        "<!--" * 2000,
        "[" * 9000,
        "{a" * 4000,
        "* " * 4000,
        "_a" * 390,
        "- " * 4000,
        "x2 " * 300,
        "<a" * 4000,
        "a:" * 300,
    ],
)
def test_hostile_lines_are_read_or_refused_at_once(text):
    with contextlib.suppress(carmina.BadInput):
        read(text + "\nla")
