"""A bass line: roots and fifths, or walking from chord to chord."""

from __future__ import annotations

from typing import Any

import numpy as np

from carmina import Note, Option, Track

from .guitar import late_by, struck
from .patterns import pattern
from .players import Player, track
from .setting import Setting, Span
from .voicing import bass_pitch

LOWEST, HIGHEST = 28, 48  # E1 to C3


class Bass(Player):
    """Plays a pattern of chord tones, with a note that leads to the next chord where the pattern has one."""

    name = "bass"
    summary = "a bass: roots and fifths, eighths or walking"
    options = (
        Option("pattern", "what it plays", str, "plain"),
        Option("program", "General MIDI program", int, 33, 0, 127),
        Option("swing", "ticks that off-beats come late", int, 0, 0, 120),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track."""
        tokens, swing = (
            pattern("bass", options.get("pattern", "plain"), options.get("patterns")),
            int(options.get("swing", 0)),
        )
        notes: list[Note] = []
        before: int | None = None
        for span, token, onset, length in struck(setting, tokens):
            if onset >= setting.bars[-1].onset_ticks:
                break
            fresh = onset == span.onset_ticks
            root = bass_pitch(span.sounding, LOWEST, HIGHEST, before)
            pitch = root if fresh else self._pitch(setting, span, token, onset + length, root)
            notes.append(
                Note(
                    pitch,
                    onset,
                    max(1, length - 10),
                    velocity=setting.velocity(onset, 6),
                    delay_ticks=late_by(setting, onset, swing),
                )
            )
            before = root if token != "L" else pitch
        last = next((s for s in reversed(setting.spans) if s.tones), None)
        if last:
            start = setting.bars[-1].onset_ticks
            notes.append(
                Note(
                    bass_pitch(last.sounding, LOWEST, HIGHEST, before),
                    start,
                    setting.bars[-1].end_ticks - start,
                    velocity=setting.velocity(start, 0),
                )
            )
        return [track(notes, "Bass", "bass", int(options.get("program", 33)))]

    def _pitch(self, setting: Setting, span: Span, token: str, then: int, root: int) -> int:
        tones = span.sounding
        if token == "8":
            return root + 12 if root + 12 <= HIGHEST + 4 else root
        if token == "3" and tones.third is not None:
            return _near(tones.third, root)
        if token == "5":
            return _near((tones.root + next((s for s in (7, 6, 8) if s in tones.above), 0)) % 12, root)
        if token == "L":
            return self._leading(setting, span, then, root)
        return root

    def _leading(self, setting: Setting, span: Span, then: int, root: int) -> int:
        """A step below or above the next chord's bass; within one chord, its fifth."""
        after = next((s for s in setting.spans if s.onset_ticks == then and s.tones), None)
        if after is None or after.sounding.bass == span.sounding.bass:
            return self._pitch(setting, span, "5", then, root)
        target = bass_pitch(after.sounding, LOWEST, HIGHEST, root)
        scale = {
            (span.key.tonic + step) % 12
            for step in ((0, 2, 4, 5, 7, 9, 11) if span.key.mode == "major" else (0, 2, 3, 5, 7, 8, 10, 11))
        }
        steps = (-1, -2) if root <= target else (2, 1)
        return next((target + step for step in steps if (target + step) % 12 in scale), target - 1)


def _near(pitch_class: int, root: int) -> int:
    """The pitch of a class above the bass, below it where above is too high."""
    above = root + (pitch_class - root) % 12
    return above if above <= HIGHEST else above - 12 if above - 12 >= LOWEST else above
