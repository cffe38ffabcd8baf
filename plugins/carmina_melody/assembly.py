"""Finished tunes -> a score: every stanza sung to its tune, one after the other, with chords and section marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import Chord, Lyrics, Metre, Note, Score, Section, SectionMark, Style, Tempo, Track

from .harmony_marks import in_ticks, over_words
from .passes.piece import Piece, Sung, strength
from .passes.vocabulary import TICKS_PER_UNIT
from .settings import Placement
from .tunes import Tune
from .underlay import underlay


@dataclass(frozen=True, slots=True)
class Block:
    """The bars of one tune in the piece, in units, and its frames."""

    tune: Tune
    start: int  # first bar line
    stop: int
    first: int  # index of its first frame


def blocks_of(piece: Piece, tunes: Sequence[Tune]) -> list[Block]:
    blocks, at = [], 0
    for tune in tunes:
        last = at + len(tune.lead.lines) - 1
        blocks.append(Block(tune, piece.frames[at].anchor, piece.frames[last].next_anchor, at))
        at = last + 1
    return blocks


def assemble(
    lyrics: Lyrics,
    piece: Piece,
    tunes: Sequence[Tune],
    placed: Placement,
    style: Style,
    metre: str,
    tempo: float,
    chords_of: Sequence[Sequence[tuple[int, str]]],
) -> Score:
    """Every section in the order of the lyrics. ``chords_of``: for every tune its chords, in units from its first
    bar line."""
    blocks = {index: block for block in blocks_of(piece, tunes) for index in block.tune.members}
    pickup = _pickup(blocks[0], piece)
    at, notes, marks, chords = pickup, [], [], []
    for index, section in enumerate(lyrics.sections):
        block = blocks[index]
        shift = at - block.start
        notes += _sung(section, block, piece, shift, placed.base)
        marks.append((at - _pickup(block, piece), block, section, block.tune.members.index(index) + 1))
        chords += in_ticks(chords_of[tunes.index(block.tune)], at)
        at += block.stop - block.start
    beats, unit = map(int, metre.split("/"))
    ends = [mark[0] for mark in marks[1:]] + [at]
    sections = tuple(_mark(mark, end) for mark, end in zip(marks, ends, strict=True))
    pickup_ticks = pickup * TICKS_PER_UNIT
    given = over_words(notes, sections, list(_without_repeats(chords)), Metre(beats, unit), pickup_ticks)
    return Score(
        tracks=(Track(tuple(notes), "Voice", "voice", style.program),),
        metres=(Metre(beats, unit),),
        keys=(placed.key,),
        tempi=(Tempo(tempo),),
        chords=tuple(given),
        sections=sections,
        pickup_ticks=pickup_ticks,
        title=lyrics.title,
        language=lyrics.language,
    )


def _pickup(block: Block, piece: Piece) -> int:
    """Units that a tune starts before its first bar line."""
    return max(0, block.start - piece.frames[block.first].start)


def _mark(mark: tuple, end: int) -> SectionMark:
    onset, block, section, verse = mark
    return SectionMark(
        onset * TICKS_PER_UNIT, (end - onset) * TICKS_PER_UNIT, section.kind, section.label, block.tune.name, verse
    )


def _sung(section: Section, block: Block, piece: Piece, shift: int, base: int) -> list[Note]:
    def place_strength(onset: int) -> int:
        bar, _length, metre = piece.grid.bar(onset)
        return strength(onset - bar, metre)

    notes = []
    for number, line in enumerate(section.lines):
        sung = underlay(line.syllables, piece.frames[block.first + number].notes, place_strength)
        notes += [_note(note, line.syllables, shift, base) for note in sung]
    return notes


def _note(note: Sung, syllables: Sequence, shift: int, base: int) -> Note:
    syllable = None if note.continues else syllables[note.syllable]
    return Note(
        base + note.height,
        (note.onset + shift) * TICKS_PER_UNIT,
        note.length * TICKS_PER_UNIT,
        syllable,
        note.continues,
    )


def _without_repeats(chords: list[Chord]) -> tuple[Chord, ...]:
    return tuple(chord for i, chord in enumerate(chords) if i == 0 or chords[i - 1].symbol != chord.symbol)


def copied(piece: Piece) -> Piece:
    """A piece that can be written on without changing this one."""
    frames = [replace(frame, notes=[replace(note) for note in frame.notes]) for frame in piece.frames]
    return replace(piece, frames=frames, chords=dict(piece.chords))
