"""The values that everything exchanges: words, songs, and what a person asked for.

All are frozen and checked when made. Times are integer ticks, ``TICKS_PER_QUARTER`` to the quarter note, from the start
of the score. Pitches are MIDI numbers (60 is middle C).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TICKS_PER_QUARTER = 480

Place = Literal["single", "begin", "middle", "end"]
SectionKind = Literal["verse", "chorus", "bridge", "intro", "outro", "prechorus", "other"]
PLACES = ("single", "begin", "middle", "end")
SECTION_KINDS = ("verse", "chorus", "bridge", "intro", "outro", "prechorus", "other")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


# ---- words as a person wrote them -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetWord:
    """One written word of a lyric sheet, before any language has looked at it.

    ``text`` holds letters, digits, apostrophes and the author's own hyphens (``beau-ti-ful``); never spaces, never ``_``.
    """

    text: str
    after: str = ""                  # punctuation that follows, as written
    extra_notes: tuple[int, ...] = ()  # per hyphen part: further notes that the author asked for with "_"
    chord: str | None = None         # ChordPro chord written before the word, e.g. "Am"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a lyric sheet."""

    words: tuple[SheetWord, ...]
    text: str = ""                   # as written, markup removed

    def __post_init__(self) -> None:
        _require(bool(self.words), "a sheet line needs at least one word")


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One stanza of a lyric sheet with the label that stood above it."""

    lines: tuple[SheetLine, ...]
    kind: SectionKind = "verse"
    label: str = ""                  # as written, e.g. "Verse 1" or "副歌"


@dataclass(frozen=True, slots=True)
class LyricSheet:
    """Lyrics as people have them, cut into labelled stanzas, lines and words."""

    sections: tuple[SheetSection, ...]
    title: str = ""


# ---- words as they are sung -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Syllable:
    """One sung syllable with the prosody that a melody should respect."""

    text: str                        # as sung and as spelt, without hyphens, e.g. "beau"
    place: Place = "single"          # in its word
    stress: int | None = None        # 0 none, 1 primary, 2 secondary; None: the language does not say
    tone: int | None = None          # Chinese 1-4, 5 neutral; None: not tonal
    after: str = ""                  # punctuation after it, as written
    content: bool = True             # part of a content word (noun, verb, ...), not a function word
    rhyme: str | None = None         # rhyme class of a line that would end here; word-final syllables only
    extra_notes: int = 0             # further notes that the author asked for (melisma)
    chord: str | None = None         # chord symbol that the author put here
    ends_line: bool = False
    language: str = ""               # code of the language that read it, e.g. "en"

    def __post_init__(self) -> None:
        _require(bool(self.text.strip()), "a syllable needs text")
        _require(self.place in PLACES, f"place {self.place!r} is none of {PLACES}")
        _require(self.stress in (None, 0, 1, 2), f"stress {self.stress!r} is none of 0, 1, 2, None")
        _require(self.tone in (None, 1, 2, 3, 4, 5), f"tone {self.tone!r} is none of 1-5, None")
        _require(0 <= self.extra_notes <= 64, f"extra_notes {self.extra_notes} is outside 0..64")

    @property
    def ends_word(self) -> bool:
        """Whether a space, not a hyphen, follows."""
        return self.place in ("single", "end")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of sung words."""

    syllables: tuple[Syllable, ...]

    def __post_init__(self) -> None:
        _require(bool(self.syllables), "a line needs at least one syllable")


@dataclass(frozen=True, slots=True)
class Section:
    """A stanza: verse, chorus, bridge, ..."""

    lines: tuple[Line, ...]
    kind: SectionKind = "verse"
    label: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.lines), "a section needs at least one line")


@dataclass(frozen=True, slots=True)
class Lyrics:
    """All the sung words of a song."""

    sections: tuple[Section, ...]
    language: str = ""               # code of the main language
    title: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.sections), "lyrics need at least one section")

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        return tuple(syllable for line in self.lines for syllable in line.syllables)


# ---- music ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """One sounding pitch in a :class:`Track`."""

    pitch: int                       # MIDI number, 0..127
    onset_ticks: int                 # from the start of the score
    length_ticks: int                # above 0
    syllable: Syllable | None = None  # sung from this note on
    continues: bool = False          # a melisma: carries on the syllable of the note before
    velocity: int = 80               # 1..127
    delay_ticks: int = 0             # played so much later than it is written, -240..240; its end stays
    ring_ticks: int = 0              # sounds on so long after its written end, 0..61440: an open string, a pedal

    def __post_init__(self) -> None:
        _require(0 <= self.pitch <= 127, f"pitch {self.pitch} is outside 0..127")
        _require(self.onset_ticks >= 0, f"onset_ticks {self.onset_ticks} is below 0")
        _require(self.length_ticks > 0, f"length_ticks {self.length_ticks} is not above 0")
        _require(1 <= self.velocity <= 127, f"velocity {self.velocity} is outside 1..127")
        _require(not (self.continues and self.syllable), "a note either starts a syllable or continues one")
        _require(0 <= self.ring_ticks <= 61440, f"ring_ticks {self.ring_ticks} is outside 0..61440")
        _require(-240 <= self.delay_ticks <= 240, f"delay_ticks {self.delay_ticks} is outside -240..240")

    @property
    def end_ticks(self) -> int:
        return self.onset_ticks + self.length_ticks

    @property
    def released_ticks(self) -> int:
        """When it has died away: the end and its ring."""
        return self.end_ticks + self.ring_ticks

    @property
    def struck_ticks(self) -> int:
        """When it is heard: the onset and its delay, within the score and the note."""
        return min(max(0, self.onset_ticks + self.delay_ticks), self.end_ticks - 1)


@dataclass(frozen=True, slots=True)
class Track:
    """One part. ``role`` is ``voice`` for the sung line, else what it plays (``piano``, ``bass``, ``drums``, ...).

    Tracks in a row with one name, role and program are one instrument: a keyboard's two hands, the upper first.
    """

    notes: tuple[Note, ...]          # sorted by onset; a voice never overlaps itself
    name: str = "Voice"
    role: str = "voice"
    program: int = 53                # General MIDI, 0..127; 53 is Voice Oohs (zero-based)

    def __post_init__(self) -> None:
        _require(0 <= self.program <= 127, f"program {self.program} is outside 0..127")
        onsets = [note.onset_ticks for note in self.notes]
        _require(onsets == sorted(onsets), "notes must be sorted by onset_ticks")
        if self.role == "voice":
            pairs = zip(self.notes, self.notes[1:], strict=False)
            _require(all(a.end_ticks <= b.onset_ticks for a, b in pairs), "a voice must not overlap itself")


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord symbol that holds until the next one."""

    onset_ticks: int
    symbol: str                      # as printed, e.g. "Am7", "C/E"
    numeral: str = ""                # what it is in the key, e.g. "V65", "viio7/V"; empty: not analysed


@dataclass(frozen=True, slots=True)
class Metre:
    """A time signature from ``onset_ticks`` on."""

    beats: int = 4                   # upper figure
    unit: int = 4                    # lower figure: 1, 2, 4, 8, 16
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        _require(1 <= self.beats <= 32, f"beats {self.beats} is outside 1..32")
        _require(self.unit in (1, 2, 4, 8, 16, 32), f"unit {self.unit} is none of 1, 2, 4, 8, 16, 32")

    @property
    def bar_ticks(self) -> int:
        return self.beats * 4 * TICKS_PER_QUARTER // self.unit

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Key:
    """A key signature from ``onset_ticks`` on."""

    fifths: int = 0                  # sharps above 0, flats below; -7..7
    mode: Literal["major", "minor"] = "major"
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        _require(-7 <= self.fifths <= 7, f"fifths {self.fifths} is outside -7..7")
        _require(self.mode in ("major", "minor"), f"mode {self.mode!r} is neither major nor minor")

    @property
    def tonic(self) -> int:
        """Pitch class of the tonic, 0 (C) .. 11."""
        return (self.fifths * 7 + (9 if self.mode == "minor" else 0)) % 12


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo from ``onset_ticks`` on."""

    quarters_per_minute: float = 96.0
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        _require(10 <= self.quarters_per_minute <= 400, f"tempo {self.quarters_per_minute} is outside 10..400")


@dataclass(frozen=True, slots=True)
class SectionMark:
    """Where a section of the song sounds. Sections with one ``melody`` name share their tune (strophic verses)."""

    onset_ticks: int
    length_ticks: int
    kind: SectionKind = "verse"
    label: str = ""
    melody: str = "A"
    verse: int = 1                   # which time this melody is sung, from 1


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece, unrolled in time: what sounds is what is written."""

    tracks: tuple[Track, ...]
    metres: tuple[Metre, ...] = (Metre(),)
    keys: tuple[Key, ...] = (Key(),)
    tempi: tuple[Tempo, ...] = (Tempo(),)
    chords: tuple[Chord, ...] = ()
    sections: tuple[SectionMark, ...] = ()
    pickup_ticks: int = 0            # length of an incomplete first bar; 0: the first bar is whole
    title: str = ""
    language: str = ""
    credits: tuple[str, ...] = ()    # e.g. the words' author

    def __post_init__(self) -> None:
        for name in ("metres", "keys", "tempi"):
            changes = getattr(self, name)
            _require(bool(changes) and changes[0].onset_ticks == 0, f"{name} must start at tick 0")
        _require(0 <= self.pickup_ticks < self.metres[0].bar_ticks or self.pickup_ticks == 0,
                 f"pickup_ticks {self.pickup_ticks} is not shorter than a bar")

    @property
    def voice(self) -> Track | None:
        """The sung track, if there is one."""
        return next((track for track in self.tracks if track.role == "voice"), None)

    @property
    def end_ticks(self) -> int:
        return max((note.end_ticks for track in self.tracks for note in track.notes), default=0)

    def bar_onsets(self) -> tuple[int, ...]:
        """Onset of every bar up to the end of the last note, the incomplete first one included."""
        onsets, at, end = [], 0, max(self.end_ticks, 1)
        metres = list(self.metres)
        while at < end:
            onsets.append(at)
            if len(metres) > 1 and metres[1].onset_ticks <= at:
                metres.pop(0)
            at += self.pickup_ticks if at == 0 and self.pickup_ticks else metres[0].bar_ticks
        return tuple(onsets)


# ---- what was asked ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person asked of a writer. ``None`` leaves the choice to the style, and the style may leave it to the words."""

    lyrics: Lyrics
    style: str = "song"
    key: str | None = None           # e.g. "D", "F# minor"
    mode: Literal["major", "minor"] | None = None
    metre: str | None = None         # e.g. "3/4"
    tempo_bpm: float | None = None   # quarter notes a minute
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch
    chords: tuple[str, ...] = ()     # one a bar, repeated as needed
    strophic: bool | None = None     # None: stanzas of equal shape share their tune
    seed: int = 0
    candidates: int | None = None    # None: the writer's own number
    temperature: float | None = None  # None: the writer's own
    decoder: str | None = None
    model: str | None = None         # name or path; None: the shipped one
    network: str | None = None
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArrangeBrief:
    """What a person asked of an accompaniment. The score's voice is kept, moved only where an introduction precedes it."""

    score: Score
    style: str = "song"
    chords: tuple[str, ...] = ()     # one a bar, repeated as needed; none: the score's own, else they are found
    seed: int = 0
    humanise: float = 0.0            # 0 as written .. 1 as loosely as people play
    options: dict[str, object] = field(default_factory=dict)  # e.g. {"intro": 2}, in bars

    def __post_init__(self) -> None:
        _require(0 <= self.humanise <= 1, f"humanise {self.humanise} is outside 0..1")


@dataclass(frozen=True, slots=True)
class VerseBrief:
    """What a person asked of a verse writer. ``None`` leaves the choice to the form, and the form to the seed."""

    keywords: tuple[str, ...] = ()
    form: str = "sonnet"
    style: str | None = None         # period, tradition or poet, of those that the writer knows
    prompt: str = ""                 # first line or lines to go on from
    acrostic: str = ""               # letters or characters that begin the lines
    rhyme: str | None = None         # words joined by "/", or a rhyme class
    strictness: Literal["strict", "classic", "slant"] = "classic"
    stanzas: int | None = None       # of forms that may have any number
    book: str | None = None          # rhyme book
    seed: int = 0
    candidates: int | None = None    # poems to rank
    temperature: float | None = None
    decoder: str | None = None
    model: str | None = None         # name or path; None: the shipped one
    network: str | None = None
    options: dict[str, object] = field(default_factory=dict)


Lock = Literal["notes", "pitches", "rhythm", "words"]
LOCKS = ("notes", "pitches", "rhythm", "words")


@dataclass(frozen=True, slots=True)
class EditBrief:
    """What a person asked of a writer that changes a song that is there. ``None`` leaves the choice to the song.

    A locked thing stays: ``notes`` every pitch and length, ``pitches`` the pitches in their order, ``rhythm`` every onset and
    length, ``words`` the place where each syllable begins.
    """

    score: Score
    bars: tuple[int, int] | None = None  # first and last that may change, counted as they sound: 1 the first whole, 0 a pickup
    lyrics: Lyrics | None = None     # new words
    locks: frozenset[Lock] = frozenset()
    everywhere: bool = True          # a tune that is sung again changes each time
    added_bars: int | None = None    # to go on for
    keep_words: bool = False         # the new words are a further verse
    style: str = "song"
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch of the voice
    seed: int = 0
    candidates: int | None = None    # None: the writer's own number
    temperature: float | None = None  # None: the writer's own
    decoder: str | None = None
    model: str | None = None         # name or path; None: the shipped one
    network: str | None = None
    options: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require(self.locks <= set(LOCKS), f"locks {sorted(self.locks)} are not all of {LOCKS}")
        _require(self.bars is None or 0 <= self.bars[0] <= self.bars[1], f"bars {self.bars} are no first and last")


# ---- verse ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Poem:
    """Verse as text, and what proves its form."""

    stanzas: tuple[tuple[str, ...], ...]  # of lines, punctuation included
    form: str = ""                   # name of a form; empty: unknown
    language: str = ""               # code, e.g. "en"
    title: str = ""
    author: str = ""
    notes: dict[str, object] = field(default_factory=dict)  # JSON-able: certificate, seed, model, ...

    def __post_init__(self) -> None:
        _require(bool(self.stanzas) and all(self.stanzas), "a poem needs stanzas, and they need lines")

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for stanza in self.stanzas for line in stanza)


# ---- whole songs ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SongBrief:
    """What a person asked of a whole song. What is given (poem, words or melody) is taken as it is and not written again.

    ``None`` leaves a choice to the style, the language or the seed.
    """

    keywords: tuple[str, ...] = ()
    form: str | None = None          # of the verse
    style: str = "song"              # of the music
    verse_style: str | None = None   # period, tradition or poet
    language: str = "auto"
    sections: tuple[SectionKind, ...] = ()  # in the order they are sung; none: as the style has them
    syllables: int | None = None     # that may be sung at most, repeated sections counted each time
    poem: Poem | None = None
    words: LyricSheet | None = None
    melody: Score | None = None
    harmony: str | None = "chords"   # name of the writer of chords for a new melody; None: the melody writer's own
    accompaniment: str | None = "arrange"  # name of the writer; None: the melody stays alone
    key: str | None = None
    mode: Literal["major", "minor"] | None = None
    metre: str | None = None
    tempo_bpm: float | None = None   # quarter notes a minute
    range: tuple[int, int] | None = None  # lowest and highest MIDI pitch of the voice
    chords: tuple[str, ...] = ()     # one a bar, repeated as needed
    humanise: float = 0.0            # 0 as written .. 1 as loosely as people play
    seed: int = 0
    candidates: int | None = None    # melodies to rank
    temperature: float | None = None
    decoder: str | None = None
    options: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require(all(kind in SECTION_KINDS for kind in self.sections), f"sections {self.sections} are not all of {SECTION_KINDS}")
        _require(self.syllables is None or self.syllables > 0, f"syllables {self.syllables} is not above 0")


@dataclass(frozen=True, slots=True)
class Song:
    """A finished song and what it was made from, step by step; a step that was skipped is None."""

    score: Score                     # with its accompaniment
    melody: Score                    # the sung line with its chords
    words: LyricSheet | None = None  # the poem as sections of a song
    poem: Poem | None = None
