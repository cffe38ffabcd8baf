"""Grace notes as they sound: before the beat's note, in time that they take from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..works import TICKS_PER_QUARTER, Grace, Note

CRUSHED_TICKS = TICKS_PER_QUARTER // 8  # the longest that one lasts


def with_graces_played(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes with every grace note as a note of its own, which begins where its note did and takes at most half of
    it; the syllable begins on the first of them and is carried on. What had no grace notes stays as it was."""
    if not any(note.graces for note in notes):
        return tuple(notes)
    found: list[Note] = []
    for note in notes:
        found += _played(note) if note.graces else [note]
    return tuple(sorted(found, key=lambda note: note.onset_ticks))


def _played(note: Note) -> list[Note]:
    struck = _chords(note.graces)
    each = min(CRUSHED_TICKS, note.length_ticks // (2 * len(struck)))
    if not each:
        return [replace(note, graces=())]
    plain = replace(note, graces=(), marks=(), ring_ticks=0)
    found: list[Note] = []
    for place, chord in enumerate(struck):
        for grace in chord:
            first = not found
            found.append(
                replace(
                    plain,
                    pitch=grace.pitch,
                    onset_ticks=note.onset_ticks + place * each,
                    length_ticks=each,
                    syllable=note.syllable if first else None,
                    continues=note.continues if first else bool(note.syllable or note.continues),
                )
            )
    taken = each * len(struck)
    sung = bool(note.syllable or note.continues)
    main = replace(note, graces=(), onset_ticks=note.onset_ticks + taken, length_ticks=note.length_ticks - taken)
    return [*found, replace(main, syllable=None, continues=sung)]


def _chords(graces: Sequence[Grace]) -> list[list[Grace]]:
    found: list[list[Grace]] = []
    for grace in graces:
        if grace.chord and found:
            found[-1].append(grace)
        else:
            found.append([grace])
    return found
