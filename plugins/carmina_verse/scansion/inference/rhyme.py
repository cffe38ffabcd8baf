"""How two line ends rhyme for somebody who reads verse of any century, and which lines of a poem rhyme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from carmina import Deviation

from .old_rhymes import historical, slant

KINDS = ("perfect", "identical", "eye", "historical", "slant")  # the best first; of the last three each is a licence
LETTERS = "abcdefghijklmnopqrstuvwyz"
LEAST_ALIKE = 3  # letters
OPEN_TAILS = ("ow", "ew", "ea", "ey", "ove")  # that are said in two ways, and fewer: low and now
FAR = 6  # lines over which an eye rhyme is not looked for
FEWEST_RHYMED, MOST_UNRHYMED = 8, 0.22  # lines, and share of lines
LONGEST_LEANING = 4  # letters of a word that leans on the one before
_ONE_VOWEL = re.compile(r"[^aeiouy]*(?:[aeiouy]{1,2}|ow|ew|ove)w?e?")
_LAST_TWO = re.compile(r"[aeiouy]+[^aeiouy]+[aeiouy]+[^aeiouy]*$")
_TAIL = re.compile(r"[aeiouy]+[^aeiouy]*e?s?d?$")


class RhymeReader:
    """Compares ends of lines, each pair once."""

    def __init__(self, language: Any):
        self._language = language
        self.kind = lru_cache(maxsize=65536)(self._kind)

    def _kind(self, one: str, other: str) -> str | None:
        """One of ``KINDS``, or ``None``."""
        if one == other:
            return "identical"
        said = self._language.rhymes_with(one, other)
        if said in ("perfect", "identical"):
            return said
        if _spelt_alike(one, other):
            return "eye"
        if _old_y(one, other) or _old_y(other, one) or self._by(historical, one, other):
            return "historical"
        return said or ("slant" if self._by(slant, one, other) else None)

    def _by(self, rule: Callable[[Sequence[str], Sequence[str]], bool], one: str, other: str) -> bool:
        if not hasattr(self._language, "phonemes"):
            return False
        return rule(self._language.phonemes(one), self._language.phonemes(other))


def _spelt_alike(one: str, other: str) -> bool:
    """love and move, haste and past, mourns and turns: the same letters from the last vowel on, but for a silent -e and
    a vowel more before them."""
    found = sorted((tail[0] for word in (one, other) if (tail := _TAIL.search(word))), key=len)
    short, long = (tail.removesuffix("e") for tail in found) if len(found) == 2 else ("", "")
    long_enough = len(found[0]) >= LEAST_ALIKE if found else False
    if _two_vowels(one) == _two_vowels(other) != "":
        return True
    open_ends = short == long and short in OPEN_TAILS and all(_ONE_VOWEL.fullmatch(word) for word in (one, other))
    return bool(short) and (long.endswith(short) and long_enough or open_ends)


def _two_vowels(word: str) -> str:
    """The letters of a word from its last vowel but one on: over, of *hover* and *over*; empty where they are few."""
    found = _LAST_TWO.search(word)
    return found[0] if found and len(found[0]) > LEAST_ALIKE else ""


def _old_y(one: str, other: str) -> bool:
    """eternity and die, companies and eyes: a final -y once said as in *eye*."""
    if len(one) < 4 or not re.search(r"[^aeo](?:y|ies)$", one):
        return False
    sounds = r"(?:ie|igh|eye|ye)s$|[iy][sz]es?$|[^aeo]ies$" if one.endswith("s") else r"(?:^i|ie|igh|[^aeo]y|ye)$"
    return re.search(sounds, other) is not None


def mosaic(lines: Sequence[Sequence[str]], rhymes: RhymeReader) -> list[str]:
    """The end of each line: its last word, or its last two where only together they rhyme with a line near by
    (*know it* with *poet*)."""
    ends = [(words or [""])[-1] for words in lines]
    for at, words in enumerate(lines):
        near = [n for n in range(max(0, at - FAR), min(len(lines), at + FAR + 1)) if n != at]
        if len(words) < 2 or len(words[-1]) > LONGEST_LEANING:
            continue
        if any(rhymes.kind(ends[at], ends[n]) in ("perfect", "identical") for n in near):
            continue
        pair = " ".join(words[-2:])
        if any(len(ends[n]) > len(words[-1]) and rhymes.kind(pair, ends[n]) == "perfect" for n in near):
            ends[at] = pair
    return ends


def rhyme_letters(ends: Sequence[str], rhymes: RhymeReader) -> list[str]:
    """A letter for each line that rhymes with another, x for the others."""
    groups: list[list[int]] = []
    for at, end in enumerate(ends):
        kinds = [(group, [rhymes.kind(ends[other], end) for other in group]) for group in groups]
        sure = [group for group, kind in kinds if end and any(k in ("perfect", "identical") for k in kind)]
        near = [
            group
            for group, kind in kinds
            if end and any(k in ("eye", "historical") for k in kind) and at - group[-1] < FAR
        ]
        home = next(iter(sure or near), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    letters, names = ["x"] * len(ends), iter(LETTERS * 40)
    for group in (group for group in groups if len(group) > 1):
        letter = next(names)
        for at in group:
            letters[at] = letter
    return letters


def grouped(names: Sequence[str]) -> list[list[int]]:
    """The places of each name, in order; places without a name are left out."""
    groups: Mapping[str, list[int]] = {name: [] for name in names if name}
    for at, name in enumerate(names):
        if name:
            groups[name].append(at)
    return list(groups.values())


def broken_rhymes(groups: Sequence[Sequence[int]], ends: Sequence[str], rhymes: RhymeReader) -> list[Deviation]:
    """The lines that rhyme with no other of the group that they belong to, each told once."""
    found = []
    for group in groups:
        alone = [at for at in group if not any(rhymes.kind(ends[at], ends[o]) for o in group if o != at)]
        kept = [at for at in group if at not in alone]
        for at in alone if kept else alone[1:]:
            other = min(kept or alone[:1], key=lambda o: abs(o - at))
            one, two = sorted((other, at))
            found.append(
                Deviation(
                    at + 1,
                    ends[at],
                    "rhyme",
                    f"lines {one + 1} and {two + 1}: {ends[one]} and {ends[two]} do not rhyme",
                    (f"end line {at + 1} on a rhyme of {ends[other]!r}",),
                )
            )
    return sorted(found, key=lambda deviation: deviation.line)


def unrhymed(letters: Sequence[str], ends: Sequence[str]) -> list[Deviation]:
    """The lines without a rhyme of a poem in which nearly every line has one."""
    alone = [at for at, letter in enumerate(letters) if letter == "x"]
    if len(letters) < FEWEST_RHYMED or len(alone) > max(2, MOST_UNRHYMED * len(letters)):
        return []
    return [
        Deviation(at + 1, ends[at], "rhyme", f"line {at + 1}: {ends[at]} rhymes with no other line") for at in alone
    ]
