"""New notes in an old song: the score with some of its notes written again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carmina import Note, Score, SectionMark

from ..piece import Piece, Sung
from ..vocabulary import TICKS_PER_UNIT
from .existing import Existing, units
from .stretches import Stretch
from .underlaying import under
from .window import Window


def merged(song: Existing, written: Sequence[Stretch], window: Window, piece: Piece, first: int, everywhere: bool) -> Score:
    """The song with the new notes of ``piece`` (its lines from ``first`` on); every other note is the very note it was.

    With ``everywhere``, a section that is sung again to the same tune gets the new notes too, under its own words.
    """
    old = song.score.voice.notes
    gone = {index for stretch in written for index in stretch.replaced}
    new = [note for number, frame in enumerate(piece.frames) for note in _notes(song, first + number, frame.notes)]
    if everywhere:
        for shift, mark in _returns(song.score, window):
            there, more = _again(song, new, shift, window, mark)
            gone |= there
            new += more
    notes = sorted([*(note for i, note in enumerate(old) if i not in gone), *new], key=lambda note: note.onset_ticks)
    tracks = tuple(replace(track, notes=tuple(notes)) if track is song.score.voice else track for track in song.score.tracks)
    return replace(song.score, tracks=tracks)


def _notes(song: Existing, number: int, sung: Sequence[Sung]) -> list[Note]:
    line = song.lines[number]
    return [Note(song.base + n.pitch, n.onset * TICKS_PER_UNIT, n.length * TICKS_PER_UNIT,
                 None if n.continues else line.said[n.syllable], n.continues,
                 _loudness(song.score, n.onset * TICKS_PER_UNIT)) for n in sung if not n.fixed]


def _loudness(score: Score, onset: int) -> int:
    """The velocity of the old note nearest in time."""
    return min(score.voice.notes, key=lambda note: abs(note.onset_ticks - onset)).velocity


def _returns(score: Score, window: Window) -> list[tuple[int, SectionMark]]:
    """(shift in ticks, section) of every other singing of the tunes that lie in the window, those inside it left out."""
    found = []
    for mark in score.sections:
        end = mark.onset_ticks + mark.length_ticks
        if mark.onset_ticks >= window.stop or end <= window.start:
            continue
        for other in score.sections:
            same = other.melody == mark.melody and other.length_ticks == mark.length_ticks and other is not mark
            if same and (other.onset_ticks >= window.stop or other.onset_ticks + other.length_ticks <= window.start):
                found.append((other.onset_ticks - mark.onset_ticks, mark))
    return found


def _again(song: Existing, new: Sequence[Note], shift: int, window: Window, mark: SectionMark) -> tuple[set[int], list[Note]]:
    """What goes and what comes where the section ``mark`` is sung again ``shift`` ticks later."""
    notes = song.score.voice.notes
    start = max(window.start, mark.onset_ticks) + shift
    stop = min(window.stop, mark.onset_ticks + mark.length_ticks) + shift
    there = {i for i, note in enumerate(notes) if start <= note.onset_ticks and note.end_ticks <= stop}
    tune = [note for note in new if start <= note.onset_ticks + shift and note.end_ticks + shift <= stop]
    words = [notes[i].syllable for i in sorted(there) if notes[i].syllable]
    moved = [replace(note, onset_ticks=note.onset_ticks + shift) for note in tune]
    if not words or not tune:
        return there, [replace(note, syllable=None) for note in moved]
    sung = [Sung(units(n.onset_ticks), units(n.length_ticks), 0, n.continues, n.pitch) for n in moved]
    return there, [Note(n.pitch, n.onset * TICKS_PER_UNIT, n.length * TICKS_PER_UNIT,
                        None if n.continues else words[n.syllable], n.continues, _loudness(song.score, n.onset * TICKS_PER_UNIT))
                   for n in under(words, sung, song.piece.grid)]
