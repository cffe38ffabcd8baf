"""From a request to a plan, and a plan as JSON: properties over many requests."""

import dataclasses
import json

import numpy as np
import pytest
from carmina_verse.drafting.associations import Associations
from carmina_verse.english.manners import FINAL, Manners
from carmina_verse.english.vocabulary import STYLES
from carmina_verse.planning.english_request import is_request, understood
from carmina_verse.planning.files import plan_as, plan_of, plan_text, read_plan
from carmina_verse.planning.images import Images, modern
from hypothesis import given
from hypothesis import strategies as st

from carmina import MOODS, BadInput, Plan, StanzaPlan

ASKED = ("write", "poem", "about", "please", "verse")


@pytest.mark.parametrize(
    "opening", ["Write a {} poem about", "please compose a {} sonnet about", "I want a {} poem on"]
)
@pytest.mark.parametrize(("how", "mood"), [("sad", "sad"), ("funny", "comic"), ("loving", "tender"), ("scary", "dark")])
@pytest.mark.parametrize("subject", ["my brother who left for the war", "the last train home", "a divorce in July"])
def test_a_request_loses_its_own_words_and_keeps_its_subject(opening, how, mood, subject):
    wish = understood(f"{opening.format(how)} {subject}")
    assert wish.mood == mood and wish.subject == subject
    assert not set(ASKED) & set(wish.keywords) and how not in wish.keywords
    assert set(wish.keywords) <= set(subject.lower().split()) and wish.keywords
    assert (wish.speaker == "I") == ("my" in subject)


def test_form_addressee_occasion_manner_and_first_line_are_found():
    wish = understood(
        "write a sonnet for my daughter about her wedding in the style of Emily Dickinson, "
        'starting with "The door is open"',
        STYLES,
    )
    assert (wish.form, wish.addressee, wish.occasion) == ("sonnet", "my daughter", "wedding")
    assert (wish.manner, wish.first_line) == ("dickinson", "The door is open")


@pytest.mark.parametrize("text", ["snow lamp window", "moon", "river stone", "fox garden snow owl"])
def test_keywords_are_no_request(text):
    assert not is_request(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_understanding(text):
    wish = understood(text)
    assert wish.request == text.strip() and wish.mood in ("", *MOODS)


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
lists = st.lists(texts, max_size=4).map(tuple)


@given(
    st.builds(
        Plan,
        request=texts,
        subject=texts,
        mood=st.sampled_from(("", *MOODS)),
        images=lists,
        turn=st.integers(0, 9),
        stanzas=st.lists(st.builds(StanzaPlan, subject=texts, images=lists, ends=lists), max_size=4).map(tuple),
    )
)
def test_a_plan_is_its_own_after_json(plan):
    assert read_plan(plan_text(plan)) == plan
    json.dumps(plan_as(plan))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([], "no JSON object"),
        ({"moood": "sad"}, "none of request"),
        ({"mood": "so-so"}, "none of sad"),
        ({"images": "snow"}, "a list of texts"),
        ({"turn": "2"}, "a whole number"),
        ({"stanzas": [{"ends": [3]}]}, "a text of at most"),
        ({"stanzas": [{}] * 61}, "at most 60 stanzas"),
        ({"subject": "x" * 500}, "a text of at most"),
    ],
)
def test_a_plan_that_is_none_is_refused_in_one_line(raw, says):
    with pytest.raises(BadInput, match=says) as fault:
        plan_of(raw)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("size", range(1, 15))
def test_drawn_marks_fill_the_stanza_and_close_it(size):
    for seed in range(20):
        marks = Manners.shipped().marks(size, np.random.default_rng(seed), final=True)
        assert len(marks) == size and marks[-1] in FINAL


def test_lines_run_on_and_open_as_often_as_peoples():
    manners, rng = Manners.shipped(), np.random.default_rng(1)
    marks = [mark for _ in range(400) for mark in manners.marks(4, rng, final=False)]
    assert 0.2 < marks.count("/") / len(marks) < 0.3
    assert 0.15 < np.mean([manners.worn_opener(mark, rng) for mark in marks]) < 0.4


def test_modern_words_bring_images_that_the_corpus_has():
    associations = Associations.shipped("en")
    images = Images(associations)
    for word in ("subway", "laptop", "divorce", "airport", "grandmother"):
        found = images.of(word)
        assert len(found) >= 6 and word not in associations.index and set(found) <= set(associations.index)
        assert images.nearness(["train", "the"], [word]) is not None
    assert len(modern()) > 3000


def test_a_plan_that_a_person_changed_is_kept(write):
    first = write("quatrain-abab", "snow", stanzas=1, seed=2, options={"drafts": 9})
    plan = plan_of(first.notes["plan"])
    stanza = dataclasses.replace(plan.stanzas[0], ends=("stone", "", "alone", ""), marks=("/", ",", "/", "."))
    again = write(
        "quatrain-abab", stanzas=1, seed=5, plan=dataclasses.replace(plan, stanzas=(stanza,)), options={"drafts": 9}
    )
    assert (
        again.lines[0].endswith("stone")
        and again.lines[2].endswith("alone")
        and again.lines[3].endswith((".", "!", "?"))
    )
    assert again.notes["plan"]["keywords"] == ["snow"]


def test_a_first_line_of_any_length_stands_and_its_liberty_is_named(write, conductor):
    from carmina_verse.scansion.faults import check_notes

    line = "I have something to tell you that no other person ever knew"
    poem = write("common-metre", prompt=line, stanzas=1, options={"drafts": 9})
    assert poem.lines[0] == line and "8 in common-metre" in poem.notes["liberties"]["1"]
    assert check_notes(poem.stanzas, poem.notes, conductor.all("form"), conductor.get("language", "en")()) == []
