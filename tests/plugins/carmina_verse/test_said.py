"""A plan may tell what each line says: as many of the words as there is room for stand there, in their order."""

from types import SimpleNamespace

import numpy as np
import pytest
from carmina_verse.chinese.arranging import arranged
from carmina_verse.english.arranging import arrangements
from carmina_verse.planning.files import plan_text, read_plan
from carmina_verse.planning.said import freedom, is_worded, lots, told

from carmina import BadOption, Plan, StanzaPlan, VerseBrief
from carmina.conductor import Conductor


def test_a_text_of_lots_is_read():
    assert lots("dusk|evening  falls | on|") == [["dusk", "evening"], ["falls"], ["on"]]
    plan = Plan(stanzas=(StanzaPlan(words=("", "dusk|evening falls")),))
    assert told(plan.stanzas) == ["dusk", "evening", "falls"] and is_worded(plan)
    assert not is_worded(Plan(stanzas=(StanzaPlan(words=(" ",)),)))
    assert read_plan(plan_text(plan)) == plan


@pytest.mark.parametrize("asked", ["free", -0.1, 1.5])
def test_a_freedom_that_is_none_is_refused(asked):
    with pytest.raises(BadOption, match="freedom"):
        freedom(VerseBrief(options={"freedom": asked}))


@pytest.mark.parametrize("seed", range(20))
def test_words_stand_in_their_order_and_never_one_in_another(seed):
    rng = np.random.default_rng(seed)
    sizes = np.array([1, 2, 3, 1, 2])
    sounds = SimpleNamespace(
        counts=np.array([90, 5, 5, 9, 9]), syllables=sizes, function=np.array([1, 0, 0, 0, 0], bool)
    )
    fit = rng.random((9, 5)) < 0.7
    for worth, pins in arrangements(sounds, fit, [[0], [1], [2, 3], [4]], 6, rng):
        ends = sorted(pins)
        assert all(fit[end, pins[end]] and end >= sizes[pins[end]] for end in ends) and worth > 0
        assert all(end - sizes[pins[end]] >= before for before, end in zip(ends, ends[1:], strict=False))
        order = [[0, 1, 2, 2, 3][pins[end]] for end in ends]
        assert order == sorted(set(order))


def test_all_words_stand_where_there_is_room():
    rng = np.random.default_rng(0)
    found = arranged(["明月", "照", "故乡"], lambda size: range(6 - size), lambda _at, _word: True, rng)
    assert "".join(found[at] for at in sorted(found)) == "明月照故乡"
    assert (
        "照"
        not in arranged(["明月", "照", "故乡"], lambda size: range(5 - size), lambda _at, _word: True, rng).values()
    )


def test_a_poem_says_what_its_plan_tells():
    plan = Plan(stanzas=(StanzaPlan(words=("独坐 秋夜", "明月 寒窗", "渔火 江边", "钟声 短墙")),))
    brief = VerseBrief((), "五古", plan=plan, seed=2, options={"drafts": 4, "freedom": 1.0})
    poem = Conductor().get("writer", "verse")().write(brief, Conductor())
    said = sum(
        word in line for line, words in zip(poem.lines, plan.stanzas[0].words, strict=False) for word in words.split()
    )
    assert said >= 6


def test_a_line_may_have_any_number_of_words():
    rng, many = np.random.default_rng(0), 1500
    sounds = SimpleNamespace(counts=np.ones(1), syllables=np.ones(1, int), function=np.zeros(1, bool))
    (_worth, pins), *_ = arrangements(sounds, np.ones((5, 1), bool), [[0]] * many, 1, rng)
    assert len(pins) == 4
    assert len(arranged(["春"] * many, lambda _length: range(5), lambda _at, _word: True, rng)) == 5
