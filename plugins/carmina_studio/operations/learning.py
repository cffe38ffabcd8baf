"""Lessons, and what a person keeps: both by the commands that plugins offer (``lesson``, ``taste``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from carmina import BadInput, Score

from .commands import has_command, told

MAX_ANSWER = 20_000
MOST_REJECTED = 8
SONG = "song.musicxml"


@dataclass(frozen=True, slots=True)
class Lessons:
    """The list of lessons is wanted, of one language or of all."""

    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a lesson, the first that is not done unless its number is named; with an answer, or a song as answer,
    what is to be said of that."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"\A[^-\s]", description="a lesson's name")]
    step: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    answer: Annotated[str, msgspec.Meta(max_length=MAX_ANSWER)] | None = None
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """A song that was accepted, and those that were offered beside it."""

    score: Score
    over: Annotated[tuple[Score, ...], msgspec.Meta(max_length=MOST_REJECTED)] = ()


def lessons(conductor: Any, asked: Lessons) -> list[dict[str, Any]]:
    """The lessons with their steps and those that are done; none where no plugin teaches."""
    found = json.loads(told("lesson", ["--json"]).said) if has_command(conductor, "lesson") else []
    return [one for one in found if asked.language in ("", one["language"])]


def lesson(conductor: Any, asked: Step) -> dict[str, Any]:
    """The step, or what is to be said of the answer to it."""
    options = [asked.name, "--json", *(["--step", str(asked.step)] if asked.step else [])]
    if asked.score is not None:
        song = conductor.render(asked.score, SONG)
        return json.loads(told("lesson", [*options, "--answer", SONG], {SONG: song}).said)
    if asked.answer is not None:
        if not asked.answer.strip():
            raise BadInput("the answer is empty. Write one.")
        return json.loads(told("lesson", [*options, "--text", asked.answer]).said)
    return json.loads(told("lesson", options).said)


def keep(conductor: Any, asked: Keep) -> dict[str, bool]:
    """Tell the user's taste, where a plugin has one and it is switched on, what was accepted over what."""
    if not has_command(conductor, "taste"):
        return {"kept": False}
    files = {"kept.musicxml": conductor.render(asked.score, SONG)}
    files |= {f"other-{n}.musicxml": conductor.render(score, SONG) for n, score in enumerate(asked.over)}
    over = [part for name in files if name != "kept.musicxml" for part in ("--over", name)]
    try:
        told("taste", ["keep", "kept.musicxml", *over, "--without-work"], files)
    except BadInput:  # it is switched off: nothing is to be stored, and nobody needs to be told each time
        return {"kept": False}
    return {"kept": True}
