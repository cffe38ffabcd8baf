"""What mido says of a MIDI file."""

from __future__ import annotations

import io
from collections import Counter

import mido

from .facts import Facts, bare, sung_in


def reading(data: bytes) -> Facts:
    """Its facts; of texts only the lyric events."""
    file = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
    facts = Facts(metre="4/4", tempo=120.0)
    first: dict[str, int] = {}
    for track in file.tracks:
        at = 0
        for message in track:
            at += message.time
            tick = (at * 960 + file.ticks_per_beat) // (2 * file.ticks_per_beat)
            if message.type == "note_on" and message.velocity:
                facts.notes[tick, message.note] += 1
            elif message.type == "lyrics" and bare(message.text):
                facts.words.update(sung_in(message.text))
                facts.whole[bare(message.text)] += 1
            elif message.type == "time_signature" and first.setdefault("metre", at) == at == 0:
                facts.metre = f"{message.numerator}/{message.denominator}"
            elif message.type == "set_tempo" and at == 0:
                facts.tempo = mido.tempo2bpm(message.tempo)
    facts.length = max((tick for tick, _ in facts.notes), default=0)
    return facts


def lead(facts: Facts) -> int:
    """Where the first note sounds: files that begin with an incomplete bar begin with a rest."""
    return min((tick for tick, _ in facts.notes), default=0)


def moved(notes: Counter[tuple[int, int]], by: int) -> Counter[tuple[int, int]]:
    """The notes so many ticks later."""
    return Counter({(tick + by, pitch): many for (tick, pitch), many in notes.items()})
