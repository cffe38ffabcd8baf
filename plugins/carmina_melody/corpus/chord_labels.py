"""Chord labels of corpus songs: from lead-sheet symbols, else heard in the accompaniment.

A slot's label is the triad or dominant seventh whose tones best cover what sounds in it, weighted by length; the lowest
note counts double for the root. (Template matching as in Fujishima 1999, with durations for spectra.)
"""

from __future__ import annotations

from collections.abc import Sequence

from carmina.theory import ChordSymbol, read_chord

from ..passes.vocabulary import QUALITIES, TICKS_PER_UNIT
from .songs import Song

_TONES = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "dim": (0, 3, 6)}


def parse_symbol(symbol: str) -> tuple[int, int] | None:
    """A chord symbol -> (root pitch class, index into ``QUALITIES``); None for ``N.C.`` and what is no chord symbol."""
    read = read_chord(symbol)
    return (read.root.pitch_class, QUALITIES.index(_quality(read))) if read else None


def _quality(chord: ChordSymbol) -> str:
    """The nearest of the qualities that the models know."""
    if chord.alter_of(3) == -1:
        return "dim" if chord.alter_of(5) == -1 else "m"
    return "7" if chord.alter_of(7) == -1 else ""


def label_slots(song: Song, slots: Sequence[int], origin_ticks: int = 0) -> dict[int, int]:
    """Slot onset in units -> root above the tonic * 4 + quality, for the slots where something can be said."""
    tonic = song.score.keys[0].tonic
    labels: dict[int, int] = {}
    for slot, following in zip(slots, [*slots[1:], (slots[-1] if slots else 0) + 48], strict=True):
        start, stop = slot * TICKS_PER_UNIT, following * TICKS_PER_UNIT
        found = _written(song, start, stop) if song.score.chords else _heard(song, start, stop)
        if found is not None:
            labels[slot] = (found[0] - tonic) % 12 * len(QUALITIES) + found[1]
    return labels


def _written(song: Song, start: int, stop: int) -> tuple[int, int] | None:
    middle = [c for c in song.score.chords if c.onset_ticks <= start + (stop - start) // 4]
    return parse_symbol(middle[-1].symbol) if middle else None


def _heard(song: Song, start: int, stop: int) -> tuple[int, int] | None:
    weights, bass = [0.0] * 12, (128, 0)
    voice = ((n.onset_ticks, n.length_ticks, n.pitch) for n in song.score.sung_notes)
    for notes, share in ((song.accompaniment, 1.0), (voice, 0.5)):
        for onset, length, pitch in notes:
            shared = min(stop, onset + length) - max(start, onset)
            if shared <= 0:
                continue
            weights[pitch % 12] += shared * share
            if share == 1.0 and pitch < bass[0]:
                bass = pitch, shared
    if bass[0] == 128:
        return None
    weights[bass[0] % 12] += bass[1]
    return max(((root, q) for root in range(12) for q in range(len(QUALITIES))), key=lambda rq: _cover(weights, *rq))


def _cover(weights: list[float], root: int, quality: int) -> float:
    tones = [(root + t) % 12 for t in _TONES[QUALITIES[quality]]]
    inside = sum(weights[t] for t in tones)
    return 2 * inside - sum(weights) + 0.3 * weights[root] - (0.12 * sum(weights) if len(tones) == 4 else 0.0)
