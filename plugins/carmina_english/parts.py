"""A written word as the letters it has and the words it is made of: author's hyphens, initials, compounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .hyphenate import cuts
from .lexicon import Phones, vowels
from .pronounce import VOWEL_LETTERS, Pronouncer, fold
from .spoken import LETTER_NAMES

HYPHENS = re.compile(r"[-‐‑–—­]+")
PURE_VOWELS = VOWEL_LETTERS - {"y"}  # NYC is spelt, MY is a word of the lexicon
LONGEST_INITIALS = 6


@dataclass(frozen=True, slots=True)
class Spelt:
    """Letters as written, each with its key (a-z or ', empty for other scripts)."""

    pairs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "".join(written for written, _ in self.pairs)

    @property
    def key(self) -> str:
        return "".join(key for _, key in self.pairs)

    def cut(self, places: Sequence[int]) -> list[str]:
        """The written letters, cut before the keys at ``places``."""
        wanted, texts, at = set(places), [""], 0
        for written, key in self.pairs:
            if key and at in wanted:
                texts.append("")
            texts[-1] += written
            at += bool(key)
        return texts


@dataclass(frozen=True, slots=True)
class Part:
    """One word, where its author cut it (places in the key), and whether it is a letter called by its name."""

    spelt: Spelt
    forced: tuple[int, ...] = ()
    named: bool = False


def spelt(text: str) -> Spelt:
    """The letters of a written word; of a word without letters, nothing."""
    pairs = tuple(fold(text))
    return Spelt(pairs if any(written.isalpha() or written[0].isalpha() for written, _ in pairs) else ())


def read(word: str, pronouncer: Pronouncer) -> list[Part]:
    """The words that a written word is made of, usually one."""
    initials = _initials(word, pronouncer)
    if initials:
        return initials
    pieces = _merged([piece for piece in map(spelt, HYPHENS.split(word)) if piece.pairs])
    if len(pieces) < 2:
        return [Part(piece) for piece in pieces]
    if _one_word(pieces, pronouncer):
        lengths = [len(piece.key) for piece in pieces]
        return [Part(Spelt(tuple(pair for piece in pieces for pair in piece.pairs)), tuple(accumulate(lengths[:-1])))]
    return [Part(piece) for piece in pieces]


def _initials(word: str, pronouncer: Pronouncer) -> list[Part]:
    """U.S.A., TV, W: one part a letter; W is written out, for its name has three syllables."""
    dotted = re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word) is not None and len(word) > 2
    letters = [piece for piece in map(spelt, word) if piece.key]
    key = "".join(piece.key for piece in letters)
    silent = word.isalpha() and word.isupper() and not set(key) & PURE_VOWELS and len(key) <= LONGEST_INITIALS
    if not dotted and not (silent and (not pronouncer.lexicon.get(key.lower()) or key in LETTER_NAMES)):
        return []
    named = [
        [spelt(name) for name in LETTER_NAMES[piece.key].split()] if piece.key in LETTER_NAMES else [piece]
        for piece in letters
    ]
    return [Part(piece, named=True) for pieces in named for piece in pieces]


def _merged(pieces: list[Spelt]) -> list[Spelt]:
    """Pieces without a vowel join their neighbour (rhyth-m, s-s-so), but T in T-shirt is a word."""
    if not any(set(piece.key) & VOWEL_LETTERS for piece in pieces):
        return pieces
    merged: list[Spelt] = []
    carried: tuple[tuple[str, str], ...] = ()
    for piece in pieces:
        if set(piece.key) & VOWEL_LETTERS or not piece.key or (len(piece.pairs) == 1 and piece.text.isupper()):
            merged.append(Spelt(carried + piece.pairs))
            carried = ()
        elif merged:
            merged[-1] = Spelt(merged[-1].pairs + piece.pairs)
        else:
            carried += piece.pairs
    return [*merged, Spelt(carried)] if carried else merged


def _one_word(pieces: Sequence[Spelt], pronouncer: Pronouncer) -> bool:
    """Whether hyphens part syllables of one word (beau-ti-ful) rather than words (well-known)."""
    if not all(piece.key.strip("'") for piece in pieces):
        return False
    joined = "".join(piece.key for piece in pieces)
    counts = [len(vowels(phones)) for phones in pronouncer.whole(joined)]
    if counts and max(counts) >= len(pieces):
        return True
    return not all(pronouncer.derived(piece.key) for piece in pieces)


def author_cut(part: Part, found: tuple[Phones, ...], pronouncer: Pronouncer) -> tuple[Phones, ...]:
    """The pronunciations that fit the author's cuts; if none does, all of them (the cuts then rule)."""
    exact = tuple(phones for phones in found if len(vowels(phones)) == len(part.forced) + 1)
    if exact:
        return exact
    longer = tuple(phones for phones in found if len(vowels(phones)) > len(part.forced))
    fitting = tuple(
        phones
        for phones in longer
        if set(part.forced) <= set(cuts(part.spelt.key, phones, pronouncer.syllables, part.forced) or ())
    )
    return fitting or found
