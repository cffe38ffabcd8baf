"""A rule of taste for melodies: steps rather than leaps, and no leap at all on weak places of the bar."""

import numpy as np

import carmina

STEP = 2  # semitones
COST = 0.25  # nats for each semitone beyond a step; twice as much off the beat


class Gentle(carmina.Constraint):
    name, summary, task = "sampler", "a gentle tune: steps rather than leaps (soft)", "melody.pitch"

    def logit_bias(self, state: carmina.PitchState):
        before = state.pitch_before()
        bias = np.zeros(len(state.tokens), np.float32)
        if before is None:
            return bias
        cost = COST * (2 if state.beat_strength < 2 else 1)
        for at, token in enumerate(state.tokens):
            if token.kind == "pitch":
                bias[at] = -cost * max(0.0, abs(token.value - before) - STEP)
        return bias


ENTRIES = [Gentle]
