"""What a pianist adds to figures: a turn of melody while the voice rests, and a bass that walks over a third."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carmina import Key, Note
from carmina.theory import beat_ticks, division_ticks

from .lattice import key_at
from .setting import Setting, Span

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
LOWEST_TURN, HIGHEST_TURN = 65, 84  # between which a turn lies
OFTEN = 0.75  # of the places where a turn fits
UNDER = (9, 8, 4, 3)  # semitones below the turn at which a beat may be doubled, sixths first


def scale(key: Key, low: int, high: int) -> list[int]:
    """The key's pitches in a range; minor with its natural seventh."""
    classes = {(key.tonic + step) % 12 for step in SCALES[key.mode]}
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]


def turned(setting: Setting, upper: Sequence[Note], rng: np.random.Generator) -> list[Note]:
    """The right hand with a line of eighths towards the next phrase wherever the voice holds or rests for two beats or
    more."""
    notes = list(upper)
    for phrase, after in zip(setting.phrases, setting.phrases[1:], strict=False):
        bar = setting.bar_at(phrase.close_ticks)
        beat, half = beat_ticks(bar.metre), division_ticks(bar.metre)
        end = after.onset_ticks
        start = max(phrase.close_ticks + beat, end - 3 * beat)
        count = min(8, (end - start) // half)
        if count < 3 or rng.random() > OFTEN or setting.bar_at(end - 1).phase_ticks:
            continue
        line = _towards(setting, _first_pitch(setting, after.first), end, half, count)
        if line:
            notes = [n for n in notes if not end - count * half <= n.onset_ticks < end]
            notes = [_until(n, end - count * half) if n.onset_ticks < end - count * half else n for n in notes]
            notes += line
    return notes


def _first_pitch(setting: Setting, index: int) -> int:
    pitch = setting.voice[index].pitch
    while pitch < LOWEST_TURN + 4:
        pitch += 12
    return pitch


def _until(note: Note, tick: int) -> Note:
    if note.end_ticks <= tick:
        return note
    return Note(
        note.pitch, note.onset_ticks, tick - note.onset_ticks, velocity=note.velocity, delay_ticks=note.delay_ticks
    )


def _towards(setting: Setting, target: int, end: int, half: int, count: int) -> list[Note]:
    """Scale steps up or down to the target, whichever has more chord tones on its beats; the beats doubled in sixths or
    thirds."""
    key = key_at(setting.score, end - 1)
    rungs = scale(key, LOWEST_TURN - 12, HIGHEST_TURN + 5)
    near = min(range(len(rungs)), key=lambda i: abs(rungs[i] - target))
    ways = [
        [rungs[near + sign * step] for step in range(count, 0, -1)]
        for sign in (-1, 1)
        if 0 <= near + sign * count < len(rungs)
    ]
    ways = [way for way in ways if LOWEST_TURN - 5 <= min(way) and max(way) <= HIGHEST_TURN]
    onsets = [end - step * half for step in range(count, 0, -1)]
    if not ways:
        return []
    line = max(
        ways,
        key=lambda way: sum(
            _fits(setting, p, at) * (2 if at % (2 * half) == 0 else 1) for p, at in zip(way, onsets, strict=True)
        ),
    )
    notes = [Note(pitch, at, half, velocity=setting.velocity(at, -2)) for pitch, at in zip(line, onsets, strict=True)]
    for pitch, at in zip(line[::2], onsets[::2], strict=True):
        below = next((pitch - gap for gap in UNDER if _fits(setting, pitch - gap, at)), None)
        if below is not None and _fits(setting, pitch, at):
            notes.append(Note(below, at, min(2 * half, end - at), velocity=setting.velocity(at, -10)))
    return notes


def _fits(setting: Setting, pitch: int, tick: int) -> bool:
    span = span_at(setting, tick)
    return span is not None and span.tones is not None and span.tones.has(pitch)


def span_at(setting: Setting, tick: int) -> Span | None:
    """The span that sounds at a tick."""
    return next((span for span in setting.spans if span.onset_ticks <= tick < span.end_ticks), None)


def walking(setting: Setting, lower: Sequence[Note]) -> list[Note]:
    """The left hand with a passing note on the last beat where the bass goes on to a third above or below, and nothing
    is struck."""
    notes = list(lower)
    for span, after in zip(setting.spans, setting.spans[1:], strict=False):
        beat = beat_ticks(span.bar.metre)
        at = span.end_ticks - beat
        if span.tones is None or after.tones is None or at <= span.onset_ticks:
            continue
        low, then = _lowest(notes, span.onset_ticks), _lowest(notes, after.onset_ticks)
        if (
            low is None
            or then is None
            or abs(low - then) not in (3, 4)
            or any(at <= n.onset_ticks < span.end_ticks for n in notes)
        ):
            continue
        between = list(scale(span.key, min(low, then) + 1, max(low, then) - 1))
        if between:
            notes = [_until(n, at) if n.onset_ticks < at < n.end_ticks else n for n in notes]
            notes.append(Note(between[0], at, beat, velocity=setting.velocity(at, -6)))
    return notes


def _lowest(notes: Sequence[Note], tick: int) -> int | None:
    return min((n.pitch for n in notes if n.onset_ticks == tick), default=None)
