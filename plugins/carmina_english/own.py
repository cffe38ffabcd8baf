"""Pronunciations beside the lexicon's: words of older verse, words of two sounds, and a person's own file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from carmina import BadInput

from .lexicon import PHONES, Phones, data, is_vowel

LEXICON = "CARMINA_LEXICON"  # a file of one's own pronunciations
MOST_BYTES, MOST_WORDS = 1_000_000, 20_000
Look = Callable[[str], tuple[Phones, ...]]


@cache
def verse_words() -> Mapping[str, tuple[Phones, ...]]:
    """Words of older verse that the lexicon lacks."""
    rows = (line.split() for line in data("verse.txt").decode().splitlines() if not line.startswith("#"))
    return {word: (tuple(phones),) for word, *phones in rows}


@cache
def heteronyms() -> Mapping[str, tuple[tuple[Phones, str], ...]]:
    """Words of one spelling and several sounds: their phones and what they then mean."""
    found = {}
    for line in data("heteronyms.txt").decode().splitlines():
        if not line.startswith("#"):
            word, _, rest = line.partition(" ")
            found[word] = tuple(_sound(part.split()) for part in rest.split("|"))
    return found


def _sound(parts: list[str]) -> tuple[Phones, str]:
    phones = tuple(part for part in parts if part in PHONES)
    return phones, " ".join(parts[len(phones) :])


def own_words(look: Look) -> dict[str, tuple[Phones, ...]]:
    """The pronunciations of the file that ``CARMINA_LEXICON`` names; none without it. Raises ``BadInput``."""
    path = os.environ.get(LEXICON)
    if not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        reason = "it is not UTF-8" if isinstance(fault, UnicodeDecodeError) else fault.strerror
        raise BadInput(f"the lexicon {path!r} cannot be read: {reason}.") from None
    if len(text) > MOST_BYTES or text.count("\n") > MOST_WORDS:
        raise BadInput(f"the lexicon {path!r} is too long: at most {MOST_WORDS} words in {MOST_BYTES} bytes.")
    return parsed(text, path, look)


def parsed(text: str, name: str, look: Look) -> dict[str, tuple[Phones, ...]]:
    """``word PHONES`` in ARPAbet or ``word = other`` (it sounds like another), one a line; # begins a comment.

    Two lines of one word give two pronunciations, the first the better.
    """
    found: dict[str, tuple[Phones, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.partition("#")[0].strip()
        if not plain:
            continue
        word, like, rest = plain.partition("=")
        if not like:
            word, _, rest = plain.replace("\t", " ").partition(" ")
        ways = look(rest.strip().lower()) if like else (tuple(rest.upper().split()),)
        if not word.strip() or not ways or not all(_sayable(way) for way in ways):
            raise BadInput(
                f"line {number} of the lexicon {name!r} is {line.strip()[:60]!r}; write a word and its ARPAbet phones "
                "with stresses (gif JH IH1 F), or a word = another that sounds alike."
            )
        key = word.strip().lower().replace("’", "'")
        found[key] = (*found.get(key, ()), *ways)
    return found


def _sayable(phones: Phones) -> bool:
    return bool(phones) and all(phone in PHONES for phone in phones) and any(map(is_vowel, phones))
