"""A song on its way through the four passes: frames of lines on a grid of bars.

The same code walks a corpus song (to make training steps) and a song being written (to tell the network where it is),
so that the network sees in use exactly what it saw in training.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from carmina import Lyrics, Metre, Syllable, theory

from .vocabulary import HIGHEST, LANGUAGES, LOWEST, METRES, START_STEP, TICKS_PER_UNIT

if TYPE_CHECKING:
    from ..planning.following import Guide

_STOPS, _COMMAS = set(".;:!?…。；：！？"), set(",，、—-–")


@dataclass(slots=True)
class Grid:
    """Bar lines in units, each bar with its metre; goes on for ever in the last metre."""

    onsets: list[int]
    metres: list[str]

    @classmethod
    def uniform(cls, metre: str) -> Grid:
        return cls([0], [metre])

    def bar(self, at: int) -> tuple[int, int, str]:
        """Onset, length in units and metre of the bar that holds ``at`` (which may be before the first)."""
        i = bisect_right(self.onsets, at) - 1
        if 0 <= i < len(self.onsets) - 1:
            return self.onsets[i], self.onsets[i + 1] - self.onsets[i], self.metres[i]
        metre, origin = self.metres[max(i, 0)], self.onsets[max(i, 0)]
        length = bar_units(metre)
        return origin + (at - origin) // length * length, length, metre

    def bars_between(self, start: int, stop: int) -> int:
        """Number of bar lines in [start, stop)."""
        count, at = 0, start
        while at < stop and count < 4096:
            onset, length, _metre = self.bar(at)
            at = onset + length
            count += 1
        return count

    def after(self, onset: int, bars: int) -> int:
        """The bar line ``bars`` after the bar at ``onset``."""
        for _ in range(bars):
            start, length, _metre = self.bar(onset)
            onset = start + length
        return onset


@lru_cache(maxsize=1024)
def bar_units(metre: str) -> int:
    beats, unit = metre.split("/")
    return int(beats) * 48 // int(unit)


@lru_cache(maxsize=1024)
def metre_class(metre: str) -> int:
    """Index into ``METRES``; signatures of one bar length and beat are one class."""
    like = {"2/2": "4/4", "4/2": "4/4", "8/4": "4/4", "4/8": "2/4", "3/1": "3/2"}.get(metre, metre)
    return METRES.index(like) if like in METRES else 0


@lru_cache(maxsize=1024)
def beat_units(metre: str) -> int:
    """Length of a beat in units: a dotted one in compound metres."""
    beats, unit = map(int, metre.split("/"))
    return 144 // unit if unit >= 8 and beats % 3 == 0 else 48 // unit


@lru_cache(maxsize=4096)
def strength(place: int, metre: str) -> int:
    """Metrical strength of a place in the bar, 0..4, as :func:`carmina.theory.strength` says; ``place`` in units."""
    beats, unit = map(int, metre.split("/"))
    return theory.strength(Metre(beats, unit), place * TICKS_PER_UNIT)


@lru_cache(maxsize=1024)
def trained_strength(place: int, length: int, metre: str) -> int:
    """The strengths that the shipped models were trained on, kept until they are trained again: only half of four beats
    is 3, and 6/4 counts six beats."""
    beat = beat_units(metre)
    if place == 0:
        return 4
    if place % beat:
        part = beat // 3 if beat % 9 == 0 else beat // 2
        return 1 if part and place % part == 0 else 0
    beats = length // beat if beat else 1
    return 3 if beats in (4, 2) and place * 2 == length and beats == 4 else 2


@lru_cache(maxsize=1024)
def slot_units(length: int, metre: str) -> int:
    """How long a chord stands: half a bar of even beats, else the bar."""
    beat = beat_units(metre)
    beats = max(1, length // beat)
    return length // 2 if beats in (2, 4) and length % 2 == 0 and beats * beat == length and length >= 36 else length


@dataclass(slots=True)
class Sung:
    """One note of a line being written, in units."""

    onset: int
    length: int
    syllable: int  # index in its line
    continues: bool = False
    pitch: int | None = None  # semitones above the tonic
    fixed: bool = False  # is there already, and stays

    @property
    def height(self) -> int:
        """The pitch of a note that has been given one."""
        assert self.pitch is not None
        return self.pitch


class FrameSyllable(NamedTuple):
    """What the models are told of one syllable: indices into the fields of a step."""

    stress: int  # 0 unknown, else the syllable's stress + 1
    word: int  # 1 + twice its place in the word (single, begin, middle, end), + 1 for a content word
    after: int  # punctuation after it: 0 none, 1 a comma, 2 a stop
    weight: int  # letters, 1..6
    extra_notes: int  # that the author asked for
    tone: int  # 1..5 in Chinese, 0 elsewhere


@dataclass(slots=True)
class Frame:
    """One line of verse with all that is decided about it."""

    syllables: list[FrameSyllable]
    line: int  # in its stanza
    lines_left: int
    rhyme_back: int = 0  # lines back to one that rhymes, 0: none
    repeat_back: int = 0  # lines back to one with the same words
    reference: int = -1  # index of the line that it answers, -1: new material
    anchor: int = 0  # first bar line, in units
    start: int = 0  # onset of its first syllable, in units
    stop: int = 0  # onset of the next line, or the end
    next_anchor: int = 0
    notes: list[Sung] = field(default_factory=list)
    closes: bool = False  # the song ends with this line
    answers_from: int = 0  # the earliest line that it may answer
    focus: int = -1  # syllable of the line's weightiest word that the tune should rise to; -1: none


@dataclass(slots=True)
class Piece:
    """A whole song or one stanza of it."""

    frames: list[Frame]
    grid: Grid
    mode: str = ""
    genre: int = 0
    language: int = 0
    low: int = LOWEST  # lowest pitch that may be sung, above the tonic
    high: int = HIGHEST
    chords: dict[int, int] = field(default_factory=dict)  # slot onset in units -> chord (root * 4 + quality)
    guide: Guide | None = None  # the plan that it follows, where there is one
    part: bool = False  # a stretch with which the song does not end

    @property
    def closed(self) -> bool:
        """Whether a line is known to be sung last, or none of these is; else the last one is."""
        return self.part or any(frame.closes for frame in self.frames)

    @property
    def tonal(self) -> bool:
        """Whether its words have tones, as Chinese ones do."""
        return any(syllable.tone for frame in self.frames[:2] for syllable in frame.syllables[:2])

    def chord_at(self, at: int) -> int | None:
        """The chord that stands at a time: root * 4 + quality."""
        onset, length, metre = self.grid.bar(at)
        size = slot_units(length, metre)
        return self.chords.get(onset + (at - onset) // size * size)

    def frame_of(self, at: int) -> int:
        """Index of the line whose bars hold ``at``."""
        index = 0
        for i, frame in enumerate(self.frames):
            if frame.anchor <= at:
                index = i
        return index


def language_class(code: str) -> int:
    return LANGUAGES.index(code) if code in LANGUAGES else LANGUAGES.index("other") if code else 0


def frames_of(lyrics: Lyrics) -> list[Frame]:
    """One frame a line; rhyme and repetition are looked for up to eight lines back."""
    frames: list[Frame] = []
    seen: list[tuple[str, str]] = []
    for section in lyrics.sections:
        for number, line in enumerate(section.lines):
            words = "".join(s.text for s in line.syllables).lower()
            rhyme = line.syllables[-1].rhyme or ""
            frames.append(
                Frame(
                    [_syllable(s) for s in line.syllables],
                    number,
                    len(section.lines) - 1 - number,
                    _back(seen, 1, rhyme),
                    _back(seen, 0, words),
                    focus=focus(line.syllables),
                )
            )
            seen.append((words, rhyme))
    return frames


def focus(syllables: Sequence[Syllable]) -> int:
    """The stressed syllable of the longest content word, the last of equals; -1 where no word stands out.

    Long words are rare words, and rare words carry a line's news (Zipf 1935; Piantadosi et al. 2011).
    """
    best, found, start = 0, -1, 0
    for i, syllable in enumerate(syllables):
        if syllable.ends_word or i + 1 == len(syllables):
            word = syllables[start : i + 1]
            size = sum(len(s.text) for s in word) if syllable.content else 0
            if size >= best and size:
                best, found = size, start + next((n for n, s in enumerate(word) if s.stress == 1), 0)
            start = i + 1
    return found


def landing(syllables: Sequence[FrameSyllable]) -> int:
    """The syllable on which a line arrives: its last stressed one of the last two, else the last."""
    last = len(syllables) - 1
    return last - 1 if last and syllables[last].stress == 1 and syllables[last - 1].stress >= 2 else last


def _back(seen: list[tuple[str, str]], which: int, wanted: str) -> int:
    for back in range(1, min(16, len(seen)) + 1):
        if wanted and seen[-back][which] == wanted:
            return back
    return 0


def _syllable(syllable: Syllable) -> FrameSyllable:
    stress = 0 if syllable.stress is None else syllable.stress + 1
    word = 1 + ("single", "begin", "middle", "end").index(syllable.place) * 2 + int(syllable.content)
    marks = set(syllable.after)
    after = 2 if marks & _STOPS else 1 if marks & _COMMAS else 0
    letters = 3 if syllable.tone is not None else sum(c.isalpha() for c in syllable.text)
    return FrameSyllable(stress, word, after, max(1, min(6, letters)), syllable.extra_notes, syllable.tone or 0)


def place_field(place: int) -> int:
    """Sixteenths from the bar line (0..26), 27 for later ones or places between sixteenths."""
    return 27 if place % START_STEP or place // START_STEP > 26 else place // START_STEP
