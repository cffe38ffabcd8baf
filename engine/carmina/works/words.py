"""Words: as a person wrote them, and as they are sung."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .checks import require

Place = Literal["single", "begin", "middle", "end"]
SectionKind = Literal["verse", "chorus", "bridge", "intro", "outro", "prechorus", "other"]
PLACES = ("single", "begin", "middle", "end")
SECTION_KINDS = ("verse", "chorus", "bridge", "intro", "outro", "prechorus", "other")


@dataclass(frozen=True, slots=True)
class SheetWord:
    """One written word of a lyric sheet, before any language has looked at it.

    ``text`` holds letters, digits, apostrophes and the author's own hyphens (``beau-ti-ful``); never spaces, never
    ``_``.
    """

    text: str
    after: str = ""  # punctuation that follows, as written
    extra_notes: tuple[int, ...] = ()  # per hyphen part: further notes that the author asked for with "_"
    chord: str | None = None  # ChordPro chord written before the word, e.g. "Am"
    more_chords: tuple[tuple[int, str], ...] = ()  # (letters of the word before it, chord): inside the word or after it


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a lyric sheet."""

    words: tuple[SheetWord, ...]
    text: str = ""  # as written, markup removed
    language: str = ""  # code that the author marked it with; empty: none

    def __post_init__(self) -> None:
        require(bool(self.words), "a sheet line needs at least one word")


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One stanza of a lyric sheet with the label that stood above it."""

    lines: tuple[SheetLine, ...]
    kind: SectionKind = "verse"
    label: str = ""  # as written, e.g. "Verse 1" or "副歌"


@dataclass(frozen=True, slots=True)
class LyricSheet:
    """Lyrics as people have them, cut into labelled stanzas, lines and words."""

    sections: tuple[SheetSection, ...]
    title: str = ""
    losses: tuple[str, ...] = field(default=(), compare=False)  # what its reader could not keep: "1 annotation"


# as they are sung


@dataclass(frozen=True, slots=True)
class Syllable:
    """One sung syllable with the prosody that a melody should respect."""

    text: str  # as sung and as spelt, without hyphens, e.g. "beau"
    place: Place = "single"  # in its word
    stress: int | None = None  # 0 none, 1 primary, 2 secondary; None: the language does not say
    tone: int | None = None  # Chinese 1-4, 5 neutral; None: not tonal
    after: str = ""  # punctuation after it, as written
    content: bool = True  # part of a content word (noun, verb, ...), not a function word
    rhyme: str | None = None  # rhyme class of a line that would end here; word-final syllables only
    extra_notes: int = 0  # further notes that the author asked for (melisma)
    chord: str | None = None  # chord symbol that the author put here
    more_chords: tuple[str, ...] = ()  # further ones, while it is held or before the next syllable
    ends_line: bool = False
    language: str = ""  # code of the language that read it, e.g. "en"

    def __post_init__(self) -> None:
        require(bool(self.text.strip()), "a syllable needs text")
        require(self.place in PLACES, f"place {self.place!r} is none of {PLACES}")
        require(self.stress in (None, 0, 1, 2), f"stress {self.stress!r} is none of 0, 1, 2, None")
        require(self.tone in (None, 1, 2, 3, 4, 5), f"tone {self.tone!r} is none of 1-5, None")
        require(0 <= self.extra_notes <= 64, f"extra_notes {self.extra_notes} is outside 0..64")

    @property
    def ends_word(self) -> bool:
        """Whether a space, not a hyphen, follows."""
        return self.place in ("single", "end")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of sung words."""

    syllables: tuple[Syllable, ...]

    def __post_init__(self) -> None:
        require(bool(self.syllables), "a line needs at least one syllable")


@dataclass(frozen=True, slots=True)
class Section:
    """A stanza: verse, chorus, bridge, ..."""

    lines: tuple[Line, ...]
    kind: SectionKind = "verse"
    label: str = ""

    def __post_init__(self) -> None:
        require(bool(self.lines), "a section needs at least one line")


@dataclass(frozen=True, slots=True)
class Lyrics:
    """All the sung words of a song."""

    sections: tuple[Section, ...]
    language: str = ""  # code of the main language
    title: str = ""

    def __post_init__(self) -> None:
        require(bool(self.sections), "lyrics need at least one section")

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        return tuple(syllable for line in self.lines for syllable in line.syllables)
