"""Figures of a song that a listener hears without a score: pace, height, leaps, beat, chords."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from carmina import Note, Score
from carmina.theory import beat_ticks, read_chord

QUARTER = 480
LEAP = 4  # semitones, from which a move is more than a third
STEP = 2
LONG = 2 * QUARTER
PLAIN = 3  # notes of a plain chord


def song_figures(score: Score) -> dict[str, float]:
    """Plain figures by name; of a score without notes, zeros where there is nothing to hear."""
    notes = score.sung_notes or max((track.notes for track in score.tracks), key=len, default=())
    moves = [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]
    heights = [note.pitch for note in notes]
    quarters = max(1.0, score.end_ticks / QUARTER)
    metre = score.metres[0]
    return {
        "tempo": math.log2(score.tempi[0].quarters_per_minute / 100),
        "minor": float(score.keys[0].mode == "minor"),
        "triple": float(metre.beats % 3 == 0),
        "density": len(notes) / quarters,
        "range": float(max(heights) - min(heights)) if heights else 0.0,
        "height": sum(heights) / len(heights) - 67 if heights else 0.0,
        "leaps": _share(move > LEAP for move in moves),
        "steps": _share(0 < move <= STEP for move in moves),
        "repeated_notes": _share(move == 0 for move in moves),
        "long_notes": _share(note.length_ticks >= LONG for note in notes),
        "rhythm_kinds": math.log2(1 + len({note.length_ticks for note in notes})),
        "off_the_beat": _share(_off(note, beat_ticks(metre), score.pickup_ticks) for note in notes),
        "melismas": _share(note.continues for note in notes),
        "rests": max(0.0, 1 - sum(note.length_ticks for note in notes) / QUARTER / quarters) if notes else 0.0,
        "repeated_bars": _repeated(score, notes),
        **_chords(score),
        "parts": float(len(score.tracks)),
    }


def _share(told: object) -> float:
    values = [bool(value) for value in told]  # type: ignore[attr-defined]
    return sum(values) / len(values) if values else 0.0


def _off(note: Note, beat: int, pickup: int) -> bool:
    """Begins off the beat and lasts over the next one."""
    place = (note.onset_ticks - pickup) % beat
    return place != 0 and place + note.length_ticks > beat


def _repeated(score: Score, notes: Sequence[Note]) -> float:
    """Share of bars whose rhythm and moves some earlier bar had."""
    bars: list[list[Note]] = []
    onsets = score.bar_onsets()
    at = 0
    for begin, end in pairwise([*onsets, score.end_ticks + 1]):
        own = []
        while at < len(notes) and notes[at].onset_ticks < end:
            own.append(notes[at])
            at += 1
        if own:
            first = own[0]
            bars.append([(n.onset_ticks - begin, n.length_ticks, n.pitch - first.pitch) for n in own])  # type: ignore[misc]
    seen: set[tuple[object, ...]] = set()
    again = 0
    for bar in map(tuple, bars):
        again += bar in seen
        seen.add(bar)
    return again / len(bars) if bars else 0.0


def _chords(score: Score) -> dict[str, float]:
    read = [read_chord(chord.symbol) for chord in score.chords]
    known = [chord for chord in read if chord is not None]
    bars = max(1, len(score.bar_onsets()))
    return {
        "chords": len(score.chords) / bars,
        "chord_kinds": float(len({chord.symbol for chord in score.chords})),
        "colour": sum(len(chord.tones) > PLAIN for chord in known) / len(known) if known else 0.0,
    }
