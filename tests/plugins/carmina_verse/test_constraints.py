"""Constraints of strangers reach verse: English and Chinese, classical and modern."""

from importlib.metadata import entry_points
from types import SimpleNamespace

import numpy as np
import pytest

import carmina
from carmina import VerseBrief, VerseState
from carmina.conductor import Conductor
from carmina.registry import GROUP, Registry
from carmina.testing import check


def ban(task, *banned):
    """A constraint that forbids tokens by their text, and keeps what it saw."""

    class Ban(carmina.Constraint):
        name, summary, seen = "ban", "forbids some tokens", []

        def logit_bias(self, state):
            assert isinstance(state, VerseState)
            self.seen.append((state.backwards, tuple(state.written), tuple(state.chosen)))
            return np.array([-np.inf if t.text in banned else 0.0 for t in state.tokens], np.float32)

    Ban.task = task
    return Ban


def with_constraint(entry):
    plugin = SimpleNamespace(carmina_constraints=carmina.hookimpl(lambda: [entry]))
    plugin.carmina_constraints.__name__ = "carmina_constraints"
    point = SimpleNamespace(name="banning", dist=None, value="x:y", load=lambda: plugin)
    return Conductor(Registry([*entry_points(group=GROUP), point]))


def written(conductor, form, seed):
    brief = VerseBrief(
        (), form, candidates=1, seed=seed, stanzas=1 if form == "现代诗" else None, options={"drafts": 2}
    )
    return conductor.get("writer", "verse")().write(brief, conductor)


SEED = 4
CASES = [("haiku", "verse.piece"), ("五绝", "verse.character"), ("现代诗", "verse.character")]


def tokens_of(poem, task):
    text = " ".join(poem.lines).lower()
    return [t for t in text if t.isalpha()] if task == "verse.character" else [f"{word}▁" for word in words_of(text)]


def words_of(text):
    return [word for word in "".join(c if c.isalpha() or c in "'’ " else " " for c in text).split() if word.isalpha()]


@pytest.mark.parametrize(("form", "task"), CASES)
def test_a_ban_is_kept_and_the_form_still_holds(conductor, form, task):
    before = written(conductor, form, SEED)
    banned = list(dict.fromkeys(tokens_of(before, task)))[::3]
    entry = ban(task, *banned)
    after = written(with_constraint(entry), form, SEED)
    assert {backwards for backwards, _written, _chosen in entry.seen} == {task == "verse.piece"}
    assert any(chosen for _backwards, _written, chosen in entry.seen)
    assert any(standing for _backwards, standing, _chosen in entry.seen)
    assert banned and not set(banned) & set(tokens_of(after, task))
    assert len(after.lines) == len(before.lines) or form == "现代诗"


def test_without_constraints_verse_is_what_it_was(conductor):
    entry = ban("verse.piece")
    assert written(with_constraint(entry), "haiku", 5).lines == written(conductor, "haiku", 5).lines


def test_a_rule_that_forbids_everything_yields_to_the_form():
    class Mute(carmina.Constraint):
        name, summary, task = "mute", "forbids everything", "verse.character"

        def logit_bias(self, state):
            return np.full(len(state.tokens), -np.inf, np.float32)

    assert len(written(with_constraint(Mute), "五绝", 1).lines) == 4
    with pytest.raises(AssertionError, match="everything is forbidden"):
        check(Mute)


def test_the_public_check_tries_constraints_of_verse():
    check(ban("verse.piece", "moon▁"))

    class Narrow(ban("verse.character")):
        def logit_bias(self, state):
            return np.zeros(3, np.float32)

    with pytest.raises(AssertionError, match="shape"):
        check(Narrow)
