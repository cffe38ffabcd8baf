"""Held chords: strings or voices behind the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from carmina import Note, Option, Track

from .hands import close_chord
from .patterns import pattern, strokes
from .players import Player, track
from .setting import Setting, Span
from .voicing import bass_pitch

TOUCH = -44  # held strings are louder than their velocity says


class Pad(Player):
    """Holds each chord, voices moving as little as may be; may wait for the full sections."""

    name = "pad"
    summary = "held chords of strings, moving as little as may be"
    options = (
        Option("program", "General MIDI program", int, 48, 0, 127),
        Option("from_fullness", "plays in sections at least so full", float, 0.0, 0, 1),
        Option("middle", "pitch about which it lies", int, 62, 36, 84),
        Option("name", "what the part is called", str, "Strings"),
        Option("rhythm", "pattern in which it strikes; held unless said", str),
        Option("touch", "velocity beside that of the section", int, TOUCH, -60, 20),
        Option("bass", "whether it doubles the bass", bool, False),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track."""
        chord, low, notes, touch = None, None, [], int(options.get("touch", TOUCH))
        middle, least = int(options.get("middle", 62)), float(options.get("from_fullness", 0.0))
        for span in setting.spans:
            if (
                span.tones is None
                or setting.fullness(span.onset_ticks) < least
                or (span.bar.phase_ticks and span.onset_ticks == 0)
            ):
                continue
            chord = close_chord(span, middle - 3, chord, None)
            sounding = list(chord)
            if options.get("bass"):
                low = bass_pitch(span.tones, 36, 52, low)
                sounding.append(low)
            for onset, length in _struck(setting, span, options):
                notes += [Note(pitch, onset, length, velocity=setting.velocity(onset, touch)) for pitch in sounding]
        program, name = int(options.get("program", 48)), str(options.get("name", "Strings"))
        return [track(notes, name, "ensemble", program)]


def _struck(setting: Setting, span: Span, options: dict[str, Any]) -> list[tuple[int, int]]:
    """(onset, length) of each time that a chord is struck: once, or as a pattern has it until the song closes."""
    rhythm = options.get("rhythm")
    if not rhythm or span.onset_ticks >= setting.closing_ticks:
        return [(span.onset_ticks, span.length_ticks)]
    laid = [
        (span.bar.origin_ticks + s.onset_ticks, s.length_ticks)
        for s in strokes(pattern("comp", str(rhythm), options.get("patterns")), span.bar.metre)
    ]
    return [(at, min(length, span.end_ticks - at)) for at, length in laid if span.onset_ticks <= at < span.end_ticks]
