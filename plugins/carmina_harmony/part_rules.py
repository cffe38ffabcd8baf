"""The rules of part writing, as a judge reads them: four rows of pitches in, what breaks a rule out.

The rules are those of any primer (Fux 1725, Aldwell and Schachter 2011): no parallel fifths or octaves, no crossed
voices, no doubled leading note, upper neighbours within an octave, voices within their ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carmina import Note

SOPRANO, ALTO, TENOR, BASS = range(4)
RANGES = ((57, 81), (53, 76), (47, 69), (38, 64))  # MIDI pitches that amateur choirs have, highest part first
RULES = (
    "parallel fifths",
    "parallel octaves",
    "hidden fifths and octaves",
    "crossed voices",
    "overlapped voices",
    "wide spacing",
    "doubled leading note",
    "out of range",
    "leap beyond a sixth",
)


@dataclass(frozen=True)
class Rows:
    """Four voices at every moment when one of them moves."""

    onsets: np.ndarray  # (E,) ticks
    pitches: np.ndarray  # (E, 4) MIDI numbers, the highest part first; 0 where silent
    tonics: np.ndarray  # (E,) pitch class of the tonic


def rows(voices: Sequence[Sequence[Note]], tonic_at) -> Rows:
    """Four single lines -> rows. ``tonic_at``: tick -> pitch class of the key in force."""
    onsets = sorted({note.onset_ticks for voice in voices for note in voice})
    table = np.zeros((len(onsets), 4), np.int64)
    for column, voice in enumerate(voices):
        at = 0
        for row, onset in enumerate(onsets):
            while at < len(voice) and voice[at].end_ticks <= onset:
                at += 1
            if at < len(voice) and voice[at].onset_ticks <= onset:
                table[row, column] = voice[at].pitch
    return Rows(np.array(onsets), table, np.array([tonic_at(onset) for onset in onsets], np.int64))


def counts(found: Rows) -> dict[str, int]:
    """How often each rule is broken."""
    full = (found.pitches > 0).all(axis=1)
    table, tonics = found.pitches[full], found.tonics[full]
    before, after = table[:-1], table[1:]
    out = dict.fromkeys(RULES, 0)
    if len(table) > 1:
        for upper in range(4):
            for lower in range(upper + 1, 4):
                _pair(out, before[:, [upper, lower]], after[:, [upper, lower]], (upper, lower) == (SOPRANO, BASS))
        moves = np.abs(after - before)
        out["leap beyond a sixth"] = int(((moves > 9) & (moves != 12))[:, :3].sum())
        out["overlapped voices"] = int((after[:, 1:] > before[:, :-1]).sum() + (after[:, :-1] < before[:, 1:]).sum())
    out["crossed voices"] = int((np.diff(table, axis=1) > 0).sum())
    out["wide spacing"] = int((table[:, 0] - table[:, 1] > 12).sum() + (table[:, 1] - table[:, 2] > 12).sum())
    leading = (table % 12) == ((tonics - 1) % 12)[:, None]
    out["doubled leading note"] = int((leading.sum(axis=1) > 1).sum())
    low, high = np.array(RANGES).T
    out["out of range"] = int(((table < low) | (table > high))[:, 1:].sum())
    return out


def _pair(out: dict[str, int], before: np.ndarray, after: np.ndarray, outer: bool) -> None:
    moved = (before != after).all(axis=1)
    same_way = moved & (np.sign(after[:, 0] - before[:, 0]) == np.sign(after[:, 1] - before[:, 1]))
    old, new = (before[:, 0] - before[:, 1]) % 12, (after[:, 0] - after[:, 1]) % 12
    out["parallel fifths"] += int((same_way & (old == 7) & (new == 7)).sum())
    out["parallel octaves"] += int((same_way & (old == 0) & (new == 0)).sum())
    if outer:
        leap = np.abs(after[:, 0] - before[:, 0]) > 2
        out["hidden fifths and octaves"] += int((same_way & leap & np.isin(new, (0, 7)) & (old != new)).sum())


def chords(found: Rows) -> int:
    """Moments when all four sound."""
    return int((found.pitches > 0).all(axis=1).sum())
