"""Bytes of a lyric sheet or a poem -> its lines, which of them hold words, and where each letter stands.

Which lines are words is asked of the readers of lyric sheets and of poems, so that labels, chords, titles, credits and
directives are what they are for every other command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from carmina import BadInput, CarminaError
from carmina.text import encoding_of

from .shown import Shown, shown_of

MOST_BYTES, MOST_LINES = 2_000_000, 5_000
LONGEST_CREDIT = 14  # letters before an author's name: Words by, 作者：
_ENDS = re.compile("\r\n|[\n\r\v\x85\u2028]")
_MARKED = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))


@dataclass(frozen=True, slots=True)
class Page:
    """A text that is proofread."""

    lines: tuple[str, ...]  # as they stand, without their ends
    ends: tuple[str, ...]  # of each line; the last may be empty
    shown: tuple[Shown | None, ...]  # what is read of each line; None: it holds no words
    encoding: str
    titles: frozenset[int] = frozenset()  # lines, from 0, that are read but are no verse

    @property
    def read(self) -> list[int]:
        """The numbers, from 0, of the lines that are read."""
        return [at for at, line in enumerate(self.shown) if line is not None]

    def stanzas(self) -> list[list[int]]:
        """The numbers of the lines that are read, in stanzas."""
        out: list[list[int]] = [[]]
        for at, line in enumerate(self.shown):
            if line is not None and at not in self.titles:
                out[-1].append(at)
            elif out[-1]:
                out.append([])
        return [stanza for stanza in out if stanza]

    def bytes_of(self, lines: tuple[str, ...]) -> bytes:
        """A text with these lines in the place of its own, in its own encoding and with its own line ends."""
        text = "".join(line + end for line, end in zip(lines, self.ends, strict=True))
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:  # a mend may need a letter that the old encoding lacks
            return text.encode("utf-8")


def read_page(data: bytes, conductor: Any) -> Page:
    """The page in a file's bytes; raises ``BadInput``."""
    text, encoding = _decoded(data)
    parts = _ENDS.split(text)
    ends = (*_ENDS.findall(text), "")
    if len(parts) > MOST_LINES:
        raise BadInput(f"the text has {len(parts)} lines; carmina proof reads at most {MOST_LINES}. Cut it in parts.")
    sung, titles = _sung(parts, text, conductor)
    page = Page(tuple(parts), ends, tuple(sung), encoding, titles)
    if not page.read:
        raise BadInput("the text has no words to proofread: it is empty, or holds only labels, chords and markup.")
    return page


def _decoded(data: bytes) -> tuple[str, str]:
    if len(data) > MOST_BYTES:
        raise BadInput(f"the text is over {MOST_BYTES:,} bytes, the most that carmina proof reads. Cut it in parts.")
    encoding = next((name for name, mark in _MARKED if data.startswith(mark)), "utf-8")
    try:
        return _checked(data.decode(encoding)), encoding
    except UnicodeDecodeError:
        named = encoding_of(data)
    if named is None or b"\0" in data:
        raise BadInput("this is no text: not UTF-8, nor an encoding that can be told. Save it as UTF-8.")
    return _checked(data.decode(named)), named


def _checked(text: str) -> str:
    if "\0" in text:
        raise BadInput("this is no text: it holds NUL characters. Give a text file.")
    return text


def _sung(parts: list[str], text: str, conductor: Any) -> tuple[list[Shown | None], frozenset[int]]:
    """(what is read of each line, which of these are the title). The author's name is not read."""
    title, author = _heads(text, conductor)
    whole = _texts(text, conductor)
    out: list[Shown | None] = []
    titles: set[int] = set()
    for at, part in enumerate(parts):
        shown = shown_of(part)
        name = "" if shown is None else shown.text.strip("#《》〈〉 ")
        own = (_texts(part, conductor) if shown is not None else None) or set()
        known = bool(own) if whole is None else bool(own & whole)
        if name and name == title and not titles:
            titles.add(at)
            out.append(shown)
        elif author and name.endswith(author) and len(name) <= len(author) + LONGEST_CREDIT:
            author = ""
            out.append(None)
        else:
            out.append(shown if known else None)
    return out, frozenset(titles)


def _texts(text: str, conductor: Any) -> set[str] | None:
    """What the reader of lyric sheets sings of a text; None where it is too long for it."""
    try:
        sheet = conductor.sheet(text.encode())
    except BadInput as fault:
        return set() if "no words" in str(fault) or "empty" in str(fault) else None
    return {line.text for section in sheet.sections for line in section.lines}


def _heads(text: str, conductor: Any) -> tuple[str, str]:
    """Title and author as the reader of poems finds them."""
    try:
        poem = conductor.read(text.encode(), ".txt", "Poem")
    except CarminaError:
        return "", ""
    return poem.title, poem.author
