"""New notes in an old song: the score with some of its notes written again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carmina import Note, Score

from ..passes.piece import Piece, Sung
from ..passes.vocabulary import TICKS_PER_UNIT
from .existing import Existing, units
from .stretches import Stretch
from .underlaying import under


def merged(song: Existing, written: Sequence[Stretch], piece: Piece, first: int, everywhere: bool) -> Score:
    """The song with the new notes of ``piece`` (its lines from ``first`` on); every other note is the very note it was.

    With ``everywhere``, a section that is sung again to the same tune gets the new notes too, under its own words.
    """
    old = song.score.sung_notes
    gone = {index for stretch in written for index in stretch.replaced}
    new = {stretch: _notes(song, stretch, piece.frames[stretch.line - first].notes, written) for stretch in written}
    come = [note for notes in new.values() for note in notes]
    for stretch, shift in _returns(song.score, written) if everywhere else ():
        there = _between(old, stretch.ticks[0] + shift, stretch.ticks[1] + shift)
        gone.update(there)
        come += _again(song, new[stretch], shift, [old[i] for i in there])
    kept = (note for index, note in enumerate(old) if index not in gone)
    return with_voice(song.score, sorted([*kept, *come], key=lambda note: note.onset_ticks))


def repitched(song: Existing, written: Sequence[Stretch], piece: Piece, first: int, everywhere: bool) -> Score:
    """The song with the pitches of ``piece`` on the very rhythm that it has."""
    notes = list(song.score.sung_notes)
    pitches: dict[int, int] = {}
    for stretch in written:
        frame = piece.frames[stretch.line - first]
        sung = dict(zip(song.lines[stretch.line].notes, frame.notes, strict=True))
        pitches |= {index: song.base + sung[index].height for index in stretch.replaced}
        for other, shift in _returns(song.score, [stretch]) if everywhere else ():
            places = {(notes[i].onset_ticks + shift, notes[i].length_ticks): pitches[i] for i in other.replaced}
            pitches |= {
                i: places[note.onset_ticks, note.length_ticks]
                for i, note in enumerate(notes)
                if (note.onset_ticks, note.length_ticks) in places
            }
    return with_voice(song.score, [replace(note, pitch=pitches.get(i, note.pitch)) for i, note in enumerate(notes)])


def with_voice(score: Score, notes: Sequence[Note]) -> Score:
    """The score with other notes in its voice."""
    return replace(
        score,
        tracks=tuple(replace(track, notes=tuple(notes)) if track is score.voice else track for track in score.tracks),
    )


def _notes(song: Existing, stretch: Stretch, sung: Sequence[Sung], written: Sequence[Stretch]) -> list[Note]:
    """The new notes of one stretch."""
    later = [other.start for other in written if other.line == stretch.line and other.start > stretch.start]
    line, stop, out = song.lines[stretch.line], min(later, default=1 << 60), []
    for note in sung:
        if not note.fixed and stretch.start <= note.onset < stop:
            onset, end = stretch.onset_ticks(note.onset), stretch.end_ticks(note.onset + note.length)
            out.append(
                Note(
                    song.base + note.height,
                    onset,
                    max(1, end - onset),
                    None if note.continues else line.said[note.syllable],
                    note.continues,
                    _loudness(song.score, onset),
                )
            )
    return out


def _loudness(score: Score, onset: int) -> int:
    """The velocity of the old note nearest in time."""
    return min(score.sung_notes, key=lambda note: abs(note.onset_ticks - onset)).velocity


def _between(notes: Sequence[Note], start: int, stop: int) -> list[int]:
    return [i for i, note in enumerate(notes) if start <= note.onset_ticks and note.end_ticks <= stop]


def _returns(score: Score, written: Sequence[Stretch]) -> list[tuple[Stretch, int]]:
    """(stretch, shift in ticks) for every other singing of the tune that a stretch lies in, unless that is written
    itself."""
    found = []
    for stretch in written:
        start, stop = stretch.ticks
        for mark in score.sections:
            if not (mark.onset_ticks <= start and stop <= mark.onset_ticks + mark.length_ticks):
                continue
            for other in score.sections:
                shift = other.onset_ticks - mark.onset_ticks
                same = other.melody == mark.melody and other.length_ticks == mark.length_ticks and shift
                taken = any(s.ticks[0] < stop + shift and start + shift < s.ticks[1] for s in written)
                if same and not taken and not _crossed(score.sung_notes, start + shift, stop + shift):
                    found.append((stretch, shift))
    return found


def _crossed(notes: Sequence[Note], start: int, stop: int) -> bool:
    """Whether a note sounds across an edge, so that this is no singing of the same stretch."""
    return any(note.onset_ticks < edge < note.end_ticks for note in notes for edge in (start, stop))


def _again(song: Existing, new: Sequence[Note], shift: int, old: Sequence[Note]) -> list[Note]:
    """The new notes where the tune is sung again, under the words of the ``old`` notes there."""
    words = [note.syllable for note in old if note.syllable]
    moved = [replace(note, onset_ticks=note.onset_ticks + shift) for note in new]
    heads = [note for note in moved if not note.continues]
    if len(words) == len(heads):
        said = iter(words)
        return [note if note.continues else replace(note, syllable=next(said)) for note in moved]
    if not words or not moved:
        return [replace(note, syllable=None) for note in moved]
    sung = [Sung(units(n.onset_ticks), max(1, units(n.length_ticks)), 0, n.continues, n.pitch) for n in moved]
    return [
        Note(
            n.height,
            n.onset * TICKS_PER_UNIT,
            n.length * TICKS_PER_UNIT,
            None if n.continues else words[n.syllable],
            n.continues,
            moved[0].velocity,
        )
        for n in under(words, sung, song.piece.grid)
    ]
