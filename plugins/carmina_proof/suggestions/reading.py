"""All proofreaders over a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import BadInput
from carmina.text import is_han, words_of

from ..findings import Finding, in_order
from ..form import Diagnosis, diagnose
from ..page import Page
from .making import mended_page
from .second_look import second_look

LANGUAGES = ("auto", "en", "zh")
LEAST_CLAIM = 0.3  # of a text that English must have to be read as such, where another language claims more
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found on a page."""

    page: Page
    lines: dict[str, tuple[int, ...]]  # language -> the lines that were read in it
    findings: tuple[Finding, ...]
    forms: dict[str, Diagnosis]


def proofread(
    page: Page, workshop: Any, language: str = "auto", own: frozenset[str] = frozenset(), form: str = ""
) -> Reading:
    """Everything that is found. ``own``: words that are right; raises ``BadInput`` for a language that is not read."""
    lines = _by_language(page, language, workshop)
    found: list[Finding] = []
    forms: dict[str, Diagnosis] = {}
    for code, numbers in lines.items():
        own_lines = [at for at in numbers if at not in page.titles and _main(page, at) == code]
        forms[code] = diagnose(page, own_lines, code, workshop, form)
        reader = _reader(code, workshop, own)
        first = in_order(reader.read(page, numbers, forms[code].short))
        found += [*first, *second_look(page, numbers, first, reader.read)]
        found += _of_form(page, first, own_lines, forms[code], code, workshop, form)
    return Reading(page, lines, tuple(in_order(found)), forms)


def _of_form(
    page: Page, found: Sequence[Finding], lines: Sequence[int], before: Diagnosis, code: str, workshop: Any, form: str
) -> list[Finding]:
    """What goes against the form as the text is meant: a misspelt word scans as nobody says it."""
    mended = mended_page(page, found)
    if mended is page or any(mended.shown[at] is None for at in lines):
        return list(before.findings)
    told = {(f.line, f.kind) for f in before.findings}
    marred = {f.line for f in found}
    after = diagnose(mended, lines, code, workshop, form).findings
    still = {(f.line, f.kind) for f in after}
    kept = [f for f in before.findings if f.line not in marred and (f.line, f.kind) in still]
    return kept + [
        replace(f, start=0, end=len(page.lines[f.line - 1]), word=page.lines[f.line - 1])
        for f in after
        if f.line in marred and (f.line, f.kind) in told
    ]


def _reader(code: str, workshop: Any, own: frozenset[str]) -> Any:
    if code == "zh":
        from ..chinese.reading import Chinese

        return Chinese(workshop, own)
    from ..english.reading import English

    return English(workshop, {word.lower().replace("’", "'") for word in own})


def _by_language(page: Page, asked: str, workshop: Any) -> dict[str, tuple[int, ...]]:
    latin = tuple(at for at in page.read if _LATIN_WORD.search(_text(page, at)))
    han = tuple(at for at in page.read if any(map(is_han, _text(page, at))))
    if asked == "auto" and latin:
        _check_english([_text(page, at) for at in latin], workshop)
    found = {"en": latin, "zh": han}
    kept = {code: lines for code, lines in found.items() if lines and asked in ("auto", code)}
    if not kept:
        raise BadInput(f"no line of the text is in the language asked for ({asked}); carmina proof reads en and zh.")
    return kept


def _check_english(texts: Sequence[str], workshop: Any) -> None:
    """Refuse what is surely another language: of its words every second one would be told as misspelt."""
    words = [word.lower() for text in texts for word in words_of(text) if _LATIN_WORD.search(word)]
    if len(words) < 4:
        return
    claims = {code: entry().claim(words) for code, entry in workshop.all("language").items() if entry.script == "Latin"}
    best = max(claims, key=lambda code: claims[code])
    if best != "en" and claims[best] > claims["en"] and claims["en"] < LEAST_CLAIM:
        raise BadInput(
            f"the text seems to be in {best!r}; carmina proof reads English (en) and Chinese (zh). "
            "Give --language en if it is English all the same."
        )


def _main(page: Page, at: int) -> str:
    text = _text(page, at)
    return "zh" if 2 * sum(map(is_han, text)) > sum(c.isalpha() for c in text) else "en"


def _text(page: Page, at: int) -> str:
    shown = page.shown[at]
    return "" if shown is None else shown.text
