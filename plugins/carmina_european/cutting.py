"""Where a word parts: vowel groups and what stands between them -> syllables."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Letters:
    """A word's letters in lower case without apostrophes and hyphens, and where each stands in the word as written."""

    plain: str
    at: tuple[int, ...]


def letters_of(word: str) -> Letters:
    """The letters of a word; a letter whose lower case is longer stays as it is."""
    pairs = [
        (low if len(low := c.lower()) == 1 else c, i) for i, c in enumerate(word) if c.isalnum() or not c.isascii()
    ]
    return Letters("".join(c for c, _ in pairs), tuple(i for _, i in pairs))


def groups(pattern: re.Pattern[str], word: str) -> list[Span]:
    """The vowel groups that a pattern finds. A group named ``skip`` is no vowel: it only consumes letters."""
    return [
        found.span() for found in pattern.finditer(word) if "skip" not in found.groupdict() or found["skip"] is None
    ]


def _as_long(instead: str, found: re.Match[str]) -> str:
    return instead * len(found[0])


def mask(word: str, rules: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """A word with its silent vowels and half vowels turned into consonants, letter for letter."""
    for pattern, instead in rules:
        word = pattern.sub(partial(_as_long, instead), word)
    return word


def cut(plain: str, nuclei: list[Span], onset: Callable[[str], int], breaks: Collection[int] = ()) -> list[int]:
    """Where the syllables of a word start, in letters, the first (0) left out.

    Between two vowel groups the word parts where a pattern of ``breaks`` says, if exactly one does; else ``onset``
    tells how many of the consonants between open the next syllable.
    """
    cuts = []
    for (_, end), (start, _) in zip(nuclei, nuclei[1:], strict=False):
        known = [at for at in breaks if end <= at <= start]
        cuts.append(known[0] if len(known) == 1 else start - onset(plain[end:start]))
    return cuts


def written_parts(word: str, letters: Letters, cuts: list[int]) -> list[str]:
    """A word as written, parted before the letters at ``cuts``; apostrophes stay with the letter before them."""
    places = [0, *(letters.at[at] for at in cuts), len(word)]
    return [word[start:end] for start, end in zip(places, places[1:], strict=False)]


def romance_onset(cluster: str, s_opens: bool) -> int:
    """How many of the consonants between two vowels open the second syllable, in French, Italian and Latin.

    One alone; a stop or f with l or r; ch, ph, th, gh, gn, qu; with ``s_opens`` also s before consonants (que-sto).
    """
    if len(cluster) < 2:
        return len(cluster)
    for size in (4, 3, 2):
        tail = cluster[-size:]
        if len(tail) == size and re.fullmatch(_CLUSTER, tail) and (s_opens or tail[0] != "s" or tail == "sh"):
            return size
    return 1


_CLUSTER = (
    r"s?(?:[bcdfgptv][lr]|[cpt]h[lr]?|gh|[gq]u|gn|gli|[cg][ei]|ch?i|ghi|qu)|s[bcdfghlmnpqrtv]|s(?:ch?i?|gu|qu)|squ|sh"
)
