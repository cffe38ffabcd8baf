"""Figures of form, metre, rhyme, levels, lexicon and keywords: each falls when what it measures is broken."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest
from carmina_verse.evaluators.base import table
from carmina_verse.evaluators.form import FormKept
from carmina_verse.evaluators.levels import Levels, contrast
from carmina_verse.evaluators.metre import Metre
from carmina_verse.evaluators.rhyme import Rhyme
from carmina_verse.evaluators.words import Keywords, Lexicon
from carmina_verse.forms.aligning import fitted
from carmina_verse.plugin import carmina_evaluators

from carmina import Poem

MILL = (
    "The morning comes across the hill",
    "And wakes the river and the tree,",
    "The wheel goes round beside the mill",
    "And all the birds are singing free.",
)
AUTUMN = ("秋山云影淡，", "野水落花香。", "客坐溪边石，", "松风入晚凉。")


def english(*lines, form="quatrain-abab", **notes):
    return Poem((lines,), form, "en", notes=notes)


def chinese(*lines, form="五绝", **notes):
    return Poem((lines,), form, "zh", notes=notes)


@pytest.fixture(scope="module")
def measured(conductor):
    """measured(Evaluator, poem) -> its defined figures by name."""
    made = {kind: kind(conductor) for kind in carmina_evaluators()}
    return lambda kind, poem: {f.name: f.value for f in made[kind].evaluate(poem) if f.value is not None}


def test_a_sound_poem_keeps_everything(measured):
    assert measured(FormKept, english(*MILL)) == {"form_kept": 1, "length_kept": 1}
    assert measured(Metre, english(*MILL)) == {"metre_strict": 1, "metre_lenient": 1}
    assert measured(Rhyme, english(*MILL)) == {
        "rhyme_perfect": 1,
        "rhyme_slant": 0,
        "rhyme_identical": 0,
        "lines_rhymed": 1,
    }
    assert measured(Lexicon, english(*MILL)) == {"words_known": 1}
    assert measured(FormKept, chinese(*AUTUMN)) == {"form_kept": 1, "length_kept": 1}
    assert measured(Levels, chinese(*AUTUMN)) == dict.fromkeys(
        ("levels_kept", "level_lines", "rhymes_kept", "even_lines_rhyme", "contrast_kept"), 1
    )


@pytest.mark.parametrize(
    ("kind", "line", "name", "value"),
    [
        (Rhyme, (2, "The wheel goes round beside the road"), "rhyme_perfect", 0.5),
        (Rhyme, (2, "The wheel goes round beside the well"), "rhyme_slant", 0.5),
        (Rhyme, (2, "The wheel goes round beside the hill"), "rhyme_identical", 0.5),
        (Rhyme, (2, "The wheel goes round beside the road"), "lines_rhymed", 0.5),
        (Metre, (1, "And wakes the majestic river tree"), "metre_lenient", 0.75),
        (Metre, (1, "Waking the river and the tree"), "metre_strict", 0.75),
        (Metre, (1, "Waking the river and the tree"), "metre_lenient", 1.0),
        (Metre, (1, "And wakes the willow and the river"), "metre_lenient", 1.0),
        (FormKept, (0, "The morning comes"), "length_kept", 0.75),
        (FormKept, (2, "The wheel goes round beside the road"), "form_kept", 0.0),
        (Lexicon, (0, "The blorfing comes across the hill"), "words_known", 26 / 27),
    ],
)
def test_a_planted_fault_of_an_english_line_moves_its_figure(measured, kind, line, name, value):
    lines = list(MILL)
    lines[line[0]] = line[1]
    assert measured(kind, english(*lines))[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ((AUTUMN[0], AUTUMN[1], AUTUMN[2], "松风入晚秋。"), "rhymes_kept"),
        ((AUTUMN[0], AUTUMN[1], AUTUMN[2], "松风入晚秋。"), "even_lines_rhyme"),
        (("秋山月明淡，", *AUTUMN[1:]), "levels_kept"),
        (("秋山云影，", *AUTUMN[1:]), "level_lines"),
        ((AUTUMN[0], AUTUMN[1], "客来溪边石，", AUTUMN[3]), "contrast_kept"),
    ],
)
def test_a_planted_fault_of_a_chinese_line_makes_its_figure_fall(measured, lines, name):
    sound, broken = measured(Levels, chinese(*AUTUMN)), measured(Levels, chinese(*lines))
    assert broken.get(name, 0) < sound[name]


def test_a_line_too_few_or_too_many_breaks_the_form(measured):
    for lines in (MILL[:3], (*MILL, MILL[0])):
        found = measured(FormKept, english(*lines))
        assert found["form_kept"] == 0 and found["length_kept"] < 1
    assert measured(FormKept, chinese(*AUTUMN[:3]))["form_kept"] == 0


def test_a_form_may_be_printed_in_stanzas_or_without(measured):
    parted = Poem((MILL[:2], MILL[2:]), "quatrain-abab", "en")
    assert measured(FormKept, parted)["form_kept"] == 1


def test_forms_that_repeat_are_fitted_stanza_by_stanza(conductor):
    (fit,) = fitted(english(*MILL, *MILL), conductor.all("form")["quatrain-abab"])
    assert fit.whole and fit.rhymes == [[0, 2], [1, 3], [4, 6], [5, 7]]


def test_the_copies_of_a_refrain_are_no_rhymes(conductor):
    triolet = conductor.all("form")["triolet"]
    (fit,) = fitted(english(*MILL, *MILL, form="triolet"), triolet)
    assert [0, 2, 4] in fit.rhymes and [1, 5] in fit.rhymes


def test_without_a_form_metre_is_that_of_the_best_foot_and_rhyme_is_looked_for(measured):
    found = measured(Metre, english(*MILL, form=""))
    assert found["metre_strict"] == 1 and measured(FormKept, english(*MILL, form="")) == {}
    assert measured(Rhyme, english(*MILL, form="")) == {"lines_rhymed": 1}


@pytest.mark.parametrize(
    ("keywords", "present"),
    [(["river"], 1), (["rivers", "mill"], 1), (["ocean"], 0), (["river", "ocean"], 0.5), ("river", 1), ([" ", 7], 0)],
)
def test_keywords_are_found_whatever_their_number(measured, keywords, present):
    assert measured(Keywords, english(*MILL, keywords=keywords))["keywords_present"] == present


def test_a_poem_is_nearer_to_what_it_is_about(measured):
    sea = english(
        "The waves break white on the harbour wall", "And gulls cry over the rolling tide", keywords=["ocean"]
    )
    desk = replace(sea, notes={"keywords": ["money"]})
    near, far = (measured(Keywords, poem)["keyword_relevance"] for poem in (sea, desk))
    assert near > far
    assert measured(Keywords, chinese(*AUTUMN, keywords=["秋山"]))["keywords_present"] == 1


@pytest.mark.parametrize(
    "poem",
    [
        Poem((("...",),)),
        Poem((("one",),)),
        Poem((("月",),)),
        Poem((("Un oiseau chante",),), language="fr"),
        Poem((("zzxq qqk", "1 2 3"),), "sonnet"),
        Poem((("，。",),), "五绝", "zh"),
        Poem((("a" * 300,),)),
        Poem((("the " * 400,),), "haiku"),
        Poem((("月 moon", "光 light"),), "no such form", notes={"keywords": {"a": 1}}),
    ],
    ids=lambda poem: poem.lines[0][:9],
)
@pytest.mark.parametrize("kind", carmina_evaluators(), ids=lambda kind: kind.name)
def test_odd_poems_have_defined_answers(conductor, kind, poem):
    one = kind(conductor)
    for figure in one.evaluate(poem):
        assert figure.value is None or figure.low <= figure.value <= figure.high, figure
    for row in one.scansion(poem) if kind is FormKept and poem.language != "fr" else []:
        assert len(row.units) == len(row.heard)


def test_a_language_that_cannot_be_scanned_has_no_scansion(conductor):
    assert FormKept(conductor).scansion(Poem((("Un oiseau chante",),), language="fi")) == []


def test_an_evaluator_finds_languages_by_itself_when_it_gets_no_workshop():
    assert Lexicon().evaluate(english("the river"))[0].value == 1


def test_scansion_shows_what_is_heard_what_is_asked_and_what_is_broken(conductor):
    rows = FormKept(conductor).scansion(
        english("The Morning comes across the hill", MILL[1], "The yellow wheel below the road", MILL[3])
    )
    assert rows[0].units[:3] == ("The", "Morn", "ing") and "".join(rows[0].heard[:4]) == "-+-+"
    assert "".join(rows[0].asked) == "-+-+-+-+" and rows[1].rhyme == rows[3].rhyme != rows[0].rhyme
    assert rows[2].remarks == ("road does not rhyme with hill (line 1)",)
    rows = FormKept(conductor).scansion(chinese("秋山月明淡，", *AUTUMN[1:]))
    assert rows[0].units == tuple("秋山月明淡") and rows[0].remarks == ("月 is not 平", "明 is not 仄")
    assert rows[1].rhyme == rows[3].rhyme == "a" and not rows[3].remarks


def test_contrast_is_for_the_shapes_of_regulated_verse_alone(conductor):
    language = conductor.get("language", "zh")()
    assert contrast(language, [list("秋山")] * 4) is None and contrast(language, [list("秋山云影淡")] * 3) is None


def test_shipped_rows_name_figures_that_exist_lie_in_range_and_say_where_they_come_from():
    specs = {spec.name: spec for kind in carmina_evaluators() for spec in kind.specs}
    about = json.loads(files("carmina_verse").joinpath("data", "human-figures.json").read_text("utf-8"))["about"]
    assert (
        "validation" in about["from"]
        and about["made_by"].endswith(".py")
        and {"en", "en/*", "zh", "zh/七绝"} <= set(table())
    )
    for key, rows in table().items():
        for name, values in rows.items():
            assert all(v is None or specs[name].low <= v <= specs[name].high for v in values[:2]), (key, name)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("en/*", "rhyme_perfect"),
        ("en/*", "metre_lenient"),
        ("en", "lines_rhymed"),
        ("zh/七绝", "level_lines"),
        ("zh/七绝", "rhymes_kept"),
        ("zh", "in_words"),
        ("zh", "contrast_kept"),
    ],
)
def test_people_are_far_from_chance(key, name):
    human, chance = table()[key][name][:2]
    assert human > chance + 0.1


def test_the_nearest_row_is_shown(conductor):
    by_form = FormKept(conductor).evaluate(chinese(*AUTUMN))[0]
    assert by_form.human == table()["zh/五绝"]["form_kept"][0]


def test_a_poem_json_is_judged_by_its_own_book_and_strictness(measured):
    modern = ("秋山云影淡，", "野水落花香。", "客坐溪边石，", "松风过小窗。")  # 香 and 窗 rhyme in 中华新韵 alone
    assert measured(Levels, chinese(*modern))["rhymes_kept"] == 0.5
    assert (
        measured(Levels, chinese(*modern, book="xinyun"))["rhymes_kept"]
        == measured(Levels, chinese(*modern, book="中华新韵"))["rhymes_kept"]
        == 1
    )
    assert measured(Levels, chinese(*modern, book=["no book"]))["rhymes_kept"] == 0.5
    near = english(
        MILL[0],
        "And all the people come in time",
        "The wheel goes round beside the mill",
        "And walk along the river line",
    )
    assert measured(FormKept, near)["form_kept"] == 0
    assert measured(FormKept, replace(near, notes={"strictness": "slant"}))["form_kept"] == 1
    assert measured(FormKept, replace(near, notes={"strictness": 7}))["form_kept"] == 0
