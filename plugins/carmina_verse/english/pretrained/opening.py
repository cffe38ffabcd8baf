"""The base opened: its weights, its tokenizer, and pages for what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from carmina import Runner

from .page import BasePage
from .requests import PoemRequest, listed
from .tokenizer import EnglishBase


@dataclass(frozen=True, eq=False)
class Base:
    """A pre-trained model of English, taught verse."""

    tokens: EnglishBase
    runner: Runner

    @classmethod
    def opened(cls, workshop: Any) -> Base:
        """The shipped one; raises ``BadModel``. Opened once a process."""
        return _opened(workshop)

    def page(self, sounds: Any, brief: Any) -> BasePage:
        """An empty page with a brief's request before it."""
        return BasePage(self.runner, self.tokens, sounds, asked(brief, sounds).text())


@lru_cache(maxsize=1)
def _opened(workshop: Any) -> Base:
    tokens = EnglishBase()
    return Base(tokens, workshop.model(None, tokens.name, None).runner)


def asked(brief: Any, sounds: Any) -> PoemRequest:
    """A brief as a request: its keywords are the subject and the images."""
    return PoemRequest("lyric", subject=listed(list(brief.keywords)) if brief.keywords else "", images=brief.keywords)
