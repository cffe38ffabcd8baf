"""Our own texts become records of a corpus, and what is asked of the base is what their writers were asked."""

import gzip
import json

import numpy as np
import pytest
from carmina_verse.making import own_texts
from carmina_verse.making.base import own
from carmina_verse.making.base.poems import taught
from carmina_verse.modern.corpus import passages
from carmina_verse.originality.runs import Index, Shipped, entries

ENGLISH = """===
title: The Kettle
request: write a poem about my mother's kettle
mood: wry
form: quatrains
---
My mother kept a kettle on the ring.
It had a dent as deep as half a plum.
She said it was the only useful thing
my father left her. It had made her hum.

She filled it when the doctor rang the bell,
she filled it when the baby would not sleep,
and when she had no other news to tell
she told us what the grocer had gone cheap.
===
title: Key
request: It was raining when Tom lost the key.
mood: calm
form: story
---
It was raining when Tom lost the key. He looked for it under the bench.

Nobody had seen it.
"""
CHINESE = """===
题: 钥匙
请求: 钥匙 门 雨
情: 平静
体: 现代诗
---
钥匙在门里转了2圈
屋里还是没有人
我把伞靠在墙上,
水往走廊里走

===
题：小雨点
请求：儿歌
情：欢喜
体：儿歌
---
小雨点，落下来，
打着荷叶打着菜，
青蛙说，快快来，
我的池塘又开开。
===
题: Wi-Fi
请求: 网络
情: 平静
体: 现代诗
---
Wi-Fi 断了以后
我们坐在客厅里说话
===
题: 早晨
请求: 早晨
情: 平静
体: 散文
---
今天早晨我走到河边去看船，船还没有来，卖豆浆的老人先来了，他问我等谁，我说等船。

他给我盛了一碗豆浆，没有收钱。船来的时候豆浆还烫，我就端着碗上了船，到对岸才喝完。
"""


@pytest.fixture
def folder(tmp_path):
    for language, text in (("en", ENGLISH), ("zh", CHINESE)):
        (tmp_path / "source" / language).mkdir(parents=True)
        (tmp_path / "source" / language / "one.txt").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def written(folder, monkeypatch):
    monkeypatch.setattr("sys.argv", ["own_texts", str(folder / "source"), str(folder)])
    own_texts.main()
    return folder


def _records(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_text_is_a_record_with_its_request(written):
    poem, story = _records(written / "en-own.jsonl.gz")
    assert (poem["form"], len(poem["stanzas"]), poem["request"]) == (
        "quatrains",
        2,
        "write a poem about my mother's kettle",
    )
    assert story["form"] == "story"
    assert len(story["paragraphs"]) == 2


def test_chinese_digits_are_written_and_other_letters_left_out(written):
    records = _records(written / "zh-own.jsonl.gz")
    assert [record["title"] for record in records] == ["钥匙", "小雨点", "早晨"]
    assert records[0]["stanzas"][0][0] == "钥匙在门里转了二圈"


def test_the_modern_corpus_reads_them_with_their_kinds(written):
    found = {passage.kind: passage for passage in passages(written)}
    assert set(found) == {"现代诗", "分行", "散文"}
    assert found["现代诗"].lines[2] == "我把伞靠在墙上，"


def test_the_base_is_asked_what_the_writer_was_asked(written):
    from carmina_verse.english.pretrained.tokenizer import EnglishBase

    tokens, rng = EnglishBase(), np.random.default_rng(1)
    (poem,) = taught(written, lambda word: 1, lambda word: True)
    asked = [own.request(poem, tokens, rng) for _ in range(20)]
    assert {one.form for one in asked} == {"quatrains"}
    assert {one.mood for one in asked} == {"", "comic"}
    assert any("mother's kettle" in one.subject for one in asked)
    assert len({one.text() for one in asked}) > 5


def test_ours_and_people_s_are_mixed_until_ours_end(written):
    rng = np.random.default_rng(2)
    found = own.mixed(["own"] * 60, ["people"] * 400, rng)
    assert found.count("own") == 60
    assert found.count("people") == 400
    assert 0.4 < found[:90].count("own") / 90 < 0.8
    assert own.mixed([], [1, 2], rng) == [1, 2]


def test_stories_are_gone_on_from_or_told(written):
    from carmina_verse.english.pretrained.tokenizer import EnglishBase

    tokens = EnglishBase()
    told = [
        tokens.decode(one.asked)
        for seed in range(8)
        for one in own.stories(written, tokens, np.random.default_rng(seed))
    ]
    assert any("Continue this story" in text and "Tom lost the key" in text for text in told)
    assert any("Write a short story about" in text for text in told)


def test_a_copy_of_our_own_texts_is_one_too():
    people, ours = (Index.of(entries(text.split(), "en"), 8) for text in ("a b c d e f g", "h i j k l m n"))
    both = Shipped([people, ours])
    assert all(run in both for text in ("a b c d e f g", "h i j k l m n") for run in entries(text.split(), "en"))
    assert b"q r s t u" not in both
