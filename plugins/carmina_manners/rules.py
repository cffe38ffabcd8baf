"""Constraints that steer a melody by its style's manner: what the style does more readily is more welcome."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from carmina import Constraint, PitchState, RhythmState, Token, spelling
from carmina.theory import length_table, length_token

OCTAVE = 12

RHYTHM, PITCH = 0.9, 0.8  # of the nats that the tables say; the network knows genres too


class ManneredRhythm(Constraint):
    """Lengths as the style's manner has them at places of this strength; the last syllable of a line stays free."""

    name = "manner-rhythm"
    summary = "lengths and slurs as the manner of the style has them (soft)"
    task = "melody.rhythm"

    def logit_bias(self, state: RhythmState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        manner = self.style.manner if self.style else {}
        if not manner:
            return total
        notes, melismas, lengths = _rhythm(tuple(state.tokens))
        table = manner.get(length_table(spelling.metre(state.metre), state.beat_strength), {})
        if state.syllables_left != 1 and table:
            total[notes] += RHYTHM * np.array([table.get(length, 0.0) for length in lengths], np.float32)
        slurs = manner.get("syllable", {})
        total[melismas] += RHYTHM * (slurs.get("slurred", 0.0) - slurs.get("plain", 0.0))
        return total


class ManneredPitch(Constraint):
    """Degrees and steps as the style's manner has them."""

    name = "manner-pitch"
    summary = "degrees and steps as the manner of the style has them (soft)"
    task = "melody.pitch"

    def logit_bias(self, state: PitchState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        manner = self.style.manner if self.style else {}
        if not manner:
            return total
        where, heights = _pitches(tuple(state.tokens))
        degrees, steps = manner.get(f"degree {state.mode}", {}), manner.get("step", {})
        if not state.melisma and degrees:
            total[where] += PITCH * np.array([degrees.get(str(h % OCTAVE), 0.0) for h in heights], np.float32)
        before = state.pitch_before()
        if before is not None and steps:
            total[where] += PITCH * np.array([steps.get(str(h - before), 0.0) for h in heights], np.float32)
        return total


@lru_cache(maxsize=4)
def _rhythm(tokens: tuple[Token, ...]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Ids of notes and of notes that go on with a syllable, and the lengths of the former."""
    notes = [n for n, token in enumerate(tokens) if token.kind == "note"]
    melismas = [n for n, token in enumerate(tokens) if token.kind == "melisma"]
    return np.array(notes, int), np.array(melismas, int), [length_token(tokens[n].value or 0.0) for n in notes]


@lru_cache(maxsize=4)
def _pitches(tokens: tuple[Token, ...]) -> tuple[np.ndarray, list[int]]:
    found = [(n, int(_value(token))) for n, token in enumerate(tokens) if token.kind == "pitch"]
    return np.array([n for n, _ in found], int), [height for _, height in found]


def _value(token: Token) -> Any:
    return token.value or 0
