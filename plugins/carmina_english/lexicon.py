"""The pronunciation lexicon: one sorted block of bytes, searched in place, so that opening it makes no objects.

A line of the block is ``word code [code ...]``; a code writes each ARPAbet phone as one character (:data:`CODES`).
Made by ``build_lexicon.py`` from the CMU Pronouncing Dictionary (BSD; see ``data/CMUDICT_LICENSE``) and from
``data/supplement.txt``, our own entries, whose pronunciations come first.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

Phones = tuple[str, ...]  # ARPAbet; vowels carry a stress digit: 0 none, 1 primary, 2 secondary

VOWELS = ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
CONSONANTS = (
    "B",
    "CH",
    "D",
    "DH",
    "F",
    "G",
    "HH",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
)
PHONES = (*(vowel + digit for vowel in VOWELS for digit in "012"), *CONSONANTS)
CODES = {phone: chr(48 + place) for place, phone in enumerate(PHONES)}
DECODE = {code: phone for phone, code in CODES.items()}


def is_vowel(phone: str) -> bool:
    """Whether an ARPAbet phone, with or without its stress digit, is the core of a syllable."""
    return phone[0] in "AEIOU"


def vowels(phones: Phones) -> list[str]:
    """The vowels, one for each syllable."""
    return [phone for phone in phones if is_vowel(phone)]


def data(name: str) -> bytes:
    """A file of this package's ``data`` folder."""
    return files(__package__).joinpath("data", name).read_bytes()


@cache
def _shipped() -> bytes:
    """The block that ships, unpacked once: every song and poem of a set asks for it."""
    return zlib.decompress(data("lexicon.z"))


class Lexicon:
    """Word (lower case, straight apostrophes) -> its pronunciations, best first."""

    def __init__(self, block: bytes | None = None, hidden: frozenset[str] = frozenset()):
        self._given = block
        self._hidden = hidden  # words to act as unknown, for measuring the fallback

    @cached_property
    def _block(self) -> bytes:
        return _shipped() if self._given is None else self._given

    def __contains__(self, word: str) -> bool:
        return self._line(word) is not None

    def get(self, word: str) -> tuple[Phones, ...]:
        """Every pronunciation of a word; empty when it is unknown."""
        line = self._line(word)
        return () if line is None else tuple(tuple(DECODE[c] for c in code) for code in line.split(" ")[1:])

    def words(self) -> Iterator[str]:
        """Every word, sorted."""
        return (line.split(b" ", 1)[0].decode() for line in self._block.split(b"\n") if line)

    def _line(self, word: str) -> str | None:
        if not word or word in self._hidden or not word.isascii() or " " in word or "\n" in word:
            return None
        key, block = word.encode() + b" ", self._block
        low, high = 0, len(block)
        while low < high:
            start = block.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = block.find(b"\n", start)
            end = len(block) if end < 0 else end
            if block.startswith(key, start):
                return block[start:end].decode()
            if block[start:end] < key:
                low = end + 1
            else:
                high = start
        return None
