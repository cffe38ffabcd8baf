"""Esperanto words -> syllables: a vowel a syllable, stress on the last but one, rhymes from there on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import carmina
from carmina import Syllable

VOWELS = "aeiou"
LETTERS = re.compile(r"[abcĉdefgĝhĥijĵklmnoprsŝtuŭvz]+", re.IGNORECASE)
OWN = re.compile("[ĉĝĥĵŝŭ]")  # letters that no other language has
ENDINGS = re.compile(r"..(?:[oa]jn?|[oa]n|[aiou]s)$")
FUNCTION = frozenset(
    "la kaj en de al sur sub tra por pro kun sen ĉe ĉu el da do dum eĉ ĝis ja jam jen ju ke kia kie kiel kio kion "
    "kiu ĉi ĉiu ĉio "
    "li ĝi ili mi mia ni nia ne nek nu nun nur ol oni plej pli plu po post preter pri se sed si sia super ŝi tiu "
    "tio tie tre tro "
    "tuj unu vi via aŭ ankaŭ ambaŭ antaŭ apud ĉar ekster inter kvankam laŭ malgraŭ per ho".split()
)
DIGITS = "nul unu du tri kvar kvin ses sep ok naŭ".split()
ONSETS = re.compile(
    r"(?:[bcdfgkptvszŝĝĉ][lr]|kv|gv|[sŝ][ptkvmnl][lr]?|.)$"
)  # the longest end of a cluster that opens a syllable


class Esperanto(carmina.Language):
    """Regular by design: no lexicon is needed to say a word."""

    name, summary, script = "eo", "Esperanto: stress on the last syllable but one", "Latin"

    def claim(self, words: Sequence[str]) -> float:
        if not words:
            return 0.0
        spelt = [unicodedata.normalize("NFC", word).lower() for word in words]
        return sum(map(_typical, spelt)) / len(spelt)

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        return [tuple(s for part in _said(word) for s in _syllables(part)) for word in words]


def _typical(word: str) -> bool:
    from .ngrams import shipped

    known = word in FUNCTION or word in shipped().index or OWN.search(word) or ENDINGS.search(word)
    return bool(LETTERS.fullmatch(word) and known)


def _said(word: str) -> list[str]:
    """The words that one written word is read as."""
    word = unicodedata.normalize("NFC", word)
    if word == "&":
        return ["kaj"]
    if word.isascii() and word.isdigit():
        return [DIGITS[int(digit)] for digit in word]
    return [word]


def _syllables(word: str) -> list[Syllable]:
    letters = word.replace("-", "")
    low = letters.lower()
    vowels = [
        at for at, letter in enumerate(low) if unicodedata.normalize("NFD", letter)[0] in VOWELS and letter != "ŭ"
    ]
    if not vowels:
        return []
    cuts = [0, *(_cut(low, one, other) for one, other in zip(vowels, vowels[1:], strict=False)), len(letters)]
    texts = [letters[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    content = low not in FUNCTION
    elided = low.endswith("'")  # kor' for koro: the stress stays
    strong = len(texts) - 1 if elided or len(texts) == 1 else len(texts) - 2
    last = len(texts) - 1
    return [
        Syllable(
            text,
            "single" if not last else "begin" if not at else "end" if at == last else "middle",
            stress=int(at == strong and (content or last > 0)),
            content=content,
            rhyme=low[vowels[strong] :].strip("'") if at == last else None,
            language="eo",
        )
        for at, text in enumerate(texts)
    ]


def _cut(low: str, vowel: int, following: int) -> int:
    """Where a syllable ends between two vowels."""
    cluster = low[vowel + 1 : following]
    if not cluster:
        return following
    found = ONSETS.search(cluster)
    return following - len(found[0]) if found and len(cluster) > 1 else vowel + 1
