"""What every player sees: the harmony, the bars, the phrases and how loud it is, tick by tick."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from carmina import BadInput, Key, Note, Score, Track

from .lattice import key_at
from .phrases import PIECE, Phrase, phrases
from .symbols import Tones, parse
from .timing import Bar, bars, strength

LOUDNESS = {
    "intro": 60,
    "verse": 64,
    "prechorus": 68,
    "chorus": 76,
    "bridge": 70,
    "outro": 58,
    "other": 64,
}  # velocities
FULLNESS = {"intro": 0.3, "verse": 0.4, "prechorus": 0.55, "chorus": 0.8, "bridge": 0.5, "outro": 0.25, "other": 0.4}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch within one bar that one chord fills."""

    onset_ticks: int
    end_ticks: int
    tones: Tones | None  # none: no chord
    bar: Bar
    key: Key
    fresh: bool = True  # the chord begins here, not at the bar before

    @property
    def length_ticks(self) -> int:
        return self.end_ticks - self.onset_ticks

    @property
    def sounding(self) -> Tones:
        """The tones of a span that is known to have a chord."""
        assert self.tones is not None
        return self.tones


@dataclass(frozen=True)
class Setting:
    """A score with chords, looked at by a player."""

    score: Score
    bars: list[Bar]
    phrases: list[Phrase]
    spans: list[Span]

    @cached_property
    def voice(self) -> tuple[Note, ...]:
        """The notes of the sung track; none where nothing is sung."""
        voice = self.score.voice
        return voice.notes if voice else ()

    @cached_property
    def _bar_onsets(self) -> list[int]:
        return [bar.onset_ticks for bar in self.bars]

    @cached_property
    def _section_onsets(self) -> list[int]:
        return [mark.onset_ticks for mark in self.score.sections]

    def bar_at(self, tick: int) -> Bar:
        """The bar that a tick is in."""
        return self.bars[max(0, bisect_right(self._bar_onsets, tick) - 1)]

    def section_at(self, tick: int) -> str:
        """The kind of the section that a tick is in; ``verse`` where none is marked."""
        place = bisect_right(self._section_onsets, tick) - 1
        return self.score.sections[place].kind if place >= 0 else "verse"

    def verse_at(self, tick: int) -> int:
        """Which time its tune is sung, from 1."""
        place = bisect_right(self._section_onsets, tick) - 1
        return self.score.sections[place].verse if place >= 0 else 1

    def fullness(self, tick: int) -> float:
        """How full the texture may be, 0..1: a chorus is fuller than a verse."""
        return FULLNESS[self.section_at(tick)]

    def phrase_at(self, tick: int) -> Phrase | None:
        """The phrase that sounds, or the last one before."""
        found = [phrase for phrase in self.phrases if phrase.onset_ticks <= tick]
        return found[-1] if found else None

    def velocity(self, tick: int, shift: int = 0) -> int:
        """1..127: the section's loudness, swelling to the middle of each phrase, with the weight of the place in the
        bar."""
        phrase = self.phrase_at(tick)
        arch = 0.0
        if phrase and tick < phrase.end_ticks:
            along = (tick - phrase.onset_ticks) / max(1, phrase.end_ticks - phrase.onset_ticks)
            arch = 7 * (1 - abs(along - 0.6) / 0.6) if along <= 0.6 else 7 * (1 - (along - 0.6) / 0.4)
        accent = (-4, -2, 1, 2, 5)[strength(self.bar_at(tick), tick)]
        return max(20, min(115, round(LOUDNESS[self.section_at(tick)] + arch + accent + shift)))

    @property
    def closing_ticks(self) -> int:
        """Where the last note of the voice begins: from here on the accompaniment comes to rest."""
        return next((p.close_ticks for p in self.phrases if p.closes == PIECE), self.score.end_ticks)

    def sung(self, start: int, end: int) -> list[int]:
        """The voice's pitches that sound in a stretch."""
        notes = self.voice
        first = bisect_right(notes, start, key=lambda note: note.end_ticks)  # a voice never overlaps itself
        return [note.pitch for note in notes[first : bisect_left(notes, end, key=lambda note: note.onset_ticks)]]


def setting_of(score: Score) -> Setting:
    """A score with chords -> what players see; refuses one without."""
    if not score.chords:
        raise BadInput("the score has no chords to play. Let the writer 'chords' give it some first.")
    grid = bars(score)
    return Setting(score, grid, phrases(score, grid), _spans(score, grid))


def _spans(score: Score, grid: list[Bar]) -> list[Span]:
    chords = [(chord.onset_ticks, parse(chord.symbol)) for chord in score.chords]
    onsets = [onset for onset, _ in chords]
    found = []
    for bar in grid:
        inside = onsets[bisect_right(onsets, bar.onset_ticks) : bisect_left(onsets, bar.end_ticks)]
        edges = sorted({bar.onset_ticks, *inside, bar.end_ticks})
        for start, end in zip(edges, edges[1:], strict=False):
            at = bisect_right(onsets, start) - 1
            tones = chords[at][1] if at >= 0 else chords[0][1] if bar.phase_ticks == 0 else None
            found.append(Span(start, end, tones, bar, key_at(score, start), at < 0 or onsets[at] == start))
    return found


def appended(score: Score, tracks: list[Track]) -> tuple[Track, ...]:
    """The score's tracks and those that play something."""
    return (*score.tracks, *(track for track in tracks if track.notes))
