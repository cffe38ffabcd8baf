"""A finished song."""

from __future__ import annotations

from dataclasses import dataclass

from .music import Score
from .plans import SongPlan
from .poems import Poem
from .words import LyricSheet


@dataclass(frozen=True, slots=True)
class Song:
    """A finished song and what it was made from, step by step; a step that was skipped is None."""

    score: Score  # with its accompaniment
    melody: Score  # the sung line with its chords
    words: LyricSheet | None = None  # the poem as sections of a song
    poem: Poem | None = None
    plan: SongPlan | None = None  # what the melody was written to
