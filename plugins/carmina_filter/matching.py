"""Where a text has a listed word, however it is spelt: letters replaced (sh1t), drawn out, parted by marks; Chinese in
either script, with marks between the characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from carmina.text import is_han

_WORD = re.compile(r"[^\W_](?:[\w'’@$!*.-]*[^\W_])?|[@$!][\w@$!]+")
_AS_LETTERS = str.maketrans("0134578@$!", "oieastbasi")
_DRAWN = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Match:
    """A listed word in a text."""

    line: int  # from 1
    column: int  # from 1, in characters
    text: str  # as it stands
    word: str  # as it is listed
    level: str


def matches(
    text: str,
    words: Mapping[str, str],
    simplified: Callable[[str], str] = str,
    parted: Callable[[str], Sequence[str]] = list,
    allowed: Set[str] = frozenset(),
) -> Iterator[Match]:
    """The listed words of a text, in order. Of Latin letters whole words alone count: none is found inside another; of
    Chinese ones, none that begins or ends in the midst of another word, where ``parted`` tells words. What lies in an
    ``allowed`` phrase is none."""
    welcome = sorted(simplified(phrase) for phrase in allowed)
    chinese = sorted(((simplified(word), word) for word in words if is_han(word[:1])), key=lambda w: -len(w[0]))
    phrases = [word for word in words if " " in word]
    for number, line in enumerate(text.splitlines(), 1):
        found = [*_latin(line, words), *_phrases(line, phrases), *_chinese(simplified(line), chinese)]
        spans = list(_allowed(simplified(line), welcome)) if found else []
        across = _across(line, parted) if any(is_han(word[:1]) for *_place, word in found) else {}
        for start, end, word in sorted(set(found)):
            if not any(a <= start and end <= b for a, b in spans) and not _astride(across, start, end):
                yield Match(number, start + 1, line[start:end], word, words[word])


def _latin(line: str, words: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for token in _WORD.finditer(line):
        for part in re.finditer(r"[^-]+", token[0]):
            own = next((form for form in _spellings(part[0]) if form in words), None) or _starred(part[0], words)
            if own is not None:
                yield token.start() + part.start(), token.start() + part.end(), own


def _spellings(token: str) -> Iterator[str]:
    """What a token may stand for, as it is first."""
    plain = token.casefold().replace("’", "'").rstrip(".!*")
    yield plain
    yield plain.removesuffix("'s")
    bare = re.sub(r"[^a-z]", "", plain.translate(_AS_LETTERS))
    if bare != plain and not plain.isdigit():
        yield bare
    if _DRAWN.search(bare):
        yield _DRAWN.sub(r"\1", bare)
        yield _DRAWN.sub(r"\1\1", bare)


def _starred(token: str, words: Mapping[str, str]) -> str | None:
    """The listed word whose letters stars stand for."""
    plain = token.casefold()
    if "*" not in plain[1:-1] or not plain[0].isalpha():
        return None
    pattern = re.compile("".join("[a-z]" if c == "*" else re.escape(c) for c in plain))
    return next((word for word in words if len(word) == len(plain) and pattern.fullmatch(word)), None)


def _phrases(line: str, phrases: list[str]) -> Iterator[tuple[int, int, str]]:
    for phrase in phrases:
        for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", line, re.IGNORECASE):
            yield found.start(), found.end(), phrase


def _allowed(line: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where phrases stand that are welcome."""
    for phrase in phrases:
        words = re.escape(phrase).replace(r"\ ", r"[\s,'’-]+")
        pattern = words if is_han(phrase[:1]) else rf"(?<!\w){words}(?!\w)"
        yield from (found.span() for found in re.finditer(pattern, line, re.IGNORECASE))


def _across(line: str, parted: Callable[[str], Sequence[str]]) -> dict[int, tuple[int, int]]:
    """Places in the midst of a Chinese word -> where it begins and ends."""
    found = {}
    for han, run in groupby(enumerate(line), lambda pair: is_han(pair[1])):
        places = list(run)
        at = places[0][0]
        for word in parted("".join(letter for _, letter in places)) if han else ():
            found.update(dict.fromkeys(range(at + 1, at + len(word)), (at, at + len(word))))
            at += len(word)
    return found


def _astride(across: Mapping[int, tuple[int, int]], start: int, end: int) -> bool:
    """Whether a Chinese word lies across the edge of a place: 大麻 in 大 | 麻烦, 日你 in 今日 | 你."""
    return across.get(start, (0, end))[1] < end or across.get(end, (start, 0))[0] > start


def _chinese(line: str, words: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """``words``: in the script of the line, and as they are listed; the longest first."""
    places = [at for at, letter in enumerate(line) if is_han(letter)]
    bare = "".join(line[at] for at in places)
    taken: set[int] = set()
    for word, listed in words:
        at = bare.find(word)
        while at >= 0:
            own = set(range(at, at + len(word)))
            if not own & taken and places[at + len(word) - 1] - places[at] < 2 * len(word):
                taken |= own
                yield places[at], places[at + len(word) - 1] + 1, listed
            at = bare.find(word, at + 1)
