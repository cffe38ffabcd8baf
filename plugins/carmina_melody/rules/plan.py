"""Rules that follow a song's plan: the pace of lines, rhythm cells, breath and bounds of an idiom, register and
climax."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..passes.all import LinesHypothesis, PitchHypothesis, RhythmHypothesis
from ..passes.lines import HOLD, needed, roomy
from ..passes.piece import beat_units
from ..passes.vocabulary import CHORD, LENGTHS, MAX_SPAN, MELISMA, NOTE, REST, SIZE, SPAN
from .base import MelodyRule
from .pitches import PITCHES, PitchRule

SIXTEENTH = 3  # units
PULL = 0.06  # nats a semitone from the middle of a section that has a register of its own
ROOM = 0.6  # of the usual time that the syllables still to come should have at least
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


class RhythmCells(MelodyRule):
    """Syllables stand where the section's cell has them: what makes two bars of one song alike, and two seeds
    differ."""

    name = "rhythm-cells"
    summary = "syllables like the places of the section's rhythm cell (soft)"
    task = "melody.rhythm"
    STRENGTH = 0.7  # nats; see docs/experiments/song-planner.md
    EARLY = 2.8  # nats more in an idiom whose strong beats always come early: the network knows few such songs

    def logit_bias(self, hypothesis: RhythmHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        piece = hypothesis.piece
        guide = piece.guide
        if guide is None or guide.section is None or hypothesis.syllable + 1 > hypothesis.last:
            return total
        onset, bar, _metre = piece.grid.bar(hypothesis.now)
        number = (onset - piece.frames[0].anchor) // bar
        here = _hits(guide.cell(number), hypothesis.now - onset, bar)
        later = _hits(guide.cell(number + 1), hypothesis.now - onset, bar)
        score = (self.STRENGTH + self.EARLY * guide.idiom.anticipate) * np.where(
            _LENGTHS < bar - (hypothesis.now - onset), here, later
        )
        if hypothesis.syllable + 1 < hypothesis.last:
            total[NOTE:MELISMA] = score
        total[REST:CHORD] = score
        if hypothesis.syllable < hypothesis.last and hypothesis.notes_on:
            total[MELISMA:REST] = score
        return total


class RhythmBounds(MelodyRule):
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
    CLOSE = 24  # units that the last syllable of a stanza should have
    SHORT = -1.6  # nats where another line's last syllable has less than usual
    HURRIED = -3.0  # nats where it has less though it could have more
    CRAMMED = -16.0  # nats, where nothing is left of the time that the rest of the line should have

    def logit_bias(self, hypothesis: RhythmHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        guide = hypothesis.piece.guide
        if guide is None:
            return total
        extra = hypothesis.frame.syllables[hypothesis.syllable - 1].extra_notes if hypothesis.syllable else 0
        if hypothesis.notes_on >= max(guide.idiom.notes, 1 + extra):
            total[MELISMA:REST] = self.FORBIDDING
        if 0 < hypothesis.syllable < hypothesis.last:
            total[REST:CHORD][guide.idiom.rest * 12 < _LENGTHS] = self.UNWELCOME
            if not hypothesis.frame.syllables[hypothesis.syllable - 1].after:
                total[REST:CHORD] += self.TORN
        self._leave_room(hypothesis, total)
        if hypothesis.syllable + 1 == hypothesis.last and not hypothesis.frame.lines_left:
            hurried = (_LENGTHS < self.CLOSE) & (_LENGTHS + 6 < hypothesis.until - hypothesis.now)
            total[NOTE:MELISMA][hurried] += self.HURRIED
        elif hypothesis.syllable + 1 == hypothesis.last:
            short = (_LENGTHS < self.USUAL) & (_LENGTHS + 6 < hypothesis.until - hypothesis.now)
            total[NOTE:MELISMA][short] += self.SHORT
        line = guide.line(hypothesis.line)
        if line is not None and line.breath and hypothesis.syllable + 1 >= hypothesis.last:
            time = hypothesis.until - hypothesis.now
            breathless = time - _LENGTHS < line.breath * 12
            if not breathless[_LENGTHS >= 6].all():
                total[NOTE:MELISMA][breathless] += self.BREATHLESS
                total[MELISMA:REST][breathless] += self.BREATHLESS
        return total

    def _leave_room(self, hypothesis: RhythmHypothesis, total: np.ndarray) -> None:
        """What is chosen leaves the syllables after it half of their usual time, and the last one a beat."""
        left = hypothesis.last - hypothesis.syllable
        if left < 1:
            return
        frame = hypothesis.frame
        _onset, _bar, metre = hypothesis.piece.grid.bar(hypothesis.now)
        usual = (hypothesis.until - frame.start) / (needed(frame) + HOLD)
        guide = hypothesis.piece.guide
        assert guide is not None
        line = guide.line(hypothesis.line)
        hold = min(2.0 * beat_units(metre), 2.4 * usual) + (12 * line.breath if line else 0)
        time = hypothesis.until - hypothesis.now
        for start, stop, after in ((NOTE, MELISMA, left - 1), (MELISMA, REST, left), (REST, CHORD, left)):
            if after:
                need = (after - 1) * ROOM * usual + hold
                total[start:stop] += self.CRAMMED * np.clip((need - (time - _LENGTHS)) / need, 0, 1)


class PitchRegister(PitchRule):
    """A section lies where its plan has it, and rises to its highest in the line of its climax."""

    name = "pitch-register"
    summary = "sections lie as high as planned; one line rises highest (soft)"
    STRENGTH = 0.12  # nats a semitone beyond a fifth from the middle
    CLIMAX = 0.15  # nats for a semitone above

    def judge(self, hypothesis: PitchHypothesis, pitches: np.ndarray) -> None:
        guide = hypothesis.piece.guide
        if guide is None or guide.section is None:
            return
        line = hypothesis.notes[hypothesis.at][0]
        high = guide.section.climax == guide.first_line + line + 1
        pitches += _register(
            guide.section.register, hypothesis.piece.low, hypothesis.piece.high, high, self.STRENGTH, self.CLIMAX
        )


def middle_of(register: int, low: int, high: int) -> int:
    """The pitch around which a section lies in a voice, semitones above the tonic."""
    return min(high - 4, max(low + 4, 5 + register))


@lru_cache(maxsize=256)
def _register(register: int, low: int, high: int, climax: bool, strength: float, lift: float) -> np.ndarray:
    middle = middle_of(register, low, high)
    away = np.abs(PITCHES - middle)
    found = -strength * np.maximum(0, away - 7) - PULL * away * (register != 0)
    if not climax:
        found = found - lift * np.maximum(0, PITCHES - (middle + 6))
    return found.astype(np.float32)
