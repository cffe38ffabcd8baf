"""The Chinese characters that may be written, as arrays over the model's ids: levels and rhymes of every book."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np

from .tokenizer import SIZE, ChineseVerse

BOOKS = ("pingshui", "cilin", "xinyun", "tongyun")
BOOK_NAMES = {
    "pingshui": "pingshui",
    "平水韵": "pingshui",
    "平水": "pingshui",
    "cilin": "cilin",
    "词林正韵": "cilin",
    "词林": "cilin",
    "xinyun": "xinyun",
    "中华新韵": "xinyun",
    "新韵": "xinyun",
    "tongyun": "tongyun",
    "中华通韵": "tongyun",
    "通韵": "tongyun",
}
COMMON = 3000  # ids beyond the commonest so many are written only when asked for
AVOIDED = frozenset("妓娼尸屎尿奴虏胡蛮夷戎狄")  # never written unless asked for


class Characters:
    """What each id may be."""

    def __init__(self, tokens: ChineseVerse):
        self.tokens = tokens
        raw = files("carmina_verse").joinpath("data", "zh-characters.z").read_bytes()
        self._rows = {
            row[0]: row[1:] for row in (line.split(" ") for line in zlib.decompress(raw).decode().splitlines())
        }
        self.ids = {character: tokens.pieces.piece_to_id(character) for character in self._rows}
        self.text = {number: character for character, number in self.ids.items()}

    @cached_property
    def common(self) -> np.ndarray:
        """(V,) characters that may be written unasked."""
        mask = np.zeros(SIZE, bool)
        for rank, number in enumerate(sorted(self.text)):
            mask[number] = rank < COMMON and self.text[number] not in AVOIDED
        return mask

    @lru_cache(maxsize=8)  # noqa: B019
    def levels(self, book: str) -> Mapping[str, np.ndarray]:
        """平, 仄 and 中 -> (V,) characters that may stand there."""
        column = 2 * BOOKS.index(book) + 1
        table = {"平": np.zeros(SIZE, bool), "仄": np.zeros(SIZE, bool), "中": np.zeros(SIZE, bool)}
        for character, row in self._rows.items():
            number, level = self.ids[character], row[column]
            table["中"][number] = True
            for name in "平仄":
                table[name][number] = level in (name, "both")
        return table

    @lru_cache(maxsize=8)  # noqa: B019
    def sure(self, book: str) -> Mapping[str, np.ndarray]:
        """As :meth:`levels`, without the characters that the book has in both levels."""
        table = self.levels(book)
        both = table["平"] & table["仄"]
        return {"中": table["中"], "平": table["平"] & ~both, "仄": table["仄"] & ~both}

    @lru_cache(maxsize=8)  # noqa: B019
    def rhymes(self, book: str) -> Mapping[str, np.ndarray]:
        """Class -> (V,) its characters. In the old books a class has one level; the groups of ci join a pair
        (第一部)."""
        column = 2 * BOOKS.index(book)
        table: dict[str, np.ndarray] = {}
        for character, row in self._rows.items():
            for name in row[column].split(","):
                if name != "-":
                    table.setdefault(name, np.zeros(SIZE, bool))[self.ids[character]] = True
        return table

    def mask(self, characters: Iterable[str]) -> np.ndarray:
        """(V,) the ids of some characters; unknown ones are left out."""
        out = np.zeros(SIZE, bool)
        out[[self.ids[character] for character in characters if character in self.ids]] = True
        return out

    def classes(self, character: str, book: str) -> list[str]:
        """The classes of a character; empty when unknown."""
        row = self._rows.get(character)
        return [name for name in row[2 * BOOKS.index(book)].split(",") if name != "-"] if row else []

    def final(self, number: int) -> int:
        """The class of the modern final, 0..16: what the model is told of a rhyme."""
        character = self.text.get(number)
        return int(self._rows[character][-1]) if character else 0


def group_of(name: str) -> str:
    """A class of the ci book without its level: 平 and 仄 of one group may rhyme together in some tunes."""
    return name.rstrip("平仄")
