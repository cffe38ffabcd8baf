"""Scripts and width: one answer for all rooms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carmina.text import HAN_CHARACTER, is_han, is_wide, script_of, width


@given(st.characters())
def test_a_chinese_character_is_what_unicode_names_so(character):
    name = unicodedata.name(character, "")
    named = (
        name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "KANGXI RADICAL"))
        or character in "〇々"
    )
    if ord(character) < 0x20000:
        assert is_han(character) == named
    elif named:
        assert is_han(character)


@pytest.mark.parametrize("text", ["我", "〇", "々", "㐀", "𠮷", "﨑", "⼀"])
def test_characters_of_every_block_are_chinese(text):
    assert is_han(text) and HAN_CHARACTER.findall(f"a{text}，") == [text] and is_wide(text)


@pytest.mark.parametrize("text", ["", "a", "あ", "，", "。", "䷀", "1", "é", "我们"])
def test_what_is_no_single_chinese_character_is_none(text):
    assert not is_han(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Mn", "Mc", "Me"])))
def test_width_adds_up(text):
    assert width(text) == sum(map(width, text)) and width(text + "\u0301") == width(text)
    assert len(text) <= width(text) <= 2 * len(text)


@pytest.mark.parametrize(
    ("character", "script"), [("a", "Latin"), ("我", "Han"), ("ж", "Cyrillic"), ("1", None), ("-", None)]
)
def test_a_letter_knows_its_script(character, script):
    assert script_of(character) == script
