"""Modern Chinese: requests are never refused, texts keep their shapes, plans are shown, lines can be revised."""

import re
from dataclasses import replace

import numpy as np
import pytest
from carmina_verse.chinese.request import without_asking
from carmina_verse.drafting.scoring import MODERN
from carmina_verse.forms.shipped import shipped
from carmina_verse.modern import writer
from carmina_verse.modern.corpus import Passage, cleaned, in_lines
from carmina_verse.modern.grammar import Grammar, misplaced, predicates, vivid
from carmina_verse.modern.judgement import ModernJudgement, Standing, wordiness
from carmina_verse.modern.line import LinePlan, ModernLine
from carmina_verse.modern.nearness import near, seen
from carmina_verse.modern.plan import is_sentence, planned, scenes, stands, subjects_of
from carmina_verse.modern.request import understood, usual_form
from carmina_verse.modern.shapes import FreeVerse
from carmina_verse.modern.tokenizer import EOS, LINE_END, SIZE, UNKNOWN, ModernChinese
from carmina_verse.modern.vocabulary import NOT_FIRST, NOT_LAST
from carmina_verse.modern.writer import ModernStudio
from carmina_verse.planning.files import plan_of
from carmina_verse.revision.line import Wish, differing, versions
from carmina_verse.scansion.faults import check_notes, is_free

from carmina import StanzaPlan, VerseBrief

FORMS = {form.name: form for form in shipped()}
CHINESE = [name for name, form in FORMS.items() if form.language == "zh"]
TOKENS = ModernChinese()
FEW = {"candidates": 1, "options": {"drafts": 2}}


def held(poem, conductor):
    return check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", "zh")())


# ---- requests


@pytest.mark.parametrize(
    ("request_", "about"),
    [
        ("今天天气很好，我去公园散步", {"公园", "散步"}),
        ("写一首关于秋天的七律", {"秋天"}),
        ("给妈妈写一首生日的诗", {"妈妈", "生日"}),
        ("我在地铁上想起故乡的雨", {"地铁", "故乡", "雨"}),
        ("老板让我加班到深夜", {"老板", "加班", "深夜"}),
    ],
)
def test_a_sentence_is_about_its_things(request_, about):
    assert set(subjects_of(request_)) == about


@pytest.mark.parametrize("text", ["天地铁山", "他一手机械地写着", "车站台湾"])
def test_no_thing_is_found_across_the_border_of_words(text):
    assert not {"地铁", "手机", "站台"} & set(subjects_of(text))


@pytest.mark.parametrize(
    ("keywords", "prompt", "form"),
    [
        (("手机", "地铁"), "", "现代诗"),
        (("离婚",), "", "现代诗"),
        (("月", "酒"), "", "七绝"),
        ((), "今天天气很好，我去公园散步", "故事"),
        ((), "床前看月光/我想起你", "现代诗"),
        ((), "春眠不觉晓", "七绝"),
        (("写一首关于秋天的七律",), "", "七律"),
        (("写一首水调歌头送别友人",), "", "水调歌头"),
        (("讲一个小熊找妈妈的故事",), "", "故事"),
        (("唱给孩子的儿歌",), "", "儿歌"),
        (("写四句关于雪的诗",), "", "七绝"),
        (("写八行送别的诗",), "", "七律"),
        (("写四行现代诗",), "", "现代诗"),
    ],
)
def test_a_request_that_names_no_form_finds_one(keywords, prompt, form):
    assert usual_form(keywords, prompt, CHINESE) == form


@pytest.mark.parametrize("word", ["明月", "洞庭湖", "爱上层楼", "人工智能"])
def test_a_word_is_no_sentence(word):
    assert not is_sentence(word)


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("七绝", "今天天气很好，我去公园散步。"),
        ("浣溪沙", "他在地铁里丢了手机，后来发生了奇怪的事"),
        ("现代诗", "他在地铁里丢了手机，后来发生了奇怪的事"),
    ],
)
def test_a_sentence_is_never_refused(form, asked, write, conductor):
    poem = write(form, prompt=asked, seed=3, **({"stanzas": 1} if form == "现代诗" else {}), **FEW)
    assert held(poem, conductor) == []
    if form == "现代诗":
        assert "".join(poem.lines).startswith(asked.rstrip("。"))


def test_a_keyword_stands_only_as_a_word():
    assert stands("手机", "他的手机响了") and not stands("手机", "一手机械触着")


def test_every_image_that_is_written_down_can_be_written():
    table = scenes()
    for kind in ("things", "occasions"):
        for thing, images in table[kind].items():
            assert images and UNKNOWN not in TOKENS.encode(thing + "".join(images)), thing
    assert set(table["today"]) <= {*table["things"], *table["occasions"]}


def test_a_plan_says_of_whom_it_tells_and_keeps_images_near_their_subjects():
    plan = planned((), "给母亲的生日", 3, np.random.default_rng(1))
    assert plan.addressee == "母亲" and plan.occasion == "生日" and plan.persons.startswith("我你")
    flat = [image for own in plan.images for image in own]
    assert len(flat) == len(set(flat)) and not set(flat) & set(plan.subjects)
    assert planned((), "他走了", 2, np.random.default_rng(1)).persons == "他"


def test_what_a_thing_is_called_is_not_cut_and_what_is_done_is_not_owed():
    cats, cut = (planned((), text, 1, np.random.default_rng(1)) for text in ("停车场的流浪猫", "第一次给父亲剪头发"))
    assert cats.subjects == ("停车场", "流浪猫")
    assert cut.subjects == ("父亲",) and "剪头发" in cut.images[0]


# ---- texts


@pytest.fixture(scope="module")
def free(write):
    return write("现代诗", "雨", "城市", seed=6, stanzas=2, **FEW)


@pytest.fixture(scope="module")
def song(write):
    return write("歌词", "雨", "城市", seed=6, **FEW)


@pytest.mark.parametrize("form", ["现代诗", "叙事诗", "故事", "散文", "儿歌", "歌词"])
def test_modern_forms_hold_and_show_their_plan(form, write, conductor, song, free):
    known = {"歌词": song, "现代诗": free}
    poem = known.get(form) or write(form, "雨", "城市", seed=6, stanzas=1, **FEW)
    assert held(poem, conductor) == []
    assert poem.notes["plan"]["keywords"] == ["雨", "城市"] and poem.notes["plan"]["speaker"]
    plain = [re.sub(r"[^一-鿿]", "", line) for line in poem.lines]
    assert all(line[0] not in NOT_FIRST for line in plain)
    assert "兮" not in "".join(plain)
    for pronoun in set("我你他她它") - set(poem.notes["plan"]["speaker"]):
        assert pronoun not in "".join(plain)
    if form in ("现代诗", "叙事诗"):
        assert all(2 <= len(line) <= 20 for line in plain)
        assert all(line[-1] not in NOT_LAST for line in plain)


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("今天天气很好，我去公园散步", "今天天气很好，我去公园散步。"),
        ("今天天气很好，我去公园散步，", ""),
        ("下雨了。他回过头来，说：", ""),
        ("门外有人喊了一声！", ""),
    ],
)
def test_a_story_goes_on_from_its_beginning_and_from_its_last_mark(start, kept, write):
    poem = write("故事", prompt=start, seed=2, stanzas=1, candidates=1, options={"drafts": 1})
    text = "".join(poem.lines)
    assert text.startswith(kept or start) and len(start) + 40 <= len(text) <= 200 and text[-1] in "。！？…”"
    assert text[len(kept or start)] not in "，。！？；：、"


def test_lines_of_free_verse_have_many_lengths(free):
    assert len({len(re.sub("[^一-鿿]", "", line)) for line in free.lines}) > 2


def test_a_plan_is_shown_changed_and_kept(write, free):
    plan = plan_of(free.notes["plan"])
    mine = replace(plan, keywords=("灯",), speaker="他", stanzas=(StanzaPlan(images=("窗子", "影子")),))
    shown = write("现代诗", seed=6, plan=mine, stanzas=1, **FEW).notes["plan"]
    assert (
        shown["keywords"] == ["灯"] and shown["speaker"] == "他" and shown["stanzas"][0]["images"] == ["窗子", "影子"]
    )


def test_a_chorus_returns_as_it_was(song):
    assert song.stanzas[1] == song.stanzas[3] and song.stanzas[0] != song.stanzas[2]


def test_a_modern_acrostic_begins_its_lines(write, conductor):
    poem = write("现代诗", acrostic="春天来了", seed=2, stanzas=1, **FEW)
    assert "".join(line[0] for line in poem.lines[:4]) == "春天来了" and held(poem, conductor) == []


def test_the_same_brief_gives_the_same_text_and_another_seed_another(write):
    one, same, other = (write("儿歌", "海", seed=seed, stanzas=1, **FEW) for seed in (1, 1, 2))
    assert one == same and one.stanzas != other.stanzas


# ---- a line on its way


def walked(plan, ids):
    line = ModernLine(plan)
    for number in ids:
        bias = line.logit_bias()
        assert np.isfinite(bias[number])
        line.take(number)
    return line


def test_a_line_has_its_length_and_then_its_end_and_keeps_what_is_pinned():
    allowed = np.ones(SIZE, bool)
    plan = LinePlan(allowed, np.zeros(SIZE, np.float32), 3, pins={1: 500}, end=EOS)
    line = walked(plan, [400])
    assert np.flatnonzero(np.isfinite(line.logit_bias())).tolist() == [500]
    line = walked(plan, [400, 500, 600])
    assert not line.done and np.flatnonzero(np.isfinite(line.logit_bias())).tolist() == [EOS]
    line.take(EOS)
    assert line.done


def test_a_wished_word_is_helped_to_its_end():
    word = (700, 701)
    plan = LinePlan(np.ones(SIZE, bool), np.zeros(SIZE, np.float32), 6, wishes={word: 2.0})
    line = walked(plan, [600])
    assert line.logit_bias()[700] == 2.0
    line.take(700)
    assert line.logit_bias()[701] > 2.0
    line.take(701)
    assert line.logit_bias()[700] < 0


def test_a_bound_word_is_finished_where_it_fits_and_not_begun_again():
    word = (700, 701, 700)
    plan = LinePlan(np.ones(SIZE, bool), np.zeros(SIZE, np.float32), 6, wishes={word: 2.0}, bound=frozenset([word]))
    line = walked(plan, [600, 700])
    assert np.flatnonzero(np.isfinite(line.logit_bias())).tolist() == [701]
    line = walked(plan, [600, 700, 701, 700])
    assert np.isfinite(line.logit_bias()).sum() == SIZE and line.logit_bias()[701] < 0
    assert np.isfinite(walked(plan, [600, 601, 602, 603, 700]).logit_bias()).sum() == SIZE  # no room for it


# ---- text for the model


def test_text_and_ids_answer_one_another():
    for text in ("今天下雨。", "第一行\n第二行\n\n第二节，", "“好吗？”她说……"):
        assert TOKENS.decode(TOKENS.encode(text)) == text
    assert (
        TOKENS.encode("㊣")[0] == UNKNOWN
        and len(TOKENS.pieces) <= SIZE
        and len(set(TOKENS.pieces)) == len(TOKENS.pieces)
    )


def test_an_example_tells_of_every_place_and_counts_only_the_text():
    from carmina_verse.modern.subjects import Subjects

    text = Passage("现代诗", "", "现代", ("天空下雨了，", "城市很安静，", "", "灯亮着。"), True, "train")
    for copy in range(12):
        example = TOKENS.example(text, Subjects([]), copy)
        counted = example.chosen[example.chosen >= 0]
        assert TOKENS.decode(counted) == "天空下雨了，\n城市很安静，\n\n灯亮着。" and counted[-1] == EOS
        told = example.steps[example.chosen >= 0][:, 1:]
        if told.any():
            assert (told[counted == LINE_END, 0] == 0).all() and told[0].tolist()[:3] == [6, 1, 3]


def test_prose_is_cut_into_lines_of_few_characters_without_marks():
    prose = Passage("散文", "", "现代", ("天亮了，街上很静；一个人走过来，又走过去。",), True, "train")
    lines = in_lines(prose)
    assert lines is not None and lines.kind == "分行"
    assert lines.lines == ("天亮了", "街上很静", "一个人走过来", "又走过去")


def test_old_spellings_are_read_as_todays():
    assert cleaned("你来么？走罢。") == "你来吗？走吧。" and cleaned("什么？") == "什么？"


def test_words_of_the_list_make_a_line_sound():
    assert wordiness("今天的天气很好") > 0.8 > wordiness("今骅的龘绗很")


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("他慢慢地走到窗子前面。", "他地走慢慢窗子前面到。"),
        ("我听见雨点打在屋顶上，", "我雨点听见上屋顶打在，"),
        ("孩子们都已经睡着了。", "都孩子们了睡着已经。"),
        ("她把一封信放在桌上。", "把她一封桌上信在放。"),
    ],
)
def test_words_in_the_order_of_a_sentence_are_likelier_than_in_another(sound, broken):
    grammar = Grammar.shipped()
    assert grammar.mean_nats(sound) > grammar.mean_nats(broken) + 0.5
    assert grammar.mean_nats("") == 0.0


def test_what_says_something_is_told_from_what_only_names():
    assert (
        predicates("雨打在窗上")
        and predicates("天黑了")
        and not predicates("外婆的院子，")
        and not predicates("绿色的海")
    )
    assert vivid("他推开门") and not vivid("我知道他是对的")


def test_an_adverb_before_a_noun_is_misplaced():
    assert misplaced("看见天边的树，也不消息") == 1 and misplaced("他不知道，也没有走，天又黑了") == 0


def test_a_closed_line_ends_a_sentence_and_no_character_is_left_alone_after_a_mark(free):
    for stanza in free.stanzas:
        assert stanza[-1][-1] in "。！？"
        assert all(line[-1] not in "：、；…" and not re.search("[，。！？].$", line) for line in stanza)


# ---- what a line is worth


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("雨打在旧窗子上，", "我不知道那是什么意思，"),
        ("他推开门，", "我也不能不去，"),
        ("你还来吗？", "你还来吗。"),
        ("灯亮了。", "灯亮了？"),
        ("母亲在厨房里洗碗。", "这是一种不应该的责任！"),
    ],
)
def test_a_line_that_shows_is_worth_more_than_one_that_says_nothing(better, worse):
    judge, standing = ModernJudgement(MODERN["verse"], "", True, None), Standing(["灯"])
    assert judge.worth(better, -2.0, standing, (), ()) > judge.worth(worse, -2.0, standing, (), ())


def test_what_stands_is_stale_and_what_is_owed_is_paid():
    judge, standing = ModernJudgement(MODERN["verse"], "", True, None), Standing(["火车"])
    standing.add("雨打在窗子上，")
    again, fresh = (judge.worth(text, -2.0, standing, (), ()) for text in ("雨打在窗子上。", "风吹过屋顶。"))
    assert fresh > again and standing.owed == ["火车"]
    twin = standing.fork()
    twin.add("火车开了。")
    assert not twin.owed and standing.owed == ["火车"] and len(standing.lines) == 1


def test_telling_words_are_near_their_company_and_things_are_seen():
    assert near("窗子开着", ["院子"]) > near("文学很好", ["院子"]) and near("不也", ["院子"]) == 0.0
    assert seen("桌子上有灯") > seen("这个问题") and seen("不也") == 0.0


# ---- as particles


def test_forks_of_a_text_go_their_own_way(conductor):
    brief = VerseBrief(("雨",), "现代诗", stanzas=1, seed=3, options={"drafts": 3})
    studio = ModernStudio(conductor, brief, FORMS["现代诗"])
    wish, rng = understood(brief, studio.language), np.random.default_rng(1)
    plan = planned(wish.keywords, wish.text, 1, rng)
    first = studio.poet(wish, plan, 0, FreeVerse(FORMS["现代诗"], brief, wish, plan, rng))
    twin = first.fork()
    for poet in (first, twin):
        drafts = poet.drafts(2)
        poet.take(drafts[0], poet.worths(drafts)[0])
    assert len(first.lines) == len(twin.lines) == first.shape.at == twin.shape.at == 1
    before = list(first.lines)
    drafts = twin.drafts(1)
    twin.take(drafts[0], 0.0)
    assert first.lines == before and len(twin.lines) == 2 and twin.shape.stanzas is not first.shape.stanzas


def test_constraints_are_begun_once_a_work_and_texts_of_one_search_compete(conductor, monkeypatch):
    begun = []
    monkeypatch.setattr(writer, "rules_for", lambda *asked: begun.append(asked))
    brief = VerseBrief(("雨",), "儿歌", stanzas=1, seed=3, candidates=2, options={"drafts": 2})
    poems = writer.write(brief, FORMS["儿歌"], conductor)
    assert len(begun) == 1 and len(poems) >= 2


# ---- revision


def test_a_modern_line_is_revised_and_the_poem_still_holds(write, conductor):
    poem = write("儿歌", "小猫", seed=4, stanzas=1, **FEW)
    found = versions(poem, 1, Wish(), None, 5, 3, conductor)
    assert found and all(held(whole, conductor) == [] for _text, whole, _gain in found)
    assert all(text != poem.lines[1] and len(text) == len(poem.lines[1]) for text, _whole, _gain in found)


def test_versions_that_differ_come_first():
    texts = ["春风吹柳绿", "春风吹柳青", "秋水落霞红", "春雨吹柳绿"]
    assert differing(texts, "夏日照荷池", 2)[:2] == ["春风吹柳绿", "秋水落霞红"]
    assert sorted(differing(texts, "夏日照荷池", 2)) == sorted(texts)


def test_a_form_is_free_where_lines_may_have_any_length():
    assert is_free(FORMS["现代诗"]) and is_free(FORMS["故事"])
    assert not any(is_free(FORMS[name]) for name in ("七绝", "儿歌", "歌词", "haiku", "free-verse", "五古"))


@pytest.mark.parametrize("about", ["雨", "外婆去世后她的菜园", "今天下雪了", "加班后坐末班地铁回家"])
@pytest.mark.parametrize(
    "asked",
    [
        "写四句关于{}的诗",
        "来八行关于{}的诗",
        "写一首关于{}的诗",
        "写一首诗，关于{}",
        "给我写一首诗，题目是{}",
        "帮我写首现代诗：{}",
        "以{}为题写一首诗",
        "{}",
    ],
)
def test_what_asks_for_a_poem_is_no_part_of_it(asked, about):
    assert without_asking(asked.format(about)) == about
