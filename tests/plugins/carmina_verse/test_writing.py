"""Poems: the form holds by a checker of its own, the same seed gives the same poem, and requests are kept or
refused."""

import pytest
from carmina_verse.scansion.english import words_in
from carmina_verse.scansion.faults import HAN, check_notes, faults

from carmina import BadInput, BadOption, NoSolution, UnknownEntry


def held(poem, conductor):
    language = conductor.get("language", poem.language)()
    return check_notes(poem.stanzas, poem.notes, conductor.all("form"), language)


@pytest.mark.parametrize("form", ["sonnet", "limerick", "haiku", "triolet", "rondeau", "ballad", "free-verse"])
def test_english_forms_hold(form, write, conductor):
    short = {"stanzas": 1} if form in ("ballad", "free-verse") else {}
    assert held(write(form, "moon", "river", seed=11, **short), conductor) == []


@pytest.mark.parametrize("form", ["五绝", "七绝", "七律", "如梦令", "菩萨蛮", "西江月", "满江红", "现代诗", "叙事诗"])
def test_chinese_forms_hold(form, write, conductor):
    short = {"stanzas": 1} if form in ("现代诗", "叙事诗") else {}
    assert held(write(form, "明月", seed=11, **short), conductor) == []


def test_the_same_brief_gives_the_same_poem_and_another_seed_another(write):
    one, same, other = (write("七绝", "秋风", seed=seed) for seed in (1, 1, 2))
    assert one == same and one.stanzas != other.stanzas


def test_keywords_stand_in_the_poem(write):
    assert "明月" in "".join(write("七绝", "明月", seed=4, options={"drafts": 12}).lines)
    assert "river" in words_in(
        " ".join(write("common-metre", "river", seed=4, stanzas=1, options={"drafts": 12}).lines)
    )


def test_lines_begin_with_the_acrostic(write, conductor):
    poem = write("acrostic", acrostic="moon", seed=2)
    assert "".join(line[0] for line in poem.lines).lower() == "moon" and held(poem, conductor) == []
    assert "".join(line[0] for line in write("藏头诗", acrostic="春夏秋冬").lines) == "春夏秋冬"


def test_a_poem_goes_on_from_the_lines_given(write, conductor):
    poem = write("五绝", prompt="白日依山尽")
    assert poem.lines[0].startswith("白日依山尽") and held(poem, conductor) == []
    assert (
        write("couplets", prompt="The river sang beneath the hill", stanzas=1)
        .lines[0]
        .lower()
        .startswith("the river sang beneath")
    )


def test_the_rhyme_asked_for_is_kept(write):
    ends = [words_in(line)[-1] for line in write("couplets", rhyme="light/night", stanzas=2).lines]
    assert ends[:2] == ["light", "night"]
    assert write("七绝", rhyme="一东").notes["lines"][1]["rhyme_class"] == "一东"
    assert write("浣溪沙", rhyme="一东").notes["lines"][1]["rhyme_class"] == "第一部平"  # the same, in the book of ci


def test_odd_requests_do_something_sensible(write, conductor):
    for keywords in (
        (),
        ("🌙", "moon"),
        ("Zanzibar", "qwixly"),
        tuple("moon sea sky wind rain snow fire star leaf bird rose hill".split()),
    ):
        assert held(write("haiku", *keywords, seed=1), conductor) == []


@pytest.mark.parametrize(
    ("brief", "error", "says"),
    [
        ({"form": "sonnnet"}, UnknownEntry, "sonnet"),
        ({"form": "haiku", "style": "baroque"}, UnknownEntry, "no style called 'baroque'"),
        ({"form": "haiku", "style": "李清照"}, BadInput, "no manner of English verse is called '李清照'"),
        ({"form": "七绝", "style": "keats"}, BadInput, "no manner of Chinese verse is called 'keats'"),
        ({"form": "sonnet", "rhyme": "orange"}, NoSolution, "no rhyme for 'orange' fits.*relax one of"),
        ({"form": "sonnet", "rhyme": "light/moon"}, NoSolution, "do not rhyme"),
        ({"form": "limerick", "acrostic": "elephant"}, BadInput, "8 letters"),
        ({"form": "haiku", "keywords": ("月亮",)}, BadInput, "no keyword that English can write"),
        ({"form": "七绝", "keywords": ("moon",)}, BadInput, "no keyword that Chinese can write"),
        ({"form": "七绝", "book": "诗经"}, BadOption, "book"),
        ({"form": "haiku", "strictness": "loose"}, BadOption, "strictness"),
        ({"form": "七绝", "prompt": "东风南风西风中"}, BadInput, "fits no variant"),
        ({"form": "七绝", "rhyme": "没有"}, NoSolution, "relax"),
    ],
)
def test_what_cannot_be_is_refused_in_one_clear_line(brief, error, says, write):
    form, keywords = brief.pop("form"), brief.pop("keywords", ())
    with pytest.raises(error, match=says):
        write(form, *keywords, **brief)


def test_alternatives_share_no_line_and_few_words(conductor):
    from carmina import VerseBrief

    brief = VerseBrief(("雪",), "五绝", candidates=1, options={"drafts": 3}, seed=9)
    poems = conductor.get("writer", "verse")().alternatives(brief, conductor, 3)
    assert len(poems) == 3 and len({line for poem in poems for line in poem.lines}) == 12


def test_alternatives_that_cannot_differ_are_refused(conductor):
    from carmina import VerseBrief

    given = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"
    with pytest.raises(NoSolution, match="only 1 of 2 poems differ enough"):
        conductor.get("writer", "verse")().alternatives(
            VerseBrief((), "五绝", prompt=given, candidates=1), conductor, 2
        )


# ---- the checker catches what is broken


def test_the_checker_catches_a_broken_english_poem(write, conductor):
    poem, english = write("common-metre", "sea", stanzas=1, seed=3), conductor.get("language", "en")()
    form, lines = conductor.get("form", "common-metre"), list(poem.lines)
    assert faults([lines], form, "", english) == []
    assert "do not rhyme" in faults([[*lines[:3], "And went away beneath the stone"]], form, "", english)[-1]
    assert "line 2 does not keep" in faults([[lines[0], "Too short", *lines[2:]]], form, "", english)[0]
    assert "stanzas of" in faults([lines[:3]], form, "", english)[0]


def test_the_checker_catches_a_broken_chinese_poem(write, conductor):
    poem, chinese, form = write("七绝", seed=3), conductor.get("language", "zh")(), conductor.get("form", "七绝")
    lines, variant = ["".join(HAN.findall(line)) for line in poem.lines], poem.notes["variant"]
    assert faults([lines], form, variant, chinese) == []
    assert faults([[lines[0], lines[0], *lines[2:]]], form, variant, chinese)
    assert any("韵脚" in fault for fault in faults([[*lines[:3], lines[1]]], form, variant, chinese))


def test_a_certificate_that_was_tampered_with_does_not_hold(write, conductor):
    poem = write("haiku", seed=1)
    notes = {**poem.notes, "acrostic": "zz"}
    assert check_notes(poem.stanzas, notes, conductor.all("form"), conductor.get("language", "en")())
    with pytest.raises(BadInput, match="names no known form"):
        check_notes(poem.stanzas, {"form": "ode"}, conductor.all("form"), conductor.get("language", "en")())
