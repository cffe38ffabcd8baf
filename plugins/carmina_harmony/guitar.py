"""Guitars: strumming and picking on shapes that a hand can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from carmina import Note, Option, Track

from .fretboard import pitches, shape
from .patterns import pattern, strokes
from .players import Player, track
from .setting import Setting, Span

SPREAD_TICKS = 9  # between strings of a strum
SWUNG = 80  # ticks that an off-beat eighth comes late where a style swings


class Guitar(Player):
    """Strums or picks the chords, bar by bar."""

    name = "guitar"
    summary = "a guitar, strummed or picked, on shapes that a hand can hold"
    options = (
        Option("strum", "pattern of strokes", str, "folk"),
        Option("pick", "pattern of picked strings", str),
        Option("program", "General MIDI program", int, 25, 0, 127),
        Option("name", "what the part is called", str, "Guitar"),
        Option("swing", "ticks that off-beats come late", int, 0, 0, 120),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track."""
        picked = options.get("pick")
        own = options.get("patterns")
        tokens = pattern("pick", picked, own) if picked else pattern("strum", options.get("strum", "folk"), own)
        swing, notes = int(options.get("swing", 0)), []
        for span, stroke, onset, length in struck(setting, tokens):
            held = pitches(shape(span.tones))
            if held:
                late = late_by(setting, onset, swing)
                notes += (
                    _pick(setting, held, span, stroke, onset, length, late)
                    if picked
                    else _strum(setting, held, stroke, onset, length, late)
                )
        closing = _close(setting)
        return [
            track(
                [n for n in notes if n.onset_ticks < setting.closing_ticks or not closing] + closing,
                str(options.get("name", "Guitar")),
                "guitar",
                int(options.get("program", 25)),
            )
        ]


def struck(setting: Setting, tokens: Mapping[str, str]):
    """(span, token, onset, length) of every stroke of a pattern that falls on a chord; a chord that begins between
    strokes is struck at once."""
    for bar in setting.bars:
        spans = [span for span in setting.spans if span.bar == bar and span.tones]
        laid = [(bar.origin_ticks + s.onset_ticks, s.length_ticks, s.token) for s in strokes(tokens, bar.metre)]
        for span in spans:
            here = [
                (at, min(length, span.end_ticks - at), token)
                for at, length, token in laid
                if span.onset_ticks <= at < span.end_ticks
            ]
            if here and here[0][0] > span.onset_ticks and span.onset_ticks > bar.onset_ticks:
                here.insert(0, (span.onset_ticks, here[0][0] - span.onset_ticks, laid[0][2]))
            for at, length, token in here:
                yield span, token, at, length


def late_by(setting: Setting, onset: int, swing: int) -> int:
    """How late an off-beat eighth is played."""
    at = onset - setting.bar_at(onset).origin_ticks
    return swing if at % 480 == 240 else 0


def _strum(setting: Setting, held: list[int], stroke: str, onset: int, length: int, late: int) -> list[Note]:
    if stroke == "B":
        return [Note(held[0], onset, length, velocity=setting.velocity(onset, 2), delay_ticks=late)]
    strings = held if stroke == "D" else held[-4:][::-1]
    soft = -14 if stroke == "D" else -22
    return [
        Note(
            pitch,
            onset,
            length,
            velocity=setting.velocity(onset, soft - 2 * place),
            delay_ticks=min(late + place * SPREAD_TICKS, length - 1, 240),
        )
        for place, pitch in enumerate(strings)
    ]


def _pick(setting: Setting, held: list[int], span: Span, stroke: str, onset: int, length: int, late: int) -> list[Note]:
    """Picked strings ring to the end of the chord."""
    found = []
    for sign in stroke:
        if sign in "Bb":
            low = [p for p in held[:3] if p != held[0] and (p - span.sounding.root) % 12 in (7, 0, 6, 8)]
            pitch = held[0] if sign == "B" or not low else low[0]
        else:
            pitch = held[-min(int(sign), len(held))]
        found.append(
            Note(
                pitch,
                onset,
                length,
                velocity=setting.velocity(onset, -6 if sign in "Bb" else -12),
                delay_ticks=late,
                ring_ticks=span.end_ticks - onset - length,
            )
        )
    return found


def _close(setting: Setting) -> list[Note]:
    """The last chord, struck once and left to ring."""
    span = next((s for s in reversed(setting.spans) if s.tones), None)
    if span is None or setting.bars[-1].onset_ticks < setting.closing_ticks:
        return []
    end = setting.bars[-1].end_ticks
    return [
        Note(
            pitch,
            span.onset_ticks,
            max(1, end - span.onset_ticks),
            velocity=setting.velocity(span.onset_ticks, -8),
            delay_ticks=place * 2 * SPREAD_TICKS,
        )
        for place, pitch in enumerate(pitches(shape(span.tones)))
    ]
