"""The ``w:`` lines of ABC: one syllable a note. Source: the ABC standard 2.1, section 5."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..common.printed import Lyric, Sounded
from ..common.words import encodable
from .fields import text_of

BAR = None  # stands among a line's notes where a bar ends
_TOKEN = re.compile(r"\\.|.", re.DOTALL)
_NUMBER = re.compile(r"^\(?\d{1,3}[.):]+[~ ]*(?=\S)|^\(?\d{1,3}~+(?=\S)")


def align(text: str, notes: Sequence[list[Sounded] | None], number: int, within_word: bool = False) -> bool:
    """Put the syllables of one w: line on the notes of a music line as verse ``number``; whether a word goes on after
    it."""
    at = 0
    for what in _syllables(_NUMBER.sub("", text.strip())):
        if what == "|":
            while at < len(notes) and notes[at] is not BAR:
                at += 1
            at += 1
            continue
        while at < len(notes) and notes[at] is BAR:
            at += 1
        if at >= len(notes):
            break
        sounded = notes[at]
        if isinstance(what, tuple) and sounded is not None:
            said, goes_on = what
            sounded[0].lyrics[number] = Lyric(said, not within_word, not goes_on, False)
            within_word = goes_on
        at += 1
    return within_word


def _syllables(text: str) -> Iterator[str | tuple[str, bool]]:
    """``*``, ``_``, ``|`` as they stand, and (syllable, whether a hyphen follows)."""
    said = ""
    for token in _TOKEN.findall(text):
        if token.isspace() or token in "-_*|":
            if said or token == "-":
                yield _said(said, token == "-") if said else "_"
            said = ""
            if token in "_*|":
                yield token
        else:
            said += " " if token == "~" else token
    if said:
        yield _said(said, False)


def _said(written: str, goes_on: bool) -> str | tuple[str, bool]:
    text = encodable(text_of(written)).strip()
    return (text, goes_on) if text else "*"
