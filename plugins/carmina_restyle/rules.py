"""Constraints that draw a melody toward the lines of a source; without aims in the brief's options they say nothing."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from carmina import Constraint, MelodyState, PitchState, RhythmState, valued

from .aims import Aim, Aims

AIMS = "restyle.aims"  # the option of the brief that holds them
NEAR, FAR = 2.6, 0.6  # nats a semitone from the aim, at strength 0 and 1
WIDEST = 7  # semitones beyond which more costs no more
SHORTEST = 2.0**-10  # a stranger's tokens may have notes of no length
STEADY = 4.0  # nats an octave of time from the aim, at strength 0; at 1 nothing


class Kept(Constraint):
    """Knows what is aimed at; without aims it says nothing."""

    def wanted(self) -> bool:
        return self._aims() is not None

    def _aims(self) -> Aims | None:
        found: Aims | None = getattr(self.brief, "options", {}).get(AIMS)
        return found

    def _here(self, state: MelodyState) -> tuple[Aim, int] | None:
        """The line's aim and which of its syllables is being set."""
        aims = self._aims()
        aim = aims.lines.get((state.tune, state.line_of_tune)) if aims else None
        at = len(aim.heights) - state.syllables_left if aim else -1
        return (aim, at) if aim and 0 <= at < len(aim.heights) else None


class KeptPitch(Kept):
    """Each syllable's first note lies near the source's, in whichever octave the voice has it."""

    name = "restyle-pitch"
    summary = "a restyled tune keeps near the pitches of its source (soft, by strength)"
    task = "melody.pitch"

    def logit_bias(self, state: PitchState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        aims, here = self._aims(), self._here(state)
        if aims is None or here is None or state.melisma:
            return total
        aim, at = here
        where, heights = valued(state.tokens, "pitch")
        wanted = aim.heights[at] + self._octaves(aims, state)
        weight = NEAR + (FAR - NEAR) * aims.strength
        total[where] -= weight * np.minimum(WIDEST, np.abs(heights - wanted))
        return total

    def _octaves(self, aims: Aims, state: PitchState) -> int:
        """Semitones, whole octaves, by which the aims are moved so that they lie in the voice."""
        return _moved(_span(aims), state.lowest, state.highest)


class KeptRhythm(Kept):
    """Syllables last about as long as the source's, in the new metre's bars."""

    name = "restyle-rhythm"
    summary = "a restyled tune keeps near the rhythm of its source (soft, by strength)"
    task = "melody.rhythm"

    def logit_bias(self, state: RhythmState) -> np.ndarray:
        total = np.zeros(len(state.tokens), np.float32)
        aims, here = self._aims(), self._here(state)
        if aims is None or here is None or aims.strength >= 1:
            return total
        aim, at = here
        where, lengths = valued(state.tokens, "note")
        away = np.abs(np.log2(np.maximum(SHORTEST, lengths) / max(0.125, aim.lengths[at])))
        total[where] -= STEADY * (1 - aims.strength) * np.minimum(2.0, away)
        return total


def _span(aims: Aims) -> tuple[int, int]:
    heights = [height for aim in aims.lines.values() for height in aim.heights]
    return min(heights), max(heights)


@lru_cache(maxsize=256)
def _moved(span: tuple[int, int], low: int, high: int) -> int:
    """The octaves that leave least outside, the middle nearest of those."""
    middle = (span[0] + span[1]) / 2

    def cost(move: int) -> tuple[float, float]:
        outside = max(0, low - span[0] - move) + max(0, span[1] + move - high)
        return outside, abs(middle + move - (low + high) / 2)

    return min(range(-48, 49, 12), key=cost)
