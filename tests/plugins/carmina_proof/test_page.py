"""A page keeps every byte, and knows what of it is words."""

import pytest
from carmina_proof.page import read_page
from carmina_proof.page.shown import shown_of
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_page_that_is_not_changed_gives_its_bytes_back(conductor, encoding, ends):
    data = ends.join(["[主歌]", "窗外的灯还亮着，我在这里等你", "", "天天都想你，你在哪里"]).encode(encoding)
    page = read_page(data, conductor)
    assert page.bytes_of(page.lines) == data


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab[]{}Gm#_<>&;x2 -—:,.'’\u200b", max_size=40))
def test_what_is_read_of_a_line_stands_where_it_says(line):
    shown = shown_of(line)
    if shown is not None:
        for at, letter in enumerate(shown.text):
            assert letter in (" ", line[shown.places[at]])


def test_chords_inside_a_word_do_not_part_it():
    shown = shown_of("beau[G]ti[D]ful day")
    assert shown is not None and shown.text == "beautiful day"
    assert shown.span(0, 9) == (0, 15)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"[Chorus]\n[Am] [C]\n", b"\0\0\0", b"a\0b words of a line\n"])
def test_what_holds_no_words_is_refused_in_a_line(conductor, data):
    with pytest.raises(BadInput, match="no words|no text"):
        read_page(data, conductor)


def test_too_many_lines_are_refused(conductor):
    with pytest.raises(BadInput, match="at most 5000"):
        read_page(b"the rain\n" * 5001, conductor)


def test_a_title_is_read_but_is_no_verse_and_a_name_is_not_read(conductor):
    page = read_page(b"The Curtians Fall\nby Jon Smiht\n\nThe kettle hums a tune,\nThe curtains fall.\n", conductor)
    assert page.titles == {0} and page.shown[1] is None
    assert page.read == [0, 3, 4] and page.stanzas() == [[3, 4]]
