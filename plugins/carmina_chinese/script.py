"""Simplified and traditional characters, by OpenCC's tables (Apache-2.0)."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files

_ZHU = re.compile(
    "(?<![名显顯卓昭论論原编編土巨专專遗遺拙合译譯新旧舊])著(?![名作称稱述书書录錄者])"
)  # 著 said zhe, zhao: written 着


@cache
def _converter(name: str):
    """An OpenCC converter, ``t2s`` or ``s2t``; read once a process (10 ms and 60 ms)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from opencc import OpenCC

        return OpenCC(name)


def simplified(text: str) -> str:
    """Text in simplified characters, by phrase (乾坤 stays 乾坤, 乾淨 becomes 干净)."""
    return _converter("t2s").convert(text)


def traditional(text: str) -> str:
    """Text in traditional characters, by phrase (头发 becomes 頭髮, 发现 becomes 發現)."""
    converted: str = _converter("s2t").convert(text)
    return _with_old_words(text, converted) if len(converted) == len(text) else converted


def _with_old_words(text: str, converted: str) -> str:
    """The conversion with the words of ``data/traditional.txt`` as they are there: 征人 is no 徵人."""
    letters = list(converted)
    for word, right in _old_words().items():
        at = text.find(word)
        while at >= 0:
            letters[at : at + len(word)] = right
            at = text.find(word, at + len(word))
    return "".join(letters)


@cache
def _old_words() -> dict[str, str]:
    text = (files(__package__) / "data" / "traditional.txt").read_text(encoding="utf-8")
    return dict(line.split() for line in text.splitlines() if not line.startswith("#"))


def for_lookup(text: str) -> str:
    """Simplified text of the same length, character under character, with 著 as 着 where it is said so."""
    text = _ZHU.sub("着", text)
    converted = simplified(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := simplified(c)) != 1 else s for c in text)
