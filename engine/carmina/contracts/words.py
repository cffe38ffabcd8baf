"""Languages, and the forms of verse."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ..works import Syllable
from .entries import PluginEntry


class Language(PluginEntry):
    """Words -> syllables with stress or tone. ``name`` is an ISO 639-1 code."""

    script: ClassVar[str] = "Latin"  # "Latin", "Han", "Kana": which words of a mixed line it may read
    also_reads: ClassVar[tuple[str, ...]] = ()  # scripts that it reads too where it is the song's main language
    counts_stresses: ClassVar[bool] = True  # whether its verse goes in feet; where not, scansion counts syllables alone

    @abstractmethod
    def claim(self, words: Sequence[str]) -> float:
        """How surely these words are of this language, 0..1 (for ``--language auto``)."""

    @abstractmethod
    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The syllables of each word of one line, in order.

        ``words`` are as in :attr:`SheetWord.text`: letters, digits, apostrophes, the author's hyphens, or one symbol
        such as ``&``. Digits and symbols are spelt out as they are read aloud. A word always gives at least one
        syllable unless it cannot be sung at all, then an empty tuple. ``place``, ``stress``/``tone``, ``content``,
        ``rhyme`` (word-final syllables) and ``language`` are filled in; ``after`` and ``ends_line`` are not.
        """

    def synalepha(self, word: str, following: str) -> bool:
        """Whether the vowel that ends a word and the one that begins the next are one syllable, as in Italian verse.

        Asked for words of one line without a mark between them; lyrics sing such vowels on one note, scansion may count
        them as one.
        """
        return False

    def spoken(self, word: str) -> Sequence[str]:
        """The words in which a figure or a sign is read aloud, e.g. ``nineteen ninety nine``; here: the word itself."""
        return [word]

    # ---- verse: ``carmina.Pronouncing``, from the syllables alone; a language with a lexicon knows better

    def knows(self, word: str) -> bool:
        """Whether the word is known, not only sayable; here: whether it can be said."""
        return bool(self.pronunciations(word))

    def pronunciations(self, word: str) -> Sequence[tuple[Syllable, ...]]:
        """The ways to say a word, the commonest first; here: the one way in which it is sung."""
        sung = self.syllabify([word])[0]
        return [sung] if sung else []

    def elided(self, word: str) -> Sequence[tuple[Syllable, ...]]:
        """The ways to say a word that verse alone takes, shorter than any other (*being* in one syllable); here
        none."""
        return ()

    def rhymes_with(self, word: str, other: str) -> str | None:
        """``perfect``, ``slant``, ``identical`` or None; here: perfect where the rhymes that the last syllables name
        are one."""
        if word == other:
            return "identical"
        ends = [{way[-1].rhyme for way in self.pronunciations(text) if way} - {None, ""} for text in (word, other)]
        return "perfect" if ends[0] & ends[1] else None


@dataclass(frozen=True, slots=True)
class FormLine:
    """What a form asks of one line."""

    patterns: tuple[str, ...]  # any one must fit: "-+-+" weak and strong syllables, "~" a free one; 平仄中 for Chinese
    rhyme: str = ""  # lines of one letter rhyme; empty: unrhymed
    refrain: str = ""  # lines of one label are one text; "^label": the opening words of that line
    closing: str = ""  # lines of one label close with one word (radif, end words); they rhyme in the word before

    def __post_init__(self) -> None:
        if not self.patterns or not all(self.patterns):
            raise ValueError("a form's line needs at least one pattern")


@dataclass(frozen=True, slots=True)
class Form:
    """A poetic form: data only. Each variant is a list of stanzas of lines."""

    name: str
    summary: str
    language: str  # ISO 639-1 code
    variants: Mapping[str, tuple[tuple[FormLine, ...], ...]]  # e.g. 平起 and 仄起; one of them is chosen
    aliases: tuple[str, ...] = ()
    repeat: int = 0  # stanzas unless asked otherwise, where the one stanza given may be repeated; 0: it may not
    teaching: str = ""  # what the model's prompt calls it
    book: str = ""  # rhyme book unless asked otherwise
    parallel: tuple[int, ...] = ()  # lines (from 0) whose next line should mirror them (对仗)
    licence: str = "Apache-2.0"

    def __post_init__(self) -> None:
        if not self.variants or not all(stanzas and all(stanzas) for stanzas in self.variants.values()):
            raise ValueError(f"form {self.name!r} needs a variant with a stanza with a line")
