"""The key of a song from other software, whose key signature may be missing or a default.

Correlation of the notes' durations with key profiles (Krumhansl & Kessler 1982); the signature that is written and a
close on the tonic speak for a key.
"""

from __future__ import annotations

import numpy as np

from carmina import Key, Score

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
WRITTEN = 0.35  # what the written key is worth; its relative key half as much
CLOSES = 0.15  # what a last note on the tonic is worth


def key_of_music(score: Score) -> Key:
    """The key that the notes suggest; the written one unless they speak clearly against it."""
    written = score.keys[0]
    weights = np.zeros(12)
    for track in score.tracks:
        for note in track.notes if track.role != "drums" else ():
            weights[note.pitch % 12] += note.length_ticks
    if np.count_nonzero(weights) < 3:
        return written
    last = score.sung_notes[-1].pitch % 12 if score.sung_notes else -1
    keys = [Key(fifths, mode) for mode in ("major", "minor") for fifths in _near(written.fifths)]
    return max(keys, key=lambda key: _fit(weights, key) + WRITTEN * _same(key, written) + CLOSES * (key.tonic == last))


def _near(fifths: int) -> list[int]:
    """Twelve signatures, one a tonic, the written spelling among them."""
    low = max(-7, min(-5, fifths))
    return sorted({fifths, *range(low, low + 12)} - ({fifths + 12, fifths - 12}))


def _fit(weights: np.ndarray, key: Key) -> float:
    profile = np.roll(_MAJOR if key.mode == "major" else _MINOR, key.tonic)
    return float(np.corrcoef(weights, profile)[0, 1])


def _same(key: Key, written: Key) -> float:
    return (key.fifths == written.fifths) * (1.0 if key.mode == written.mode else 0.5)
