"""Reads what is asked of a modern text: keywords, sentences among them, lines that stand already, style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import BadInput, BadOption, Form, VerseBrief

from ..chinese.characters import BOOK_NAMES
from ..chinese.request import without_asking
from ..chinese.segmentation import frequencies
from ..chinese.segmentation import words as segmented
from ..drafting.request_checks import check_script, check_style, has_letters
from .corpus import AUTHORS, cleaned
from .plan import is_sentence, scenes, subjects_of

MOST_KEYWORDS, MOST_STANZAS = 24, 12
LONGEST_PROMPT = 400  # characters
STYLES = ("现代", *AUTHORS)
HAN = re.compile(r"[一-鿿]+")
_LINES = re.compile(r"[/\n]+")


@dataclass(frozen=True)
class Wish:
    """A request."""

    keywords: tuple[str, ...]  # words that must be there
    text: str  # sentences to find subjects in: long keywords and what stands already
    given: tuple[str, ...]  # lines that stand already, marks included
    style: str


def check(brief: VerseBrief, form: Form) -> None:
    """Refuse what no text of this form can be."""
    rhymed = any(line.rhyme for stanzas in form.variants.values() for stanza in stanzas for line in stanza)
    if brief.rhyme and not rhymed:
        raise BadInput(
            f"--rhyme {brief.rhyme!r}: {form.name} has no rhymes. Leave --rhyme out, or choose a form that rhymes."
        )
    if brief.book and BOOK_NAMES.get(brief.book) != form.book:
        raise BadOption("--book", brief.book, f"中华新韵, the book of {form.name}")
    if brief.stanzas is not None and form.repeat and not 1 <= brief.stanzas <= MOST_STANZAS:
        raise BadOption("--stanzas", brief.stanzas, f"1 to {MOST_STANZAS}")
    if brief.stanzas is not None and not form.repeat:
        raise BadOption(
            "--stanzas", brief.stanzas, f"{len(next(iter(form.variants.values())))}, which {form.name} always has"
        )


def rhyme_asked(asked: str | None, names: Sequence[str], classes: Callable[[str], Sequence[str]]) -> str:
    """The class of 中华新韵 for a name or for characters of it; empty where none was asked for."""
    text = "".join(HAN.findall(asked or "")).removesuffix("韵")
    if not asked:
        return ""
    found = [name for name in names if text and (text == name or text == name[-1] or text == name[:-1])]
    shared = [name for name in names if text and all(name in classes(c) for c in text)]
    if not found and not shared:
        raise BadOption("--rhyme", asked, "、".join(names))
    return (found or shared)[0]


def understood(brief: VerseBrief, language: Any) -> Wish:
    """The request; a sentence is never refused, only what holds no Chinese."""
    runs = [HAN.findall(without_asking(keyword)) for keyword in brief.keywords]
    check_script(brief.keywords, list(map(bool, runs)), "Chinese", "en")
    found = [language.simplified(run) for lot in runs for run in lot]
    if len(found) > MOST_KEYWORDS:
        raise BadOption("keywords", len(found), f"at most {MOST_KEYWORDS}")
    given = tuple(line for part in _LINES.split(brief.prompt) if (line := cleaned(language.simplified(part))))
    if not given and has_letters(brief.prompt):
        raise BadInput(f"--prompt {brief.prompt!r} holds no Chinese. Give Chinese lines, or an English form.")
    if sum(map(len, given)) > LONGEST_PROMPT:
        raise BadOption("--prompt", f"of {sum(map(len, given))} characters", f"at most {LONGEST_PROMPT}")
    style = brief.style or "现代"
    check_style(style, STYLES, "Chinese")
    says = {word: is_sentence(word) or _is_several(word) for word in found}
    words = tuple(word for word, several in says.items() if not several)
    sentences = [word for word in found if says[word]]
    return Wish(words, "，".join([*sentences, *given]), given, style)


def _is_several(word: str) -> bool:
    """Whether a keyword is no word of the list but several of them (外婆去世)."""
    if len(word) < 4 or frequencies().get(word):
        return False
    return sum(len(part) > 1 for part in segmented(word)) > 1


SENTENCE = re.compile(r"[的了吗呢吧很着啊呀]|我|你|他|她|这|那|什么|怎么|一个")
COUNTED = re.compile(r"([四八])[句行](?=.*诗)")
LINES = {"四": "七绝", "八": "七律"}  # lines that a request counts -> the form that has so many
NAMED = (
    ("故事", "故事"),
    ("小说", "故事"),
    ("散文", "散文"),
    ("儿歌", "儿歌"),
    ("童谣", "儿歌"),
    ("歌词", "歌词"),
    ("一首歌", "歌词"),
)


def usual_form(keywords: Sequence[str], prompt: str, forms: Iterable[str]) -> str:
    """The form for a request that names none by an option: one that its words name, else by how it speaks.

    A sentence or things of today ask for 现代诗, a beginning in prose for 故事; other words for 七绝.
    """
    asked = "，".join(keywords)
    for name in sorted(forms, key=len, reverse=True):
        if len(name) > 1 and any(name in keyword and name != keyword for keyword in keywords):
            return name
    named = next((form for word, form in NAMED if word in asked), "")
    if named:
        return named
    counted = COUNTED.search(asked)
    if counted and not re.search("现代|新诗|自由", asked):
        return LINES[counted.group(1)]
    lines = [line for line in re.split(r"[/\n，。！？；]", prompt) if HAN.search(line)]
    if lines and (SENTENCE.search(prompt) or len({len(line) for line in lines}) > 1 or len(lines[0]) not in (5, 7)):
        return "现代诗" if "/" in prompt else "故事"
    speaks = any(is_sentence(run) for run in keywords) or "诗" in asked and len(asked) > 4
    today = any(
        thing in subjects_of(keyword) for keyword in keywords for thing in scenes()["today"] if thing in keyword
    )
    return "现代诗" if speaks or today else "七绝"


def in_lines(given: Sequence[str], longest: int) -> list[str]:
    """Given text as lines of verse: a long sentence is parted at its marks."""
    out: list[str] = []
    for text in given:
        parts = re.findall(r"[^，。！？；：…—]+[，。！？；：…—]*", text) if len(text) > longest else [text]
        out += [part for part in parts if HAN.search(part)]
    return out
