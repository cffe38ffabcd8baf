"""Unknown words made of known ones: endings (giveth, lovest, moonless), prefixes (unsung), compounds (moonbeam), and
British and stretched spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .elision import past, plural
from .lexicon import Phones, is_vowel

Look = Callable[[str], tuple[Phones, ...]]

SUFFIXES: dict[str, tuple[str, ...]] = {
    "eth": ("AH0", "TH"),
    "est": ("AH0", "S", "T"),
    "ing": ("IH0", "NG"),
    "ings": ("IH0", "NG", "Z"),
    "er": ("ER0",),
    "ers": ("ER0", "Z"),
    "ly": ("L", "IY0"),
    "less": ("L", "AH0", "S"),
    "ness": ("N", "AH0", "S"),
    "ful": ("F", "AH0", "L"),
    "fully": ("F", "AH0", "L", "IY0"),
    "y": ("IY0",),
    "ish": ("IH0", "SH"),
    "like": ("L", "AY2", "K"),
    "ward": ("W", "ER0", "D"),
    "wards": ("W", "ER0", "D", "Z"),
    "some": ("S", "AH0", "M"),
    "able": ("AH0", "B", "AH0", "L"),
    "ment": ("M", "AH0", "N", "T"),
    "dom": ("D", "AH0", "M"),
    "st": ("S", "T"),
    "hood": ("HH", "UH2", "D"),
    "ship": ("SH", "IH2", "P"),
    "th": ("TH",),
    "lessness": ("L", "AH0", "S", "N", "AH0", "S"),
}
PREFIXES: dict[str, tuple[str, ...]] = {
    "un": ("AH0", "N"),
    "over": ("OW0", "V", "ER0"),
    "under": ("AH0", "N", "D", "ER0"),
    "out": ("AW0", "T"),
    "fore": ("F", "AO0", "R"),
    "mis": ("M", "IH0", "S"),
    "non": ("N", "AA0", "N"),
}
BRITISH = (
    ("our", "or"),
    ("is(e|ed|es|ing|er|ers)$", r"iz\1"),
    ("yse", "yze"),
    ("tre$", "ter"),
    ("ll", "l"),
    ("ae", "e"),
    ("oe", "e"),
    ("ence$", "ense"),
    ("ogue", "og"),
    ("grey", "gray"),
    ("plough", "plow"),
)
SHORTEST_PART = 4  # letters of each half of a compound


def built(word: str, look: Look) -> tuple[Phones, ...]:
    """Pronunciations of an unknown word from words that ``look`` knows; empty when it is not made of any."""
    return _first((_respelt, _suffixed, _prefixed, _compound), word, look)


def inflected(word: str, look: Look) -> tuple[Phones, ...]:
    """As :func:`built`, but never from two words: so that ``well-known`` stays two."""
    return _first((_respelt, _suffixed), word, look)


def _first(ways: tuple, word: str, look: Look) -> tuple[Phones, ...]:
    for way in ways:
        found = tuple(dict.fromkeys(way(word, look)))
        if found:
            return found
    return ()


def _respelt(word: str, look: Look) -> Iterator[Phones]:
    for repeats in (r"\1\1", r"\1"):
        short = re.sub(r"(.)\1{2,}", repeats, word)
        if short != word:
            yield from look(short)
    if (single := re.sub(r"(.)\1+", r"\1", word)) != word and re.search(r"(.)\1\1", word):
        yield from look(single)
    for british, american in BRITISH:
        if (other := re.sub(british, american, word)) != word:
            yield from look(other)


def _suffixed(word: str, look: Look) -> Iterator[Phones]:
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if word.endswith(suffix) and len(word) - len(suffix) > 1:
            for phones in _stem(word[: -len(suffix)], suffix, look):
                yield (*phones, *SUFFIXES[suffix])
    if word.endswith("ed"):
        yield from map(past, _stem(word[:-2], "ed", look))
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        found = look(word[:-1]) or (look(word[:-2]) if word.endswith("es") else ())
        yield from map(plural, found or (look(word[:-3] + "y") if word.endswith("ies") else ()))


def _stem(stem: str, suffix: str, look: Look) -> tuple[Phones, ...]:
    if suffix in ("st", "th"):  # say'st and know'th lose nothing but the vowel, so the stem ends in one
        return tuple(phones for phones in look(stem) if stem[-1] in "aeiouyw" and is_vowel(phones[-1]))
    if suffix in ("y", "er", "ers") and len(stem) < 4:  # names in the lexicon make false stems
        return ()
    found = look(stem)
    if not found and suffix[0] in "aeiouy":
        found = look(stem + "e") or (look(stem[:-1]) if stem[-1] == stem[-2] else ())
    return found or (look(stem[:-1] + "y") if stem.endswith("i") else ())


def _prefixed(word: str, look: Look) -> Iterator[Phones]:
    for prefix, phones in PREFIXES.items():
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 3:
            for found in look(rest):
                yield (*phones, *found)


def _compound(word: str, look: Look) -> Iterator[Phones]:
    """Two words in one, cut as evenly as can be; the second keeps a secondary stress."""
    if adverb := re.fullmatch("((?:w|t)?here)(on|in|by|of|to|at)", word):
        yield tuple(phone for half in adverb.groups() for phone in look(half)[0])
        return
    places = sorted(range(SHORTEST_PART, len(word) - SHORTEST_PART + 1), key=lambda place: abs(2 * place - len(word)))
    for place in places:
        first, second = look(word[:place]), look(word[place:])
        if first and second:
            led = any(phone[-1] == "1" for phone in first[0])
            yield (*first[0], *(phone.replace("1", "2") if led else phone for phone in second[0]))
            return
