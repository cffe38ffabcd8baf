"""Rules of echoes: words that come back, and sequences inside a line, sing what was sung before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from carmina import Echo

from ..passes.all import PitchHypothesis, RhythmHypothesis
from ..passes.piece import Frame, Piece, Sung
from ..passes.vocabulary import LENGTHS, MELISMA, NOTE, SIZE
from ..planning.motifs import pitch_of, step_of
from .base import ToldOnce
from .pitches import PITCHES, PitchRule

_LENGTHS = np.array(LENGTHS)


def echoes_of(piece: Piece, number: int) -> Iterator[tuple[Echo, Frame]]:
    """The echoes of a line, each with the line that it echoes, where that is among these lines."""
    guide = piece.guide
    line = guide.line(number) if guide else None
    if guide is None or line is None:
        return
    for echo in line.echoes:
        index = echo.line - 1 - guide.first_line
        if 0 <= index <= number:
            yield echo, piece.frames[index]


def head_of(frame: Frame, syllable: int) -> Sung | None:
    """The note on which a syllable begins, where it is there already."""
    return next((note for note in frame.notes if note.syllable == syllable and not note.continues), None)


def echoed_pitch(piece: Piece, number: int, syllable: int) -> int | None:
    """The pitch that an echo asks for on a syllable, counted from 0; ``None`` where none does."""
    for echo, model in echoes_of(piece, number):
        if echo.at - 1 <= syllable < echo.at - 1 + echo.syllables:
            note = head_of(model, syllable - echo.at + echo.of)
            if note is not None and note.pitch is not None:
                return pitch_of(step_of(note.pitch, piece.mode) + echo.shift, piece.mode)
    return None


class RhythmEchoes(ToldOnce):
    """An echo has the rhythm of what it echoes, and begins in the same place of the bar where it can."""

    name = "rhythm-echoes"
    summary = "words that come back bring their rhythm with them (soft)"
    task = "melody.rhythm"
    STRENGTH = 4.0  # nats; see docs/experiments/motifs.md
    PLACE = 1.2  # nats for a beginning in the same place of the bar

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[Any, ...] | None:
        piece, at, now = hypothesis.piece, hypothesis.syllable, hypothesis.now
        for echo, model in echoes_of(piece, hypothesis.line):
            begun = at - (echo.at - 1)
            if not -1 <= begun < echo.syllables - 1:
                continue
            first, further = head_of(model, echo.of - 1), head_of(model, echo.of + begun)
            if first is None or further is None:
                continue
            if begun == -1:
                bar, length, _metre = piece.grid.bar(now)
                place = (first.onset - piece.grid.bar(first.onset)[0] - (now - bar)) % length
                return place, length, self.PLACE
            own = now if not begun else head_of(hypothesis.frame, echo.at - 1)
            start = own.onset if isinstance(own, Sung) else now
            return start + further.onset - first.onset - now, 0, self.STRENGTH
        return None

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        wanted, bar, strength = heeded
        total = np.zeros(SIZE, np.float32)
        hits = _LENGTHS % bar == wanted if bar else wanted == _LENGTHS
        total[NOTE:MELISMA][hits] += strength
        return total


class PitchEchoes(PitchRule):
    """An echo sings the pitches of what it echoes, as they were or moved along the scale."""

    name = "pitch-echoes"
    summary = "words that come back bring their tune with them (soft)"
    STRENGTH = 4.0  # nats; see docs/experiments/motifs.md

    def heeds(self, hypothesis: PitchHypothesis) -> tuple[int] | None:
        number, note = hypothesis.notes[hypothesis.at]
        wanted = None if note.continues else echoed_pitch(hypothesis.piece, number, note.syllable)
        return None if wanted is None else (wanted,)

    def judge(self, pitches: np.ndarray, wanted: int) -> None:
        if PITCHES[0] <= wanted <= PITCHES[-1]:
            pitches[wanted - PITCHES[0]] += self.STRENGTH
