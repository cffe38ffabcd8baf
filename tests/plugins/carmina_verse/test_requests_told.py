"""What a request says is honoured or told, never dropped; the plan steers what is written."""

import dataclasses

import pytest
from carmina_verse.drafting.request_checks import check_asked_language, check_subject
from carmina_verse.english.persons import HE, PERSONS, SHE, THEY, YOU, I
from carmina_verse.english.request import understood
from carmina_verse.english.text import MARKS, words_of
from carmina_verse.forms.shipped import find

from carmina import Plan, VerseBrief
from carmina.cli.run import run

FEW = {"drafts": 9}


@pytest.mark.parametrize("form", ["haiku", "story", "ballad"])
@pytest.mark.parametrize("named", ["sonnet", "limerick", "villanelle"])
def test_a_request_that_names_another_form_than_the_option_is_told(form, named, capsys):
    assert run(["verse", f"write a {named} about rain", "--form", form]) == 2
    said = capsys.readouterr().err
    assert named in said and form in said and said.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un poème sur la mer et la lune", "fr"),
        ("ein Gedicht über den Mond und das Meer", "de"),
        ("una poesia sul mare e la luna", "it"),
    ],
)
def test_a_request_in_a_language_without_verse_is_told(text, code, capsys):
    assert run(["verse", text]) == 2
    said = capsys.readouterr().err
    assert f"({code})" in said and "--language en" in said and said.count("\n") == 1


@pytest.mark.parametrize("tongue", ["法", "德", "日", "西班牙"])
@pytest.mark.parametrize("asked", ["写一首{}语诗", "用{}语写一首关于雪的诗", "来一首{}文的短诗"])
def test_a_chinese_request_for_verse_in_another_language_is_told(tongue, asked, capsys):
    assert run(["verse", asked.format(tongue)]) == 2
    said = capsys.readouterr().err
    assert tongue in said and "English and Chinese" in said and said.count("\n") == 1


@pytest.mark.parametrize("tongue", ["French", "Russian", "japanese"])
@pytest.mark.parametrize("asked", ["write a {} poem about snow", "write a poem about my garden in {}"])
def test_an_english_request_for_verse_in_another_language_is_told(tongue, asked, capsys):
    assert run(["verse", asked.format(tongue)]) == 2
    said = capsys.readouterr().err
    assert tongue in said and "English and Chinese" in said and said.count("\n") == 1


@pytest.mark.parametrize(
    "asked",
    [("写一首关于法国的诗",), ("写一首关于学英语的诗",), ("法国", "雪"), ("🌙",), (), ("雪", "！")],
)
def test_what_only_speaks_of_a_language_is_no_request_for_it(asked):
    brief = VerseBrief(asked, "七绝")
    check_asked_language(brief)
    check_subject(brief)


@pytest.mark.parametrize("text", ["a poem about French bread", "a poem in Chinese silk", "a sonnet on learning German"])
def test_what_only_speaks_of_a_tongue_is_no_request_for_it(text):
    check_asked_language(VerseBrief((), "sonnet", request=f"write {text}"))


@pytest.mark.parametrize("marks", ["!!!", "？", "。。。", "—", "& %"])
@pytest.mark.parametrize("form", [[], ["--form", "七绝"], ["--form", "story"], ["--language", "zh"]])
def test_marks_alone_are_nothing_to_write_about(marks, form, capsys):
    assert run(["verse", marks, *form]) == 2
    said = capsys.readouterr().err
    assert "nothing to write about" in said and said.count("\n") == 1


@pytest.mark.parametrize("verb", ["hates", "left", "found", "fled"])
@pytest.mark.parametrize("thing", ["brother", "garden", "lamp"])
def test_what_a_sentence_tells_of_must_appear_and_what_is_done_need_not(verb, thing, conductor):
    form = find(conductor.all("form"), "couplets")
    told = understood(VerseBrief((), "couplets", request=f"a poem about a {thing} who {verb} something"), form)
    assert told.keywords == (thing,)
    only = understood(VerseBrief((), "couplets", request=f"a poem about one who {verb}"), form)
    assert only.keywords == (verb,)
    asked = understood(VerseBrief((verb,), "couplets"), form)
    assert asked.keywords == (verb,)


def test_a_mood_beside_a_plan_takes_the_place_of_the_plans(write):
    plan = Plan(language="en", form="couplets", mood="sad", keywords=("door",))
    poem = write("couplets", plan=plan, mood="joyful", stanzas=1, seed=1)
    assert poem.notes["plan"]["mood"] == "joyful"
    assert write("couplets", plan=plan, stanzas=1, seed=1).notes["plan"]["mood"] == "sad"


@pytest.mark.parametrize(
    ("plan", "least"),
    [
        (Plan(speaker="I", addressee="my brother", keywords=("brother",)), {I, YOU}),
        (Plan(speaker="he", keywords=("door",)), {HE}),
        (Plan(speaker="she", keywords=("door",)), {SHE}),
    ],
)
def test_speaker_and_addressee_are_who_is_in_the_poem(plan, least, write):
    poem = write("quatrain-abab", plan=dataclasses.replace(plan, form=""), stanzas=2, seed=0, options=FEW)
    found = [PERSONS[word] for line in poem.lines for word in words_of(line) if word in PERSONS]
    assert sum(person in least | {THEY} for person in found) >= 0.6 * len(found) and set(found) & least


def test_a_turn_is_heard_where_the_plan_has_it(write):
    heard = []
    for turn in (2, 3):
        plan = Plan(turn=turn, keywords=("door",))
        poem = write("couplets", "door", plan=plan, stanzas=turn, seed=turn, options=FEW)
        heard.append(words_of(poem.stanzas[turn - 1][0])[0])
    assert set(heard) <= {"but", "yet", "now", "still"}


@pytest.mark.parametrize("letters", ["quiz", "jazz", "vex"])
def test_an_acrostic_of_rare_letters_begins_with_words(letters, write):
    poem = write("acrostic", letters, options=FEW, seed=2)
    firsts = [next(word for word in words_of(line) if word not in MARKS) for line in poem.lines]
    assert [word[0] for word in firsts] == list(letters) and all(len(word) > 2 for word in firsts if word[0] in "zxq")
