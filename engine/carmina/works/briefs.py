"""What a person asked for. ``None`` leaves a choice to the style, the words or the seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .checks import require
from .music import Score
from .plans import SongPlan
from .poem_plans import Plan
from .poems import Poem
from .words import SECTION_KINDS, Lyrics, LyricSheet, SectionKind


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person asked of a writer. ``None`` leaves the choice to the style, and the style may leave it to the
    words."""

    lyrics: Lyrics
    style: str = "song"
    key: str | None = None  # e.g. "D", "F# minor"
    mode: Literal["major", "minor"] | None = None
    metre: str | None = None  # e.g. "3/4"
    tempo_bpm: float | None = None  # quarter notes a minute
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch
    chords: tuple[str, ...] = ()  # one a bar, repeated as needed
    strophic: bool | None = None  # None: stanzas of equal shape share their tune
    plan: SongPlan | None = None  # None: the writer draws its own
    seed: int = 0
    candidates: int | None = None  # None: the writer's own number
    temperature: float | None = None  # None: the writer's own
    decoder: str | None = None
    model: str | None = None  # name or path; None: the shipped one
    network: str | None = None
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArrangeBrief:
    """What a person asked of an accompaniment. The score's voice is kept, moved only where an introduction precedes
    it."""

    score: Score
    style: str = "song"
    chords: tuple[str, ...] = ()  # one a bar, repeated as needed; none: the score's own, else they are found
    seed: int = 0
    humanise: float = 0.0  # 0 as written .. 1 as loosely as people play
    options: dict[str, object] = field(default_factory=dict)  # e.g. {"intro": 2}, in bars

    def __post_init__(self) -> None:
        require(0 <= self.humanise <= 1, f"humanise {self.humanise} is outside 0..1")


@dataclass(frozen=True, slots=True)
class VerseBrief:
    """What a person asked of a verse writer. ``None`` leaves the choice to the form, and the form to the seed."""

    keywords: tuple[str, ...] = ()
    form: str = "sonnet"
    style: str | None = None  # period, tradition or poet, of those that the writer knows
    prompt: str = ""  # first line or lines to go on from
    acrostic: str = ""  # letters or characters that begin the lines
    rhyme: str | None = None  # words joined by "/", or a rhyme class
    strictness: Literal["strict", "classic", "slant"] = "classic"
    stanzas: int | None = None  # of forms that may have any number
    book: str | None = None  # rhyme book
    seed: int = 0
    candidates: int | None = None  # poems to rank
    temperature: float | None = None
    decoder: str | None = None
    model: str | None = None  # name or path; None: the shipped one
    network: str | None = None
    request: str = ""  # a whole sentence: "a sad poem about my grandmother who died in winter"
    mood: str = ""  # one of MOODS
    plan: Plan | None = None  # what was planned before; what it says goes before what is drawn
    options: dict[str, object] = field(default_factory=dict)


Lock = Literal["notes", "pitches", "rhythm", "words"]
LOCKS = ("notes", "pitches", "rhythm", "words")


@dataclass(frozen=True, slots=True)
class EditBrief:
    """What a person asked of a writer that changes a song that is there. ``None`` leaves the choice to the song.

    A locked thing stays: ``notes`` every pitch and length, ``pitches`` the pitches in their order, ``rhythm`` every
    onset and length, ``words`` the place where each syllable begins.
    """

    score: Score
    bars: tuple[int, int] | None = (
        None  # first and last that may change, counted as they sound: 1 the first whole, 0 a pickup
    )
    lyrics: Lyrics | None = None  # new words
    locks: frozenset[Lock] = frozenset()
    everywhere: bool = True  # a tune that is sung again changes each time
    added_bars: int | None = None  # to go on for
    keep_words: bool = False  # the new words are a further verse
    style: str = "song"
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch of the voice
    seed: int = 0
    candidates: int | None = None  # None: the writer's own number
    temperature: float | None = None  # None: the writer's own
    decoder: str | None = None
    model: str | None = None  # name or path; None: the shipped one
    network: str | None = None
    options: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require(self.locks <= set(LOCKS), f"locks {sorted(self.locks)} are not all of {LOCKS}")
        require(self.bars is None or 0 <= self.bars[0] <= self.bars[1], f"bars {self.bars} are no first and last")


@dataclass(frozen=True, slots=True)
class SongBrief:
    """What a person asked of a whole song. What is given (poem, words or melody) is taken as it is and not written
    again.

    ``None`` leaves a choice to the style, the language or the seed.
    """

    keywords: tuple[str, ...] = ()
    form: str | None = None  # of the verse
    style: str = "song"  # of the music
    verse_style: str | None = None  # period, tradition or poet
    language: str = "auto"
    sections: tuple[SectionKind, ...] = ()  # in the order they are sung; none: as the style has them
    syllables: int | None = None  # that may be sung at most, repeated sections counted each time
    poem: Poem | None = None
    words: LyricSheet | None = None
    melody: Score | None = None
    plan: SongPlan | None = None  # of the melody; None: the writer of melodies draws its own
    harmony: str | None = "chords"  # name of the writer of chords for a new melody; None: the melody writer's own
    accompaniment: str | None = "arrange"  # name of the writer; None: the melody stays alone
    key: str | None = None
    mode: Literal["major", "minor"] | None = None
    metre: str | None = None
    tempo_bpm: float | None = None  # quarter notes a minute
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch of the voice
    chords: tuple[str, ...] = ()  # one a bar, repeated as needed
    humanise: float = 0.0  # 0 as written .. 1 as loosely as people play
    seed: int = 0
    candidates: int | None = None  # melodies to rank
    temperature: float | None = None
    decoder: str | None = None
    options: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require(
            all(kind in SECTION_KINDS for kind in self.sections),
            f"sections {self.sections} are not all of {SECTION_KINDS}",
        )
        require(self.syllables is None or self.syllables > 0, f"syllables {self.syllables} is not above 0")
