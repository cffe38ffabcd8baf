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
    tuneful = _tuneful(score)
    if tuneful is None:
        return score
    line, others = split_line(tuneful.notes)
    voice = replace(tuneful, notes=tuple(line), role="voice")
    kept = [replace(track, notes=tuple(others)) if track is tuneful else track for track in score.tracks]
    return replace(score, tracks=(voice, *(track for track in kept if track.notes and track is not score.voice)))


def without_tune(score: Score, original: Score) -> Score:
    """Undoes :func:`with_tune` on what became of its score: without words, the voice's notes are its track's again.

    ``original``: the score that had no voice. Unchanged where it had one, or where the voice sings words by now.
    """
    tuneful = _tuneful(original)
    voice = score.voice
    if tuneful is None or voice is None or any(note.syllable for note in voice.notes):
        return score
    place = original.tracks.index(tuneful)
    rest = [track for track in score.tracks if track is not voice]
    had_more = len(split_line(tuneful.notes)[1]) > 0
    others = rest.pop(place).notes if had_more else ()
    plain = (replace(note, continues=False) for note in (*voice.notes, *others))
    merged = tuple(sorted(plain, key=lambda note: (note.onset_ticks, note.pitch)))
    directions = voice.directions
    rest.insert(place, replace(tuneful, notes=merged, clefs=voice.clefs, directions=directions))
    return replace(score, tracks=tuple(rest))


def _tuneful(score: Score) -> Track | None:
    """The first track that could be sung, of a score whose voice has no notes."""
    if score.voice and score.voice.notes:
        return None
    return next((track for track in score.tracks if track.notes and track.role != "drums"), None)
