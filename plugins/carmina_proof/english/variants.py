"""Words that a slip of the finger, or of the ear, away: each with what the slip costs in nats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from ..models.counts import Counts

LETTERS = "abcdefghijklmnopqrstuvwxyz'"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SWAPPED, DOUBLED, LEFT_OUT, PUT_IN, NEAR_KEY, VOWEL, OTHER, FIRST, SOUND = 1.0, 0.7, 1.5, 1.5, 1.7, 1.4, 3.0, 1.5, 2.5
SPLIT = 2.5
INFLECTED = 3.0  # more where only an ending differs: town and towns are both meant
LEAST_USES = 4  # of a word that may have been meant
NEIGHBOURS: dict[str, frozenset[str]] = {}
for _row, _letters in enumerate(ROWS):
    for _at, _letter in enumerate(_letters):
        _beside = _letters[max(0, _at - 1) : _at + 2]
        for _other in (_row - 1, _row + 1):
            if 0 <= _other < len(ROWS):
                _beside += ROWS[_other][max(0, _at - 1) : _at + 2]
        NEIGHBOURS[_letter] = frozenset(_beside) - {_letter}


class Variants:
    """What may have been meant by a word."""

    def __init__(self, counts: Counts, listed: frozenset[str]):
        self.counts, self.listed = counts, listed

    def near(self, word: str, least: float = LEAST_USES) -> dict[str, float]:
        """Words one slip away -> the cost of the slip."""
        out: dict[str, float] = {}
        for other, cost in self._slips(word):
            if other == word or not self._known(other, least):
                continue
            cost += INFLECTED * _inflected(word, other)
            if cost < out.get(other, 99.0):
                out[other] = cost
        return out

    def far(self, word: str) -> dict[str, float]:
        """Words that sound alike by their consonants, or are two slips away."""
        found = {other: SOUND + _apart(word, other) for other in self._skeletons.get(_skeleton(word), ())}
        return {other: cost for other, cost in found.items() if other != word and cost < SOUND + 4.5}

    def parted(self, word: str) -> dict[str, float]:
        """Two words that lost the space between them."""
        out = {}
        for at in range(1, len(word)):
            one, other = word[:at], word[at:]
            if min(self.counts.count(one), self.counts.count(other)) >= 2000 and (len(one) > 1 or one in "aio"):
                out[f"{one} {other}"] = SPLIT
        return out

    def _known(self, word: str, least: float) -> bool:
        return self.counts.count(word) >= least and (word in self.listed or "'" in word or len(word) < 3)

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for word in self.counts.words:
            if len(word) > 3 and word in self.listed and self.counts.count(word) >= LEAST_USES:
                out[_skeleton(word)].append(word)
        return out

    def _slips(self, word: str) -> Iterator[tuple[str, float]]:
        for at in range(len(word)):
            left, here, right = word[:at], word[at], word[at + 1 :]
            first = FIRST if at == 0 else 0.0
            twin = here in (word[at - 1 : at], word[at + 1 : at + 2])
            yield left + right, (DOUBLED if twin else PUT_IN) + first
            if right and right[0] != here:
                yield left + right[0] + here + right[1:], SWAPPED + first / 2
            for letter in LETTERS:
                if letter != here:
                    yield left + letter + right, _instead(letter, here) + first
        for at in range(len(word) + 1):
            left, right = word[:at], word[at:]
            for letter in LETTERS:
                twin = letter in (left[-1:], right[:1])
                cost = DOUBLED if twin or letter == "'" else LEFT_OUT
                yield left + letter + right, cost + (FIRST if at == 0 else 0.0)


def _inflected(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in ("s", "d", "n", "r", "y", "t")


def _instead(letter: str, here: str) -> float:
    if letter in NEIGHBOURS.get(here, ()):
        return NEAR_KEY
    return VOWEL if letter in "aeiouy" and here in "aeiouy" else OTHER


def _skeleton(word: str) -> str:
    """The consonants as they sound: tonite and tonight, definately and definitely."""
    word = word.replace("'", "")
    for old, new in (
        ("tch", "x"),
        ("ch", "x"),
        ("ph", "f"),
        ("ght", "t"),
        ("gh", ""),
        ("wr", "r"),
        ("kn", "n"),
        ("ck", "k"),
        ("qu", "kw"),
        ("mb", "m"),
        ("sc", "s"),
        ("tion", "xn"),
        ("sion", "xn"),
        ("dge", "j"),
    ):
        word = word.replace(old, new)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k").replace("z", "s")
    first, rest = word[:1], re.sub(r"[aeiouyhw]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", ("a" if first in "aeiouy" else first) + rest)


def _apart(one: str, other: str) -> float:
    """Letters that must change (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row[0] = row[0], at
        for place, wanted in enumerate(other, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (letter != wanted))
    return float(row[-1])
