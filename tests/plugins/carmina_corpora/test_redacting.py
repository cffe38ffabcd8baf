"""What tells of somebody is found and replaced; the rest stays, and so does the shape of poems and songs."""

import gzip
import json

import numpy as np
import pytest
from carmina_corpora.redacting.finds import KINDS, Find, settled
from carmina_corpora.redacting.records import redacted
from carmina_corpora.redacting.replacing import Redactor, found
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput, BadOption
from carmina.cli.group import Shell, carmina

ALL = frozenset(KINDS)
NAMES = ["Priya Raman", "Oliver Smith", "Mary-Ann Jones", "Mr. Whitaker", "Sigrid", "Dr Chen", "Vincent van Gogh"]
PLACES = ["Manchester", "New Orleans", "Lisbon", "South Africa", "Oslo"]
OTHERS = [
    "12 March 1987", "March 3, 2019", "2020-02-29", "+44 20 7946 0018", "(212) 555-0173", "anna.b@mail.example.com",
    "221 Baker Street", "https://example.com/me", "$4,300", "SW1A 2AA", "4111 1111 1111 1111",
]  # fmt: skip
FRAMES = [
    "I wrote it down: {} again",
    "the night that {} was lost",
    "and we remember {} here",
    "we spoke of {} until dawn",
]
ZH = [
    "张晓梅",
    "欧阳靖",
    "狄建国",
    "段凤兰",
    "纪丽娟",
    "王老师",
    "北京市",
    "南京路12号",
    "2021年3月5日",
    "13812345678",
    "11010519491231002X",
    "a.li@example.com",
]
ZH_FRAMES = ["那天我在{}附近下车", "后来{}就不见了", "我还记得{}"]


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(carmina, ["corpus", *map(str, words)], obj=Shell())


def left(text, words):
    return [part for part in words.replace(".", " ").split() if part.strip("().,") in text and len(part) > 2]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("planted", NAMES + PLACES + OTHERS)
def test_what_was_planted_is_gone(frame, planted):
    text = Redactor(ALL).text(frame.format(planted))
    assert not left(text, planted.replace("van", "").replace("Mr", "").replace("Dr", "").replace("Street", "")), text
    before, _, after = frame.partition("{}")
    assert text.startswith(before.split("that")[0].rstrip()[:8]) and text.endswith(after[-8:])


@pytest.mark.parametrize("frame", ZH_FRAMES)
@pytest.mark.parametrize("planted", ZH)
def test_what_was_planted_in_chinese_is_gone(frame, planted):
    text = Redactor(ALL).text(frame.format(planted))
    assert planted.removesuffix("老师") not in text and frame[:2] in text


BY_CONTEXT = {  # names and places that no list has, or that are words: told by what stands beside them
    "Kellystad sleeps under snow": "Kellystad",
    "the coat belonged to Frank": "Frank",
    "my sister Rose grows beans": "Rose",
    "nobody but Fuller knew the way": "Fuller",
    "B. Marshall was born that year": "Marshall",
    "all winter J. K. May wrote": "May",
    "Zoe North's hands were cold": "Zoe North",
    "FOR TAMSIN": "TAMSIN",
    "i met oliver smith today": "oliver smith",
    "tell mr brown and aunt jane": "brown",
    "Autumn Delacruz came home": "Autumn",
    "Juan de la Cruz mends nets": "Juan de la Cruz",
    "a bus to North St Marys": "North St Marys",
    "John Miller sang\nMiller was tired": "Miller",
    "写给约翰·史密斯先生": "约翰·史密斯",
    "娜塔莎站在雨里": "娜塔莎",
    "桂英站在雨里": "桂英",
    "亲爱的玉梅，屋顶漏了": "玉梅",
    "小李，你慢些走": "李",
    "老裴又喝醉了": "裴",
    "我在迎宾北路等你": "迎宾北路",
    "听说桃溪村通了火车": "桃溪村",
    "她在嘉陵江边洗衣": "嘉陵江",
    "住在三号楼二单元五零二室": "三号楼二单元五零二室",
    "微信号xiaomei_1987": "xiaomei_1987",
    "我的电话是010-62345678": "62345678",
    "农历八月十五": "八月十五",
    "born on the third of March, nineteen eighty-seven": "third of March, nineteen eighty-seven",
}


@pytest.mark.parametrize("text", BY_CONTEXT)
def test_what_no_list_has_is_told_by_what_stands_beside_it(text):
    made = Redactor(ALL).text(text)
    assert BY_CONTEXT[text] not in made and made != text


CLEAN = """
The river runs below the town
And carries every summer down
O Love, be kind to Death and me
I've walked on Sunday by the sea
On Christmas Eve the French bells ring
Will may be free, and grace may sing
Rose leaves are red and Hunter's moon is late
Spring comes, and He who made it knows
Happy New Year to all, said Time to Hope
"""


def test_common_words_days_and_personified_nouns_stay():
    assert Redactor(ALL).text(CLEAN) == CLEAN
    for line in (
        "床前看月亮",
        "青山在远处",
        "我们都没有说话",
        "杨柳在风里",
        "那张欠条",
        "几方石头",
        "落叶落在秋草上",
        "建国以后",
        "那座桥",
        "回家路上的青山",
        "美丽的大海",
    ):
        assert Redactor(ALL).text(line) == line


def test_the_same_words_become_the_same_tag_and_others_another():
    redactor = Redactor(ALL)
    first = redactor.text("I met Oliver Smith in Lisbon")
    assert first == "I met [NAME 1] in [PLACE 1]"
    assert redactor.text("and Oliver Smith met Priya Raman") == "and [NAME 1] met [NAME 2]"
    assert redactor.counts == {"name": 3, "place": 1}


def test_only_what_is_asked_for_and_not_what_is_kept():
    text = "I met Oliver Smith in Lisbon on 12 March 1987"
    assert Redactor(frozenset({"date"})).text(text) == "I met Oliver Smith in Lisbon on [DATE 1]"
    assert "Lisbon" in Redactor(ALL, keep=frozenset({"lisbon"})).text(text)


@pytest.mark.parametrize("planted", NAMES + PLACES + ZH)
def test_what_is_invented_is_of_its_kind_and_not_what_stood_there(planted):
    text = f"we remember {planted} here" if planted.isascii() else f"我还记得{planted}"
    made = Redactor(ALL, np.random.default_rng(0)).text(text)
    assert made != text and planted not in made and "[" not in made and "〔" not in made


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_text_finds_are_in_order_apart_and_within_it(text):
    finds = found(text)
    assert all(0 <= one.start < one.end <= len(text) for one in finds)
    assert all(one.end <= other.start for one, other in zip(finds, finds[1:], strict=False))
    assert Redactor(frozenset()).text(text) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20), st.integers(1, 8)), max_size=8))
def test_of_two_finds_that_overlap_the_longer_stands(rows):
    finds = [Find(kind, start, start + size) for kind, start, size in rows]
    kept = settled(finds)
    longest = max((one.end - one.start for one in finds), default=0)
    assert max((one.end - one.start for one in kept), default=0) == longest
    assert all(one.end <= other.start for one, other in zip(kept, kept[1:], strict=False))


POEM = {"id": "poems/oliver smith.txt", "keywords": ["smith", "lisbon", "nothing"],
        "language": "en", "author": "Oliver Smith", "title": "For Priya Raman", "path": "smith/p.txt",
        "stanzas": [["I met Oliver Smith", "in Lisbon by the sea"], ["and nothing more"]]}  # fmt: skip
SONG = {
    "id": "s",
    "melody": [
        [0, 1, 60, "I", "single", 0],
        [1, 1, 62, "met", "single", 0],
        [2, 1, 64, "O", "begin", 0],
        [3, 1, 64, "li", "middle", 0],
        [4, 1, 64, "ver", "end", 0],
        [5, 1, 65, "Smith.", "single", 0],
        [6, 1, 65, None, None, 1],
    ],
    "verses": [{"n": 2, "syl": [[0, "In", "single"], [1, "Lis", "begin"], [2, "bon", "end"]]}],
}


def test_a_poem_keeps_its_lines_and_a_song_its_notes():
    made = redacted("poem", POEM, Redactor(ALL))
    assert [len(stanza) for stanza in made["stanzas"]] == [2, 1] and made["stanzas"][1] == ["and nothing more"]
    assert "Smith" not in json.dumps(made) and "smith" not in json.dumps(made) and "Priya" not in json.dumps(made)
    assert made["keywords"] == ["nothing"] and made["id"] == "work-1"
    song = redacted("song", {**SONG, "keywords": ["oliver", "met"], "variant_of": "smith"}, Redactor(ALL))
    assert song["keywords"] == ["met"] and (song["id"], song["variant_of"]) == ("work-1", "work-2")
    assert [row[:3] for row in song["melody"]] == [row[:3] for row in SONG["melody"]]
    assert [row[3] for row in song["melody"]] == ["I", "met", "la", "la", "la", "la.", None]
    assert [row[1] for row in song["verses"][0]["syl"]] == ["In", "la", "la"]
    assert SONG["melody"][2][3] == "O"


def test_who_is_named_once_in_a_work_is_found_everywhere_in_it():
    poem = {**POEM, "author": "Ada Quillon", "title": "张晓梅", "keywords": [],
            "stanzas": [["Priya Raman sang"], ["and Raman wept", "Quillon too"], ["晓梅不在"]]}  # fmt: skip
    made = redacted("poem", poem, Redactor(ALL))
    assert not any(name in json.dumps(made, ensure_ascii=False) for name in ("Raman", "Quillon", "晓梅"))


def test_the_command_makes_a_corpus_that_says_what_was_done(run, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    texts.joinpath("a.txt").write_text("I met Oliver Smith\nin Lisbon by the sea\nand nothing more\nwas said to me\n")
    assert run("import", texts, "-o", tmp_path / "mine", "--licence", "CC0-1.0", "--jobs", 0).exit_code == 0
    done = run("redact", tmp_path / "mine", "-o", tmp_path / "clean")
    assert done.exit_code == 0 and "1 name, 1 place" in done.output
    text = b"".join(gzip.decompress(path.read_bytes()) for path in (tmp_path / "clean").glob("*.jsonl.gz")).decode()
    assert "Smith" not in text and "[NAME 1]" in text and "nothing more" in text
    assert isinstance(run("redact", tmp_path / "mine", "-o", tmp_path / "clean").exception, BadInput)
    for kept, said in ((b"\xce\xd2\xff", "not UTF-8"), (b" \n", "no words")):
        texts.joinpath("keep.txt").write_bytes(kept)
        words = ("redact", tmp_path / "mine", "-o", tmp_path / "other", "--keep", texts / "keep.txt")
        assert said in str(run(*words).exception)
    odd = run("redact", tmp_path / "mine", "-o", tmp_path / "other", "--kinds", "name,secret")
    assert isinstance(odd.exception, BadOption)
    assert isinstance(run("redact", tmp_path / "none", "-o", tmp_path / "other").exception, BadInput)
    assert "no corpus folder" in str(run("redact", tmp_path / "none", "-o", tmp_path / "other").exception)
