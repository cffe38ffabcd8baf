"""Byte pairs merged by rank (Sennrich 2016), over bytes written as letters (Radford 2019, GPT-2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# what a merge never crosses, as GPT-2 cuts text, each digit alone; clitics are lower case, as there
_PARTS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+|\d| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def byte_letters() -> dict[int, str]:
    """Byte -> the letter that stands for it: itself where it can be printed, else one from 256 on."""
    printed = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = iter(range(256, 512))
    return {byte: chr(byte if byte in printed else next(hidden)) for byte in range(256)}


LETTERS = byte_letters()
BYTES = {letter: byte for byte, letter in LETTERS.items()}


class BytePairs:
    """Text <-> ids. What the table has no byte for is left out of the ids."""

    def __init__(self, tokens: Sequence[str], merges: Sequence[tuple[str, str]]):
        """``tokens``: the text of each id, bytes as letters. ``merges``: the pairs, the first merged first."""
        self.tokens = tuple(tokens)
        self.ids = {token: number for number, token in enumerate(tokens)}
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.part = lru_cache(maxsize=65536)(self._part)

    def encode(self, text: str) -> list[int]:
        """The ids of any text; special tokens in it are text like any other."""
        return [number for part in _PARTS.findall(text) for number in self.part(part)]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids; bytes that are no UTF-8 become the replacement character."""
        data = bytearray()
        for number in ids:
            token = self.tokens[number]
            data += (
                bytes(BYTES[letter] for letter in token) if all(letter in BYTES for letter in token) else token.encode()
            )
        return data.decode("utf-8", "replace")

    def _part(self, text: str) -> tuple[int, ...]:
        """The ids of text that merges may cross; the lowest rank is merged first, the leftmost of equals."""
        parts = [LETTERS[byte] for byte in text.encode()]
        while len(parts) > 1:
            ranks = [self._ranks.get(pair, len(self._ranks)) for pair in zip(parts, parts[1:], strict=False)]
            best = min(ranks)
            if best == len(self._ranks):
                break
            at = ranks.index(best)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self.ids[part] for part in parts if part in self.ids)
