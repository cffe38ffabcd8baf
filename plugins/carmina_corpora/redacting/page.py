"""A Latin text as its words, and what its capitals are worth: in verse a line's first word always has one, some poets
give one to every noun, and some give none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from .lists import listed
from .words_en import AFTER_THESE, MOSTLY, NO_NAMES, NO_PLACE, PERSONIFIED, SMALL_WORDS, TITLES

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NOUNS = 3  # words of no name with a capital inside lines, from which a text writes its nouns so
SHORT = 3  # letters of sounds and shortened words in a line of capitals
ENDINGS = ("s", "'d", "ed", "es", "est", "eth", "ing", "'st", "er", "ly")
SHORTENED = ("'s", "'ll", "'d", "'ve", "'re")


class Page:
    """The words of a text, and what stands beside each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Sequence[re.Match[str]] = list(WORD.finditer(text))
        self.low = [bare(word[0]) for word in self.words]
        self.first = [self._begins(word) for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def _begins(self, word: re.Match[str]) -> bool:
        """Whether a capital here says nothing: the beginning of a line or sentence, or of a quotation."""
        before = self.text[: word.start()].rstrip(" \t\"'“‘(*_-–—")
        return not before or before[-1] in ".!?:;\n…" or "\n" in self.text[len(before) : word.start()]

    def before(self, at: int, size: int = 1) -> str:
        """The word that stands so many before, in lower case; nothing where there is none."""
        return self.low[at - size] if at >= size else ""

    def after(self, at: int) -> str:
        """The word behind, in lower case, if only a space parts them."""
        return self.low[at + 1] if at + 1 < len(self) and self.between(at) in (" ", "  ") else ""

    def between(self, at: int) -> str:
        """What stands between a word and the next."""
        if at + 1 >= len(self):
            return "\n"
        return self.text[self.words[at].end() : self.words[at + 1].start()]

    def beside(self, at: int, stop: bool = True) -> bool:
        """Whether nothing but spaces (and, after a title or an initial, a full stop) is between a word and the next."""
        between = self.between(at)
        short = len(self.words[at][0]) == 1 or self.low[at] in TITLES
        return between in (" ", "  ") or (stop and short and between in (". ", "."))

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital."""
        return at < len(self) and self.words[at][0][0].isupper()

    def loud(self, at: int) -> bool:
        """Whether a word is all in capitals beside others that are: the line is, and says nothing by it."""
        near = [self.words[n][0] for n in (at - 1, at + 1) if 0 <= n < len(self)]
        return self.words[at][0].isupper() and len(self.words[at][0]) > 1 and any(w.isupper() for w in near)

    def common(self, at: int) -> bool:
        """Whether a word is one of the language, also with an ending, and not mostly a name."""
        return common(self.low[at])

    def listed(self, at: int) -> bool:
        """Whether a word is somebody's name or a place's."""
        low = self.low[at]
        return low in listed("given") or low in listed("family") or low in listed("places")

    def alone(self, at: int) -> bool:
        """Whether a capital inside a line names, where no name and no title is beside it."""
        if not self.common(at):
            return not self.loud(at) or self.listed(at) or len(self.low[at]) > SHORT
        low = self.low[at]
        if (
            low in SMALL_WORDS | NO_PLACE
            or self.words[at][0].isupper()
            or low in PERSONIFIED
            or self.nouns
            or self.before(at) in AFTER_THESE
        ):
            return False
        return not low.endswith("s") or low[:-1] not in PERSONIFIED

    @cached_property
    def nouns(self) -> bool:
        """Whether the text gives its nouns capitals, so that one inside a line says nothing."""
        here = {
            low
            for at, low in enumerate(self.low)
            if self.capital(at)
            and not (self.first[at] or self.listed(at) or self.loud(at))
            and low not in NO_NAMES | TITLES
            and self.common(at)
        }
        return len(here) >= NOUNS

    @cached_property
    def small(self) -> bool:
        """Whether the text has no capitals at all, so that names have none."""
        return len(self) > 2 and not any(char.isupper() for char in self.text)


def bare(word: str) -> str:
    """In lower case, without a possessive's 's or a shortened verb."""
    return word.lower().replace("’", "'")[: len(word) - tail(word)]


def tail(word: str) -> int:
    """Letters and marks of a possessive's 's or of a shortened verb at a word's end: Anna's, Anna'll, Anna'd."""
    low = word.lower().replace("’", "'")
    return next((len(end) for end in SHORTENED if low.endswith(end) and (end == "'s" or len(low) - len(end) > 2)), 0)


def common(low: str) -> bool:
    """Whether a word in lower case is one of the language, also as Britain spells it or with an ending."""
    if low in MOSTLY:
        return False
    if low in listed("given") or low in listed("family"):  # Oliver is no word by having an ending
        return _in(low)
    return _in(low) or any(low.endswith(end) and _stem(low[: -len(end)]) for end in ENDINGS)


def _stem(stem: str) -> bool:
    return len(stem) > 2 and (_in(stem) or _in(stem + "e"))


def _in(low: str) -> bool:
    words = listed("common")
    return low in words or low.replace("our", "or") in words or low.replace("ise", "ize") in words
