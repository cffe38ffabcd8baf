"""One world, one name for a thing, usual endings, requests read whole, and a poet that is a particle."""

import re

import numpy as np
import pytest
from carmina_verse.chinese.characters import Characters
from carmina_verse.chinese.request import MOODS, understood
from carmina_verse.chinese.rhyme_words import unused
from carmina_verse.chinese.rhyming import Rhyming
from carmina_verse.chinese.tails import Tails
from carmina_verse.chinese.tokenizer import AUTHORS, PERIODS, ChineseVerse
from carmina_verse.chinese.turns import unanswered
from carmina_verse.chinese.world import World
from carmina_verse.evaluators.manner import PlanKept
from carmina_verse.evaluators.sense import Sense
from carmina_verse.forms.shipped import shipped
from carmina_verse.making.rhyme_words import unused as never_rhymed
from carmina_verse.making.tails import arrays, counted
from carmina_verse.ranking.chinese import NAMES, ChineseReader, features
from hypothesis import given
from hypothesis import strategies as st

from carmina import MOODS as ALL_MOODS
from carmina import Poem

WORLD, TAILS = World.shipped(), Tails.shipped()
FORMS = [name for form in shipped() if form.language == "zh" for name in (form.name, *form.aliases)]
LINES = st.lists(st.text("春秋夏冬霜雪雁月日落斜阳夕明山水一三桃花", min_size=1, max_size=7), max_size=8)


# ---- the world


@pytest.mark.parametrize(
    ("lines", "strays"),
    [
        (["春风又绿", "秋月照人"], 1),
        (["三月江南路", "西风落叶时"], 1),
        (["落日孤城闭", "明月照高楼"], 1),
        (["八月雁初来", "寒霜满古台"], 0),
        (["黄昏灯火起", "夜半不成眠"], 0),
        (["晓色开平野", "三更犹未眠"], 0),
        (["春秋几度人", "千秋万岁名"], 0),
        ([], 0),
    ],
)
def test_words_of_another_season_hour_or_light_are_strays(lines, strays):
    assert WORLD.strays(lines) == strays


@given(LINES)
def test_the_order_of_lines_does_not_matter_and_more_lines_hold_no_fewer_faults(lines):
    assert WORLD.strays(lines) == WORLD.strays(lines[::-1]) and WORLD.twins(lines) == WORLD.twins(lines[::-1])
    assert WORLD.strays(lines[:-1]) <= WORLD.strays(lines) and WORLD.twins(lines[:-1]) <= WORLD.twins(lines)


def test_every_pair_of_names_of_one_thing_is_a_twin_and_no_single_name_is():
    for group in WORLD.groups:
        for at, one in enumerate(group):
            assert WORLD.twins([one]) == 0
            assert all(WORLD.twins([one, other]) >= 1 for other in group[:at])


def test_a_planned_season_bars_the_signs_of_others():
    barred = WORLD.barred(["江上"], {"season": "秋", "hour": "夜"})
    assert {"春", "荷"} & barred == {"春"} and "霜" not in barred and "雁" not in barred
    assert WORLD.strays(["桃花"], {"season": "秋"}) == 1 and "柳" in WORLD.barred(["垂杨"], {})


@pytest.mark.parametrize(
    ("lines", "twins"),
    [
        (["寻梅到水边", "雪中访梅去"], 1),
        (["听雨小楼东", "闻雨忆江南"], 1),
        (["倚栏人不见", "凭栏"], 1),
        (["寻花过野桥", "访友到山家"], 0),
        (["望月", "月下望山"], 0),
    ],
)
def test_a_deed_is_not_done_twice_to_one_object_under_two_names(lines, twins):
    assert WORLD.twins(lines) == twins


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["虽无丝竹盛", "亦足畅幽情"], 0),
        (["身虽老病心犹壮", "一夜东风满小楼"], 0),
        (["虽有故人来", "青山白云里"], 1),
        (["江上数峰青", "明月虽清冷"], 1),
        (["却话巴山夜雨时", "一灯人未眠"], 1),
        (["何当共剪西窗烛", "却话巴山夜雨时"], 0),
        (["还似旧时游上苑", "车如流水马如龙"], 1),
        (["纵横正有凌云笔", "天地一沙鸥"], 0),
        (["虽有故人来"], 0),
        ([], 0),
    ],
)
def test_what_turns_has_something_to_turn(lines, faults):
    assert unanswered(lines) == faults


def test_a_chinese_plan_is_measured_by_its_parts():
    plan = {"stanzas": [{"images": ["长亭", "古渡"], "ends": ["", "夕阳"]}, {"images": ["故人"], "ends": ["天涯"]}]}
    lines = ("长亭外古道", "晚风拂夕阳，", "一壶浊酒尽", "今宵别梦寒。")
    figures = {f.name: f.value for f in PlanKept().evaluate(Poem((lines,), "", "zh", notes={"plan": plan}))}
    assert figures == {"images_reached": pytest.approx(1 / 3), "ends_kept": 0.5}
    two = Poem((lines[:2], ("故人何处", "浪迹天涯")), "", "zh", notes={"plan": plan})
    assert {f.name: f.value for f in PlanKept().evaluate(two)}["images_reached"] == pytest.approx(2 / 3)


# ---- endings


@pytest.mark.parametrize("line", ["月明江上鹧鸪无", "几载旧衣埋玉功", "归去故人梨"])
def test_an_ending_that_hardly_any_line_has_is_forced(line):
    assert TAILS.forced_text(line)


@pytest.mark.parametrize("line", ["烟花三月下扬州", "孤帆远影碧空尽", "客舍青青柳色新", "山色有无中"])
def test_an_ending_that_many_lines_have_is_not(line):
    assert not TAILS.forced_text(line)


def test_what_ends_a_line_well_is_what_the_count_of_the_ending_says():
    known = ChineseVerse().encode("风流人物天地山河明月故乡酒醉").tolist()
    for one, other in zip(known, known[1:], strict=False):
        bias = TAILS.after([one, other])
        for last in known:
            usual = TAILS.usual([one, other, last])
            assert bias[last] == pytest.approx(usual, abs=0.02) or usual == 0.0


def test_a_table_of_endings_gives_back_its_counts():
    counts = counted(["天地玄黄也"] * 8 + ["宇宙洪荒也"] * 3 + ["日月"] * 9)
    table = Tails(arrays(counts, {c: n for n, c in enumerate("天地玄黄宇宙洪荒也", 5)}))
    assert table.lines([8, 13]) == pytest.approx(8, rel=0.05) and table.lines([7, 8, 13]) == pytest.approx(8, rel=0.05)
    assert table.lines([12, 13]) == 0 and table.lines([11, 12, 13]) == pytest.approx(3, rel=0.05)


# ---- rhymes that only a book knows


def test_no_poem_rhymes_a_character_where_no_poet_does():
    known = Characters(ChineseVerse())
    for book, table in unused().items():
        rhymes = Rhyming(known, book, {}).rhymes
        for name, characters in table.items():
            assert not any(rhymes[name][known.ids[c]] for c in characters)
            assert all(any(rhymes[other][known.ids[c]] for other in known.classes(c, book)) for c in characters)
    assert "园" in unused()["pingshui"]["十四寒"]


def test_a_class_is_unused_where_a_character_always_rhymes_in_another():
    classes = {"园": ["元", "寒"], "源": ["元"], "村": ["元"], "寒": ["寒"], "残": ["寒"], "难": ["寒"]}
    poems = [["园", "源", "村"]] * 20 + [["寒", "残", "难"]] * 20
    assert never_rhymed(poems, classes) == {"寒": "园"}
    assert never_rhymed([*poems, *[["园", "寒", "残"]] * 5], classes) == {}


# ---- requests


@pytest.mark.parametrize(
    ("text", "subjects", "mood", "manner"),
    [
        ("写一首悲伤的七绝，关于秋天", ["秋天"], "sad", ""),
        ("来首欢快的浣溪沙，写江南春雨", ["江南", "春雨"], "joyful", ""),
        ("李白风格的七绝，写庐山瀑布", ["庐山", "瀑布"], "", "李白"),
        ("请写一首七言绝句描写西湖的荷花", ["西湖", "荷花"], "", ""),
        ("给妈妈写一首生日的诗", ["生日"], "", ""),
        ("以明月为题作一首五绝", ["明月"], "", ""),
        ("填一首蝶恋花，表达离愁别绪", ["离愁别绪"], "", ""),
    ],
)
def test_a_request_is_about_its_matter_and_none_of_its_own_words(text, subjects, mood, manner):
    wish = understood([text], FORMS, (*AUTHORS, *PERIODS))
    assert (list(wish.subjects), wish.words, wish.mood, wish.manner) == (subjects, (), mood, manner)


@pytest.mark.parametrize("form", ["七律", "五绝", "水调歌头", "忆秦娥"])
@pytest.mark.parametrize(
    "frame", ["写一首{mood}的{form}，关于{subject}", "请帮我作一首关于{subject}的{form}", "{form}，写{subject}"]
)
@pytest.mark.parametrize("subject", ["长江", "除夕", "琴"])
def test_whatever_the_frame_the_subject_is_found(form, frame, subject):
    for word in ("宁静", "豪放"):
        wish = understood([frame.format(mood=word, form=form, subject=subject)], FORMS, (*AUTHORS, *PERIODS))
        assert wish.subjects == (subject,) and wish.words == ()
        assert wish.mood == (next(m for m, own in MOODS.items() if word in own.split()) if "{mood}" in frame else "")


@pytest.mark.parametrize("word", ["明月", "送别", "白帝城", "爱上层楼", "写意", "曲江", "歌声"])
def test_a_word_stands_as_it_is(word):
    assert understood([word], FORMS, AUTHORS).words == (word,) and set(MOODS) == set(ALL_MOODS)


# ---- figures and the reader


def test_the_figures_of_a_poem_tell_its_faults():
    poem = Poem((("春风满古台，", "落日故人来。", "秋雁斜阳里，", "残阳独自梨。"),), "五绝", "zh")
    figures = {figure.name: figure.value for figure in Sense().evaluate(poem)}
    assert figures["contradictions"] == 0.25 and figures["same_things"] == 0.5 and figures["forced_endings"] > 0
    assert all(figure.value is None for figure in Sense().evaluate(Poem((("The sun is low",),), "", "en")))


@given(st.lists(st.text("春风明月一二何处愁", max_size=7), max_size=9))
def test_figures_of_a_poem_are_finite_whatever_it_is(lines):
    found = features(lines, [5.0] * len(lines))
    assert found.shape == (len(NAMES),) and np.isfinite(found).all()


def test_the_reader_is_shipped_and_reads_whole_poems_alone():
    reader, poem = ChineseReader.shipped(), ["客舍青青草", "江头日欲低", "故人千里外", "独听子规啼"]
    assert reader is not None and reader.weights.shape == (len(NAMES),) and np.isfinite(reader.score(poem, [6.0] * 4))
    assert reader.reads(poem) and not reader.reads(poem[:3]) and not reader.reads([*poem[:3], "短"])


# ---- the poet


def test_a_poet_keeps_form_and_gives_the_same_poem_again(write):
    one, same = (write("五律", "砚台", seed=8) for _ in range(2))
    assert one == same and one.notes["plan"]["season"] and len(one.notes["plan"]["stanzas"]) == 4


def test_a_fork_goes_its_own_way(conductor):
    from carmina_verse.chinese import writer as room
    from carmina_verse.chinese.asked import asked_of
    from carmina_verse.chinese.poet import ChinesePoet

    from carmina import VerseBrief

    brief = VerseBrief(("江",), "五绝", seed=4, options={"drafts": 3})
    studio = room.ChineseStudio(conductor, brief)
    task, _plan, _variant = room._task(studio, asked_of(brief, conductor.all("form")["五绝"], studio), 0)
    page = studio.pages.chinese(task.prompt, studio.characters)
    poet = ChinesePoet(studio.characters, studio.associations, page, studio.decoder, task, 4)
    twin = poet.fork()
    drafts = poet.drafts(2)
    poet.take(drafts[0], 1.0)
    assert len(poet.lines) == 2 and twin.lines == [] and twin.score == 0.0 and not twin.done
    assert [d.ids for d in twin.drafts(2)] != [d.ids for d in drafts]
    assert all(re.fullmatch("[一-鿿]{5}", line) for line in poet.lines)


@pytest.mark.parametrize(
    ("form", "words", "seed"),
    [
        ("五绝", ("斧", "井"), 41),
        ("五绝", ("斧", "井"), 42),
        ("七绝", ("石榴", "扇"), 41),
        ("浣溪沙", ("纸窗", "蟹"), 42),
    ],
)
def test_every_keyword_that_fits_somewhere_stands_in_the_poem(form, words, seed, write):
    poem = write(form, *words, seed=seed, options={"drafts": 6})
    assert poem.notes["missing"] == [] and all(word in "".join(poem.lines) for word in words)
