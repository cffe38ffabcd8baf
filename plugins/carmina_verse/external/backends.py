"""Opens the page that a brief asks for: the package's own network, a Hugging Face model, or an endpoint that
proposes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from carmina import Plan

from ..drafting.page import Page
from ..drafting.rules import Rules, rules_for, word_bias
from ..drafting.shipped_models import open_runner
from ..forms.shipped import find
from ..tasks import CHARACTER, PIECE

BORROWED = ("hf", "openai")
SMALL, BASE = "small", "base"  # --model's short names of the English models that ship
DEFAULT = SMALL


def borrowed_name(kind: str, address: str) -> str:
    """What files say of a borrowed model: its last name, not where it lies."""
    return f"{kind}:{re.split(r'[/#]', address.rstrip('/'))[-1]}"


class Pages:
    """Pages for the poems of one brief; whatever they share is opened once."""

    def __init__(self, workshop: Any, tokens: Any, brief: Any):
        kind, _, address = (brief.model or "").partition(":")
        self._tokens, self._workshop = tokens, workshop
        self.kind, self._brief = (kind if kind in BORROWED else ""), brief
        if self.kind:
            workshop.used(borrowed_name(kind, address))
        if tokens.name == "verse-en" and (chosen := _chosen(brief)):
            self.kind, kind = (BASE, BASE) if chosen == BASE else ("", "")
            brief = replace(brief, model=None)
        self._base = _base(workshop) if self.kind == BASE else None
        self._form = find(workshop.all("form"), brief.form) if self._base is not None else None
        self._voice = hugging_face(address) if self.kind == "hf" else None
        self._endpoint = _endpoint(address) if self.kind == "openai" else None
        self._runner = (
            None
            if self.kind in ("hf", BASE)
            else open_runner(workshop, tokens, None if self.kind else brief.model, brief.network)
        )

    @cached_property
    def _rules(self) -> Rules | None:
        """Constraints are made and begun once a work, whatever pages are written for it."""
        task = PIECE if self._tokens.name == "verse-en" else CHARACTER
        return rules_for(task, self._tokens, self._brief, self._workshop)

    def _word_bias(self, sounds: Any) -> Any:
        """What constraints on whole words say of a lexicon."""
        return word_bias([word.text for word in sounds.words], self._brief, self._workshop)

    def bare(self, tokens: Any, form: str, style: str) -> list[int]:
        """The prompt of an empty page, without keywords; no ids where a borrowed model writes."""
        return [] if self.kind in ("hf", BASE) else tokens.prompt(form, style, ())

    def english(self, prompt: Sequence[int], sounds: Any, plan: Plan | None = None) -> Any:
        """A page for English lines; ``plan``: what a model that reads plain English is told besides."""
        if self._base is not None:
            asked = replace(self._brief, plan=plan or self._brief.plan)
            return self._base.page(sounds, asked, self._form, self._word_bias(sounds))
        heading = f"A poem ({self._brief.form}){_about(self._brief.keywords, ' about ', ', ')}.\n\n"
        if self._voice is not None:
            from .page import english_page

            return english_page(self._voice, sounds, heading, self._word_bias(sounds))
        if self._endpoint is not None:
            from ..english.typography import shown
            from . import questions as asking
            from .proposals import ProposingPage

            return ProposingPage(
                self._runner,
                prompt,
                self._endpoint.lines,
                lambda hypothesis, text: asking.english_question(hypothesis, text, heading),
                asking.english_ids,
                lambda ids: shown(sounds.tokens.decode(ids), {}),
                placed=False,
            )
        assert self._runner is not None  # only a borrowed model, whose page is returned above, leaves it out
        return Page(self._runner, prompt, self._rules)

    def second_reader(self, plan: Plan) -> Any:
        """The base, reading what a network of the package's own tokenizer drafts in English; None where it is not
        installed, or writes itself, or a borrowed model does."""
        from ..english.pretrained.tokenizer import installed

        if self.kind or not installed():
            return None
        form = find(self._workshop.all("form"), self._brief.form)
        return _base(self._workshop).second_reader(replace(self._brief, plan=plan), form)

    def chinese(self, prompt: Sequence[int], characters: Any) -> Any:
        """A page for Chinese lines."""
        heading = f"{self._brief.form}{_about(self._brief.keywords, '：', '、')}\n"
        if self._voice is not None:
            from .page import chinese_page

            return chinese_page(self._voice, characters, heading)
        if self._endpoint is not None:
            from . import questions as asking
            from .proposals import ProposingPage

            return ProposingPage(
                self._runner,
                prompt,
                self._endpoint.lines,
                lambda hypothesis, text: asking.chinese_question(hypothesis, text, heading, characters),
                lambda hypothesis, text: asking.chinese_ids(hypothesis, text, characters),
                lambda ids: "".join(characters.text[n] for n in ids),
                placed=True,
            )
        assert self._runner is not None  # only a borrowed model, whose page is returned above, leaves it out
        return Page(self._runner, prompt, self._rules)


def _about(keywords: Sequence[str], before: str, between: str) -> str:
    return before + between.join(keywords) if keywords else ""


@lru_cache(maxsize=1)
def hugging_face(folder: str) -> Any:
    """The model of a folder, opened once."""
    from .hugging_face import HuggingFace

    return HuggingFace(folder)


def _chosen(brief: Any) -> str:
    """The short name of the English model that a brief asks for; empty where it names another, or a network."""
    if brief.model in (SMALL, BASE):
        return brief.model
    return DEFAULT if brief.model is None and brief.network is None else ""


def _base(workshop: Any) -> Any:
    from ..english.pretrained.opening import Base

    return Base.opened(workshop)


def _endpoint(address: str) -> Any:
    from carmina.endpoint import Endpoint

    return Endpoint(address)
