"""The rhyme books of Chinese verse: which class and which level (平 or 仄) a character has.

- ``pingshui`` 平水韵, the 106 rhymes of regulated verse since the 13th century;
- ``cilin`` 词林正韵 (Ge Zai, 1821), the 19 groups of ci, level and oblique apart;
- ``xinyun`` 中华新韵 (2005), 14 classes of modern Mandarin;
- ``tongyun`` 中华通韵 (2019), 16 classes of modern Mandarin.

The two old books merge the 206 rhymes of 广韵 (1008), so one table of characters serves both (``make_rhymes``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from carmina import BadOption

from .finals import RHYMES, final_of, tone_of
from .readings import common_readings

BOOKS = ("pingshui", "cilin", "xinyun", "tongyun")
_XINYUN = {
    "a": "一麻",
    "o": "二波",
    "ie": "三皆",
    "ai": "四开",
    "ei": "五微",
    "ao": "六豪",
    "ou": "七尤",
    "an": "八寒",
    "en": "九文",
    "ang": "十唐",
    "eng": "十一庚",
    "i": "十二齐",
    "zhi": "十三支",
    "u": "十四姑",
}
_TONGYUN = {
    "a": "一啊",
    "ai": "七哀",
    "ei": "八欸",
    "ao": "九熬",
    "ou": "十欧",
    "an": "十一安",
    "en": "十二恩",
    "ang": "十三昂",
    "zhi": "四衣",
    "u": "五乌",
    "ie": "三鹅",
}
_TONGYUN_FINALS = {
    "o": "二喔",
    "uo": "二喔",
    "e": "三鹅",
    "i": "四衣",
    "v": "六迂",
    "er": "十六儿",
    "eng": "十四英",
    "ing": "十四英",
    "ueng": "十四英",
    "ong": "十五雍",
    "iong": "十五雍",
    "ng": "十四英",
}


@dataclass(frozen=True, slots=True)
class Book:
    """An old rhyme book: characters to rhymes of 广韵, those to classes, those to a level."""

    rhymes: Mapping[str, Sequence[str]]
    class_of: Mapping[str, str]
    level_of: Mapping[str, str]
    members: Mapping[str, Sequence[str]]

    def classes(self, character: str) -> tuple[str, ...]:
        """The character's classes, the likeliest first; empty if the book lacks it."""
        return self.classes_of(self.rhymes.get(character, ()))

    def classes_of(self, rhymes: Sequence[str]) -> tuple[str, ...]:
        """The classes that these rhymes belong to, in order."""
        return tuple(dict.fromkeys(self.class_of[rhyme] for rhyme in rhymes))

    def level(self, character: str) -> str | None:
        """平, 仄, "both", or None if the book lacks the character."""
        return _one_level({self.level_of[name] for name in self.classes(character)})


def rhyme_class(character: str, book: str = "pingshui") -> tuple[str, ...]:
    """The classes of a character in a book of :data:`BOOKS`, the likeliest first; two that share one rhyme.

    A modern class holds all tones; an old one holds one level. Raises ``BadOption`` for an unknown book.
    """
    if _known(book) in ("pingshui", "cilin"):
        return shipped_book(book).classes(character)
    name = _xinyun if book == "xinyun" else _tongyun
    return tuple(dict.fromkeys(name(reading) for reading in common_readings(character) if final_of(reading)))


def level(character: str, book: str = "pingshui") -> str | None:
    """平, 仄, "both" or None (unknown). In the modern books tones 1 and 2 are 平; 3, 4 and the light tone 仄."""
    if _known(book) in ("pingshui", "cilin"):
        return shipped_book(book).level(character)
    return _one_level({"平" if tone_of(reading) in (1, 2) else "仄" for reading in common_readings(character)})


def load_book(name: str, rhymes: Mapping[str, Sequence[str]]) -> Book:
    """The old book of this name over a table of characters."""
    rows = [line.split() for line in _lines(f"{name}.txt")]
    return Book(
        rhymes,
        {rhyme: row[0] for row in rows for rhyme in row[2:]},
        {row[0]: row[1] for row in rows},
        {row[0]: row[2:] for row in rows},
    )


@cache
def shipped_book(name: str) -> Book:
    """The old book of this name: pingshui or cilin."""
    return load_book(name, _characters())


@cache
def _characters() -> dict[str, list[str]]:
    table = {line[0]: line[2:].split() for line in _lines("guangyun.txt")}
    for line in _lines("heard.txt"):
        own = table.get(line[0], [])
        table[line[0]] = [*own, *(rhyme for rhyme in line[2:].split() if rhyme not in own)]
    return table


def _lines(name: str) -> list[str]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _known(book: str) -> str:
    if book not in BOOKS:
        raise BadOption("rhyme book", book, ", ".join(BOOKS))
    return book


def _one_level(levels: set[str]) -> str | None:
    return "both" if len(levels) > 1 else next(iter(levels), None)


def _xinyun(reading: str) -> str:
    return _XINYUN[RHYMES[final_of(reading) or ""]]


def _tongyun(reading: str) -> str:
    final = final_of(reading) or ""
    return _TONGYUN_FINALS.get(final) or _TONGYUN[RHYMES[final]]
