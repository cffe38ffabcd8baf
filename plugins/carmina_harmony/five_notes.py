"""A Chinese ensemble on the five-note scale: plucked strings (guzheng, pipa) and a flute (dizi) that answers the voice.

Manners of the tradition, in plain form: runs along the scale before a phrase, rolled chords (撮) on its first note, a
tremolo (轮指) under its last, and heterophony: the flute rests while words are sung and turns the ends of lines back as
echoes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from carmina import Key, Note, Option, Track

from .patterns import Stroke, pattern, strokes
from .phrases import Phrase
from .players import Player, track
from .setting import Setting, Span

SCALE = {"major": (0, 2, 4, 7, 9), "minor": (0, 3, 5, 7, 10)}
LOWEST, HIGHEST = 45, 81  # of the plucked strings
TREMOLO = 8  # strokes a quarter
RUN = 6  # notes of a run


def ladder(key: Key, low: int, high: int) -> list[int]:
    """The pitches of the five-note scale within a range."""
    classes = {(key.tonic + step) % 12 for step in SCALE[key.mode]}
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in classes]


class Plucked(Player):
    """Broken chords, runs and tremolos on the notes of the scale."""

    name = "plucked"
    summary = "plucked strings on the five-note scale: broken chords, runs, tremolos"
    options = (
        Option("program", "General MIDI program", int, 107, 0, 127),
        Option("name", "what the part is called", str, "Guzheng"),
        Option("pattern", "what it plays", str, "flowing"),
        Option("full", "the same in full sections", str, "bright"),
        Option("ornaments", "whether it plays runs and tremolos", bool, True),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track."""
        quiet, full = (
            pattern("pluck", options.get("pattern", "flowing"), options.get("patterns")),
            pattern("pluck", options.get("full", "bright"), options.get("patterns")),
        )
        notes: list[Note] = []
        for bar in setting.bars[:-1]:
            if bar.phase_ticks:
                continue
            tokens = full if setting.fullness(bar.onset_ticks) > 0.6 else quiet
            spans = [span for span in setting.spans if span.bar == bar and span.tones]
            for stroke in strokes(tokens, bar.metre):
                onset = bar.onset_ticks + stroke.onset_ticks
                span = next((s for s in spans if s.onset_ticks <= onset < s.end_ticks), None)
                if span:
                    notes += _plucks(setting, span, stroke, onset)
        if options.get("ornaments", True):
            notes = _ornamented(setting, notes)
        notes += _last(setting)
        return [track(notes, str(options.get("name", "Guzheng")), "ethnic", int(options.get("program", 107)))]


def chord_ladder(span: Span, low: int = LOWEST, high: int = HIGHEST) -> list[int]:
    """The pitches on which a chord is broken: its tones that are of the scale, its bass at the bottom; at least root
    and fifth."""
    own, tones = {(span.key.tonic + step) % 12 for step in SCALE[span.key.mode]}, span.sounding
    classes = {pitch for pitch in tones.classes if pitch in own} | {tones.root, (tones.root + 7) % 12}
    bottom = next(pitch for pitch in range(low, low + 12) if pitch % 12 == tones.bass)
    return [bottom, *(pitch for pitch in range(bottom + 5, high + 1) if pitch % 12 in classes)]


def _plucks(setting: Setting, span: Span, stroke: Stroke, onset: int) -> list[Note]:
    rungs = chord_ladder(span)
    length = min(stroke.length_ticks, span.end_ticks - onset)
    return [
        Note(
            rungs[min(int(sign), len(rungs)) - 1],
            onset,
            length,
            velocity=setting.velocity(onset, -10 if sign != "1" else -2),
            delay_ticks=14 * place,
            ring_ticks=max(0, span.end_ticks - onset - length),
        )
        for place, sign in enumerate(stroke.token)
    ]


def _ornamented(setting: Setting, notes: list[Note]) -> list[Note]:
    """A tremolo under the long last note of a phrase, and a run up to the next phrase where there is room."""
    for phrase, after in zip(setting.phrases, setting.phrases[1:], strict=False):
        start, end = phrase.close_ticks, after.onset_ticks
        if end - start < 960:
            continue
        bar = setting.bar_at(start)
        rungs = ladder(_key(setting, start), 60, HIGHEST)
        if not rungs or bar.phase_ticks:
            continue
        turn = max(start + 480, end - RUN * 80)
        notes = [n for n in notes if not (start + 240 < n.onset_ticks < end and n.pitch >= 60)]
        notes += _tremolo(setting, start + 240, turn - (turn - start) % 60)
        top = len(rungs) - RUN - 1
        first = max(0, min(top, sum(p < 62 for p in rungs) + phrase.first % 3))
        count = (end - turn) // 80
        notes += [
            Note(
                rungs[min(first + i, len(rungs) - 1)],
                end - (count - i) * 80,
                80,
                velocity=setting.velocity(end - 1, -14 + 2 * i),
            )
            for i in range(count)
        ]
    return notes


def _tremolo(setting: Setting, start: int, end: int) -> list[Note]:
    span = next((s for s in setting.spans if s.onset_ticks <= start < s.end_ticks and s.tones), None)
    if span is None:
        return []
    pitch = [p for p in chord_ladder(span) if p >= 62][0]
    step = 480 // TREMOLO * 2
    return [
        Note(pitch, at, step, velocity=setting.velocity(at, -22 + (i % 4)))
        for i, at in enumerate(range(start, end - step + 1, step))
    ]


def _last(setting: Setting) -> list[Note]:
    """The end: one rolled chord of open fifths, left to ring."""
    bar = setting.bars[-1]
    span = next((s for s in reversed(setting.spans) if s.tones), None)
    if span is None:
        return []
    rungs = chord_ladder(span)
    return [
        Note(
            pitch,
            bar.onset_ticks,
            bar.length_ticks,
            velocity=setting.velocity(bar.onset_ticks, -8),
            delay_ticks=24 * place,
        )
        for place, pitch in enumerate(rungs[:5])
    ]


def _key(setting: Setting, tick: int) -> Key:
    return [key for key in setting.score.keys if key.onset_ticks <= tick][-1]


class Flute(Player):
    """Silent under the words, it answers where the voice rests or holds; in full sections it goes along above."""

    name = "flute"
    summary = "a flute on the five-note scale that echoes the ends of lines and goes along in full sections"
    options = (
        Option("program", "General MIDI program", int, 73, 0, 127),
        Option("name", "what the part is called", str, "Dizi"),
        Option("low", "its lowest pitch", int, 72, 48, 84),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """One track."""
        low, notes = int(options.get("low", 72)), []
        notes += _prelude(setting, setting.voice, low)
        for phrase, after in zip(setting.phrases, [*setting.phrases[1:], None], strict=True):
            end = after.onset_ticks if after else setting.bars[-1].end_ticks
            if setting.fullness(phrase.onset_ticks) > 0.6:
                notes += _along(setting, phrase, low)
            notes += _echo(setting, phrase, end, low)
        return [track(notes, str(options.get("name", "Dizi")), "pipe", int(options.get("program", 73)))]


def _placed(pitches: list[int], low: int) -> list[int]:
    """A motif in the flute's octaves."""
    shift = 12 * -(-(low - min(pitches)) // 12) if min(pitches) < low else 0
    return [pitch + shift for pitch in pitches]


def _prelude(setting: Setting, voice: tuple[Note, ...], low: int) -> list[Note]:
    """The song's first bars as an introduction, where there is one."""
    if not setting.phrases or setting.phrases[0].onset_ticks < setting.bars[0].length_ticks * 2 - 480:
        return []
    last = setting.phrases[-1]
    notes = list(voice[last.first : last.last + 1])
    room = setting.phrases[0].onset_ticks - 480
    start = notes[0].onset_ticks
    bar = setting.bar_at(start)
    offset = start - bar.onset_ticks if not bar.phase_ticks else 0
    kept = [n for n in notes if n.end_ticks - start + offset <= room]
    if not kept:
        return []
    pitches = _placed([n.pitch for n in kept], low)
    return [
        Note(
            p,
            n.onset_ticks - start + offset,
            n.length_ticks,
            velocity=setting.velocity(n.onset_ticks - start + offset, -2),
        )
        for p, n in zip(pitches, kept, strict=True)
    ]


def _echo(setting: Setting, phrase: Phrase, end: int, low: int) -> list[Note]:
    """The phrase's last notes again, up in the flute's octave, while the voice holds or rests."""
    voice = setting.voice
    start = phrase.close_ticks + 480
    room = end - start
    if room < 480:
        return []
    rungs = ladder(_key(setting, start), low, low + 19)
    tail = [n.pitch for n in voice[max(phrase.first, phrase.last - 3) : phrase.last + 1]]
    steps = [min(range(len(rungs)), key=lambda i: abs(rungs[i] - pitch)) for pitch in _placed(tail, low)]
    turned = [rungs[step] for step in (steps[-1], *(min(s + 1, len(rungs) - 1) for s in steps[-2:-1]), steps[-1])]
    length = 240 if room < 960 else 480
    count = min(len(turned), room // length)
    last = turned[:count]
    return [
        Note(
            pitch,
            start + i * length,
            length if i < count - 1 else max(length, min(room - i * length, 960)),
            velocity=setting.velocity(start, -8),
        )
        for i, pitch in enumerate(last)
    ]


def _along(setting: Setting, phrase: Phrase, low: int) -> list[Note]:
    """The tune's strong notes an octave up, a step of the scale above where that is of the chord, held through the weak
    ones."""
    voice = setting.voice[phrase.first : phrase.last + 1]
    found: list[Note] = []
    for note in voice:
        bar = setting.bar_at(note.onset_ticks)
        strong = (note.onset_ticks - bar.origin_ticks) % 960 == 0 or note.onset_ticks == phrase.onset_ticks
        if strong or not found:
            span = next((s for s in setting.spans if s.onset_ticks <= note.onset_ticks < s.end_ticks and s.tones), None)
            rungs = ladder(_key(setting, note.onset_ticks), low, low + 19)
            place = min(range(len(rungs)), key=lambda i: abs(rungs[i] - _placed([note.pitch], low)[0]))
            third = rungs[min(place + 2, len(rungs) - 1)]
            pitch = third if span and span.sounding.has(third) else rungs[place]
            found.append(
                Note(pitch, note.onset_ticks, note.length_ticks, velocity=setting.velocity(note.onset_ticks, -12))
            )
        else:
            last = found[-1]
            found[-1] = Note(last.pitch, last.onset_ticks, note.end_ticks - last.onset_ticks, velocity=last.velocity)
    stop = phrase.close_ticks + 480
    return [
        n if n.end_ticks <= stop else Note(n.pitch, n.onset_ticks, max(1, stop - n.onset_ticks), velocity=n.velocity)
        for n in found
        if n.onset_ticks < stop
    ]
