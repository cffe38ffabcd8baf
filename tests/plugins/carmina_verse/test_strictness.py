"""What strict, classic and slant allow, in both languages, and what the checker makes of it."""

import pytest
from carmina_verse.chinese.liberties import adapted
from carmina_verse.scansion.english import scan_line, words_in
from carmina_verse.scansion.faults import check_notes, faults
from carmina_verse.scansion.levels import keeps, level_faults

from carmina import BadInput, BadOption, NoSolution

I4 = "-+-+-+-+"


def held(poem, conductor):
    return check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", poem.language)())


def exceptions(poem):
    return [line["exceptions"] for line in poem.notes["lines"] if line["exceptions"]]


# ---- English


@pytest.mark.parametrize(
    ("line", "strict", "classic"),
    [
        ("The river sang beneath the hill", (), ()),
        ("Silver the river sang to me", None, ("inverted first foot",)),
        ("The silver river kept on flowing", None, ("feminine ending",)),
        ("Silver the river kept on flowing", None, ("inverted first foot", "feminine ending")),
        ("The river sang below a gray stone", None, None),
        ("Beneath the trees a silver eternity", None, None),
    ],
)
def test_inversion_and_feminine_endings_are_exceptions_that_strict_refuses(line, strict, classic, conductor):
    english = conductor.get("language", "en")()
    for strictness, allowed in (("strict", strict), ("classic", classic)):
        found = scan_line(english, line, [I4], strictness)
        assert (found.exceptions if found else None) == allowed


def test_a_feminine_rhyme_is_written_where_it_is_asked_for_and_never_under_strict(write, conductor):
    poem = write("couplets", rhyme="going/flowing", stanzas=1, seed=1)
    assert [words_in(line)[-1] for line in poem.lines] == ["going", "flowing"] and held(poem, conductor) == []
    assert exceptions(poem) == [["feminine ending"]] * 2
    with pytest.raises(NoSolution, match="strictness"):
        write("couplets", rhyme="going/flowing", stanzas=1, strictness="strict")


def test_near_rhymes_are_written_under_slant_alone(write, conductor):
    poem = write("couplets", rhyme="month/once", stanzas=1, strictness="slant")
    assert [words_in(line)[-1] for line in poem.lines] == ["month", "once"] and held(poem, conductor) == []
    form = conductor.get("form", "couplets")
    assert any(
        "do not rhyme" in fault
        for fault in faults(poem.stanzas, form, "", conductor.get("language", "en")(), "classic")
    )
    with pytest.raises(NoSolution, match="do not rhyme"):
        write("couplets", rhyme="month/once", stanzas=1)


def test_a_rare_letter_finds_a_rare_word(write, conductor):
    poem = write("acrostic", acrostic="zoo", seed=1)
    assert poem.lines[0].lower().startswith("z") and held(poem, conductor) == []


# ---- Chinese


@pytest.mark.parametrize(
    ("form", "brief", "names"),
    [
        ("五绝", {"prompt": "野火烧不尽"}, [["拗救：对句"]] * 2),
        ("五绝", {"prompt": "野火烧不尽，春风吹又生"}, [["拗救：对句"]] * 2),
        ("五绝", {"acrostic": "日月不落"}, [["拗救：本句"]]),
    ],
)
def test_what_is_given_may_need_a_liberty_that_is_named_and_that_strict_refuses(form, brief, names, write, conductor):
    poem = write(form, seed=1, **brief)
    assert exceptions(poem) == names and held(poem, conductor) == []
    with pytest.raises((BadInput, NoSolution), match="fits no variant"):
        write(form, seed=1, strictness="strict", **brief)


@pytest.mark.parametrize(
    ("lines", "strict", "classic"),
    [
        (("野火烧不尽", "春风吹又生"), [1], []),
        (("野火烧不尽", "春风处处生"), [1], [1]),
        (("白日依山尽", "黄河入海流"), [], []),
    ],
)
def test_the_checker_lets_a_turned_line_pass_only_where_the_next_one_answers(lines, strict, classic, conductor):
    chinese, patterns = conductor.get("language", "zh")(), [["中仄平平仄"], ["平平中仄平"]]
    for strictness, wrong in (("strict", strict), ("classic", classic)):
        found = level_faults(lines, patterns, chinese, strictness, "pingshui")
        assert [int(fault[1]) for fault in found] == wrong


def test_liberties_are_for_regulated_verse_alone():
    def never(at, pattern):
        return at != 0 or pattern[1] != "仄"

    assert adapted(["中仄平平仄", "平平中仄"], never, strict=False) is None


def test_levels_that_a_book_has_twice_stand_anywhere():
    assert keeps("两平仄", "仄中仄") and not keeps("平平仄", "仄中仄") and not keeps("平", "平平")


def test_neighbouring_rhymes_are_one_group_under_slant(write, conductor):
    poem = write("七绝", "明月", seed=4, strictness="slant")
    assert held(poem, conductor) == []
    chinese = conductor.get("language", "zh")()
    assert chinese.rhymes_with("东", "冬") == "slant" and chinese.rhymes_with("东", "风") == "perfect"
    assert chinese.rhymes_with("东", "江") is None and chinese.rhymes_with("春", "平", "cilin") == "slant"


# ---- contradictions


@pytest.mark.parametrize(
    ("form", "brief", "says"),
    [
        ("haiku", {"rhyme": "light"}, "haiku has no rhymes"),
        ("现代诗", {"rhyme": "东"}, "现代诗 has no rhymes"),
        ("haiku", {"book": "平水韵"}, "follows no rhyme book"),
        ("triolet", {"acrostic": "abcdefgh"}, "repeats line 1, so it cannot begin with 'd'"),
        ("couplets", {"prompt": "The river sang beneath the hill", "acrostic": "ab"}, "the acrostic asks for 'a'"),
        ("couplets", {"prompt": "The river sang beneath the hill / The moon was shining on the sea"}, "should rhyme"),
        ("couplets", {"prompt": "The river sang beneath the hill", "rhyme": "light"}, "Leave one of them out"),
        ("couplets", {"rhyme": "月"}, "no rhyme class"),
        ("七绝", {"prompt": "hello"}, "holds no Chinese"),
        ("五绝", {"prompt": "白日依山尽，黄河入海流。欲穷千里目，更上一层山"}, "fits no variant"),
        ("七绝", {"keywords": ("月",) * 24 + tuple("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏")}, "at most 24"),
        ("儿歌", {"rhyme": "hello"}, "--rhyme"),
        ("歌词", {"stanzas": 2}, "--stanzas"),
        ("现代诗", {"book": "平水韵"}, "--book"),
        ("故事", {"prompt": "hello there"}, "holds no Chinese"),
        ("haiku", {"keywords": ("moon", "月亮")}, "no keyword that English can write in '月亮'"),
    ],
)
def test_a_contradiction_is_one_clear_line(form, brief, says, write):
    with pytest.raises((BadInput, BadOption, NoSolution), match=says) as fault:
        write(form, *brief.pop("keywords", ()), **brief)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("keyword", "stands"),
    [
        ("Zanzibar", "Zanzibar"),
        ("NASA", "NASA"),
        ("München", "Munchen"),
        ("🌙", "moon"),
        ("42nd", "second"),
        ("naïve", "naive"),
    ],
)
def test_names_accents_figures_and_emoji_become_words(keyword, stands, write, conductor):
    poem = write("haiku", keyword, seed=2)
    assert held(poem, conductor) == []
    assert (
        stands.lower() in (stands if stands in " ".join(poem.lines) else " ".join(poem.lines)).lower()
        or poem.notes["missing"]
    )
    assert stands.lower() in poem.notes["keywords"]
