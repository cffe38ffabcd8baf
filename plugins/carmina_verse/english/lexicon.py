"""The English words that may be written, as arrays: pieces, stresses, rhymes, onsets; and which fit where in a
metre."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from .text import MARKS, NO_MARK
from .tokenizer import EnglishVerse
from .vocabulary import Word
from .word_lists import ARCHAIC, FUNCTION_WORDS, NO_WORDS

Resaid = tuple[tuple[str, tuple[str, ...]], ...]  # words, each with its sounds
LEAST_COUNT = 20  # rarer words are written only when asked for


def rhyme_start(phones: tuple[str, ...]) -> int:
    """Where the rhyming part begins: the last vowel with stress, or the last one where two weak ones would follow
    it."""
    vowels = [at for at, phone in enumerate(phones) if phone[-1].isdecimal()]
    stressed = [at for at in vowels if phones[at][-1] in "12"]
    if not stressed:
        return vowels[-1]
    return stressed[-1] if len(vowels) - vowels.index(stressed[-1]) <= 2 else vowels[-1]


def rhyme_class(phones: tuple[str, ...]) -> str:
    """The rhyming part without stress digits; before R the lexicon writes one vowel in two ways (here IY, near IH)."""
    plain = [phone.rstrip("012") for phone in phones[rhyme_start(phones) :]]
    return " ".join("IY" if pair == ("IH", "R") else pair[0] for pair in zip(plain, [*plain[1:], ""], strict=True))


def resaid(language: Any, tokens: EnglishVerse) -> Resaid:
    """The words of the table that the language, as it is set (accent, own lexicon), says otherwise."""
    if not hasattr(language, "resaid"):
        return ()
    return tuple(sorted(language.resaid([word.text for word in tokens.words.all]).items()))


class Sounds:
    """Words sorted by their pieces, so that the words which begin with some pieces stand together."""

    def __init__(self, tokens: EnglishVerse, extra: tuple[Word, ...] = (), resaid: Resaid = ()):
        """``resaid``: words of the table with other sounds than its own, as an accent or a person's lexicon has
        them."""
        self.tokens = tokens
        said = dict(resaid)
        table = (replace(word, phones=said.get(word.text, word.phones)) for word in tokens.words.all)
        usable = [word for word in (*table, *extra) if any(phone[-1].isdecimal() for phone in word.phones)]
        encoded = tokens.pieces.encode([word.text + " " for word in usable])
        order = sorted(range(len(usable)), key=lambda n: encoded[n])
        self.words: list[Word] = [usable[n] for n in order]
        self.pieces = [tuple(encoded[n]) for n in order]
        self.index = {word.text: at for at, word in enumerate(self.words)}
        depth = max(map(len, self.pieces))
        self.grid = np.full((depth, len(order)), -1, np.int32)  # piece at each depth of each word
        for at, pieces in enumerate(self.pieces):
            self.grid[: len(pieces), at] = pieces
        self.counts = np.array([word.count for word in self.words])
        real = np.array([any(letter in "aeiouy" for letter in word.text) for word in self.words]) & ~self._member(
            NO_WORDS
        )
        self.common = (self.counts >= LEAST_COUNT) & real
        self.names = np.array(
            [word.capital >= 60 and word.text != "i" and not word.text.startswith("i'") for word in self.words]
        )
        self.archaic = self._member(ARCHAIC)
        self.function = self._member(FUNCTION_WORDS)
        stresses = [word.stresses for word in self.words]
        self.patterns = sorted(set(stresses))
        places = {pattern: at for at, pattern in enumerate(self.patterns)}
        self.pattern_of = np.array([places[pattern] for pattern in stresses])
        self.syllables = np.array([len(pattern) for pattern in stresses])
        self.weak_end = np.array([pattern[-2:] in ("10", "20") for pattern in stresses])
        self.letters = np.array([ord(next(c for c in word.text if c.isalpha())) for word in self.words])

    def _member(self, words: frozenset[str]) -> np.ndarray:
        return np.array([word.text in words for word in self.words])

    @cached_property
    def mark_ids(self) -> dict[str, int]:
        """The id of each punctuation mark."""
        return {mark: self.tokens.mark(mark) for mark in (*MARKS, NO_MARK)}

    # ---- rhyme

    @cached_property
    def rhymes(self) -> dict[str, np.ndarray]:
        """Rhyme class -> indices of its words, the commonest first."""
        classes: dict[str, list[int]] = defaultdict(list)
        for at in np.argsort(-self.counts, kind="stable"):
            classes[self.rhyme_of[at]].append(int(at))
        return {name: np.array(members) for name, members in classes.items()}

    @cached_property
    def rhyme_of(self) -> list[str]:
        """The rhyme class of each word: its rhyming part without stress digits."""
        return [rhyme_class(word.phones) for word in self.words]

    @cached_property
    def onset_of(self) -> list[str]:
        """The consonants before the rhyming part of each word: two words that share them are no rhyme."""
        return [_onset(word.phones) for word in self.words]

    def partners(self, members: np.ndarray) -> np.ndarray:
        """One word (the commonest) of each onset among the members."""
        first: dict[str, int] = {}
        for at in members:
            first.setdefault(self.onset_of[at], int(at))
        return np.array(list(first.values()), int)

    # ---- metre

    @lru_cache(maxsize=64)  # noqa: B019 - one Sounds lives as long as the process
    def fit(self, pattern: str, strict: bool) -> np.ndarray:
        """(syllables + 1, words) whether a word may end where so many syllables of the pattern are left before it."""
        by_pattern = np.array(
            [
                [_fits(stresses, pattern[:left], len(pattern), strict) for stresses in self.patterns]
                for left in range(len(pattern) + 1)
            ]
        )
        return by_pattern[:, self.pattern_of]

    @cached_property
    def piece_syllables(self) -> np.ndarray:
        """(V,) syllables of the pieces that are whole words; 0 for the others."""
        sizes = np.zeros(self.tokens.field_sizes[0], np.int64)
        for at, pieces in enumerate(self.pieces):
            if len(pieces) == 1:
                sizes[pieces[0]] = self.syllables[at]
        return sizes

    @lru_cache(maxsize=8)  # noqa: B019
    def stress_cost(self, strong: bool) -> np.ndarray:
        """(V,) nats taken from one-syllable words that sit badly on a strong (or weak) place."""
        cost = np.zeros(self.tokens.field_sizes[0], np.float32)
        for at in np.flatnonzero(self.syllables == 1):
            if len(self.pieces[at]) == 1:
                function = self.function[at]
                slight = self.words[at].text in ("the", "a", "an")
                cost[self.pieces[at][0]] = (
                    -4.0
                    if slight and strong
                    else -0.7
                    if function and strong
                    else -0.5
                    if not function and not strong
                    else 0.0
                )
        return cost


def _onset(phones: tuple[str, ...]) -> str:
    end = begin = rhyme_start(phones)
    while begin and not phones[begin - 1][-1].isdecimal():
        begin -= 1
    return " ".join(phones[begin:end])


def _fits(stresses: str, before: str, length: int, strict: bool) -> bool:
    """Whether a word of these stresses may fill the last places of ``before``, a line's first part.

    A longer word's primary stress needs a strong place; unless strict, a line may begin with an inverted foot.
    """
    start = len(before) - len(stresses)
    if start < 0:
        return False
    places = before[start:]
    if "~" in places or len(stresses) == 1:
        return True
    if not strict and start == 0 and places[:2] == "-+" and length >= 4 and stresses[:2] == "10":
        return all(place == "+" for digit, place in zip(stresses[2:], places[2:], strict=True) if digit == "1")
    clash = any(digit == "1" and place == "-" for digit, place in zip(stresses, places, strict=True))
    return (
        not clash
        and "1" in stresses
        and not any(
            digit == "0" and place == "+" and stresses[max(0, at - 1) : at + 2].count("1")
            for at, (digit, place) in enumerate(zip(stresses, places, strict=True))
        )
    )
