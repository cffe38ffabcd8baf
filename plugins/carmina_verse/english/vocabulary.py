"""The names that an English prompt may hold, and the words that may be written."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files

from .corpus import AUTHORS

SIZE = 6144
FORMS = ("sonnet", "limerick", "ballad", "couplets", "quatrains", "blank", "free", "lyric")
STYLES = ("renaissance", "augustan", "romantic", "victorian", "modern", "any", *AUTHORS)
PROMPT_MARKS = ("<verse>", "<and>")
OWN_WEIGHT = 10  # uses in people's texts that one in ours counts for: they are of today, and a thirtieth as many


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the table."""

    text: str
    count: int  # uses in the corpus
    capital: int  # per cent of its uses inside lines with a capital
    phones: tuple[str, ...]  # ARPAbet, vowels with a stress digit

    @property
    def stresses(self) -> str:
        """One digit a syllable: 0 none, 1 primary, 2 secondary."""
        return "".join(phone[-1] for phone in self.phones if phone[-1].isdecimal())


class Words:
    """Every word that may be written, the commonest first."""

    def __init__(self, data: bytes | None = None):
        self._data = data

    @cached_property
    def all(self) -> tuple[Word, ...]:
        """The table: what people's texts have, and with it what ours have."""
        if self._data is not None:
            return tuple(_rows(self._data))
        shipped = files("carmina_verse").joinpath("data")
        words = {word.text: word for word in _rows(shipped.joinpath("en-words.z").read_bytes())}
        for own in _rows(shipped.joinpath("en-own-words.z").read_bytes()):
            word, uses = words.get(own.text, replace(own, count=0)), OWN_WEIGHT * own.count
            words[own.text] = replace(word, count=word.count + uses)
        return tuple(sorted(words.values(), key=lambda word: -word.count))

    @cached_property
    def by_text(self) -> dict[str, Word]:
        """Each word by its text."""
        return {word.text: word for word in self.all}


def _rows(data: bytes) -> Iterator[Word]:
    for line in zlib.decompress(data).decode().splitlines():
        text, count, capital, *phones = line.split(" ")
        yield Word(text, int(count), int(capital), tuple(phones))
