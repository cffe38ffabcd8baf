"""How a poem's lines open, close and hang together, and whether it keeps its plan: the evaluators ``manner`` and
``plan``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from carmina import Figure, Poem

from ..english.manners import OWNERS, WORN_OPENERS, Manners
from ..english.persons import PERSONS
from ..english.scene import Scene
from ..english.text import MARKS, NO_MARK, ends, words_of
from .base import PoemMeasure, Values, language_of, share


class Manner(PoemMeasure):
    """Of English poems; of others undefined."""

    name, summary = "manner", "how lines run on, open and end, and whether persons drift"
    specs = (
        Figure("run_ons", None, "human", definition="share of lines but the last that end without a mark"),
        Figure(
            "worn_openers",
            None,
            "human",
            definition="share of lines that begin with And, But, When, Then or their like",
        ),
        Figure(
            "worn_ends",
            None,
            "human",
            definition="share of lines that end on one of the words that most often end lines",
        ),
        Figure(
            "owned_ends",
            None,
            "human",
            definition="share of lines that end on somebody's something (her breast, my feet)",
        ),
        Figure("exclamations", None, "human", definition="share of lines with an exclamation mark"),
        Figure("questions", None, "human", definition="share of lines with a question mark"),
        Figure(
            "contradictions",
            None,
            "human",
            definition="words a line, by weight, that contradict the season, hour, sky, place, persons or tense told "
            "before them, or say it again by another word",
        ),
        Figure("drift", None, "human", definition="share of neighbouring pronouns whose person differs"),
    )

    def measure(self, poem: Poem) -> Values:
        if language_of(poem) != "en":
            return {}
        lines = [words_of(line) for line in poem.lines]
        words = [[word for word in line if word not in MARKS] for line in lines]
        words = [line for line in words if line]
        persons = [PERSONS[word] for line in words for word in line if word in PERSONS]
        worn, many = Manners.shipped().worn, len(words)
        return {
            "run_ons": share(sum(ends(line)[1] == NO_MARK for line in lines[:-1]), len(lines) - 1),
            "worn_openers": share(sum(line[0] in WORN_OPENERS for line in words), many),
            "worn_ends": share(sum(line[-1] in worn for line in words), many),
            "owned_ends": share(sum(len(line) > 1 and line[-2] in OWNERS for line in words), many),
            "contradictions": share(max(0.0, Scene().costs([word for line in words for word in line])), many),
            "exclamations": share(sum("!" in line for line in lines), len(lines)),
            "questions": share(sum("?" in line for line in lines), len(lines)),
            "drift": share(sum(a != b for a, b in pairwise(persons)), len(persons) - 1) if len(persons) > 1 else None,
        }


class PlanKept(PoemMeasure):
    """Of a poem.json that holds its plan; without one, undefined."""

    name, summary = "plan", "whether the poem reaches what was planned"
    specs = (
        Figure("images_reached", None, definition="share of the planned images that stand in their stanza"),
        Figure("ends_kept", None, definition="share of the planned end words that end their lines"),
    )

    def measure(self, poem: Poem) -> Values:
        plan = poem.notes.get("plan")
        stanzas = plan.get("stanzas", ()) if isinstance(plan, dict) else ()
        if not isinstance(stanzas, list):
            return {}
        told = [own if isinstance(own, dict) else {} for own in stanzas]
        count = _kept_chinese if language_of(poem) == "zh" else _kept_english
        if language_of(poem) not in ("en", "zh"):
            return {}
        parts = poem.stanzas if language_of(poem) == "en" else _parts(poem, len(told))
        totals = np.sum([[0] * 4, *(count(own, lines) for own, lines in zip(told, parts, strict=False))], axis=0)
        images, kept_images, wanted, kept = map(int, totals)
        return {"images_reached": share(kept_images, images), "ends_kept": share(kept, wanted)}


def _parts(poem: Poem, many: int) -> Sequence[Sequence[str]]:
    """The lines of each planned part: the stanzas, or of a poem of one stanza equal parts of it."""
    if len(poem.stanzas) > 1 or not many or len(poem.lines) % many:
        return poem.stanzas
    size = len(poem.lines) // many
    return [poem.lines[at * size : (at + 1) * size] for at in range(many)]


def _kept_english(told: Mapping[str, Any], lines: Sequence[str]) -> tuple[int, int, int, int]:
    """Images that were planned, those that stand, end words that were planned, those that end their lines."""
    words = [[word for word in words_of(line) if word not in MARKS] for line in lines]
    flat, images = {word.rstrip("s") for line in words for word in line}, told.get("images", ())
    pairs = [(word, line) for word, line in zip(told.get("ends", ()), words, strict=False) if word and line]
    reached = sum(str(word).rstrip("s") in flat for word in images)
    return len(images), reached, len(pairs), sum(line[-1] == word for word, line in pairs)


def _kept_chinese(told: Mapping[str, Any], lines: Sequence[str]) -> tuple[int, int, int, int]:
    """As :func:`_kept_english`; an image stands where its characters do, an end is one or more characters."""
    plain, images = ["".join(c for c in line if "一" <= c <= "鿿") for line in lines], told.get("images", ())
    pairs = [(str(word), line) for word, line in zip(told.get("ends", ()), plain, strict=False) if word and line]
    reached = sum(any(str(word) in line for line in plain) for word in images)
    return len(images), reached, len(pairs), sum(line.endswith(word) for word, line in pairs)
