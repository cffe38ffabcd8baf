"""A tune that is written into gaps reaches the notes that are there already."""

from __future__ import annotations

import numpy as np

from ..rules.pitches import FORBIDDEN, PITCHES, PitchRule

EASY = 4  # semitones a move, on the way to a note that waits


class PitchJoin(PitchRule):
    """Before a note that is there already, pitches from which it cannot be reached in time are left out."""

    name = "pitch-join"
    summary = "a rewritten stretch leads into the note after it (octave hard, wide leaps soft; looks ahead)"

    def judge(self, hypothesis, pitches):
        awaited = hypothesis.awaited()
        if awaited is None:
            return
        moves, pitch = awaited
        gap = np.abs(PITCHES - pitch)
        before = hypothesis.before()
        near = (PITCHES >= hypothesis.piece.low) & (PITCHES <= hypothesis.piece.high) & (gap <= 12 * moves)
        if before is not None:
            near &= np.abs(PITCHES - before) <= 12
        if near.any():
            pitches[gap > 12 * moves] = FORBIDDEN
        pitches -= 0.5 * np.maximum(0, gap - EASY * moves)
        if moves == 1:
            pitches[np.isin(gap, (6, 10, 11))] -= 1.0
