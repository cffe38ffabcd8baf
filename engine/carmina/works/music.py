"""Music in integer ticks: notes, tracks, chords, changes, sections, a score."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .checks import require
from .plans import SongPlan
from .words import SectionKind, Syllable

TICKS_PER_QUARTER = 480
CLEF_SIGNS = ("G", "F", "C", "percussion")
MARKS = (
    "staccato",
    "staccatissimo",
    "spiccato",
    "accent",
    "strong-accent",
    "tenuto",
    "detached-legato",
    "breath-mark",
    "caesura",
    "fermata",
    "arpeggiate",
    "trill-mark",
    "turn",
    "inverted-turn",
    "mordent",
    "inverted-mordent",
    "up-bow",
    "down-bow",
    "slur-start",
    "slur-stop",
)


@dataclass(frozen=True, slots=True)
class Grace:
    """A grace note: printed small beside a :class:`Note`, played quickly, without time of its own."""

    pitch: int  # MIDI number, 0..127
    length_ticks: int = 240  # as printed, 15..1920
    slashed: bool = False  # a stroke through its stem: crushed (acciaccatura)
    chord: bool = False  # sounds with the grace note before it
    after: bool = False  # follows its note (the close of a trill), in time that it takes from its end

    def __post_init__(self) -> None:
        require(0 <= self.pitch <= 127, f"pitch {self.pitch} is outside 0..127")
        require(15 <= self.length_ticks <= 1920, f"length_ticks {self.length_ticks} is outside 15..1920")


@dataclass(frozen=True, slots=True)
class Clef:
    """A clef from ``onset_ticks`` on."""

    sign: str = "G"  # one of CLEF_SIGNS
    line: int = 2  # of the staff, from below, 1..5
    octaves: int = 0  # that the staff sounds above what is written, -2..2
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        require(self.sign in CLEF_SIGNS, f"sign {self.sign!r} is none of {CLEF_SIGNS}")
        require(1 <= self.line <= 5, f"line {self.line} is outside 1..5")
        require(-2 <= self.octaves <= 2, f"octaves {self.octaves} is outside -2..2")


@dataclass(frozen=True, slots=True)
class Direction:
    """Words or a dynamic mark that stands at a part, e.g. "dolce", "pp"."""

    onset_ticks: int
    text: str
    dynamic: bool = False  # a mark of loudness, printed in its own letters

    def __post_init__(self) -> None:
        require(self.onset_ticks >= 0, f"onset_ticks {self.onset_ticks} is below 0")
        require(bool(self.text.strip()), "a direction needs text")


@dataclass(frozen=True, slots=True)
class Note:
    """One sounding pitch in a :class:`Track`."""

    pitch: int  # MIDI number, 0..127
    onset_ticks: int  # from the start of the score
    length_ticks: int  # above 0
    syllable: Syllable | None = None  # sung from this note on
    continues: bool = False  # a melisma: carries on the syllable of the note before
    velocity: int = 80  # 1..127
    delay_ticks: int = 0  # played so much later than it is written, -240..240; its end stays
    ring_ticks: int = 0  # sounds on so long after its written end, 0..61440: an open string, a pedal
    graces: tuple[Grace, ...] = ()  # grace notes before it, then those after it, in their order
    marks: tuple[str, ...] = ()  # signs at the note, of MARKS: "staccato", "fermata", "slur-start"

    def __post_init__(self) -> None:
        require(0 <= self.pitch <= 127, f"pitch {self.pitch} is outside 0..127")
        require(self.onset_ticks >= 0, f"onset_ticks {self.onset_ticks} is below 0")
        require(self.length_ticks > 0, f"length_ticks {self.length_ticks} is not above 0")
        require(1 <= self.velocity <= 127, f"velocity {self.velocity} is outside 1..127")
        require(not (self.continues and self.syllable), "a note either starts a syllable or continues one")
        require(0 <= self.ring_ticks <= 61440, f"ring_ticks {self.ring_ticks} is outside 0..61440")
        require(-240 <= self.delay_ticks <= 240, f"delay_ticks {self.delay_ticks} is outside -240..240")
        require(all(mark in MARKS for mark in self.marks), f"marks {self.marks} are not all of {MARKS}")

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

    notes: tuple[Note, ...]  # sorted by onset; a voice never overlaps itself
    name: str = "Voice"
    role: str = "voice"
    program: int = 53  # General MIDI, 0..127; 53 is Voice Oohs (zero-based)
    clefs: tuple[Clef, ...] = ()  # a person's, by onset; none: a page chooses
    directions: tuple[Direction, ...] = ()  # by onset

    def __post_init__(self) -> None:
        require(0 <= self.program <= 127, f"program {self.program} is outside 0..127")
        onsets = [note.onset_ticks for note in self.notes]
        require(onsets == sorted(onsets), "notes must be sorted by onset_ticks")
        if self.role == "voice":
            pairs = zip(self.notes, self.notes[1:], strict=False)
            require(all(a.end_ticks <= b.onset_ticks for a, b in pairs), "a voice must not overlap itself")


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord symbol that holds until the next one."""

    onset_ticks: int
    symbol: str  # as printed, e.g. "Am7", "C/E"
    numeral: str = ""  # what it is in the key, e.g. "V65", "viio7/V"; empty: not analysed


@dataclass(frozen=True, slots=True)
class Metre:
    """A time signature from ``onset_ticks`` on."""

    beats: int = 4  # upper figure
    unit: int = 4  # lower figure: 1, 2, 4, 8, 16
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        require(1 <= self.beats <= 32, f"beats {self.beats} is outside 1..32")
        require(self.unit in (1, 2, 4, 8, 16, 32), f"unit {self.unit} is none of 1, 2, 4, 8, 16, 32")

    @property
    def bar_ticks(self) -> int:
        return self.beats * 4 * TICKS_PER_QUARTER // self.unit

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Key:
    """A key signature from ``onset_ticks`` on."""

    fifths: int = 0  # sharps above 0, flats below; -7..7
    mode: Literal["major", "minor"] = "major"
    onset_ticks: int = 0

    def __post_init__(self) -> None:
        require(-7 <= self.fifths <= 7, f"fifths {self.fifths} is outside -7..7")
        require(self.mode in ("major", "minor"), f"mode {self.mode!r} is neither major nor minor")

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
        require(10 <= self.quarters_per_minute <= 400, f"tempo {self.quarters_per_minute} is outside 10..400")


@dataclass(frozen=True, slots=True)
class SectionMark:
    """Where a section of the song sounds. Sections with one ``melody`` name share their tune (strophic verses)."""

    onset_ticks: int
    length_ticks: int
    kind: SectionKind = "verse"
    label: str = ""
    melody: str = "A"
    verse: int = 1  # which time this melody is sung, from 1


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece, unrolled in time: what sounds is what is written."""

    tracks: tuple[Track, ...]
    metres: tuple[Metre, ...] = (Metre(),)
    keys: tuple[Key, ...] = (Key(),)
    tempi: tuple[Tempo, ...] = (Tempo(),)
    chords: tuple[Chord, ...] = ()
    sections: tuple[SectionMark, ...] = ()
    pickup_ticks: int = 0  # length of an incomplete first bar; 0: the first bar is whole
    title: str = ""
    language: str = ""
    credits: tuple[str, ...] = ()  # e.g. the words' author
    chords_found: bool = False  # a writer found the chords: another may find others; a person's are kept
    losses: tuple[str, ...] = field(default=(), compare=False)  # what its reader could not keep: "3 wedges"
    made: str = field(default="", compare=False)  # how: the line that its files bear (carmina.provenance)
    plan: SongPlan | None = field(default=None, compare=False)  # what the voice was written to, while it is at hand

    def __post_init__(self) -> None:
        for name in ("metres", "keys", "tempi"):
            changes = getattr(self, name)
            require(bool(changes) and changes[0].onset_ticks == 0, f"{name} must start at tick 0")
        require(
            0 <= self.pickup_ticks < self.metres[0].bar_ticks or self.pickup_ticks == 0,
            f"pickup_ticks {self.pickup_ticks} is not shorter than a bar",
        )

    @property
    def voice(self) -> Track | None:
        """The sung track, if there is one."""
        return next((track for track in self.tracks if track.role == "voice"), None)

    @property
    def sung_notes(self) -> tuple[Note, ...]:
        """The notes of :attr:`voice`; none without one."""
        voice = self.voice
        return voice.notes if voice else ()

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
