"""New lines at the end of a song: the score with its notes, chords and sections."""

from __future__ import annotations

from dataclasses import replace

from carmina import Chord, Lyrics, Note, Score, SectionMark, Syllable

from ..passes.piece import Frame, Piece
from ..passes.vocabulary import TICKS_PER_UNIT
from ..settings import chord_symbol
from .existing import Existing


def appended(song: Existing, piece: Piece, kept: int, bars: int | None, lyrics: Lyrics | None) -> Score:
    """The song followed by the lines of ``piece`` from ``kept`` on; what was there is the very same."""
    score, new = song.score, piece.frames[kept:]
    lines = [line.syllables for line in lyrics.lines] if lyrics else [()] * len(new)
    old = score.voice
    assert old is not None
    velocity = old.notes[-1].velocity
    notes = [note for frame, said in zip(new, lines, strict=True) for note in _notes(frame, said, song.base, velocity)]
    voice = replace(old, notes=(*old.notes, *notes))
    tracks = tuple(voice if track is old else track for track in score.tracks)
    return replace(
        score, tracks=tracks, chords=_chords(song, piece, kept), sections=_sections(song, piece, kept, lyrics)
    )


def _notes(frame: Frame, said: tuple[Syllable, ...], base: int, velocity: int) -> list[Note]:
    return [
        Note(
            base + n.height,
            n.onset * TICKS_PER_UNIT,
            n.length * TICKS_PER_UNIT,
            said[n.syllable] if said and not n.continues else None,
            n.continues,
            velocity,
        )
        for n in frame.notes
    ]


def _chords(song: Existing, piece: Piece, kept: int) -> tuple[Chord, ...]:
    """Symbols for the new bars where the song has symbols."""
    if not song.score.chords:
        return ()
    chords, start = list(song.score.chords), piece.frames[kept].anchor
    for slot, chord in sorted(piece.chords.items()):
        symbol = chord_symbol(chord, song.key)
        if slot >= start and symbol != chords[-1].symbol:
            chords.append(Chord(slot * TICKS_PER_UNIT, symbol))
    return tuple(chords)


def _sections(song: Existing, piece: Piece, kept: int, lyrics: Lyrics | None) -> tuple[SectionMark, ...]:
    """A section for each of the new words; without words, or in a song without sections, none."""
    marks = song.score.sections
    if not lyrics or not marks:
        return marks
    at, starts = kept, []
    for section in lyrics.sections:
        starts.append(min(piece.frames[at].start, piece.frames[at].anchor) * TICKS_PER_UNIT)
        at += len(section.lines)
    ends = [*starts[1:], piece.frames[-1].next_anchor * TICKS_PER_UNIT]
    new = tuple(
        SectionMark(start, end - start, section.kind, section.label, f"+{n}")
        for n, (section, start, end) in enumerate(zip(lyrics.sections, starts, ends, strict=True), 1)
    )
    last = replace(marks[-1], length_ticks=min(marks[-1].length_ticks, starts[0] - marks[-1].onset_ticks))
    return (*marks[:-1], last, *new)
