"""A player is a writer that adds a part to a score with chords. Styles name players; strangers' writers may be named
too."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import ArrangeBrief, BadInput, Note, Score, Track, Workshop, Writer

from .setting import Setting, appended, setting_of


class Player(Writer):
    """Writes tracks from what a :class:`Setting` shows."""

    takes = "Score"
    gives = "Score"

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Score:
        """The score with this player's part at the end; its voice and chords as they are."""
        setting = setting_of(brief.score)
        options = {"patterns": workshop.get("style", brief.style).patterns, **brief.options}
        rng = np.random.default_rng([brief.seed, sum(self.name.encode()), len(brief.score.tracks)])
        return replace(brief.score, tracks=appended(brief.score, self.play(setting, options, rng)))

    @abstractmethod
    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """The part, as one track or, for two hands, two."""


def track(notes: list[Note], name: str, role: str, program: int) -> Track:
    """A track of notes in any order; a note that would sound into its own repetition ends before it."""
    ordered = sorted(notes, key=lambda note: (note.onset_ticks, note.pitch, -note.length_ticks))
    kept: list[Note] = []
    last: dict[int, int] = {}  # pitch -> place of its last note
    for note in ordered:
        place = last.get(note.pitch)
        if place is not None and kept[place].onset_ticks == note.onset_ticks:
            continue
        if place is not None and kept[place].end_ticks > note.onset_ticks:
            kept[place] = replace(kept[place], length_ticks=note.onset_ticks - kept[place].onset_ticks, ring_ticks=0)
        last[note.pitch] = len(kept)
        kept.append(note)
    return Track(tuple(kept), name, role, program)


def checked_choice(options: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    """One of several words in a style's options; the first unless said."""
    value = options.get(name, allowed[0])
    if value not in allowed:
        raise BadInput(f"a style asks for {name} {repr(value)[:80]}; allowed: {', '.join(allowed)}.")
    return str(value)
