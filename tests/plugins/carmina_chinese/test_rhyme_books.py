import json

import pytest
from carmina_chinese.finals import RHYMES
from carmina_chinese.making.rhymes import agreement, book_rhymes, corrected, regulated, unlisted
from carmina_chinese.making.words import common_readings
from carmina_chinese.rhyme_books import BOOKS, Book, level, load_book, rhyme_class
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadOption

FAMOUS = [
    "深心金簪",
    "秋流舟留",
    "哀回来台杯",
    "天眠船",
    "烟川天",
    "间还山",
    "楼悠洲愁",
    "弦年鹃烟然",
    "魂村",
    "晓鸟少",
    "绝灭雪",
    "光霜乡",
    "中风",
    "斜家花",
    "居余初虚疏",
    "支时枝迟",
    "春人新",
    "门痕魂",
]


def shared(characters, book):
    """The classes that all characters have."""
    return set.intersection(*(set(rhyme_class(c, book)) for c in characters))


@pytest.mark.parametrize("rhymes", FAMOUS)
def test_the_rhymes_of_famous_poems_share_a_class_of_both_old_books(rhymes):
    assert len(shared(rhymes, "pingshui")) == 1
    assert shared(rhymes, "cilin") or rhymes == "哀回来台杯"  # 词林正韵 parts 灰 from 咍


@pytest.mark.parametrize(
    ("character", "book", "classes"),
    [
        ("东", "pingshui", {"一东"}),
        ("東", "pingshui", {"一东"}),
        ("冬", "pingshui", {"二冬"}),
        ("发", "pingshui", {"六月"}),
        ("魂", "pingshui", {"十三元"}),
        ("看", "pingshui", {"十四寒", "十五翰"}),
        ("魂", "cilin", {"第六部平"}),
        ("言", "cilin", {"第七部平"}),
        ("来", "cilin", {"第五部平"}),
        ("回", "cilin", {"第三部平", "第三部仄"}),
        ("外", "cilin", {"第三部仄"}),
        ("蔡", "cilin", {"第五部仄"}),
        ("画", "cilin", {"第十部仄", "第十七部"}),
        ("支", "xinyun", {"十三支"}),
        ("鱼", "xinyun", {"十二齐"}),
        ("东", "xinyun", {"十一庚"}),
        ("行", "xinyun", {"十一庚", "十唐"}),
        ("支", "tongyun", {"四衣"}),
        ("鱼", "tongyun", {"六迂"}),
        ("东", "tongyun", {"十五雍"}),
        ("儿", "tongyun", {"十六儿"}),
        ("月", "tongyun", {"三鹅"}),
        ("歌", "tongyun", {"三鹅"}),
        ("波", "tongyun", {"二喔"}),
        ("髮", "xinyun", {"一麻"}),
    ],
)
def test_a_character_has_its_classes(character, book, classes):
    assert set(rhyme_class(character, book)) == classes


@pytest.mark.parametrize(
    ("character", "book", "expected"),
    [
        ("东", "pingshui", "平"),
        ("月", "pingshui", "仄"),
        ("看", "pingshui", "both"),
        ("不", "pingshui", "仄"),
        ("x", "pingshui", None),
        ("国", "pingshui", "仄"),
        ("国", "xinyun", "平"),
        ("白", "cilin", "仄"),
        ("白", "tongyun", "平"),
        ("了", "xinyun", "仄"),
        ("长", "xinyun", "both"),
        ("x", "xinyun", None),
        ("", "cilin", None),
    ],
)
def test_a_character_has_its_level(character, book, expected):
    assert level(character, book) == expected


def test_the_language_answers_for_its_rhyme_books(chinese):
    assert chinese.rhyme_class("东") == ("一东",)
    assert chinese.level("白", "xinyun") == "平"


@settings(deadline=None)
@given(st.text(max_size=2), st.sampled_from(BOOKS))
def test_level_is_known_exactly_when_a_class_is(text, book):
    assert (level(text, book) is None) == (rhyme_class(text, book) == ())


def test_an_unknown_book_names_those_there_are():
    with pytest.raises(BadOption, match="rhyme book: got 'tang'; allowed: pingshui, cilin, xinyun, tongyun"):
        rhyme_class("东", "tang")
    with pytest.raises(BadOption):
        level("东", "tang")


def test_the_books_have_their_traditional_number_of_classes():
    assert len(load_book("pingshui", {}).level_of) == 106
    assert {name.rstrip("平仄") for name in load_book("cilin", {}).level_of}.__len__() == 19


def test_the_books_part_the_same_rhymes_of_guangyun_each_once():
    pingshui, cilin = load_book("pingshui", {}), load_book("cilin", {})
    assert set(pingshui.class_of) == set(cilin.class_of)
    assert len(pingshui.class_of) == 206 + 4  # 泰 佳 卦 夬 in halves
    for rhyme in pingshui.class_of:
        assert pingshui.level_of[pingshui.class_of[rhyme]] == cilin.level_of[cilin.class_of[rhyme]]


def test_every_modern_rhyme_has_a_class_in_both_modern_books():
    assert (
        {rhyme_class(c, "xinyun")[0] for c in "麻波皆开微豪尤寒文唐庚齐支姑"}.__len__()
        == 14
        == len(set(RHYMES.values()))
    )
    assert {rhyme_class(c, "tongyun")[0] for c in "啊喔鹅衣乌迂哀黑熬欧安恩昂英雍儿"}.__len__() == 16


# ---- how the tables are made ------------------------------------------------------------------------------------


def row(character, rhyme, sound="見開平", source="廣韻"):
    return {"資料名稱": source, "字頭": "", "字頭覈校前": character, "韻部原貌": rhyme, "最簡描述": sound}


def test_the_book_is_read_with_simplified_forms_and_halves():
    table = [
        row("東", "東"),
        row("東", "東"),
        row("外", "泰", "疑合泰去"),
        row("貝", "泰", "幫泰去"),
        row("蔡", "泰", "清開泰去"),
        row("話", "夬"),
        row("X", "支", source="王一"),
    ]
    assert book_rhymes(table) == {
        "東": ["東"],
        "东": ["東"],
        "外": ["泰半"],
        "貝": ["泰半"],
        "贝": ["泰半"],
        "蔡": ["泰"],
        "話": ["夬半"],
        "话": ["夬半"],
    }
    assert unlisted(["# note", "東 匆怱", "魂 匆"]) == {"匆": ["東", "魂"], "怱": ["東"]}


def test_only_regulated_poems_of_even_lines_of_one_length_are_used():
    poem = {"regulated": True, "dynasty": "唐", "stanzas": [["白日依山尽，", "黄河入海流。"]]}
    lines = [
        json.dumps(poem | change) for change in ({}, {"dynasty": "宋"}, {"regulated": False}, {"stanzas": [["白日，"]]})
    ]
    assert list(regulated(lines, "唐")) == [["白日依山尽", "黄河入海流"]]


def test_usage_drops_rare_levels_adds_rhymes_and_puts_the_commonest_first():
    rhymes = {"风": ["送", "東"], "涯": ["佳"], "家": ["麻"], "花": ["麻"], "山": ["刪"], "白": ["陌"], "水": ["旨"]}
    poem = ["白水山风水", "白山白山家", "白水山风水", "白山白山涯", "白水山风水", "白山白山花"]
    result = corrected(rhymes, load_book("pingshui", rhymes), [poem] * 30)
    assert result["涯"] == ["麻", "佳"]
    assert result["山"] == ["刪"] and result["水"] == ["旨"]
    assert result["风"] == ["東"]


def test_agreement_is_the_share_of_known_neighbours_in_one_class():
    book = Book(
        {"家": ["麻"], "花": ["麻"], "山": ["刪"]}, {"麻": "六麻", "刪": "十五删"}, {"六麻": "平", "十五删": "平"}, {}
    )
    assert agreement([["-", "家", "-", "花", "-", "山", "-", "？"]], book) == 0.5


def test_common_readings_are_those_that_phrases_use():
    found = dict(common_readings(["银行", "行业", "行人", "旅行"]))
    assert set(found["行"]) == {"xing2", "hang2"}


@pytest.mark.parametrize(
    ("character", "name"), [("探", "二十八勘"), ("衰", "十灰"), ("叹", "十四寒"), ("患", "十五删")]
)
def test_readings_of_poets_stand_beside_those_of_the_book(character, name):
    assert name in rhyme_class(character) and rhyme_class(character)[0] != name


@pytest.mark.parametrize("character", "啊吧吗妈哪啦")
@pytest.mark.parametrize(("book", "name"), [("xinyun", "一麻"), ("tongyun", "一啊")])
def test_particles_rhyme_in_the_modern_books(character, book, name):
    assert name in rhyme_class(character, book)
