"""The four passes over a piece, one step at a time.

Each walk answers ``context()`` (fields 1.. of the next step), takes the chosen id, writes the choice into the piece and
knows when it is done. ``choices()`` lists the ids that keep every promise: each syllable once and in order, each line within
its bars, every bar full. Constraints narrow them further.
"""

from __future__ import annotations

from collections.abc import Callable

from .base import PassWalk
from .chords import ChordWalk, slots
from .lines import LinesWalk
from .piece import Piece
from .pitches import PitchWalk
from .rhythm import RhythmWalk

WALKS: tuple[Callable[[Piece], PassWalk], ...] = (LinesWalk, RhythmWalk, ChordWalk, PitchWalk)

__all__ = ["WALKS", "ChordWalk", "LinesWalk", "PassWalk", "PitchWalk", "RhythmWalk", "slots"]
