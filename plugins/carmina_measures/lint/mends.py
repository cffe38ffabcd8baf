"""Changes to the sung line that keep every word: each gives the new score, or ``None`` where there is no room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from carmina import Note, Score, Syllable

from ..hearing import notes_of, with_voice

SHORTEST_TICKS = 120  # a sixteenth: no mend leaves less of a note
GRID_TICKS = 60  # mends cut notes here
LOWEST_PITCH, HIGHEST_PITCH = 0, 127


def _with(score: Score, changed: dict[int, Note]) -> Score:
    return with_voice(score, [changed.get(at, note) for at, note in enumerate(notes_of(score))])


def shifted(score: Score, which: Iterable[int], semitones: int) -> Score | None:
    """Some notes sung higher or lower."""
    changed = {at: notes_of(score)[at] for at in which}
    if any(not LOWEST_PITCH <= note.pitch + semitones <= HIGHEST_PITCH for note in changed.values()):
        return None
    return _with(score, {at: replace(note, pitch=note.pitch + semitones) for at, note in changed.items()})


def shortened(score: Score, at: int, ticks: int) -> Score | None:
    """Room for a breath at a note's end."""
    note = notes_of(score)[at]
    if note.length_ticks - ticks < SHORTEST_TICKS:
        return None
    return _with(score, {at: replace(note, length_ticks=note.length_ticks - ticks)})


def swapped_lengths(score: Score, at: int) -> Score | None:
    """A note and the next exchange their lengths; together they last as long as before."""
    one, two = notes_of(score)[at : at + 2]
    onset = two.onset_ticks + two.length_ticks - one.length_ticks
    if one.length_ticks == two.length_ticks:
        return None
    return _with(
        score,
        {
            at: replace(one, length_ticks=two.length_ticks),
            at + 1: replace(two, onset_ticks=onset, length_ticks=one.length_ticks),
        },
    )


def advanced(score: Score, at: int, ticks: int) -> Score | None:
    """A note moves ``ticks`` ahead of its place, and the next one takes that place."""
    notes = notes_of(score)
    one, two = notes[at : at + 2]
    changed = _room_before(notes, at, ticks)
    if changed is None:
        return None
    changed[at] = replace(one, onset_ticks=one.onset_ticks - ticks, length_ticks=ticks)
    changed[at + 1] = replace(two, onset_ticks=one.onset_ticks, length_ticks=two.end_ticks - one.onset_ticks)
    return _with(score, changed)


def _room_before(notes: Sequence[Note], at: int, ticks: int) -> dict[int, Note] | None:
    """What shortens the note before so that ``ticks`` are free ahead of a note."""
    start = notes[at].onset_ticks - ticks
    before = notes[at - 1] if at else None
    if start < (before.onset_ticks + SHORTEST_TICKS if before else 0):
        return None
    if before is None or before.end_ticks <= start:
        return {}
    return {at - 1: replace(before, length_ticks=start - before.onset_ticks)}


def delayed(score: Score, at: int) -> Score | None:
    """A note waits for the next one's place; that one takes the second half of it."""
    notes = notes_of(score)
    one, two = notes[at : at + 2]
    half = two.length_ticks // 2 // GRID_TICKS * GRID_TICKS
    if min(half, two.length_ticks - half) < SHORTEST_TICKS:
        return None
    changed = {
        at: replace(one, onset_ticks=two.onset_ticks, length_ticks=half),
        at + 1: replace(two, onset_ticks=two.onset_ticks + half, length_ticks=two.length_ticks - half),
    }
    before = notes[at - 1] if at else None
    if before and before.end_ticks == one.onset_ticks:
        changed[at - 1] = replace(before, length_ticks=two.onset_ticks - before.onset_ticks)
    return _with(score, changed)


def lengthened(score: Score, at: int, ticks: int) -> Score | None:
    """A note lasts ``ticks``, into the rest after it."""
    notes = notes_of(score)
    note, after = notes[at], notes[at + 1] if at + 1 < len(notes) else None
    if after and note.onset_ticks + ticks > after.onset_ticks:
        return None
    return _with(score, {at: replace(note, length_ticks=ticks)})


def begun_earlier(score: Score, at: int, ticks: int) -> Score | None:
    """A note lasts ``ticks``, from before its place; the note before gives way."""
    notes = notes_of(score)
    note, more = notes[at], ticks - notes[at].length_ticks
    changed = _room_before(notes, at, more) if more > 0 else None
    if changed is None:
        return None
    moved = replace(note, onset_ticks=note.onset_ticks - more, length_ticks=ticks)
    return _with(score, {**changed, at: moved})


def taken_from_next(score: Score, at: int, ticks: int) -> Score | None:
    """A note lasts ``ticks``; the next one begins later."""
    notes = notes_of(score)
    if at + 1 >= len(notes):
        return None
    note, after = notes[at : at + 2]
    start = note.onset_ticks + ticks
    if after.end_ticks - start < SHORTEST_TICKS or start <= after.onset_ticks:
        return None
    return _with(
        score,
        {
            at: replace(note, length_ticks=ticks),
            at + 1: replace(after, onset_ticks=start, length_ticks=after.end_ticks - start),
        },
    )


def split(score: Score, at: int, syllables: Sequence[Syllable]) -> Score | None:
    """A note becomes one note a syllable, of equal lengths as far as the grid lets."""
    notes = notes_of(score)
    note, count = notes[at], len(syllables)
    share = note.length_ticks // count // GRID_TICKS * GRID_TICKS
    if share < SHORTEST_TICKS:
        return None
    starts = [note.onset_ticks + share * i for i in range(count)]
    ends = [*starts[1:], note.end_ticks]
    parts = [
        replace(note, onset_ticks=start, length_ticks=end - start, syllable=syllable)
        for start, end, syllable in zip(starts, ends, syllables, strict=True)
    ]
    return with_voice(score, [*notes[:at], *parts, *notes[at + 1 :]])


def resung(score: Score, head: int, count: int) -> Score | None:
    """The melisma of ``count`` notes at ``head`` passes to the next syllable: its word starts on the second note."""
    notes = notes_of(score)
    later = head + count
    if later >= len(notes) or notes[later].syllable is None:
        return None
    return _with(
        score,
        {
            head + 1: replace(notes[head + 1], syllable=notes[later].syllable, continues=False),
            later: replace(notes[later], syllable=None, continues=True),
        },
    )
