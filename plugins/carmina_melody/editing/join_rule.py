"""A tune that is written into gaps reaches the notes that are there already."""

from __future__ import annotations

import numpy as np

from ..rules.pitches import FORBIDDEN, PITCHES, PitchRule

EASY = 4  # semitones a move, on the way to a note that waits


class PitchJoin(PitchRule):
    """Before a note that is there already, pitches from which it cannot be reached in time are left out."""

    name = "pitch-join"
    summary = "a rewritten stretch leads into the note after it (octave hard, wide leaps soft; looks ahead)"

    def heeds(self, hypothesis):
        awaited = hypothesis.awaited()
        piece = hypothesis.piece
        return None if awaited is None else (*awaited, piece.low, piece.high, hypothesis.before())

    def judge(self, pitches, moves, pitch, low, high, before):
        gap = np.abs(PITCHES - pitch)
        near = (PITCHES >= low) & (PITCHES <= high) & (gap <= 12 * moves)
        if before is not None:
            near &= np.abs(PITCHES - before) <= 12
        if near.any():
            pitches[gap > 12 * moves] = FORBIDDEN
        pitches -= 0.5 * np.maximum(0, gap - EASY * moves)
        if moves == 1:
            pitches[np.isin(gap, (6, 10, 11))] -= 1.0
