"""A word -> its pronunciations, best first: lexicon, then elisions, then parts of known words, then a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from .accents import accent_asked, american, british
from .elision import contracted
from .guess import Guesser
from .lexicon import Lexicon, Phones, is_vowel, vowels
from .own import heteronyms, own_words, verse_words
from .stems import built, inflected
from .variants import settled, spread

LIGATURES = {"æ": "e", "œ": "e", "ø": "o", "ß": "s", "ð": "d", "þ": "t", "ł": "l", "đ": "d", "ı": "i"}
APOSTROPHES = "'’‘ʼ`´′＇‛"
VOWEL_LETTERS = frozenset("aeiouy")
MOST_APOSTROPHES = 2  # each may stand for many letters: more are not tried
LONGEST_SMALL = 2  # letters
LONGEST_WORD = 40  # letters; longer ones go straight to the guesser


def fold(text: str) -> list[tuple[str, str]]:
    """(as written, key) of every letter and apostrophe: the key is one of a-z and ', or "" for other scripts.

    Combining marks stay with their letter; everything else (digits, hyphens, dots) is left out.
    """
    pairs: list[tuple[str, str]] = []
    for sign in text:
        if unicodedata.combining(sign) and pairs:
            pairs[-1] = (pairs[-1][0] + sign, pairs[-1][1])
        elif sign in APOSTROPHES:
            pairs.append((sign, "'"))
        elif sign.isalpha():
            pairs.append((sign, _key(sign)))
    return pairs


def _key(sign: str) -> str:
    low = sign.lower()
    plain = LIGATURES.get(low[0]) or unicodedata.normalize("NFKD", low)[0]
    return plain if "a" <= plain <= "z" else ""


class Pronouncer:
    """Keys (a-z and apostrophes) -> pronunciations; remembers the last few thousand."""

    def __init__(self, lexicon: Lexicon | None = None):
        self.lexicon = lexicon or Lexicon()
        self.accent = accent_asked()
        self._own: dict[str, tuple[Phones, ...]] = {}
        self._guesser = Guesser()
        self.of = lru_cache(maxsize=8192)(self._of)
        self.known = lru_cache(maxsize=8192)(self._known)
        self._own = own_words(lambda word: self.derived(word))
        self.known.cache_clear()

    @property
    def own(self) -> Collection[str]:
        """The words of the person's own lexicon."""
        return self._own.keys()

    def _of(self, key: str) -> tuple[Phones, ...]:
        """Every pronunciation, best first; never empty; each has a vowel or is the whole of a hummed word."""
        if key in self._own:
            return self._own[key]
        found = self.derived(key) or (self._guess(key),)
        made = spread(key, found)
        return british(key, made) if self.accent == "british" else american(key, made)

    def spoken(self, key: str, found: tuple[Phones, ...]) -> tuple[Phones, ...]:
        """``found`` without initials read by name, which have far more syllables than vowel letters."""
        if len(key) <= LONGEST_SMALL and len(vowels(found[0])) == 1:  # am and us, not A.M. and U.S.
            found = tuple(phones for phones in found if len(vowels(phones)) == 1)
        most = sum(letter in VOWEL_LETTERS for letter in key) + 1
        if most == 1 or len(vowels(found[0])) <= most:
            return found
        return tuple(phones for phones in found if len(vowels(phones)) <= most) or (self._guess(key),)

    def derived(self, key: str) -> tuple[Phones, ...]:
        """Pronunciations from the lexicon or from known parts; empty when only a guess is left."""
        found = self.known(key)
        if not found and len(key) <= LONGEST_WORD and key.count("'") <= MOST_APOSTROPHES:
            found = contracted(key, self._simple) if "'" in key else ()
            found = found or built(key.replace("'", ""), self.known)
        return tuple(phones for phones in found or self.known(key.strip("'")) if any(map(is_vowel, phones)))

    def whole(self, key: str) -> tuple[Phones, ...]:
        """Pronunciations of a word that a hyphen may have cut: known, elided or inflected, never a compound."""
        found = self.derived(key) if "'" in key else self.known(key) or inflected(key, self.known)
        return spread(key, found)

    def syllables(self, stem: str) -> int:
        """How many syllables a stem in the lexicon has; 0: it is not there."""
        found = self.known(stem)
        return sum(map(is_vowel, found[0])) if found else 0

    def _known(self, key: str) -> tuple[Phones, ...]:
        if key in self._own:
            return self._own[key]
        sounds = tuple(phones for phones, _ in heteronyms().get(key, ()))
        found = tuple(map(settled, self.lexicon.get(key))) or verse_words().get(key, ())
        return tuple(dict.fromkeys((*found, *sounds))) if found else found

    def _simple(self, key: str) -> tuple[Phones, ...]:
        """A word that may still hold an apostrophe; nothing built from parts, nothing guessed."""
        return self.known(key) or (contracted(key, self._simple) if "'" in key else ())

    def _guess(self, key: str) -> Phones:
        letters = re.sub(r"(.)\1{2,}", r"\1\1", key).strip("'")
        return self._guesser.guess(letters) if letters else ("AH0",)
