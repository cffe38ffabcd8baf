"""The base opened: its weights, its tokenizer, and pages for what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from carmina import Form, FormLine, Plan, Runner

from .page import BasePage
from .requests import PoemRequest, listed
from .second_reader import SecondReader
from .tokenizer import EnglishBase

MOST_SCHEME = 8  # lines of a stanza whose scheme is told


@dataclass(frozen=True, eq=False)
class Base:
    """A pre-trained model of English, taught verse."""

    tokens: EnglishBase
    runner: Runner

    @classmethod
    def opened(cls, workshop: Any) -> Base:
        """The shipped one; raises ``BadModel``. Opened once a process."""
        return _opened(workshop)

    def page(self, sounds: Any, brief: Any, form: Form, bias: Any = None) -> BasePage:
        """An empty page with a brief's request before it."""
        return self.page_for(sounds, asked(brief, form).text(), brief.temperature, bias)

    def second_reader(self, brief: Any, form: Form) -> SecondReader:
        """A reader of an empty page with a brief's request before it."""
        return SecondReader(self.runner, self.tokens, asked(brief, form).text())

    def page_for(self, sounds: Any, request: str, temperature: float | None = None, bias: Any = None) -> BasePage:
        """An empty page with a request in plain English before it; ``bias``: (W,) nats that words are welcome."""
        return BasePage(self.runner, self.tokens, sounds, request, temperature, bias)


@lru_cache(maxsize=1)
def _opened(workshop: Any) -> Base:
    return Base(_tokens(), workshop.model(None, EnglishBase.name, None).runner)


@lru_cache(maxsize=1)
def _tokens() -> EnglishBase:
    """One for the whole process, whoever asks: it remembers the pieces of words."""
    return EnglishBase()


def asked(brief: Any, form: Form) -> PoemRequest:
    """A brief as a request: what its plan says; without one, its keywords are the subject and the images."""
    first, plan = next(iter(form.variants.values()))[0], brief.plan or Plan()
    keywords = list(brief.keywords or plan.keywords)
    return PoemRequest(
        form.teaching or "lyric",
        mood=brief.mood or plan.mood,
        subject=plan.subject or (listed(keywords) if keywords else ""),
        scheme=_scheme(first),
        syllables=_syllables(first),
        images=plan.images or keywords,
        style=brief.style or plan.manner,
        first_line=plan.opening[0] if plan.opening else "",
    )


def _scheme(stanza: Sequence[FormLine]) -> str:
    letters = [line.rhyme[:1].lower() or "x" for line in stanza]
    return "".join(letters) if 2 <= len(letters) <= MOST_SCHEME and set(letters) != {"x"} else ""


def _syllables(stanza: Sequence[FormLine]) -> tuple[int, ...]:
    """The length of all lines, or of those at odd and at even places, where each has one."""
    odd, even = ({len(pattern) for line in stanza[at::2] for pattern in line.patterns} for at in (0, 1))
    if len(odd) != 1 or len(even) > 1:
        return ()
    return tuple(dict.fromkeys((*odd, *even)))
