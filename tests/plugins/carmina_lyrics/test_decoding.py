"""Bytes -> lines."""

import pytest
from carmina_lyrics.decoding import MAX_BYTES, MAX_LINE, MAX_LINES, decode, lines_of

from carmina import BadInput

GERMAN = "Über den Wäldern träumt ’n Mädchen – so schön\n"
FRENCH = "L'été où la forêt rêve à toi, ça ira\n"
SIMPLE, TRADITIONAL = "春眠不觉晓,处处闻啼鸟。\n夜来风雨声\n", "春眠不覺曉,處處聞啼鳥。\n夜來風雨聲\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [GERMAN, SIMPLE, "plain", "naïve 😀"])
def test_unicode_encodings_are_read_exactly(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "latin-1"),
        ("été", "latin-1"),
        (SIMPLE, "gb18030"),
        (SIMPLE, "gbk"),
        ("我爱你 love you\n", "gbk"),
        (TRADITIONAL, "big5"),
    ],
)
def test_old_encodings_are_told_apart(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("さくらさくら やよいのそらは みわたすかぎり\n", "shift_jis"),
        ("さくらさくら やよいのそらは\n", "euc_jp"),
        ("Во поле берёза стояла\n", "cp1251"),
        ("사랑해요 당신을 정말로 사랑해\n", "euc_kr"),
    ],
)
def test_other_encodings_are_refused_by_name_with_what_to_do(text, encoding):
    with pytest.raises(BadInput, match=f"seems to be {encoding}.*UTF-8"):
        decode(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"{\\rtf1 hi}", "rich-text"),
        (b"MThd\0\0", "MIDI"),
        (b"l\0a\0", "NUL"),
        (b"la\0\xff", "NUL"),
        (b"\x01\x02\x03\x04 la", "control characters"),
        (b"\xff\xfel", "UTF-16 but is not"),
        (b"\xef\xbb\xbf\xff", "UTF-8 but is not"),
        (b"\x81\xff\xff", "encoding|seems"),
    ],
)
def test_binary_and_broken_data_are_refused_by_name(data, what):
    with pytest.raises(BadInput, match=what):
        lines_of(data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\x85", "\u2028"])
def test_any_line_end_ends_a_line(end):
    assert lines_of(f"one{end}two".encode()) == ["one", "two"]


@pytest.mark.parametrize("end", ["\f", "\u2029"])
def test_a_page_or_paragraph_end_leaves_a_blank_line(end):
    assert lines_of(f"one{end}two".encode()) == ["one", "", "two"]


@pytest.mark.parametrize(
    ("data", "bound"),
    [
        (b"a" * (MAX_BYTES + 1), "2,000,000"),
        (b"a\n" * MAX_LINES, "2,000"),
        (b"a " * MAX_LINE, "10,000"),
    ],
)
def test_what_is_too_long_is_refused_naming_the_bound(data, bound):
    with pytest.raises(BadInput, match=bound):
        lines_of(data)
