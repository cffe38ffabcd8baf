"""Constraints that steer a melody by its style's manner: what the style does more readily is more welcome."""

from __future__ import annotations

import numpy as np

from carmina import Constraint, Manner, PitchState, RhythmState, spelling, valued
from carmina.theory import length_table, length_token

OCTAVE = 12

RHYTHM, PITCH = 0.9, 0.8  # of the nats that the tables say; the network knows genres too


class Mannered(Constraint):
    """Knows the manner; without one it says nothing."""

    @property
    def manner(self) -> Manner:
        """Of the style."""
        found: Manner = self.style.manner if self.style else {}
        return found

    def wanted(self) -> bool:
        return bool(self.manner)


class ManneredRhythm(Mannered):
    """Lengths as the style's manner has them at places of this strength; the last syllable of a line stays free."""

    name = "manner-rhythm"
    summary = "lengths and slurs as the manner of the style has them (soft)"
    task = "melody.rhythm"

    def logit_bias(self, state: RhythmState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        table = self.manner.get(length_table(spelling.metre(state.metre), state.beat_strength), {})
        if state.syllables_left != 1 and table:
            notes, lengths = valued(state.tokens, "note")
            total[notes] += RHYTHM * np.array([table.get(length_token(float(n)), 0.0) for n in lengths], np.float32)
        slurs = self.manner.get("syllable", {})
        melismas, _lengths = valued(state.tokens, "melisma")
        total[melismas] += RHYTHM * (slurs.get("slurred", 0.0) - slurs.get("plain", 0.0))
        return total


class ManneredPitch(Mannered):
    """Degrees and steps as the style's manner has them."""

    name = "manner-pitch"
    summary = "degrees and steps as the manner of the style has them (soft)"
    task = "melody.pitch"

    def logit_bias(self, state: PitchState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        where, heights = valued(state.tokens, "pitch")
        degrees, steps = self.manner.get(f"degree {state.mode}", {}), self.manner.get("step", {})
        if not state.melisma and degrees:
            total[where] += PITCH * np.array([degrees.get(str(int(h) % OCTAVE), 0.0) for h in heights], np.float32)
        before = state.pitch_before()
        if before is not None and steps:
            total[where] += PITCH * np.array([steps.get(str(int(h) - before), 0.0) for h in heights], np.float32)
        return total
