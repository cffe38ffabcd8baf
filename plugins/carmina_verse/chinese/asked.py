"""A brief for old forms, understood: words, subjects, style, book, lines and letters that are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import BadInput, BadOption, Form, NoSolution, Plan, VerseBrief
from carmina.text import HAN

from ..drafting.request_checks import check_script, check_style, has_letters
from ..modern.plan import subjects_of
from .characters import BOOK_NAMES
from .manners import poets
from .request import understood
from .scenes import addressee, of_old, scenes
from .tokenizer import AUTHORS, PERIODS
from .world import World

MOST_KEYWORDS = 24
REGULATED = ("五绝", "七绝", "五律", "七律")
HAN_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True)
class Asked:
    """A brief, understood."""

    brief: VerseBrief
    form: Form
    keywords: tuple[str, ...]  # that should appear
    about: tuple[str, ...]  # what it is about, as asked
    style: str
    book: str
    plan: Plan  # what is said already; ``plan.planned`` fills it


def asked_of(brief: VerseBrief, form: Form, studio: Any) -> Asked:
    """Raises one clear error for what cannot be."""
    before = brief.plan or Plan()
    check_script(brief.keywords, [bool(HAN_RUN.search(keyword)) for keyword in brief.keywords], "Chinese", "en")
    for axis, told in (("season", before.season), ("hour", before.hour)):
        if told and told not in (known := World.shipped().axes[axis].order):
            raise BadOption(f"--plan: {axis}", told, ", ".join(known))
    many = sum(len(HAN_RUN.findall(keyword)) for keyword in brief.keywords)
    if many > MOST_KEYWORDS:
        raise BadOption("keywords", many, f"at most {MOST_KEYWORDS}")
    forms = [
        name
        for own in studio.workshop.all("form").values()
        if own.language == "zh"
        for name in (own.name, *own.aliases)
    ]
    wish = understood([studio.simplified(keyword) for keyword in brief.keywords], forms, (*AUTHORS, *PERIODS))
    subjects = list(wish.subjects)
    if _is_request(brief, form, studio):
        subjects += subjects_of(studio.simplified(brief.prompt))
        brief = replace(brief, prompt="")
    old = [of_old().get(word, word) for word in subjects]
    named = {name for scene in scenes().values() for name in (scene.name, *scene.also) if len(name) > 1}
    keywords = [
        *wish.words,
        *(word for word, asked in zip(old, subjects, strict=True) if asked not in named or word != asked),
    ]
    keywords = list(dict.fromkeys([*(before.keywords if not brief.keywords else ()), *keywords]))
    style = _style(brief.style or before.manner or wish.manner or None, form)
    if before.opening and not brief.prompt:
        brief = replace(brief, prompt="/".join(before.opening))
    plan = replace(
        before,
        request=before.request or wish.request or " ".join(brief.keywords) or brief.prompt,
        language="zh",
        form=form.name,
        subject=before.subject or "，".join([*wish.words, *subjects]),
        addressee=before.addressee or wish.addressee or addressee([*wish.words, *subjects]),
        mood=brief.mood or before.mood or wish.mood,
        manner=style,
        keywords=tuple(keywords),
        opening=tuple(given_lines(studio, brief)),
    )
    about = tuple(dict.fromkeys([*wish.words, *subjects, *keywords]))
    return Asked(brief, form, tuple(keywords), about, style, _book(brief.book or form.book), plan)


def _is_request(brief: VerseBrief, form: Form, studio: Any) -> bool:
    """Whether a prompt says what to write of: none of its lines has the length of a line of the form."""
    lengths = {
        len(p) for stanzas in form.variants.values() for stanza in stanzas for line in stanza for p in line.patterns
    }
    given = given_lines(studio, brief)
    return bool(given) and not any(len(line) in lengths for line in given)


def _style(asked: str | None, form: Form) -> str:
    if asked is None:
        return "现代" if form.teaching == "现代诗" else "唐" if form.name in REGULATED else "宋"
    known = (*PERIODS, *AUTHORS, *(name for name, own in poets().items() if own["period"]))
    check_style(asked, known, "Chinese")
    return asked


def _book(asked: str) -> str:
    if asked not in BOOK_NAMES:
        raise BadOption("--book", asked, ", ".join(dict.fromkeys(BOOK_NAMES)))
    return BOOK_NAMES[asked]


def given_lines(studio: Any, brief: VerseBrief) -> list[str]:
    """The lines of a prompt, characters only. Raises ``BadInput`` where it holds no Chinese."""
    given = [studio.simplified(line) for line in HAN_RUN.findall(brief.prompt)]
    if not given and has_letters(brief.prompt):
        raise BadInput(f"--prompt {brief.prompt!r} holds no Chinese. Give Chinese lines, or an English form.")
    return given


def letters_of(brief: VerseBrief, form: Form, studio: Any, keywords: Sequence[str]) -> list[str]:
    """The characters that begin the lines. Raises ``BadInput`` and ``NoSolution``."""
    text = brief.acrostic or ("".join(keywords) if form.name == "藏头诗" else "")
    letters = list(studio.simplified("".join(HAN_RUN.findall(text))))
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(
            f"the acrostic {brief.acrostic!r} holds signs that are no Chinese characters. Give characters only."
        )
    for letter in letters:
        if letter not in studio.characters.ids:
            raise NoSolution(
                f"no line can begin with {letter!r}, a character that the model lacks. Choose another for the acrostic."
            )
    return letters
