"""What verse asks of a language: how a word may be said and what it rhymes with; or the level and the rhyme class of a
character.

A :class:`~carmina.Language` is ``Pronouncing`` by itself, from its syllables; one with a lexicon overrides the methods.
A language whose verse counts tones is ``Tonal`` as well, and its verse is read so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from ..works import Syllable


@runtime_checkable
class Pronouncing(Protocol):
    """A language whose verse counts syllables and stresses."""

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """As :meth:`carmina.Language.syllabify`."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the word is known, not only sayable."""
        ...

    def pronunciations(self, word: str) -> Sequence[tuple[Syllable, ...]]:
        """The ways to say a word, the commonest first; stress 1, 2 (secondary) or 0 each; the last syllable names its
        rhyme."""
        ...

    def rhymes_with(self, word: str, other: str) -> str | None:
        """``perfect``, ``slant``, ``identical`` (the same sounds before the vowel too), or None: no rhyme."""
        ...


@runtime_checkable
class Phonemic(Pronouncing, Protocol):
    """A language with a pronouncing lexicon: certificates of its verse tell sounds."""

    def phonemes(self, word: str) -> tuple[str, ...]:
        """The sounds of the likeliest way to say a word; a vowel's symbol ends in its stress, 0, 1 or 2 (as in
        ARPAbet)."""
        ...


@runtime_checkable
class Tonal(Protocol):
    """A language whose verse counts levels of tone (平仄): one character, one syllable."""

    def level(self, character: str, book: str) -> str | None:
        """``平``, ``仄``, ``both``, or None: not in the rhyme book."""
        ...

    def rhyme_class(self, character: str, book: str) -> tuple[str, ...]:
        """The classes of a rhyme book that hold the character; several where it has several readings."""
        ...

    def near_classes(self, name: str, book: str) -> tuple[str, ...]:
        """The classes that a class may rhyme with where near rhymes are allowed."""
        ...

    def simplified(self, text: str) -> str:
        """The text in the characters that the rhyme books are asked in."""
        ...
