"""One sung line out of whatever a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from carmina import TICKS_PER_QUARTER, Note


def single_line(notes: Iterable[Note]) -> list[Note]:
    """The highest note of each onset, cut where the next begins."""
    tops: dict[int, Note] = {}
    for note in notes:
        if note.onset_ticks not in tops or note.pitch > tops[note.onset_ticks].pitch:
            tops[note.onset_ticks] = note
    line = [tops[onset] for onset in sorted(tops)]
    nexts = [note.onset_ticks for note in line[1:]] + [None]
    return [
        note if after is None or note.end_ticks <= after else replace(note, length_ticks=after - note.onset_ticks)
        for note, after in zip(line, nexts, strict=False)
    ]


def carried(before: Sequence[Note], note: Note) -> bool:
    """Whether a wordless note carries on the syllable of the notes before it."""
    if not before or not (before[-1].syllable or before[-1].continues):
        return False
    return note.onset_ticks - before[-1].end_ticks < TICKS_PER_QUARTER // 8
