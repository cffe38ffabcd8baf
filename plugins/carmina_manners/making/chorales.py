"""The sopranos of Bach's four-part chorales, as music21's corpus has them, as scores: only what is counted in them is
kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from carmina import TICKS_PER_QUARTER, Key, Metre, Note, Score, Syllable, Track

from ..corpus import LEAST, Song

EIGHTH = 8  # every so-many-th chorale is held out


def chorales(most: int = 400) -> Iterator[Song]:
    """Every four-part chorale with words or without; each of another tune number."""
    from music21 import corpus

    paths = sorted(str(path) for path in corpus.getComposer("bach") if str(path).endswith(".mxl"))
    for number, path in enumerate(islice(paths, most)):
        score = _soprano(corpus.parse(path))
        if score is not None:
            yield Song(f"chorale/{number}", "chorale", "Johann Sebastian Bach", number % EIGHTH == 0, score, "de")


def _soprano(work: Any) -> Score | None:
    parts = list(work.parts)
    if len(parts) != 4:
        return None
    line, key = parts[0].flatten(), work.analyze("key")
    signs = line.getElementsByClass("TimeSignature")
    pitched = [n for n in line.notes if n.isNote and n.quarterLength > 0]
    if not signs or len(pitched) < LEAST or not -7 <= key.sharps <= 7:
        return None
    first = parts[0].getElementsByClass("Measure")[0]
    metre = Metre(signs[0].numerator, signs[0].denominator)
    pickup = round(first.duration.quarterLength * TICKS_PER_QUARTER)
    notes: list[Note] = []
    slurred = False
    for note in pitched:
        onset, ticks = (round(float(value) * TICKS_PER_QUARTER) for value in (note.offset, note.quarterLength))
        if notes and onset < notes[-1].end_ticks:
            return None
        notes.append(Note(note.pitch.midi, onset, ticks, None if slurred else Syllable("la"), slurred))
        slurred = any(
            s.getFirst() is note or (slurred and s.getLast() is not note) for s in note.getSpannerSites("Slur")
        )
    signature = Key(key.sharps, "minor") if key.mode == "minor" else Key(key.sharps)
    return Score((Track(tuple(notes)),), (metre,), (signature,), pickup_ticks=pickup * (pickup < metre.bar_ticks))
