"""A poem's metre and form are inferred from all its lines: licences do not hide them, faults are named with their
line."""

import pytest
from carmina_verse.formats.pasted import decoded, pasted
from carmina_verse.scansion.inference import diagnosed, read_line
from carmina_verse.scansion.inference.feet import WHOLE
from carmina_verse.scansion.inference.rhyme import RhymeReader
from carmina_verse.scansion.regulated import regulated

from carmina import Poem

COMMON = [
    "The lantern burns beside the door,",
    "The rain has gone to sleep,",
    "And no one walks along the shore",
    "Where all the waves are deep.",
    "I hear the clock upon the stair,",
    "The kettle and the flame;",
    "I thought I heard her footstep there,",
    "I thought I heard my name.",
]
TROCHEES = [
    "Silver lanterns, swinging low,",
    "Lead the travellers through the snow,",
    "Every window, every light,",
    "Says a mother's last good night.",
]
LIMERICK = [
    "A baker who lived by the sea",
    "Made bread that was brought in for tea;",
    "But the salt in the air",
    "Got in everywhere,",
    "And the loaves were as wet as could be.",
]


@pytest.fixture(scope="module")
def english(conductor):
    return conductor.get("language", "en")()


def read(lines, conductor, english, size=0):
    size = size or len(lines)
    stanzas = [lines[at : at + size] for at in range(0, len(lines), size)]
    return diagnosed(stanzas, english, conductor.all("form"))


def test_a_form_is_named_and_its_lengths_told(conductor, english):
    found = read(COMMON, conductor, english, 4)
    assert (found.form, found.shape.name, found.faults) == ("common-metre", "iambic 4.3.4.3", ())
    assert "".join(found.letters) == "ababcdcd"


def test_printed_without_gaps_it_is_the_same(conductor, english):
    assert read(COMMON, conductor, english).form == "common-metre"


@pytest.mark.parametrize("place", range(8))
def test_a_line_that_lacks_its_last_foot_is_named(place, conductor, english):
    words = COMMON[place].split()
    cut = [*COMMON[:place], " ".join(words[:1] + words[-2:]), *COMMON[place + 1 :]]
    found = read(cut, conductor, english, 4)
    assert any(fault.startswith(f"line {place + 1} ") for fault in found.faults), found.faults


@pytest.mark.parametrize("place", range(8))
def test_an_end_that_rhymes_with_nothing_is_named(place, conductor, english):
    broken = [*COMMON[:place], COMMON[place].rsplit(" ", 1)[0] + " month", *COMMON[place + 1 :]]
    found = read(broken, conductor, english, 4)
    assert found.form == "common-metre"
    assert any(f"{min(place, place ^ 2) + 1} and {max(place, place ^ 2) + 1}" in fault for fault in found.faults)


def test_trochees_without_their_last_weak_place_are_trochees(conductor, english):
    found = read(TROCHEES, conductor, english)
    assert found.shape.name == "trochaic tetrameter" and not found.faults
    assert found.stanza == "couplets"


def test_lines_of_two_lengths_in_one_stanza(conductor, english):
    found = read(LIMERICK, conductor, english)
    assert found.form == "limerick" and not found.faults


@pytest.mark.parametrize(
    ("line", "licence"),
    [
        ("Under the lantern by the open door", "inverted foot 1"),
        ("I waited in the garden for the morning", "feminine ending"),
        ("The river and the mountain and the moon", ""),
        ("And then, silent as snow, the morning came", "inverted foot 2"),
    ],
)
def test_licences_are_named_and_keep_the_metre(line, licence, english):
    reading = read_line(english, line)["iambic", 5]
    assert licence in ", ".join(reading.licences) and reading.cost < 3


def test_a_line_without_words_has_no_reading(english):
    assert read_line(english, "...") == {} and read_line(english, "") == {}


def test_prose_is_no_form(conductor, english):
    prose = [
        "I went to the shop because we had run out of milk",
        "and bread.",
        "It was closed, of course, on a Tuesday",
    ]
    assert read(prose, conductor, english).form == ""


@pytest.mark.parametrize("place", [1, 4, 7])
def test_a_stanza_that_lost_a_line_is_named(place, conductor, english):
    stanzas = [COMMON[:4], COMMON[4:], ["I put the bread upon the board,", "The butter and the cheese,",
               "And thought of what we can't afford", "And birds among the trees."]]  # fmt: skip
    assert not diagnosed(stanzas, english, conductor.all("form")).faults
    del stanzas[place // 4][place % 4]
    faults = diagnosed(stanzas, english, conductor.all("form")).faults
    assert any(f"stanza {place // 4 + 1} " in fault and "has 3 lines" in fault for fault in faults), faults


def test_a_long_word_against_the_beat_is_a_fault_though_each_foot_is_one(conductor, english):
    wrenched = [*COMMON[:4], "I hear the clock window the stair,", *COMMON[5:]]
    assert any(fault.startswith("line 5 ") for fault in read(wrenched, conductor, english, 4).faults)


@pytest.mark.parametrize(
    "line",
    [
        "And all the fields are overcome with snow",
        "The seeds unborn are sleeping in the snow",
        "That fell upon the houses and the lane",
        "The wandered and belov'd, the wanderèd ones",
    ],
)
def test_words_of_two_stresses_and_poets_spellings_keep_the_metre(line, english):
    reading = read_line(english, line)["iambic", 5]
    assert reading.cost < 2.5 and "wrenched" not in " ".join(reading.licences)


def test_a_line_is_read_without_a_rare_licence_where_it_can_be(english):
    plain = read_line(english, "Over dreamy flowers", "trochaic")["trochaic", 3]
    assert "catalectic" not in plain.licences
    assert "catalectic" in read_line(english, "Over dreamy flowers", "trochaic", (WHOLE,))["trochaic", 3].licences


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("gone", "upon", "perfect"),
        ("gone", "dawn", "historical"),
        ("fourth", "worth", "historical"),
        ("companies", "eyes", "historical"),
        ("low", "now", "eye"),
        ("shadow", "window", None),
        ("wanderèd", "said", "perfect"),
        ("here", "near", "perfect"),
        ("sorrow", "tomorrow", "perfect"),
        ("pillow", "willow", "perfect"),
        ("love", "move", "eye"),
        ("eternity", "die", "historical"),
        ("stone", "stone", "identical"),
        ("meadow", "shadow", "slant"),
        ("month", "river", None),
    ],
)
def test_ends_rhyme_as_readers_of_verse_hear_them(one, other, kind, english):
    assert RhymeReader(english).kind(one, other) == kind == RhymeReader(english).kind(other, one)


# ---- 律绝 ------------------------------------------------------------------------------------------------------------

LÜSHI = [
    "远寺钟初定，",
    "空江月正明。",
    "风来知夜冷，",
    "雁去觉秋清。",
    "旧梦随流水，",
    "新愁入晓程。",
    "故园千里外，",
    "谁共听潮声。",
]


@pytest.fixture(scope="module")
def chinese(conductor):
    return conductor.get("language", "zh")()


def test_a_regulated_poem_is_named_with_its_start(chinese):
    found = regulated(LÜSHI, chinese)
    assert found.holds and found.name == "五律 仄起" and not found.faults


@pytest.mark.parametrize(
    ("line", "text", "says"),
    [
        (2, "江水秋月明。", "失替"),
        (6, "新愁入野风。", "不同韵"),
        (4, "雁去觉秋深。", "不同韵"),
        (2, "江水正清明。", "失对"),
        (8, "谁与听江声。", ""),
        (8, "谁与闻秋声。", "三平调"),
    ],
)
def test_what_breaks_a_regulated_poem_is_named_with_its_line(line, text, says, chinese):
    poem = [*LÜSHI[: line - 1], text, *LÜSHI[line:]]
    assert says in "；".join(regulated(poem, chinese).faults)


@pytest.mark.parametrize("place", range(8))
def test_a_regulated_poem_that_lost_a_line_is_told_so(place, chinese):
    found = regulated([*LÜSHI[:place], *LÜSHI[place + 1 :]], chinese)
    assert found.holds and found.name == "五律 仄起" and "八句" in found.faults[0]


def test_lines_that_changed_places_are_named_and_the_poem_is_still_regulated(chinese):
    found = regulated([LÜSHI[2], LÜSHI[1], LÜSHI[0], *LÜSHI[3:]], chinese)
    assert found.holds and any("第1、3句似互倒" in fault for fault in found.faults)


def test_one_rhyme_of_four_that_is_off_breaks_no_form(chinese):
    quatrain = ["霜落疏钟远，", "江空片月明。", "不知何处雁，", "带得几人愁。"]
    found = regulated(quatrain, chinese)
    assert found.holds and "不同韵" in "；".join(found.faults)


def test_three_oblique_ends_are_a_liberty(chinese):
    found = regulated([*LÜSHI[:2], "风来知夜冷，", *LÜSHI[3:6], "故园万里外，", LÜSHI[7]], chinese)
    assert found.holds and found.liberties == ("第7句三仄尾",)


def test_lines_of_several_lengths_are_no_regulated_poem(chinese):
    assert regulated(["远寺钟初定，", "空江月正明照人。"], chinese) is None


@pytest.mark.parametrize(
    ("text", "title", "author", "lines"),
    [
        ("秋夜\n远寺钟初定，空江月正明。\n风来知夜冷，雁去觉秋清。\n", "秋夜", "", 4),
        ("《秋夜》\n[唐] 无名氏\n远寺钟初定，空江月正明。\n风来知夜冷，雁去觉秋清。\n", "秋夜", "无名氏", 4),
        ("标题：秋夜\n作者：无名\n远寺钟初定，\n空江月正明。\n", "秋夜", "无名", 2),
        ("我走在地铁里，看见你的脸，\n我想了很久，没有说话。\n", "", "", 2),
        ("The Harbour\n\nThe boats are in,\nthe day is done.\n", "The Harbour", "", 2),
        ("[Verse 1]\nThe boats are in,\n[Chorus]\nthe day is done.\n", "", "", 2),
    ],
)
def test_a_pasted_poem_is_told_from_its_title(text, title, author, lines):
    found = pasted(text)
    assert (found.title, found.author, sum(map(len, found.stanzas))) == (title, author, lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_a_poem_is_read_in_the_encoding_it_is_in(encoding):
    text = "床前看月光，疑是地上霜。\n舉頭望山月，低頭思故鄉。\n" if encoding == "big5" else "".join(LÜSHI)
    assert decoded(text.encode(encoding)) == text


# ---- deviations, as other plugins are given them ---------------------------------------------------------------------


def deviations(conductor, stanzas):
    return conductor.get("evaluator", "form")(conductor).deviations(Poem(stanzas))


def test_a_deviation_says_its_line_its_word_and_what_would_mend_it(conductor):
    broken = [*COMMON[:3], "Where all the waves are of deep.", *COMMON[4:7], "I thought I heard my month."]
    found = [deviation for deviation in deviations(conductor, (tuple(broken),)) if not deviation.licence]
    assert [(d.line, d.kind) for d in found] == [(4, "metre"), (8, "rhyme")]
    assert "leave out 'of'" in found[0].mends and found[1].word == "month" and "'flame'" in found[1].mends[0]


def test_a_deviation_of_levels_says_which_character_should_be_which(conductor):
    found = [d for d in deviations(conductor, ((*LÜSHI[:7], "谁与闻秋声。"),)) if not d.licence]
    assert (8, "levels") in {(d.line, d.kind) for d in found}
    assert any("第三字宜仄" in d.mends or "第四字宜仄" in d.mends for d in found)


def test_figures_are_read_out(english):
    reading = read_line(english, "In 1999 we had 3 dogs and $5,")
    assert {len(found.places) for found in reading.values()} <= {13, 14, 15} and reading
