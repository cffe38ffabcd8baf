"""Manners as people write them: Li_Qingzhao, li qingzhao and 李清照; Emily Dickinson and dickinson."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache

from carmina import Writer, spelling
from carmina.text import is_han


def own_name(asked: str | None, styles: Container[str], poets: Iterable[type[Writer]]) -> str | None:
    """The manner that is meant, under its own name; what is asked for where none is, or where a style is called so."""
    known = [manner for poet in poets for manner in poet.manners()]
    if asked is None or asked in known or asked in styles:
        return asked
    if found := spelling.alike(asked, known):
        return found
    readings = {reading(manner): manner for manner in known if any(map(is_han, manner))}
    if found := spelling.alike(asked, readings):
        return readings[found]
    last = asked.replace("_", " ").replace("-", " ").split()[-1:]  # a poet's family name
    return (spelling.alike(last[0], (manner for manner in known if manner.isascii())) if last else None) or asked


@lru_cache(maxsize=256)
def reading(name: str) -> str:
    """A Chinese name in pinyin without tones."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))
