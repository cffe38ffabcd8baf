"""Tunes of 词 that were inferred: what the proof says, what a form must be, and that they can be written."""

import json
from importlib.resources import files

import pytest
from carmina_verse.forms.shipped import shipped
from carmina_verse.making.ci_tunes import refrains_of, rhymes_of, same_tune, shapes_of
from carmina_verse.scansion.faults import check_notes

from carmina import VerseBrief

FORMS = {form.name: form for form in shipped()}
PROOF = json.loads(files("carmina_verse").joinpath("data", "ci-proof.json").read_text("utf-8"))


def test_every_inferred_tune_was_kept_whole_by_at_least_five_poems_that_did_not_teach_what_they_were_tried_on():
    assert len(PROOF) >= 100
    for name, proof in PROOF.items():
        for variant in FORMS[name].variants:
            shown = proof[variant or "正体"]
            assert 5 <= shown["keep_all"] <= shown["proved_on"] <= shown["of_this_shape"]


@pytest.mark.parametrize("name", PROOF)
def test_a_tune_rhymes_and_its_figures_are_those_of_its_lines(name):
    for variant, stanzas in FORMS[name].variants.items():
        lines = [line for stanza in stanzas for line in stanza]
        text = "".join(line.patterns[0] for line in lines)
        shown = PROOF[name][variant or "正体"]
        letters = [line.rhyme for line in lines if line.rhyme]
        assert all(letters.count(letter) > 1 for letter in letters)
        assert len(text) == shown["characters"]
        assert round(sum(place != "中" for place in text) / len(text), 3) == shown["places_fixed"]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("念奴娇", 100),
        ("贺新郎", 116),
        ("沁园春", 114),
        ("钗头凤", 60),
        ("江城子", 70),
        ("长相思", 36),
        ("青玉案", 67),
        ("忆秦娥", 46),
        ("桂枝香", 101),
        ("雨霖铃", 103),
        ("扬州慢", 98),
    ],
)
def test_a_tune_has_the_characters_that_tradition_gives_it(name, size):
    assert size in {proof["characters"] for proof in PROOF[name].values() if isinstance(proof, dict)}


def test_pusaman_lets_the_first_place_of_its_lines_of_five_be_free():
    lines = [line.patterns[0] for stanza in FORMS["菩萨蛮"].variants[""] for line in stanza]
    assert [line for line in lines if line.endswith("平")] == ["中仄仄平平", "中平中仄平"] * 2


def test_no_two_tunes_are_one_under_two_names():
    names = list(PROOF)
    for at, one in enumerate(names):
        assert not [other for other in names[:at] if same_tune(FORMS[one], FORMS[other])], one


def test_lines_are_found_to_rhyme_where_most_poems_rhyme_there_and_not_where_few_do():
    class Groups:
        def groups(self, character):
            return frozenset(character)

    poems = [["一天", "二地", "三天", "四人"], ["一山", "二水", "三山", "四火"], ["一天", "二地", "三地", "四天"]]
    assert rhymes_of(poems, Groups()) == ["a", ".", "a", "."]


def test_the_commonest_division_is_taken_with_its_stanzas():
    poems = [[["一二", "三四"], ["五六"]]] * 25 + [[["一二", "三四", "五六"]]] * 20 + [[["一"]]] * 4
    [(shape, kept)] = shapes_of(poems)
    assert shape == [[2, 2], [2]] and len(kept) == 45


def test_a_line_that_repeats_the_end_of_the_one_before_is_found_written_and_checked(conductor):
    assert refrains_of([["天地人月", "人月", "山"]] * 3 + [["天地人月", "日月", "山"]]) == {0: "A", 1: "A"}
    poem = conductor.get("writer", "verse")().write(
        VerseBrief(("箫声",), form="忆秦娥", seed=2, options={"drafts": 3}), conductor
    )
    lines = ["".join(c for c in line if "一" <= c <= "鿿") for line in poem.lines]
    assert lines[1].endswith(lines[2]) and lines[6].endswith(lines[7]) and len(lines[2]) == 3
    held = conductor.all("form"), conductor.get("language", "zh")()
    assert check_notes(poem.stanzas, poem.notes, *held) == []
    broken = [list(stanza) for stanza in poem.stanzas]
    broken[0][2] = broken[0][4][:3] + "，"
    assert any("does not repeat" in fault for fault in check_notes(broken, poem.notes, *held))


def test_poems_that_editors_divide_each_in_their_own_way_are_divided_as_most_are():
    one, other = [["一二", "三四", "五六"]], [["一二三四", "五六"]]
    [(shape, kept)] = shapes_of([one] * 8 + [other] * 6)
    assert shape == [[2, 2, 2]] and len(kept) == 14


@pytest.mark.parametrize("name", sorted(PROOF)[::90])
def test_a_tune_can_be_written_and_holds(name, conductor):
    brief = VerseBrief(("月",), form=name, seed=4, candidates=1, options={"drafts": 4})
    poem = conductor.get("writer", "verse")().write(brief, conductor)
    assert check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", "zh")()) == []


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.parallel])
def test_lines_that_should_be_parallel_have_one_length(name):
    for stanzas in FORMS[name].variants.values():
        lines = [line.patterns[0] for stanza in stanzas for line in stanza]
        assert all(len(lines[at]) == len(lines[at + 1]) for at in FORMS[name].parallel)
