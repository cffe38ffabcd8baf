"""The scene of a poem: what contradicts it costs, what was asked for and what agrees does not."""

import pytest
from carmina_verse.english.persons import HE, PERSONS, SHE, YOU, I
from carmina_verse.english.scene import Lore, Scene, opening
from hypothesis import given
from hypothesis import strategies as st

LORE = Lore.shipped()
WORDS = sorted(LORE.words())


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_was_told_first_holds_however_long_the_poem_is(before, after):
    scene = Scene().after(before)
    later = scene.after(after)
    assert all(later.told[axis] == told for axis, told in scene.told.items())
    assert scene.cast <= later.cast and scene.figures <= later.figures and later.room <= scene.room


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_words_that_were_asked_for_cost_nothing(words):
    scene = opening(words, "", False, False)
    assert scene.costs(words) == 0


@given(st.lists(st.sampled_from(WORDS), max_size=10))
def test_a_line_costs_the_sum_of_its_words_each_after_those_before_it(words):
    scene, total = Scene(), 0.0
    for at, word in enumerate(words):
        total += Scene().after(words[:at]).cost(word)
    assert scene.costs(words) == pytest.approx(total)


@pytest.mark.parametrize("axis", ["season", "hour", "place"])
def test_another_value_of_an_axis_costs_until_the_poem_turns(axis):
    words = {}
    for word, own in LORE.axes.items():
        if len(own) == 1 and own[0][0] == axis and word not in LORE.figure and word not in LORE.group:
            words.setdefault(own[0][1], []).append(word)
    for one in words:
        for other in words:
            if one != other and frozenset((one, other)) not in LORE.allied[axis]:
                scene = Scene().after(words[one][:1])
                assert scene.cost(words[other][0]) > 0 == scene.cost(words[one][-1])
                assert scene.turned().cost(words[other][0]) == 0


@pytest.mark.parametrize(
    ("told", "speaker", "addressed", "cast"),
    [
        (("brother",), "I", True, {I, YOU}),
        (("grandmother",), "I", False, {I, SHE}),
        (("man", "clock"), "", False, {HE}),
        (("lantern",), "", False, set()),
    ],
)
def test_the_plan_sets_who_is_in_the_poem(told, speaker, addressed, cast):
    scene = opening(told, speaker, addressed, False, told)
    assert scene.cast == cast == scene.wanted
    for person in cast:
        word = next(word for word, own in PERSONS.items() if own == person)
        assert scene.cost(word) < scene.after([word]).cost(word) <= 0  # who has not come yet is awaited
    if len(cast) > 1:
        assert all(scene.cost(word) > 0 for word, person in PERSONS.items() if person not in cast)


def test_the_other_tense_costs_once_one_is_settled():
    past = Scene().after("was came knew".split())
    assert past.cost("is") > 0 == past.cost("saw") == Scene().cost("is") == past.turned().cost("is")
