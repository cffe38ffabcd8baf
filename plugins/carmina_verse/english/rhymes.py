"""Which words may end a line: rhyme groups that will not run dry, perfect unless slant rhymes are asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from .lexicon import Sounds

BAD_ENDS = frozenset(
    "a an the and or nor but if of to in on at by for from with as is are was were be been its his her their our "
    "my your thy "
    "than into upon unto that this these those which who whom whose when where while till ere has have had shall "
    "will would "
    "should could can may might must very such i'll i'm i've i'd it's he's she's that's there's they're we're "
    "you're 'tis 'twas "
    "am do did does let what how some any each every no not o oh he we they i she so too then yet us them him "
    "it".split()
)
TWO_WAYS = frozenset(
    "tears tear wind winds read lead live lives bow bows close use uses wound wounds row rows sow dove does bass "
    "minute "
    "august house been again wert were bade shone gone one wan swan upon yon".split()
)  # said in more than one way
COMMON_END = 45  # uses in the corpus of a word that may end a line
SPARE = 4  # more partners than a rhyme group needs
NEAR = tuple(
    frozenset(pair.split())
    for pair in ("IH IY", "AH UH", "AH AA", "UH UW", "AA AO", "EH AE", "AO OW", "EH IH", "EH EY")
)
FAMILIES = tuple(
    frozenset(sounds.split()) for sounds in ("P T K", "B D G", "F TH S SH CH", "V DH Z ZH JH", "M N NG", "L R")
)


class Rhymes:
    """Masks over words."""

    def __init__(self, sounds: Sounds, allowed: np.ndarray, strictness: str, asked: Sequence[int] = ()):
        """``asked``: words that somebody wants at the end of a line, whatever they are."""
        self.sounds, self.strictness = sounds, strictness
        rare = (sounds.counts < COMMON_END) & sounds.common
        self._usable = (
            allowed & ~rare & ~np.array([word.text in BAD_ENDS or word.text in TWO_WAYS for word in sounds.words])
        )
        self._usable[list(asked)] = True

    def unrhymed(self, used: Collection[int]) -> np.ndarray:
        """Words that may end a line without rhyme."""
        return self._without(self._usable, used)

    def opening(self, needed: int, pattern: str, used: Collection[int], wanted: str = "") -> np.ndarray:
        """Words whose class has partners enough for a group of ``needed`` lines."""
        if wanted:
            return self._without(self._class(wanted) & self._usable, used)
        taken = {self.sounds.rhyme_of[word] for word in used}
        mask = np.zeros(len(self._usable), bool)
        for name in self._rich(needed + SPARE, pattern):
            if name not in taken:
                mask |= self._class(name)
        return self._without(mask & self._usable, used)

    def joining(self, group: Sequence[int], used: Collection[int]) -> np.ndarray:
        """Words that rhyme with the group and are no mere echo of one of its words."""
        mask = self._usable.copy()
        for name in {self.sounds.rhyme_of[word] for word in group}:
            mask &= self._sounding(name)
        onsets = {(self.sounds.rhyme_of[word], self.sounds.onset_of[word]) for word in group}
        for at in np.flatnonzero(mask):
            if (self.sounds.rhyme_of[at], self.sounds.onset_of[at]) in onsets:
                mask[at] = False
        return self._without(mask, used)

    def partners(self, name: str) -> int:
        """How many words that do not merely echo one another a class has (near classes too under ``slant``)."""
        members = np.flatnonzero(self._sounding(name) & self._usable)
        return len(self.sounds.partners(members))

    @lru_cache(maxsize=64)  # noqa: B019
    def _sounding(self, name: str) -> np.ndarray:
        """(words,) the class; under ``slant`` the classes near it as well."""
        mask = self._class(name)
        if self.strictness == "slant":
            for other in self.sounds.rhymes:
                if near(name.split(), other.split()):
                    mask |= self._class(other)
        return mask

    @lru_cache(maxsize=8)  # noqa: B019
    def _rich(self, needed: int, pattern: str) -> tuple[str, ...]:
        fit = self.sounds.fit(pattern, True)[len(pattern)] & self._usable
        found = []
        for name, members in self.sounds.rhymes.items():
            if len(members) >= needed and len(self.sounds.partners(members[fit[members]])) >= needed:
                found.append(name)
        return tuple(found)

    def _class(self, name: str) -> np.ndarray:
        mask = np.zeros(len(self._usable), bool)
        mask[self.sounds.rhymes.get(name, np.zeros(0, int))] = True
        return mask

    @staticmethod
    def _without(mask: np.ndarray, used: Collection[int]) -> np.ndarray:
        mask = mask.copy()
        mask[list(used)] = False
        return mask


def near(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rhyming parts differ in one sound only, by a near vowel or a consonant of the same family."""
    if len(one) != len(other) or len(one) == 1:
        return False
    pairs = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and any(pairs[0] <= family for family in (*NEAR, *FAMILIES))
