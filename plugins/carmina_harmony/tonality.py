"""Which key a melody is in, where the file does not seem to say (Krumhansl 1990: profiles of degrees, here by
length)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from carmina import Key, Score

from .chooser import tables

LAST_WEIGHT = 2.5  # beats that the last note counts for as tonic
CLEAR = 0.10  # nats a beat by which another key must be better to be believed
_LAST = {0: 0.0, 4: -1.5, 3: -1.5, 7: -1.5}


def keyed(score: Score) -> Score:
    """The score, its key corrected where it says C major, as a file without a key does, and another key is clearly
    meant."""
    notes = score.voice.notes if score.voice else ()
    if len(score.keys) > 1 or (score.keys[0].fifths, score.keys[0].mode) != (0, "major") or len(notes) < 8:
        return score
    found = {key: fit(notes, key) for key in _keys()}
    best = max(found, key=lambda key: found[key])
    beats = sum(note.length_ticks for note in notes) / 480
    return replace(score, keys=(best,)) if found[best] - found[Key()] > CLEAR * beats else score


def _keys() -> list[Key]:
    return [Key(fifths, mode) for mode in ("major", "minor") for fifths in range(-6, 7)]


def fit(notes, key: Key) -> float:
    """How well the notes suit a key, nats."""
    profile = tables().profiles[int(key.mode == "minor")]
    degrees = np.array([(note.pitch - key.tonic) % 12 for note in notes])
    beats = np.array([note.length_ticks / 480 for note in notes])
    return float((profile[degrees] * beats).sum()) + LAST_WEIGHT * _LAST.get(int(degrees[-1]), -4.0)
