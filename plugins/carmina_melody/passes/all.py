"""The four passes over a piece, one step at a time.

Each hypothesis answers ``context()`` (fields 1.. of the next step), takes the chosen id, writes the choice into the
piece and knows when it is done. ``choices()`` lists the ids that keep every promise: each syllable once and in order,
each line within its bars, every bar full. Constraints narrow them further.
"""

from __future__ import annotations

from collections.abc import Callable

from .base import PassHypothesis
from .chords import ChordHypothesis, slots
from .lines import LinesHypothesis
from .piece import Piece
from .pitches import PitchHypothesis
from .rhythm import RhythmHypothesis

HYPOTHESES: tuple[Callable[[Piece], PassHypothesis], ...] = (
    LinesHypothesis,
    RhythmHypothesis,
    ChordHypothesis,
    PitchHypothesis,
)

__all__ = [
    "HYPOTHESES",
    "ChordHypothesis",
    "LinesHypothesis",
    "PassHypothesis",
    "PitchHypothesis",
    "RhythmHypothesis",
    "slots",
]
