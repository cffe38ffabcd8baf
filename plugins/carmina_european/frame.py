"""What the languages share: the contract, the author's hyphens, clitics, numbers and symbols."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

import carmina
from carmina import Place, Syllable

from .claims import share
from .cutting import Span, cut, letters_of, written_parts
from .numbers import spoken
from .tables import tables

_MUTE = "e"


class European(carmina.Language):
    """A language of rules: subclasses say where the vowels are, what opens a syllable, and where the stress lies."""

    def claim(self, words: Sequence[str]) -> float:
        return share(self.name, words)

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """As the contract says. A word without a vowel (``l'``, ``'s``) is sung with the next word, or with the
        last."""
        said = [spoken(self.name, word) for word in words]
        flat = [(at, part) for at, parts in enumerate(said) for part in parts]
        flat = _join_clitics(flat, self._has_vowel)
        found: list[list[Syllable]] = [[] for _ in words]
        for i, (at, word) in enumerate(flat):
            follows = flat[i + 1][1] if i + 1 < len(flat) else None
            found[at].extend(self._word(word, follows))
        return [tuple(syllables) for syllables in found]

    def spoken(self, word: str) -> list[str]:
        return spoken(self.name, word)

    def _word(self, word: str, follows: str | None) -> list[Syllable]:
        texts = self._texts(word, follows)
        if not texts:
            return []
        pieces = [letters_of(piece).plain for piece in word.split("'") if piece]  # l'anima, qu'il
        content = not all(piece in tables(self.name).function for piece in pieces)
        stresses = self._stresses(pieces, texts, content)
        last = len(texts) - 1
        middle: list[Place] = ["middle"] * (last - 1)
        places: list[Place] = ["begin", *middle, "end"] if last else ["single"]
        syllables = [
            Syllable(text, place=place, stress=stress, content=content, language=self.name)
            for text, place, stress in zip(texts, places, stresses, strict=True)
        ]
        syllables[-1] = replace(syllables[-1], rhyme=self.rhyme(texts, stresses))
        return syllables

    def _texts(self, word: str, follows: str | None) -> list[str]:
        """The syllables of one word as spelt; each of the author's parts holds at least one when all have a vowel."""
        parts = [part for part in word.split("-") if part]
        if len(parts) > 1 and not all(self._has_vowel(part) for part in parts):
            parts = ["".join(parts)]
        texts: list[str] = []
        for i, part in enumerate(parts):
            texts += self._part(part, parts[i + 1] if i + 1 < len(parts) else follows)
        return texts

    def _part(self, part: str, follows: str | None) -> list[str]:
        letters = letters_of(part)
        if not letters.plain:
            return []
        known = tables(self.name).cuts.get(letters.plain)
        if known:
            cuts = [i - n for n, i in enumerate(j for j, c in enumerate(known) if c == "-")]
            last = max((i for i, c in enumerate(letters.plain) if c in _MUTE), default=0)
            count = len(cuts) + 1
        else:
            nuclei = self.nuclei(letters.plain)
            last, count = nuclei[-1][0] if nuclei else 0, len(nuclei)
            cuts = cut(letters.plain, nuclei, self.onset, self.breaks(letters.plain))
        if count > 1 and self.drops_last(letters.plain, last, follows):
            cuts = cuts[:-1]
        return written_parts(part, letters, cuts)

    def _has_vowel(self, text: str) -> bool:
        return bool(self.nuclei(letters_of(text).plain))

    def _stresses(self, pieces: list[str], texts: list[str], content: bool) -> list[int]:
        count = len(texts)
        if count == 1:
            return [1 if content else 0]
        irregular = tables(self.name).stress
        back = irregular.get("".join(pieces)) or irregular.get(pieces[-1] if pieces else "")
        primary = count - back if back and back <= count else self.stressed(texts)
        return [1 if i == primary else self.secondary(texts, primary, i) for i in range(count)]

    # ---- what a language says --------------------------------------------------------------------------------------

    @abstractmethod
    def nuclei(self, plain: str) -> list[Span]:
        """The vowel groups of a word in lower case: one a syllable."""

    @abstractmethod
    def onset(self, cluster: str) -> int:
        """How many of the consonants between two vowels open the second syllable."""

    @abstractmethod
    def stressed(self, texts: list[str]) -> int:
        """The stressed syllable of a word of two or more, from 0."""

    @abstractmethod
    def rhyme_key(self, tail: str) -> str:
        """The rhyme class of what follows the onset of the last stressed syllable, lower case, no apostrophes."""

    def breaks(self, plain: str) -> Sequence[int]:
        """Places where hyphenation patterns part the word."""
        return ()

    def drops_last(self, plain: str, last: int, follows: str | None) -> bool:
        """Whether the last vowel group, which starts at letter ``last``, is not sung before the word that follows
        (``None``: the line ends)."""
        return False

    def secondary(self, texts: list[str], primary: int, at: int) -> int:
        """Stress of a syllable that does not lead: 0 or 2."""
        return 0

    def rhyme(self, texts: list[str], stresses: list[int]) -> str | None:
        """The rhyme class of a word: from its last stressed vowel on."""
        strong = [i for i, stress in enumerate(stresses) if stress]
        start = strong[-1] if strong else len(texts) - 1
        plain = letters_of("".join(texts[start:])).plain
        nuclei = self.nuclei(plain)
        return self.rhyme_key(plain[nuclei[0][0] :]) if nuclei else self.rhyme_key(plain)


def _join_clitics(flat: list[tuple[int, str]], has_vowel) -> list[tuple[int, str]]:
    """Words without a vowel joined to the next word, and at the end of the line to the one before."""
    joined: list[tuple[int, str]] = []
    waiting = ""
    for at, word in flat:
        if re.search(r"^'|'$", word) and not has_vowel(word) and re.search(r"[^\W\d]", word):
            waiting += word
        else:
            joined.append((at, waiting + word))
            waiting = ""
    if waiting and joined:
        at, word = joined.pop()
        return [*joined, (at, word + waiting)]
    return [*joined, (flat[-1][0], waiting)] if waiting else joined
