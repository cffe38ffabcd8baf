"""The names that an English prompt may hold, and the words that may be written."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from .corpus import AUTHORS

SIZE = 6144
FORMS = ("sonnet", "limerick", "ballad", "couplets", "quatrains", "blank", "free", "lyric")
STYLES = ("renaissance", "augustan", "romantic", "victorian", "modern", "any", *AUTHORS)
PROMPT_MARKS = ("<verse>", "<and>")


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
        """The table."""
        raw = files("carmina_verse").joinpath("data", "en-words.z").read_bytes() if self._data is None else self._data
        rows = (line.split(" ") for line in zlib.decompress(raw).decode().splitlines())
        return tuple(Word(row[0], int(row[1]), int(row[2]), tuple(row[3:])) for row in rows)

    @cached_property
    def by_text(self) -> dict[str, Word]:
        """Each word by its text."""
        return {word.text: word for word in self.all}
