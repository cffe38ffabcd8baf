"""Stray marks, and a for an, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..findings import Finding
from ..page import Page
from ..weighing import Document

RULE, ARTICLE = 9.0, 3.0  # nats that a rule is worth; an for and is likelier before we
_STRAY = (
    (re.compile(r"(?<=\w) +,(?=[a-z])"), "a space before a mark and none after", ", "),
    (re.compile(r"(?<=\w) +(?=[,;:.!?](?:\s|$))"), "a space before a mark", ""),
    (re.compile(r",,+"), "a comma stands twice", ","),
    (re.compile(r";;+"), "a semicolon stands twice", ";"),
    (re.compile(r"(?<!\.)\.\.(?!\.)"), "two stops", "."),
    (re.compile(r",\."), "a comma beside a stop", "."),
    (re.compile(r"[,;](?=[!?])"), "a comma beside another mark", ""),
    (re.compile(r"(?<=[a-z]),(?=[a-z])"), "no space after a comma", ", "),
    (re.compile(r"(?<=[a-z]{2})\.(?=[A-Z][a-z])"), "no space after a stop", ". "),
    (re.compile(r"\((?=\s)|(?<=\s)\)"), "a space inside a bracket", ""),
    (re.compile(r"(?<=[A-Za-z])[\d](?=[A-Za-z])"), "a figure inside a word", ""),
)
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))
_AN_TOO = re.compile(r"(?:h|one\b|once\b|u|eu|ew|y)")  # an hundred, an humble, an union: as poets write
_CAPITAL_I = frozenset("i i'm i'll i've i'd".split())
_NO_NOUN = frozenset("the we he she they my your his her their our so then that this when where you be not".split())


def stray_marks(page: Page, at: int) -> Iterator[Finding]:
    """Marks that no typesetter would leave in a line."""
    shown = page.shown[at]
    assert shown is not None  # the lines that are read
    if "�" in shown.text:
        place = shown.text.index("�")
        yield _mark(at, *shown.span(place, place + 1), "�", "a letter was lost", (), False)
    for pattern, reason, mend in _STRAY:
        for found in pattern.finditer(shown.text):
            start, end = shown.span(*found.span())
            if end - start == len(found[0]):  # nothing that is not read stands inside
                yield _mark(at, start, end, found[0], reason, (mend,) if reason != "a figure inside a word" else ())


def _mark(at: int, start: int, end: int, word: str, reason: str, mends: tuple[str, ...], sure: bool = True) -> Finding:
    return Finding(at + 1, start, end, word, "mark", reason, mends, RULE, sure)


def capitals(document: Document, page: Page) -> Iterator[Finding]:
    """``i`` for I, where the text has capitals elsewhere; not ``i.`` and ``(i)`` of a list."""
    heads = [document.tokens[first].text[:1] for first, last in document.lines.values() if last > first]
    written = any(document.tokens[at].text == "I" for at in document.words)
    if not written and 2 * sum(head.isupper() for head in heads) <= len(heads):
        return
    for at in document.words:
        token, following = document.tokens[at], document.tokens[at + 1]
        if token.key not in _CAPITAL_I or token.text[0] != "i" or following.text in (".", "-"):
            continue
        mend = "I" + token.text[1:]
        yield Finding(
            token.line + 1, token.start, token.end, token.text, "spelling",
            f"{token.text} is written {mend}", (mend,), RULE,
        )  # fmt: skip


def articles(document: Document, language: Any, page: Page) -> Iterator[Finding]:
    """``a`` before a vowel that is heard, ``an`` before a consonant; ``an hundred`` and ``an union`` are let be."""
    for at in document.words:
        token, following = document.tokens[at], document.tokens[at + 1]
        if token.key not in ("a", "an") or following.line != token.line or following.start - token.end != 1:
            continue
        if token.key == "an" and following.key in _NO_NOUN:
            continue
        if not following.key[0].isalpha() or following.text.isupper() and len(following.text) > 1:
            continue
        ways = language.pronunciations(following.key)
        phones = language.phonemes(following.key)
        if not ways or not phones or not language.knows(following.key):
            continue
        vowel = phones[0][-1].isdecimal()
        wrong = vowel and token.key == "a" and not following.key.startswith(("u", "eu", "ew", "h", "one", "once"))
        wrong |= not vowel and token.key == "an" and not _AN_TOO.match(following.key)
        if wrong and token.text != "A" * (token.key == "an"):
            meant = "an" if token.key == "a" else "a"
            meant = meant.capitalize() if token.text[0].isupper() else meant
            heard = "a vowel" if vowel else "a consonant"
            yield Finding(
                token.line + 1, token.start, token.end, token.text, "article",
                f"{token.key} before {following.key}, which begins with {heard} sound", (meant,), ARTICLE,
            )  # fmt: skip
