"""Chords over a finished tune: the author's at their syllables, one a bar from ``--chords``, else the plan's."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Key

from .composing import Part, filled, marks_of
from .harmony_marks import Marks, chords_over, spread
from .passes.piece import Piece, bar_units, beat_units
from .settings import chord_symbol, given_chords
from .studio import Studio


def marks_by_tune(studio: Studio, parts: Sequence[Part], key: Key) -> list[Marks]:
    """For every tune its chords; where a person wrote chords over the words, they are put there by
    :mod:`.harmony_marks`."""
    found: list[Marks] = [[] for _ in studio.tunes]
    shifts = [0] * len(studio.tunes)
    for part in parts:
        own = _marks(studio, part, key)
        found[part.tune] += [(onset + shifts[part.tune], symbol) for onset, symbol in own]
        shifts[part.tune] += part.piece.frames[-1].next_anchor
    return found


def set_given(studio: Studio, part: Part, key: Key) -> None:
    """Tells the pitches pass of the chords that a person wrote."""
    marks = _marks(studio, part, key)
    if marks:
        known = given_chords([symbol for _onset, symbol in marks], key)
        part.piece.chords = filled(part.piece, list(zip((onset for onset, _ in marks), known, strict=True)))


def _marks(studio: Studio, part: Part, key: Key) -> Marks:
    piece = part.piece
    if studio.brief.chords:
        bar = bar_units(piece.grid.metres[-1])
        bars = piece.frames[-1].next_anchor // bar
        before = piece.guide.first_bar if piece.guide else 0
        symbols = studio.brief.chords
        return [(i * bar, symbols[(before + i) % len(symbols)]) for i in range(bars)]
    if studio.given_chords:
        return _over_lead(studio, part, piece)
    if piece.guide and piece.guide.chords:
        return [(onset, numeral.symbol(key)) for onset, numeral in marks_of(piece)]
    return [(slot, chord_symbol(chord, key)) for slot, chord in sorted(piece.chords.items())]


def _over_lead(studio: Studio, part: Part, piece: Piece) -> Marks:
    """Where one syllable bears several, the further ones come before the next is sung."""
    lines = studio.tunes[part.tune].lead.lines[part.first :]
    beat = beat_units(piece.grid.metres[-1])
    found: Marks = []
    for frame, line in zip(piece.frames, lines, strict=False):
        struck = [note for note in frame.notes if not note.continues]
        for note, after in zip(struck, [*struck[1:], None], strict=False):
            chords = chords_over(line.syllables[note.syllable])
            until = max(after.onset if after else frame.next_anchor, note.onset + len(chords))
            found += zip(spread(note.onset, until, len(chords), beat), chords, strict=True) if chords else ()
    return sorted(mark for mark in found if mark[1])
