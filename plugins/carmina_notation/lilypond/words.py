"""LilyPond's lyrics -> syllables, and onto the notes that are free for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..common.printed import Lyric
from ..common.words import encodable
from .tokens import SCHEME, Budget, Cursor

_WITH_ARGUMENT = {"\\markup": 1, "\\tempo": 1, "\\skip": 0, "\\override": 3, "\\revert": 1, "\\unset": 1, "\\once": 0}


@dataclass(frozen=True, slots=True)
class SungSyllable:
    """One syllable, whether a hyphen follows, and whether it takes the next note even inside a melisma."""

    text: str
    hyphen: bool
    every_note: bool


def said_in(
    cursor: Cursor, named: Mapping[str, Cursor], budget: Budget, depth: int = 0, every: bool = False
) -> Iterator[SungSyllable]:
    """The syllables of a lyric expression; one without text for each note that is skipped."""
    held: str | None = None  # a syllable that waits for its hyphen
    while cursor:
        budget.spend(depth)
        token = cursor.peek()
        if token in ("{", "<<"):
            if held is not None:
                yield SungSyllable(held, False, every)
                held = None
            yield from said_in(cursor.group(), named, budget, depth + 1, every)
            if token == "<<":
                return  # other verses stand beside the first
            continue
        cursor.take()
        if token in ("--", "__", "|", "=") or token == SCHEME or token in ("<", ">", "\\\\"):
            if token == "--" and held is not None:
                yield SungSyllable(held, True, every)
                held = None
            continue
        if held is not None:
            yield SungSyllable(held, False, every)
            held = None
        if token in ("_", "\\skip"):
            if token == "\\skip":
                cursor.take()
            yield SungSyllable("", False, every)
        elif token == "\\repeat":
            yield from _repeated(cursor, named, budget, depth, every)
        elif token == "\\set":
            every = _setting(cursor, every)
        elif token == "\\unset":
            every = every and cursor.take() != "ignoreMelismata"
        elif token in ("\\lyricsto", "\\new", "\\context"):
            _past_head(cursor, token)
        elif token.startswith("\\"):
            if token[1:] in named:
                inner = named[token[1:]]
                yield from said_in(Cursor(inner.tokens, inner.at, inner.end), named, budget, depth + 1, every)
            elif token in _WITH_ARGUMENT and token != "\\markup":
                for _ in range(_WITH_ARGUMENT[token]):
                    cursor.take()
        else:
            held = _clean(token)
    if held is not None:
        yield SungSyllable(held, False, every)


def _repeated(
    cursor: Cursor, named: Mapping[str, Cursor], budget: Budget, depth: int, every: bool
) -> Iterator[SungSyllable]:
    kind, times = cursor.take(), cursor.take()
    body = cursor.group() if cursor.peek() == "{" else Cursor(cursor.tokens, cursor.at, cursor.at)
    for _ in range(min(int(times[:4]), 500) if kind in ("unfold", '"unfold"') and times.isdecimal() else 1):
        yield from said_in(Cursor(body.tokens, body.at, body.end), named, budget, depth + 1, every)


def _setting(cursor: Cursor, every: bool) -> bool:
    name = cursor.take()
    if cursor.peek() == "=":
        cursor.take()
        value = cursor.take()
    else:
        value = ""
    return every if not name.endswith("ignoreMelismata") else bool(value)


def _past_head(cursor: Cursor, token: str) -> None:
    cursor.take()
    if token != "\\lyricsto" and cursor.peek() == "=":
        cursor.take()
        cursor.take()
    if cursor.peek() == "\\with":
        cursor.take()
        cursor.group()


def _clean(token: str) -> str:
    text = (
        token[1:-1].replace('\\"', '"')
        if token[:1] == '"' and len(token) > 1
        else token.replace("~", "‿").replace("_", " ")
    )
    return encodable(text).strip()


def lyrics_of(words: Iterator[SungSyllable]) -> Iterator[tuple[Lyric | None, bool]]:
    """Each syllable with its place in its word, and whether it takes a note inside a melisma too."""
    goes_on = False
    for said in words:
        if not said.text:
            yield None, said.every_note
            continue
        yield Lyric(said.text, not goes_on, not said.hyphen, False), said.every_note
        goes_on = said.hyphen
