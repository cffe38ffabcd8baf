"""Old verse knows its occasion, its season and hour, and for whom it is; its plan can be read, changed and kept."""

import re
from dataclasses import replace

import numpy as np
import pytest
from carmina_verse.chinese.characters import Characters
from carmina_verse.chinese.plan import parts_of, planned
from carmina_verse.chinese.scenes import addressee, called, of_old, people, places, scenes
from carmina_verse.chinese.tokenizer import ChineseVerse
from carmina_verse.chinese.world import World
from carmina_verse.forms.shipped import shipped
from carmina_verse.forms.slots import slots
from carmina_verse.planning.files import plan_of

from carmina import BadOption, NoSolution, Plan, StanzaPlan

KNOWN = Characters(ChineseVerse())
FORMS = {form.name: form for form in shipped()}


def rows(form):
    return slots(next(iter(FORMS[form].variants.values())))


def test_keywords_name_an_occasion_and_a_person():
    assert called(["中秋", "母亲"]).name == "母亲" and addressee(["中秋", "母亲"]) == "母亲"
    assert called(["砚台"]) is None and addressee(["砚台"]) == ""


def test_whatever_a_scene_shows_can_be_written():
    every = [word for scene in scenes().values() for word in scene.words]
    every += [*places(), *(word for own in people().values() for word in own), *of_old().values()]
    assert all(word and set(word) <= set(KNOWN.ids) for word in every)


@pytest.mark.parametrize("form", ["五绝", "七律", "浣溪沙", "水调歌头", "如梦令"])
def test_a_plan_is_of_one_world_and_names_nothing_twice(form):
    world = World.shipped()
    for seed, name in enumerate(scenes()):
        plan = planned(Plan(occasion=name), [name], rows(form), KNOWN, np.random.default_rng(seed))
        told = {"season": plan.season, "hour": plan.hour}
        assert not world.strays(list(plan.images), told) and not world.twins(list(plan.images)), plan.images
        assert len(plan.stanzas) == len(parts_of(rows(form))) and all(own.images for own in plan.stanzas)
        assert plan.season and plan.hour and len(set("".join(plan.images))) == len("".join(plan.images))


def test_the_parts_of_a_poem_are_its_quarters_or_its_stanzas():
    assert [list(part) for part in parts_of(rows("七绝"))] == [[0], [1], [2], [3]]
    assert [list(part) for part in parts_of(rows("五律"))] == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert len(parts_of(rows("水调歌头"))) == 2


def test_the_season_and_hour_of_a_request_are_kept():
    for seed in range(8):
        plan = planned(Plan(), ["冬", "黄昏"], rows("七绝"), KNOWN, np.random.default_rng(seed))
        assert (plan.season, plan.hour) == ("冬", "暮")


def test_a_plan_is_written_out_changed_and_kept(write):
    plan = plan_of(write("七绝", "送别", seed=3).notes["plan"])
    assert plan.occasion == "送别" and len(plan.stanzas) == 4 and plan.stanzas[0].subject == "起"
    mine = replace(plan, season="秋", stanzas=(StanzaPlan(), StanzaPlan(ends=("人",)), *plan.stanzas[2:]), keywords=())
    mine = replace(
        mine, stanzas=tuple(replace(own, ends=own.ends if own.ends == ("人",) else ()) for own in mine.stanzas)
    )
    poem = write("七绝", seed=3, plan=mine, rhyme="人")
    assert re.sub("[，。]", "", poem.lines[1])[-1] == "人" and poem.notes["plan"]["season"] == "秋"


def test_an_ending_that_breaks_the_form_is_refused_by_name(write):
    with pytest.raises(NoSolution, match="planned ending '路'"):
        write("七绝", seed=3, plan=Plan(stanzas=(StanzaPlan(), StanzaPlan(ends=("路",)))))


def test_the_certificate_says_so(write):
    notes = write("七绝", "送别", "友人", seed=3, candidates=1, options={"drafts": 4}).notes
    assert (notes["occasion"], notes["addressee"]) == ("送别", "友人")


@pytest.mark.parametrize(
    ("words", "name"), [(["江村", "除夕"], "除夕"), (["渡口", "黄昏"], "渡口"), (["雪", "边塞"], "雪夜")]
)
def test_a_festival_comes_before_other_occasions_and_those_in_their_order(words, name):
    assert called(words).name == name


@pytest.mark.parametrize("told", [{"season": "梅雨季"}, {"hour": "半夜三更"}])
def test_a_season_or_hour_that_is_none_is_refused_with_those_that_there_are(told, write):
    with pytest.raises(BadOption, match="春, 夏, 秋, 冬|晨, 昼, 暮, 夜"):
        write("七绝", seed=3, plan=Plan(**told))
