"""Rhymes that are near and not the same (邻韵, 通押): classes beside one another in a rhyme book, and how two
characters rhyme.

In 平水韵 the classes that 词林正韵 joins in one group are near. The other neighbours are those that poets of ci (the
endings -n, -ng and -m) and speakers of modern Mandarin have most often let pass.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from .rhyme_books import rhyme_class, shipped_book

Rhyme = Literal["perfect", "slant"]
NEIGHBOURS = {
    "cilin": (("第六部", "第十一部", "第十三部"), ("第七部", "第十四部"), ("第十七部", "第十八部")),
    "xinyun": (("九文", "十一庚"), ("十二齐", "十三支")),
    "tongyun": (("十二恩", "十四英"), ("十四英", "十五雍"), ("二喔", "三鹅")),
}


@cache
def neighbours(name: str, book: str) -> tuple[str, ...]:
    """The classes near a class of a book; a class of ci is near only at its own level."""
    if book == "pingshui":
        return tuple(
            other
            for other in shipped_book(book).members
            if other != name
            and _groups(other) & _groups(name)
            and shipped_book(book).level_of[other] == shipped_book(book).level_of[name]
        )
    group = name.rstrip("平仄")
    level = name[len(group) :]
    return tuple(
        dict.fromkeys(
            other + level for joined in NEIGHBOURS[book] if group in joined for other in joined if other != group
        )
    )


def rhymes_with(one: str, other: str, book: str) -> Rhyme | None:
    """How two characters rhyme in a book: ``perfect``, ``slant`` (near), or not. The levels of ci rhyme with one
    another."""
    first, second = ({name.rstrip("平仄") for name in rhyme_class(character, book)} for character in (one, other))
    if first & second:
        return "perfect"
    near = {name.rstrip("平仄") for own in rhyme_class(one, book) for name in neighbours(own, book)}
    return "slant" if near & second else None


@cache
def _groups(name: str) -> frozenset[str]:
    """The groups of 词林正韵 that a class of 平水韵 falls into."""
    ci = shipped_book("cilin")
    return frozenset(ci.class_of[rhyme] for rhyme in shipped_book("pingshui").members[name] if rhyme in ci.class_of)
