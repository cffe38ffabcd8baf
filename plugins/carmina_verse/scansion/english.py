"""Scansion of lines that count stresses, with their language's own words (``carmina.Pronouncing``): shares nothing with
what writes them."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LETTER = r"[^\W\d_]"  # of any script
WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*['’]?|['’]{LETTER}+")
MOST_READINGS = 400  # ways to say one line that are tried
FEMININE = "feminine ending"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A line and one way to say it."""

    words: tuple[str, ...]
    stresses: tuple[str, ...]  # of each word: 0 none, 1 primary, 2 secondary
    pattern: str  # that it keeps; empty: none was asked
    exceptions: tuple[str, ...] = ()  # "inverted first foot"

    @property
    def syllables(self) -> int:
        return sum(map(len, self.stresses))


def words_in(text: str) -> list[str]:
    """The words of a line, lower case, straight apostrophes."""
    return [
        word.lower().replace("’", "'") for word in WORD.findall(unicodedata.normalize("NFC", text).replace("-", " "))
    ]


FIGURE = re.compile(r"[$€£]?\d[\d.,:]*(?:[^\W\d_]{1,2}\b|['’]s\b|[%°])?|[&@%+=#½¼¾]")
TOKEN = re.compile(f"{WORD.pattern}|{FIGURE.pattern}")


def spoken_words(language: Any, text: str) -> list[str]:
    """As :func:`words_in`, with figures and signs in the words in which they are read aloud."""
    plain = unicodedata.normalize("NFC", text).replace("-", " ")
    return [word for token in TOKEN.findall(plain) for word in said_as(language, token)]


def said_as(language: Any, token: str) -> Sequence[str]:
    """A word, or the words in which a figure or a sign is read aloud."""
    if any(sign.isalpha() for sign in token) and not any(sign.isdecimal() for sign in token):
        return [token.lower().replace("’", "'")]
    return [word.lower() for word in language.spoken(token.rstrip(".,:")) if any(map(str.isalpha, word))]


def readings(language: Any, word: str) -> list[str]:
    """The ways to stress a word, the commonest first."""
    phones = language.phonemes(word) if hasattr(language, "phonemes") else ()  # carmina.Phonemic, asked very often
    best = "".join(phone[-1] for phone in phones if phone[-1].isdecimal())
    others = ["".join(str(syllable.stress or 0) for syllable in way) for way in language.pronunciations(word)]
    return list(dict.fromkeys(way for way in (best, *others) if way))[:4]


def scan_line(language: Any, text: str, patterns: Sequence[str], strictness: str = "classic") -> Scanned | None:
    """The first way to say a line that keeps one of the patterns; None when no way does.

    Unless strict, a line may begin with an inverted foot, and a line that should end strong may have one weak syllable
    more, where its last word holds both (a feminine ending).
    """
    words = spoken_words(language, text)
    ways = [readings(language, word) for word in words]
    if not words or not all(ways):
        return None
    kept: list[tuple[str, tuple[str, ...]]] = [(pattern, ()) for pattern in patterns]
    if strictness != "strict":
        kept += [(pattern + "-", (FEMININE,)) for pattern in patterns if pattern.endswith("+")]
    meetings = _meetings(language, words)
    for choice in itertools.islice(_choices(ways, meetings), MOST_READINGS):
        for pattern, liberty in kept:
            if sum(map(len, choice)) == len(pattern) and (not liberty or choice[-1][-2:] in ("10", "20")):
                exceptions = exceptions_of(choice, pattern)
                if exceptions is not None and (strictness != "strict" or not exceptions):
                    return Scanned(tuple(words), choice, pattern, (*exceptions, *liberty))
    return None


def plain_scan(language: Any, text: str) -> Scanned:
    """A line in its words' commonest readings."""
    words = spoken_words(language, text)
    plain = tuple((readings(language, word) or ["1"])[0] for word in words)
    return Scanned(tuple(words), run_together(plain, _meetings(language, words)), "")


def _meetings(language: Any, words: Sequence[str]) -> tuple[int, ...]:
    """The words whose last vowel and the next word's first may be one syllable."""
    return tuple(at for at in range(len(words) - 1) if language.synalepha(words[at], words[at + 1]))


def _choices(ways: Sequence[Sequence[str]], meetings: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Ways to say a line: each choice of readings with all vowels run together that meet, then with fewer."""
    for choice in itertools.product(*ways):
        for apart in range(len(meetings) + 1):
            for kept in itertools.combinations(meetings, len(meetings) - apart):
                yield run_together(choice, kept)


def run_together(stresses: Sequence[str], meetings: Sequence[int]) -> tuple[str, ...]:
    """The stresses of each word, where the first syllable of a word after a meeting is sung on the one before."""
    out = list(stresses)
    holder = 0
    for at in range(len(out)):
        if at - 1 in meetings and out[holder] and out[at]:
            strongest = min(out[holder][-1] + out[at][0], key="120".index)
            out[holder], out[at] = out[holder][:-1] + strongest, out[at][1:]
        if out[at]:
            holder = at
    return tuple(out)


def exceptions_of(stresses: Sequence[str], pattern: str) -> tuple[str, ...] | None:
    """What a line of these stresses takes from its pattern; None when it breaks it.

    A word of two or more syllables has its primary stress on a strong place (+); a line may begin with an inverted
    foot.
    """
    at, found = 0, []
    for word in stresses:
        places = pattern[at : at + len(word)]
        clash = len(word) > 1 and any(d == "1" and p == "-" for d, p in zip(word, places, strict=True))
        if (
            clash
            and at == 0
            and word[:2] == "10"
            and not any(d == "1" and p == "-" for d, p in zip(word[2:], places[2:], strict=True))
        ):
            found.append("inverted first foot")
        elif clash:
            return None
        at += len(word)
    return tuple(found)
