"""Rules that follow a song's plan: the pace of lines, rhythm cells, breath and bounds of an idiom, register and
climax."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from ..passes.all import LinesHypothesis, PitchHypothesis, RhythmHypothesis
from ..passes.lines import HOLD, needed, roomy
from ..passes.piece import FrameSyllable, beat_units
from ..passes.vocabulary import (
    CHORD,
    LENGTHS,
    MAX_SPAN,
    MAX_START,
    MELISMA,
    NOTE,
    PHASE,
    REST,
    SIZE,
    SPAN,
    START_STEP,
    UNITS_PER_QUARTER,
)
from ..planning.following import Guide
from ..ranking import own_bands
from .base import MelodyRule, ToldOnce
from .pitches import PITCHES, PitchRule

SIXTEENTH = 3  # units
FIFTH = 7.0  # semitones
SPREAD = 2.0  # semitones that the highest line of a song lies higher, for each that its range is wider than two fifths
PULL = 0.06  # nats a semitone from the middle of a section that has a register of its own
PICKUP = 3.2  # sixteenths of a syllable before the first stress, for a pace of a quarter a syllable
MOST_PICKUP = 3  # syllables
ROOM = 0.6  # of the usual time that the syllables still to come should have at least
AMPLE = 1.0  # times the usual time that the syllables still to come should have at most
LASTING = 4.0  # syllables: what the last one and the silence after it should have at most
_LENGTHS = np.array(LENGTHS)


class LinePace(MelodyRule):
    """A line gets about the bars that its syllables fill at the song's pace, and square ones where the idiom has
    them."""

    name = "line-pace"
    summary = "each line gets the bars that suit the song's pace; square phrases by idiom (soft)"
    task = "melody.line"
    STRENGTH = 7.0  # nats for half or twice the room
    TIGHT = 1.7  # times as unwelcome is too little room
    SQUARE = 2.0

    def logit_bias(self, hypothesis: LinesHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        guide = hypothesis.piece.guide
        if guide is None or hypothesis.stage != 2:
            return total
        frame = hypothesis.piece.frames[hypothesis.index]
        _onset, bar, metre = hypothesis.piece.grid.bar(hypothesis.anchor)
        wanted = roomy(frame, guide.pace, metre) + max(0, frame.start - hypothesis.anchor)
        bars = np.arange(1, MAX_SPAN + 1)
        away = np.log2(bars * bar / wanted)
        total[SPAN + 1 : SPAN + MAX_SPAN + 1] = -self.STRENGTH * np.where(away < 0, self.TIGHT, 1.0) * away**2
        if guide.idiom.bars == "even":
            total[SPAN + 1 : SPAN + MAX_SPAN + 1][~np.isin(bars, (1, 2, 4, 8))] -= self.SQUARE
        return total


class LineStarts(MelodyRule):
    """The first stress of a line stands where its idiom's lines have it: on the beat, before it, after it; what comes
    before it are pickups."""

    name = "line-starts"
    summary = "lines begin where those of the idiom do: on the beat, before it or after it (soft)"
    task = "melody.line"
    STRENGTH = 5.0  # nats

    def logit_bias(self, hypothesis: LinesHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        guide, frame = hypothesis.piece.guide, hypothesis.piece.frames[hypothesis.index]
        if guide is not None and guide.head is not None and hypothesis.stage == 1:
            step = SIXTEENTH * max(1, round(guide.pace / UNITS_PER_QUARTER * PICKUP))
            place = round(guide.head * UNITS_PER_QUARTER) - step * _unstressed(frame.syllables)
            total[PHASE + MAX_START + max(-MAX_START, min(MAX_START, place // START_STEP))] = self.STRENGTH
        return total


def _unstressed(syllables: Sequence[FrameSyllable]) -> int:
    """How many syllables come before the first stress; none where none is known soon."""
    before = next((i for i, syllable in enumerate(syllables) if syllable.stress != 1), 0)
    return before if before <= MOST_PICKUP else 0


@lru_cache(maxsize=4096)
def _hits(cell: str, place: int, bar: int) -> np.ndarray:
    """For every length from a place of the bar on: 1 where the cell has a syllable then, -1 where not, 0 off its
    grid."""
    found = np.zeros(len(LENGTHS), np.float32)
    for i, length in enumerate(LENGTHS):
        at = (place + length) % bar
        if at % SIXTEENTH == 0 and cell:
            found[i] = 1.0 if cell[at // SIXTEENTH % len(cell)] == "x" else -1.0
    return found


def _known(guide: Guide, number: int, syllable: int) -> bool:
    """Whether the syllable after this one has its place from a motif or an echo."""
    line, motif = guide.line(number), guide.section.motif if guide.section else None
    if line is None:
        return False
    if motif is not None and line.motif != "none" and syllable < len(motif.places) - (line.motif == "new end"):
        return True
    return any(echo.at - 1 <= syllable < echo.at + echo.syllables - 2 for echo in line.echoes)


class RhythmCells(ToldOnce):
    """Syllables stand where the section's cell has them: what makes two bars of one song alike, and two seeds
    differ."""

    name = "rhythm-cells"
    summary = "syllables like the places of the section's rhythm cell (soft)"
    task = "melody.rhythm"
    STRENGTH = 0.7  # nats; see docs/experiments/song-planner.md
    EARLY = 2.8  # nats more in an idiom whose strong beats always come early: the network knows few such songs

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[Any, ...] | None:
        piece, at, last = hypothesis.piece, hypothesis.syllable, hypothesis.last
        guide = piece.guide
        if guide is None or guide.section is None or at + 1 > last or _known(guide, hypothesis.line, at):
            return None
        onset, bar, _metre = piece.grid.bar(hypothesis.now)
        number = (onset - piece.frames[0].anchor) // bar
        weight = self.STRENGTH + self.EARLY * guide.idiom.anticipate
        holds = at < last and bool(hypothesis.notes_on)
        return guide.cell(number), guide.cell(number + 1), hypothesis.now - onset, bar, weight, at + 1 < last, holds

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        cell, following, place, bar, weight, more, holds = heeded
        total = np.zeros(SIZE, np.float32)
        score = weight * np.where(_LENGTHS < bar - place, _hits(cell, place, bar), _hits(following, place, bar))
        if more:
            total[NOTE:MELISMA] = score
        total[REST:CHORD] = score
        if holds:
            total[MELISMA:REST] = score
        return total


class RhythmBounds(ToldOnce):
    """No syllable has more notes than the idiom's, no silence inside a line is longer, and the voice breathes after
    it."""

    name = "rhythm-bounds"
    summary = "melismas and rests as long as the idiom's, a breath at the end of a line (soft, strong)"
    task = "melody.rhythm"
    FORBIDDING = -30.0  # nats: only where nothing else is left
    UNWELCOME = -6.0
    TORN = -2.0  # nats of a rest inside a line where the words have no pause
    BREATHLESS = -7.0
    USUAL = 24  # units that the last syllable of any line has in most songs
    SLOW = 4.0  # syllables: where they are quick, the last one need not be longer than so many of them
    CURT = 18  # units that are usual where the words have tones: a third of their lines end on less
    HELD = 24  # units of a note out of which the voice can breathe
    QUICKLY = 12  # units of one that goes over into the next line where no more time is left: people rest less often
    CLOSE = 24  # units that the last syllable of a stanza should have
    SHORT = -1.6  # nats where another line's last syllable has less than usual
    HURRIED = -3.0  # nats where it has less though it could have more
    IDLE = -4.0  # nats, where so much time is left that twice as many syllables would fill it
    CRAMMED = -16.0  # nats, where nothing is left of the time that the rest of the line should have

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[Any, ...] | None:
        guide, frame, at, last = hypothesis.piece.guide, hypothesis.frame, hypothesis.syllable, hypothesis.last
        if guide is None:
            return None
        before = frame.syllables[at - 1] if at else None
        full = hypothesis.notes_on >= max(guide.idiom.notes, 1 + (before.extra_notes if before else 0))
        inside = before is not None and at < last
        line = guide.line(hypothesis.line)
        breath = line.breath if line is not None else None
        return (
            hypothesis.until - hypothesis.now,
            last - at,
            full,
            guide.idiom.rest if inside else None,
            inside and before is not None and not before.after,
            not frame.lines_left,
            breath,
            self._room(hypothesis, breath or 0.0),
            self.SLOW * guide.pace,
            hypothesis.piece.tonal,
        )

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        time, left, full, rest, torn, closes, breath, room, slow, curt = heeded
        total = np.zeros(SIZE, np.float32)
        if full:
            total[MELISMA:REST] = self.FORBIDDING
        if rest is not None:
            total[REST:CHORD][rest * 12 < _LENGTHS] = self.UNWELCOME
            if torn:
                total[REST:CHORD] += self.TORN
        if room is not None:
            self._leave_room(total, time, left, *room)
        if left == 1:
            least, cost = (self.CLOSE, self.HURRIED) if closes else (self.USUAL, self.SHORT)
            least = min(least, slow)
            if curt and not closes:
                least, cost = min(least, self.CURT), cost / 2
            total[NOTE:MELISMA][(_LENGTHS < least) & (_LENGTHS + 6 < time)] += cost
        if breath is not None and left <= 1:
            breathless = time - _LENGTHS < (breath * 12 or SIXTEENTH)
            if not breath:
                breathless &= (_LENGTHS < self.HELD) & ((_LENGTHS != time) | (time < self.QUICKLY))
            if not breathless[_LENGTHS >= 6].all():
                total[NOTE:MELISMA][breathless] += self.BREATHLESS
                total[MELISMA:REST][breathless] += self.BREATHLESS
        return total

    @staticmethod
    def _room(hypothesis: RhythmHypothesis, breath: float) -> tuple[float, float] | None:
        """The usual time of a syllable of this line, and what the last one should hold; ``None`` after the last."""
        if hypothesis.last - hypothesis.syllable < 1:
            return None
        frame = hypothesis.frame
        _onset, _bar, metre = hypothesis.piece.grid.bar(hypothesis.now)
        usual = (hypothesis.until - frame.start) / (needed(frame) + HOLD)
        return usual, min(2.0 * beat_units(metre), 2.4 * usual) + 12 * breath

    def _leave_room(self, total: np.ndarray, time: int, left: int, usual: float, hold: float) -> None:
        """What is chosen leaves the syllables after it half of their usual time, and the last one a beat; and not so
        much that the line is over long before its bars are."""
        for start, stop, after in ((NOTE, MELISMA, left - 1), (MELISMA, REST, left), (REST, CHORD, left)):
            if after:
                need = (after - 1) * ROOM * usual + hold
                total[start:stop] += self.CRAMMED * np.clip((need - (time - _LENGTHS)) / need, 0, 1)
                idle = time - _LENGTHS - (after - 1) * AMPLE * usual - LASTING * usual
                total[start:stop] += self.IDLE * np.clip(idle / (LASTING * usual), 0, 1)


class PitchRegister(PitchRule):
    """A section lies where its plan has it, and rises to its highest in the line of its climax."""

    name = "pitch-register"
    summary = "sections lie as high as planned; one line rises highest (soft)"
    STRENGTH = 0.12  # nats a semitone beyond a fifth from the middle, or half of the range that songs of its kind have
    CLIMAX = 0.15  # nats for a semitone above

    def heeds(self, hypothesis: PitchHypothesis) -> tuple[int, int, int, bool, float] | None:
        guide = hypothesis.piece.guide
        if guide is None or guide.section is None:
            return None
        line = hypothesis.notes[hypothesis.at][0]
        high = guide.section.climax == guide.first_line + line + 1
        widest = own_bands(hypothesis.piece).get("range", (0.0, 2.0 * FIFTH))[1]
        return guide.section.register, hypothesis.piece.low, hypothesis.piece.high, high, max(FIFTH, widest / 2)

    def judge(self, pitches: np.ndarray, *heeded: Any) -> None:
        pitches += _register(*heeded, self.STRENGTH, self.CLIMAX)


def middle_of(register: int, low: int, high: int) -> int:
    """The pitch around which a section lies in a voice, semitones above the tonic."""
    return min(high - 4, max(low + 4, 5 + register))


@lru_cache(maxsize=256)
def _register(
    register: int, low: int, high: int, climax: bool, free: float, strength: float, lift: float
) -> np.ndarray:
    middle = middle_of(register, low, high)
    spread = round((free - FIFTH) * SPREAD)  # of songs that use a wide range: one line lies higher, the others lower
    middle += spread if climax else -(spread // 2)
    away = np.abs(PITCHES - middle)
    found = -strength * np.maximum(0, away - free) - PULL * away * (register != 0 or spread > 0)
    if not climax:
        found = found - lift * np.maximum(0, PITCHES - (middle + free - 1))
    return found.astype(np.float32)
