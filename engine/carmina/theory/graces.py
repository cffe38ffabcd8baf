"""Grace notes as they sound: before the beat's note, in time that they take from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..works import TICKS_PER_QUARTER, Grace, Note

CRUSHED_TICKS = TICKS_PER_QUARTER // 8  # the longest that one lasts


def with_graces_played(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes with every grace note as a note of its own, which takes its time from its note, all together half of it
    at most; the syllable begins on the first of them and is carried on. What had no grace notes stays as it was."""
    if not any(note.graces for note in notes):
        return tuple(notes)
    found: list[Note] = []
    for note in notes:
        found += _played(note) if note.graces else [note]
    return tuple(sorted(found, key=lambda note: note.onset_ticks))


def _played(note: Note) -> list[Note]:
    before = _chords([grace for grace in note.graces if not grace.after])
    after = _chords([grace for grace in note.graces if grace.after])
    each = min(CRUSHED_TICKS, note.length_ticks // (2 * (len(before) + len(after))))
    if not each:
        return [replace(note, graces=())]
    first, last = note.onset_ticks + each * len(before), note.end_ticks - each * len(after)
    plain = replace(note, graces=(), marks=(), ring_ticks=0, length_ticks=each)
    sung = bool(note.syllable or note.continues)
    found: list[Note] = []
    for place, chord in enumerate(before):
        found += [replace(plain, pitch=grace.pitch, onset_ticks=note.onset_ticks + place * each) for grace in chord]
    found.append(replace(note, graces=(), onset_ticks=first, length_ticks=last - first))
    for place, chord in enumerate(after):
        found += [replace(plain, pitch=grace.pitch, onset_ticks=last + place * each) for grace in chord]
    lead, *rest = found
    carried = [replace(later, syllable=None, continues=sung) for later in rest]
    return [replace(lead, syllable=note.syllable, continues=note.continues), *carried]


def _chords(graces: Sequence[Grace]) -> list[list[Grace]]:
    found: list[list[Grace]] = []
    for grace in graces:
        if grace.chord and found:
            found[-1].append(grace)
        else:
            found.append([grace])
    return found
