"""Lessons as data: what a step teaches, asks, and how an answer is looked at."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec

from carmina import BadInput, UnknownEntry

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Kind = Literal["choose", "mark", "rhyme", "form", "song"]


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an answer is looked at."""

    kind: Kind
    options: tuple[str, ...] = ()  # choose: what to choose from
    right: str = ""  # choose: the right option; mark: the marks; rhyme: the word to rhyme with
    why: str = ""  # choose: said of the right option
    lines: str = ""  # form: as in a file of forms, e.g. "i4 a, i4 a"
    book: str = ""  # form, rhyme: rhyme book of Chinese verse
    words: tuple[str, ...] = ()  # form: one of these must stand in it
    line: str = ""  # mark: the line whose syllables are marked
    stress: float = 0.0  # song: least share of stressed syllables on strong beats
    tones: float = 0.0  # song: least share of moves that follow the tones


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to learn."""

    title: Text
    teach: Text
    task: Text
    check: Check
    solution: str  # an answer that is right, shown when asked for
    wrong: str = ""  # one that is not, for the tests
    hints: tuple[str, ...] = ()
    example: str = ""


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some steps, the easy ones first."""

    name: Text
    title: Text
    language: str  # ISO 639-1
    about: Text
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=30)]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    language: str
    lessons: list[dict[str, object]]


@cache
def lessons() -> dict[str, Lesson]:
    """Every lesson by name, in the order of the files."""
    return {lesson.name: lesson for lesson in _read()}


def lesson_named(name: str) -> Lesson:
    """The lesson of a name, or of its title; raises ``UnknownEntry``."""
    known = lessons()
    found = known.get(name) or next((one for one in known.values() if one.title == name), None)
    if found is None:
        raise UnknownEntry("lesson", name, known)
    return found


def step_of(lesson: Lesson, number: int) -> Step:
    """A step by its number, from 1; raises ``BadInput``."""
    if not 1 <= number <= len(lesson.steps):
        raise BadInput(f"the lesson {lesson.name} has steps 1 to {len(lesson.steps)}; got {number}.")
    return lesson.steps[number - 1]


def _read() -> Iterator[Lesson]:
    folder = files(__package__).joinpath("data")
    for name in ("lessons-en.toml", "lessons-zh.toml"):
        raw = msgspec.convert(tomllib.loads(folder.joinpath(name).read_text("utf-8")), _File)
        for one in raw.lessons:
            yield msgspec.convert({"language": raw.language, **one}, Lesson)
