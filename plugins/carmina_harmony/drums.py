"""A drum kit: a pattern for quiet sections, one for full ones, a fill where a section ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from carmina import Note, Option, Track

from .guitar import late_by
from .patterns import pattern, strokes
from .players import Player, track
from .setting import Setting
from .timing import Bar

KIT = {"K": 36, "S": 38, "H": 42, "O": 46, "R": 51, "C": 49, "X": 37, "M": 54, "P": 44, "T": 45}  # General MIDI
TOUCH = {"K": 8, "S": 6, "H": -14, "O": -8, "R": -12, "C": 4, "X": -6, "M": -16, "P": -12, "T": 4}
FULL = 0.6  # fullness from which the fuller pattern plays


class Drums(Player):
    """Keeps time."""

    name = "drums"
    summary = "a drum kit with fills at the ends of sections"
    options = (
        Option("pattern", "of quiet sections", str, "pop"),
        Option("full", "of full sections; the quiet one unless said", str),
        Option("swing", "ticks that off-beats come late", int, 0, 0, 120),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track on the drum channel."""
        own = options.get("patterns")
        quiet = pattern("drums", options.get("pattern", "pop"), own)
        full = pattern("drums", options.get("full") or options.get("pattern", "pop"), own)
        swing, notes = int(options.get("swing", 0)), []
        ends = _section_ends(setting)
        for index, bar in enumerate(setting.bars[:-1]):
            if bar.phase_ticks:
                continue
            loud = setting.fullness(bar.onset_ticks) >= FULL
            tokens = pattern("drums", "fill", own) if index in ends and full != quiet else full if loud else quiet
            for stroke in strokes(tokens, bar.metre):
                onset = bar.onset_ticks + stroke.onset_ticks
                notes += [
                    _hit(setting, sign, onset, stroke.length_ticks, late_by(setting, onset, swing))
                    for sign in dict.fromkeys(stroke.token)
                ]
            if index - 1 in ends and full != quiet:
                notes.append(_hit(setting, "C", bar.onset_ticks, 480, 0))
        if len(setting.bars) > 1:
            notes += [
                _hit(setting, sign, setting.bars[-1].onset_ticks, 480, 0) for sign in ("KC" if full != quiet else "K")
            ]
        return [track(notes, "Drums", "drums", 0)]


def _hit(setting: Setting, sign: str, onset: int, length: int, late: int) -> Note:
    return Note(KIT[sign], onset, max(1, length), velocity=setting.velocity(onset, TOUCH[sign]), delay_ticks=late)


def _section_ends(setting: Setting) -> set[int]:
    """Indices of the last bar before each section that a fuller one or a new verse follows."""
    starts = [mark.onset_ticks for mark in setting.score.sections if mark.onset_ticks > 0]
    ends = set()
    for start in starts:
        index = max((i for i, bar in enumerate(setting.bars) if bar.onset_ticks < start), default=-1)
        bar: Bar = setting.bars[index]
        ends.add(index if bar.end_ticks - start < bar.length_ticks // 2 or start == bar.end_ticks else index - 1)
    return ends
