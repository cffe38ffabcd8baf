"""How kanji are read where they stand: Janome cuts the line into words and knows their kana."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from carmina import BadInput
from carmina.text import HAN, is_han

from .morae import hiragana

_RUNS = re.compile(f"[{HAN}]+|[^{HAN}]+")


def read(line: str) -> tuple[list[str], list[bool]]:
    """(the kana of each character of a line; whether each begins a word). A run of kanji has its kana on its first
    character, the others an empty text; kana stay as they are written."""
    if not any(map(is_han, line)):
        return list(line), [True] + [False] * (len(line) - 1)
    kana: list[str] = []
    begins: list[bool] = []
    for token in _tokenizer().tokenize(line):
        surface = token.surface
        reading = hiragana(token.reading) if token.reading != "*" else ""
        kana += _aligned(surface, reading)
        small = token.part_of_speech.split(",")[0] in ("助詞", "助動詞")
        begins += [not small, *[False] * (len(surface) - 1)]
    return kana, begins


def _aligned(surface: str, reading: str) -> list[str]:
    """The reading of a word shared out over its characters: kana stand for themselves, the rest is the kanji's."""
    runs = _RUNS.findall(surface)
    if not any(is_han(run[0]) for run in runs):
        return list(surface)
    pattern = "".join("(.+?)" if is_han(run[0]) else re.escape(hiragana(run)) for run in runs)
    found = re.fullmatch(pattern, reading)
    if not found:
        raise BadInput(f"no reading of {surface!r} is known. Write the word in kana.")
    parts = iter(found.groups())
    out: list[str] = []
    for run in runs:
        out += [next(parts), *[""] * (len(run) - 1)] if is_han(run[0]) else list(run)
    return out


@cache
def _tokenizer() -> Any:
    try:
        from janome.tokenizer import Tokenizer
    except ImportError:
        raise BadInput(
            "kanji are read by Janome, which is not installed. Install carmina[ja], or write the words in kana."
        ) from None
    return Tokenizer()
