import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from carmina_chinese.language import Chinese
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina.registry import Registry

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=9)
DATA = Path(__file__).parent / "data"
LINES = [line.split()[0] for line in (DATA / "polyphones.txt").read_text("utf-8").splitlines() if line[0] != "#"]


def tones(chinese, *runs):
    return [s.tone for run in chinese.syllabify(runs) for s in run]


def texts(chinese, *runs):
    return [" ".join(s.text for s in run) for run in chinese.syllabify(runs)]


def test_the_registry_finds_chinese():
    points = entry_points(group="carmina", name="chinese")
    assert Registry(points, strict=True).get("language", "zh") is Chinese


@settings(deadline=None)
@given(st.lists(HAN, max_size=5))
def test_every_character_is_sung_once_in_order_as_written(runs):
    assert ["".join(s.text for s in run) for run in Chinese().syllabify(runs)] == runs


@settings(deadline=None)
@given(st.lists(HAN, max_size=5))
def test_every_syllable_is_whole(runs):
    for run in Chinese().syllabify(runs):
        for syllable in run:
            assert syllable.tone in (1, 2, 3, 4, 5, None)
            assert syllable.stress in (0, 1, 2)
            assert syllable.language == "zh"
            assert syllable.rhyme is None or syllable.ends_word


@settings(deadline=None, max_examples=300)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_no_text_whatever_raises(runs):
    chinese = Chinese()
    assert len(chinese.syllabify(runs)) == len(runs)
    assert 0 <= chinese.claim(runs) <= 1
    for run in runs:
        assert all(isinstance(p, str) for p in chinese.pinyin(run))


@settings(deadline=None)
@given(st.lists(HAN, min_size=1, max_size=4))
def test_words_open_and_close(runs):
    open_word = False  # single signs with spaces between them are one clause: a word may span them
    for run in Chinese().syllabify(runs):
        for syllable in run:
            assert (syllable.place in ("middle", "end")) == open_word
            open_word = not syllable.ends_word
    assert not open_word or all(len(run) == 1 for run in runs)


def test_spaces_between_words_bound_words_and_one_clause_is_heard(chinese):
    spaced = chinese.syllabify(["我们", "都", "有", "一个", "家"])
    assert [s.place for run in spaced for s in run] == ["begin", "end", "single", "single", "begin", "end", "single"]
    alone = chinese.syllabify(["床", "前", "明", "月", "光"])
    assert [run[0] for run in alone] == list(chinese.syllabify(["床前明月光"])[0])


@pytest.mark.parametrize("line", LINES)
def test_traditional_characters_have_the_tones_of_the_simplified_and_stay_traditional(chinese, line):
    written = chinese.traditional(line)
    assert tones(chinese, written) == tones(chinese, line)
    assert texts(chinese, written) == [" ".join(written)]


@pytest.mark.parametrize(("character", "tone"), [("髮", 4), ("發", 1), ("鬆", 1), ("隻", 1), ("乾", 1)])
def test_a_traditional_character_alone_keeps_its_own_reading(chinese, character, tone):
    assert tones(chinese, character) == [tone]


@pytest.mark.parametrize(
    ("word", "content"), [("月亮", True), ("的", False), ("我们", False), ("在", False), ("爱", True)]
)
def test_function_words_carry_no_content(chinese, word, content):
    assert {s.content for s in chinese.syllabify([word])[0]} == {content}


@pytest.mark.parametrize(
    ("words", "share"), [(["床前"], 1.0), (["love"], 0.0), (["爱", "x"], 0.5), (["12"], 0.0), ([], 0.0)]
)
def test_the_claim_is_the_share_of_han_letters(chinese, words, share):
    assert chinese.claim(words) == share


@pytest.mark.parametrize(
    ("run", "sung"),
    [
        ("2024年", "二 零 二 四 年"),
        ("3个人", "三 个 人"),
        ("100%", "百 分 之 百"),
        ("99.5%", "百 分 之 九 十 九 点 五"),
        ("2个", "两 个"),
        ("2楼", "二 楼"),
        ("第2次", "第 二 次"),
        ("2000", "两 千"),
        ("200", "二 百"),
        ("12000", "一 万 二 千"),
        ("10086", "一 万 零 八 十 六"),
        ("100200", "十 万 零 二 百"),
        ("13800138000", "一 三 八 零 零 一 三 八 零 零 零"),
        ("520", "五 二 零"),
        ("520个", "五 百 二 十 个"),
        ("1/3", "三 分 之 一"),
        ("3.14", "三 点 一 四"),
        ("1,000", "一 千"),
        ("￥200", "二 百 元"),
        ("你&我", "你 和 我"),
        ("１２月", "十 二 月"),
        ("٣天", "三 天"),
        ("0", "零"),
        ("007", "零 零 七"),
        ("5‰", "千 分 之 五"),
        ("9" * 17, " ".join("九" * 17)),
        ("1000000000000", "一 万 亿"),
    ],
)
def test_digits_and_symbols_are_read_aloud(chinese, run, sung):
    assert texts(chinese, run) == [sung]


@pytest.mark.parametrize(
    ("run", "sung"),
    [
        ("佐々木", "佐 々 木"),
        ("T恤", "T 恤"),
        ("ＯＫ啦", "O K 啦"),
        ("Hello啦", "Hello 啦"),
        ("わっしょい", "わっ しょ い"),
        ("月-亮", "月 亮"),
        ("⼀⼆", "⼀ ⼆"),
        ("사랑", "사랑"),
        ("😀", ""),
        ("…", ""),
        ("々", "々"),
        ("〇", "〇"),
    ],
)
def test_other_signs_are_sung_or_left_out(chinese, run, sung):
    assert texts(chinese, run) == [sung]


def test_a_repetition_mark_sounds_as_the_character_before_it(chinese):
    assert tones(chinese, "佐々木") == tones(chinese, "佐佐木")


def test_a_character_that_no_dictionary_reads_has_no_tone(chinese):
    assert tones(chinese, "\U000323af") == [None]


def test_er_is_sung_alone_but_in_the_words_where_it_has_no_syllable(chinese):
    assert texts(chinese, "花儿在这儿") == ["花 儿 在 这儿"]
    assert texts(chinese, "等一會兒") == ["等 一 會兒"]


def test_pronunciations_are_all_readings_commonest_first(chinese):
    assert [s.tone for s in chinese.pronunciations("好")] == [3, 4]
    assert {s.rhyme for s in chinese.pronunciations("行")} >= {"ang", "eng"}
    assert chinese.pronunciations("a") == ()


def test_pinyin_is_lexical_and_reads_through_punctuation(chinese):
    assert chinese.pinyin("你好，一不小心！绿") == ["ni3", "hao3", "yi1", "bu4", "xiao3", "xin1", "lv4"]
    assert chinese.pinyin("3.14") == ["san1", "dian3", "yi1", "si4"]


def test_scripts_convert_both_ways_by_phrase(chinese):
    assert chinese.traditional("头发发现干净乾坤") == "頭髮發現乾淨乾坤"
    assert chinese.simplified("頭髮發現乾淨乾坤") == "头发发现干净乾坤"


def test_first_use_prints_nothing_warns_of_nothing_and_writes_no_file(tmp_path):
    code = (
        "from carmina_chinese.language import Chinese; c = Chinese(); c.syllabify(['床前明月光']); c.traditional('后')"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        cwd=tmp_path,
        env={"TMPDIR": str(tmp_path), "PATH": ""},
        check=True,
    )
    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == (b"", b"", [])


def test_listing_the_plugin_loads_no_dictionary():
    code = "import sys, carmina_chinese.plugin as p; p.carmina_languages(); print({'jieba', 'pypinyin'} & set(sys.modules))"  # noqa: E501
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"set()"
