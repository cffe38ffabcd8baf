"""One sung line out of whatever a file holds, and what is left beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from carmina import TICKS_PER_QUARTER, Note

LEGATO_TICKS = TICKS_PER_QUARTER // 8  # so far a singer's note may reach into the next


def split_line(notes: Iterable[Note], worded: Collection[int] = ()) -> tuple[list[Note], list[Note]]:
    """(the line, the other notes): no note is lost.

    The line is the highest note of each onset, of those that bear words (``worded``: onsets) in any case. A note that
    reaches a little into the next is cut there, as legato; one that begins under a note that goes on is another voice's.
    """
    tops: dict[int, Note] = {}
    others: list[Note] = []
    for note in notes:
        top = tops.get(note.onset_ticks)
        if top is None:
            tops[note.onset_ticks] = note
        else:
            low, high = sorted((top, note), key=lambda n: n.pitch)
            tops[note.onset_ticks] = high
            others.append(low)
    line: list[Note] = []
    for onset in sorted(tops):
        note = tops[onset]
        if line and line[-1].end_ticks > onset and not _cut(line, note, onset in worded):
            others.append(note)
            continue
        line.append(note)
    return line, sorted(others, key=lambda n: (n.onset_ticks, n.pitch))


def _cut(line: list[Note], note: Note, worded: bool) -> bool:
    """Cut the line's last note where this one begins; False where this one is another voice's."""
    last = line[-1]
    reach = last.end_ticks - note.onset_ticks
    inside = note.end_ticks <= last.end_ticks and note.pitch < last.pitch
    if inside and not worded and reach > LEGATO_TICKS:
        return False
    line[-1] = replace(last, length_ticks=note.onset_ticks - last.onset_ticks)
    return True


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


def is_line(notes: Sequence[Note]) -> bool:
    """Whether hardly any note sounds beside another: one in twenty at most."""
    return 20 * len(split_line(notes)[1]) <= len(notes)


def carried(before: Sequence[Note], note: Note) -> bool:
    """Whether a wordless note carries on the syllable of the notes before it."""
    if not before or not (before[-1].syllable or before[-1].continues):
        return False
    return note.onset_ticks - before[-1].end_ticks < TICKS_PER_QUARTER // 8
