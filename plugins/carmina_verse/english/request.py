"""A brief, understood: what must appear, in which style, from which lines on, and what its plan says already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from carmina import MOODS, BadInput, BadOption, Form, Plan, VerseBrief

from ..drafting.request_checks import check_script, check_style, plain_latin
from ..planning.english_request import understood as understood_request
from ..planning.wish import Wish
from .pictures import pieces_of_pictures
from .text import MARKS, words_of
from .tokenizer import tokens_of_verse
from .vocabulary import STYLES

OLD_STYLES = ("renaissance", "augustan", "romantic", "keats", "shelley", "byron", "blake", "pope", "wordsworth")
MOST_KEYWORDS = 24
MOST_TOLD = 5  # words of a sentence that must appear


@dataclass(frozen=True)
class Request:
    """A brief, understood."""

    brief: VerseBrief
    form: Form
    keywords: tuple[str, ...]  # known or pronounceable words that should appear
    style: str
    given: tuple[str, ...]  # lines
    spelt: Mapping[str, str]  # words that were asked for with capitals (Zanzibar), as they were written
    plan: Plan  # what is said already; ``planned`` fills it


def understood(brief: VerseBrief, form: Form) -> Request:
    """Raises one clear error for what cannot be."""
    told = understood_request(brief.request, STYLES) if brief.request else Wish()
    before = brief.plan or Plan()
    keywords = brief.keywords or before.keywords or _things(told.keywords)[:MOST_TOLD]
    plain = [plain_latin(keyword) for keyword in keywords]
    found = [[word for word in words_of(text) if word not in MARKS] for text in plain]
    check_script(keywords, list(map(bool, found)), "English", "zh")
    words = [word for lot in found for word in lot]
    if len(words) > MOST_KEYWORDS:
        raise BadOption("keywords", len(words), f"at most {MOST_KEYWORDS}")
    style = (brief.style or before.manner or (told.manner if told.manner in STYLES else "") or "modern").lower()
    if style != "any":
        check_style(style, [name for name in STYLES if name != "any"], "English")
    mood = brief.mood or before.mood or told.mood
    if mood not in ("", *MOODS):
        raise BadOption("--mood", mood, ", ".join(MOODS))
    prompt = brief.prompt or told.first_line
    given = tuple(line.strip() for line in re.split(r"[/\n]", prompt) if line.strip()) or before.opening
    names = re.findall(r"[A-Za-z']+", " ".join((*plain, "" if brief.keywords else told.subject)))
    spelt = {text.lower(): text for text in names if text != text.lower()}
    plan = replace(
        before,
        request=brief.request or before.request,
        language="en",
        form=form.name,
        subject=before.subject or told.subject,
        speaker=before.speaker or told.speaker,
        addressee=before.addressee or told.addressee,
        occasion=before.occasion or told.occasion,
        mood=mood,
        diction=before.diction or ("old" if style in OLD_STYLES else "plain"),
        manner=style,
        keywords=tuple(dict.fromkeys(words)),
        opening=given,
    )
    return Request(brief, form, plan.keywords, style, given, spelt, plan)


def _things(words: Sequence[str]) -> tuple[str, ...]:
    """Those of a sentence's words that must appear: what it tells of, not what is done (hates, left), unless it tells
    of nothing else."""
    tokens = tokens_of_verse()
    pictures = pieces_of_pictures(tokens)
    found = tuple(
        word
        for word in words
        if word not in tokens.words.by_text or len(own := tokens.of_word(word)) > 1 or pictures[own[-1]]
    )
    return found or tuple(words)


def letters_of(brief: VerseBrief, request: Request) -> list[str]:
    asked = brief.acrostic or _own_acrostic(request)
    if request.form.name == "acrostic" and not asked.strip():
        raise BadInput("an acrostic needs the word that its lines begin with. Give --acrostic WORD, or a keyword.")
    letters = [letter for letter in asked.lower() if letter.isascii() and letter.isalpha()]
    if brief.acrostic and len(letters) != len(brief.acrostic.replace(" ", "")):
        raise BadInput(f"the acrostic {brief.acrostic!r} holds signs that are no English letters. Give letters a to z.")
    return letters


def to_appear(request: Request) -> tuple[str, ...]:
    """The keywords; not the one whose letters an acrostic spells."""
    spelt = request.form.name == "acrostic" and not request.brief.acrostic
    return request.keywords[1:] if spelt else request.keywords


def _own_acrostic(request: Request) -> str:
    return (request.keywords or ("",))[0] if request.form.name == "acrostic" else ""
