"""The tune of many notes, and what is left beside it; no note is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..works import TICKS_PER_QUARTER, Note, Score, Track

LEGATO_TICKS = TICKS_PER_QUARTER // 8  # so far a singer's note may reach into the next


def split_line(notes: Iterable[Note], worded: Collection[int] = ()) -> tuple[list[Note], list[Note]]:
    """(the line, the other notes): no note is lost.

    The line is the highest note of each onset, of those that bear words (``worded``: onsets) in any case. A note that
    reaches a little into the next is cut there, as legato; one that begins under a note that goes on is another
    voice's.
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


def is_line(notes: Sequence[Note]) -> bool:
    """Whether hardly any note sounds beside another: one in twenty at most."""
    return 20 * len(split_line(notes)[1]) <= len(notes)


def with_tune(score: Score) -> Score:
    """The score with a voice: its own, else the line of the first track that is no drums; that track keeps the other
    notes.

    Unchanged where no track holds such notes.
    """
    tuneful = next((t for t in score.tracks if t.notes and t.role != "drums"), None)
    if tuneful is None or score.voice and score.voice.notes:
        return score
    line, others = split_line(tuneful.notes)
    voice = Track(tuple(line), tuneful.name, "voice", tuneful.program)
    kept = [replace(track, notes=tuple(others)) if track is tuneful else track for track in score.tracks]
    return replace(score, tracks=(voice, *(track for track in kept if track.notes and track is not score.voice)))
