"""Rules of the rhythm pass: each syllable once, each line exactly in its time, with lookahead so that nothing
strands."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..passes.all import RhythmHypothesis
from ..passes.piece import bar_units, beat_units, landing, strength
from ..passes.vocabulary import CHORD, LENGTHS, MELISMA, NOTE, REST, SIZE
from ..ranking import ANTICIPATING
from .base import ToldOnce

GRID = 3  # units: a sixteenth, the shortest note written
FORBIDDEN = np.float32(-np.inf)
_LENGTHS = np.array(LENGTHS)
_PLAIN = (_LENGTHS % GRID == 0) & ~np.isin(_LENGTHS, (15, 21, 27))


class RhythmFill(ToldOnce):
    """A line's notes and rests fill its time exactly; rests stand only between words; asked-for melismas are sung."""

    name = "rhythm-fill"
    summary = "every syllable once, every line exactly in its time (hard, looks ahead)"
    task = "melody.rhythm"

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[Any, ...]:
        at, syllables = hypothesis.syllable, hypothesis.frame.syllables
        extra = syllables[at - 1].extra_notes if at else 0
        more_owed = at > 0 and (hypothesis.notes_on < 1 + extra or hypothesis.must_hold)
        may_rest = self._may_rest(hypothesis) and not more_owed
        holds = bool(at) and not hypothesis.resting
        time = hypothesis.until - hypothesis.now
        return time, self._owed(hypothesis), at < hypothesis.last, more_owed, may_rest, holds, bool(at)

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        time, owed, more, more_owed, may_rest, holds, begun = heeded
        total = np.full(SIZE, FORBIDDEN, np.float32)
        shortest = min(GRID, max(1, time // max(1, owed)))
        spare = time - owed * shortest  # units that notes and rests may take beyond the shortest
        usable = _PLAIN if shortest == GRID else np.ones_like(_PLAIN)
        if more and not more_owed:
            total[NOTE:MELISMA] = np.where(usable & (_LENGTHS - shortest <= spare), 0.0, FORBIDDEN)
        if holds:
            slack = spare + (shortest if more_owed else 0)
            total[MELISMA:REST] = np.where(usable & (_LENGTHS <= slack), 0.0, FORBIDDEN)
        if may_rest:
            total[REST:CHORD] = np.where(usable & (_LENGTHS <= spare), 0.0, FORBIDDEN)
        if not np.isfinite(total).any():
            self._last_resort(total, time, begun, more, more_owed)
        return total

    @staticmethod
    def _owed(hypothesis: RhythmHypothesis) -> int:
        """Notes that the rest of the line still needs."""
        syllables = hypothesis.frame.syllables
        owed = sum(1 + syllable.extra_notes for syllable in syllables[hypothesis.syllable : hypothesis.last])
        if hypothesis.syllable:
            owed += max(
                int(hypothesis.must_hold), 1 + syllables[hypothesis.syllable - 1].extra_notes - hypothesis.notes_on
            )
        return owed

    @staticmethod
    def _may_rest(hypothesis: RhythmHypothesis) -> bool:
        """Between words; never twice in a row before the end."""
        if hypothesis.syllable == hypothesis.last:
            return hypothesis.may_close_with_rest
        ends_word = (
            hypothesis.frame.syllables[hypothesis.syllable - 1].word in (1, 2, 7, 8) if hypothesis.syllable else False
        )
        return ends_word and not hypothesis.resting

    @staticmethod
    def _last_resort(total: np.ndarray, time: int, begun: bool, more: bool, more_owed: bool) -> None:
        """Less time is left than any plain length fills: what is owed is sung as short as can be, then a rest ends the
        line."""
        if begun and (more_owed or time > 0):
            total[MELISMA] = 0.0
        if more_owed and time <= 0:
            return  # no time at all: only what is owed is sung, or the line would never end
        total[NOTE if more else REST] = 0.0


class RhythmTaste(ToldOnce):
    """Soft: notes do not straddle bar lines from weak places; a line's last syllable is held; melisma as the style
    asks."""

    name = "rhythm-taste"
    summary = "few ties over bar lines, held line ends, melisma by style (soft)"
    task = "melody.rhythm"
    SUNG_OUT, LITTLE = 1.4, -1.1  # nats of a melisma on a word that weighs, and on another; docs/experiments/motifs.md
    CADENTIAL = 0.5  # nats more on the two syllables before the last, where people's are but in popular songs
    AT_THE_END = {"popular": -0.2}  # nats on the last one, by genre
    KEPT = -1.0  # the same in the others

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[Any, ...]:
        onset, bar, _metre = hypothesis.piece.grid.bar(hypothesis.now)
        guide, place = hypothesis.piece.guide, hypothesis.now - onset
        tie = 0.0 if not place else 2.5 if guide is None else self._tie(hypothesis)
        left = min(2, len(hypothesis.frame.syllables) - hypothesis.syllable)
        ahead = hypothesis.last - hypothesis.syllable
        time = (hypothesis.until - hypothesis.now) / ahead if left > 1 and ahead > 0 else None
        return place, bar, tie, self._welcome(hypothesis), left, time, guide is None or guide.pace > 6

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        place, bar, tie, welcome, left, time, slow = heeded
        total = np.zeros(SIZE, np.float32)
        over = _LENGTHS > bar - place
        if place:
            total[NOTE:MELISMA][over] -= tie
            total[MELISMA:REST][over] -= 2.5
        total[MELISMA:REST] += self.style.melisma + welcome
        if left == 1:
            total[NOTE:MELISMA][_LENGTHS < 12] -= 1.5
            total[NOTE:MELISMA][_LENGTHS < 18] -= 0.4
        if time is not None:
            total[NOTE:MELISMA][_LENGTHS > 2.6 * time] -= 1.5
        if slow:
            total[NOTE:MELISMA][_LENGTHS < 6] -= 0.8
        return total

    def _welcome(self, hypothesis: RhythmHypothesis) -> float:
        """What a melisma on this syllable gains: words that weigh are sung out, and so is the way into a cadence."""
        guide, frame, at = hypothesis.piece.guide, hypothesis.frame, hypothesis.syllable
        if not at:
            return 0.0
        left, genre = len(frame.syllables) - at, guide.idiom.genre if guide else ""
        if not left:
            return self.AT_THE_END.get(genre, self.KEPT)
        if guide is None:
            return 0.0
        syllable = frame.syllables[at - 1]
        little = syllable.stress == 1 or syllable.stress and syllable.word % 2
        return (self.LITTLE if little else self.SUNG_OUT) + self.CADENTIAL * (left < 3 and genre != "popular")

    @staticmethod
    def _tie(hypothesis: RhythmHypothesis) -> float:
        """What a note over a bar line costs: less where the idiom sings before the beat."""
        guide = hypothesis.piece.guide
        assert guide is not None
        return max(0.3, 2.5 - 7.0 * guide.idiom.anticipate)


class RhythmLanding(ToldOnce):
    """A line arrives on a strong beat, or just before one where its idiom sings so: in people's songs five lines of six
    do, most of them on the bar line."""

    name = "rhythm-landing"
    summary = "the last stress of a line falls on a strong beat (soft)"
    task = "melody.rhythm"
    STRENGTHS = (-2.0, -1.6, -0.8, 0.8, 1.2)  # nats by metrical strength, see docs/experiments/motifs.md

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[int, str, bool, bool] | None:
        guide = hypothesis.piece.guide
        if guide is None:
            return None
        ahead = landing(hypothesis.frame.syllables) - hypothesis.syllable
        if ahead not in (0, 1) or ahead == 0 and not hypothesis.syllable:
            return None
        onset, _bar, metre = hypothesis.piece.grid.bar(hypothesis.now)
        return hypothesis.now - onset, metre, ahead == 0, guide.idiom.anticipate >= ANTICIPATING

    def made(self, heeded: tuple[int, str, bool, bool]) -> np.ndarray:
        """``heeded``: the place in the bar, its metre, whether the next syllable is the one that arrives, and may be
        early."""
        place, metre, following, early = heeded
        total = np.zeros(SIZE, np.float32)
        arrives = np.array([self._nats(place + length, metre, early) for length in LENGTHS])
        if following:
            here = self._nats(place, metre, early)
            total[MELISMA:REST] += arrives - here
            total[REST:CHORD] += arrives - here
        else:
            total[NOTE:MELISMA] += arrives
        return total

    def _nats(self, place: int, metre: str, early: bool) -> float:
        bar = bar_units(metre)
        found = strength(place % bar, metre)
        if early and place % beat_units(metre):
            found = max(found, strength((place + beat_units(metre) // 2) % bar, metre))
        return self.STRENGTHS[found]
