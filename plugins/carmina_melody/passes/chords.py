"""The chords pass: one chord for every bar or half bar."""

from __future__ import annotations

from collections.abc import Iterator

from .base import PassHypothesis
from .piece import Frame, Piece, slot_units
from .seen import Place
from .vocabulary import CHORD, NO_CHORD


def slots(piece: Piece) -> list[int]:
    """Onsets of every chord's slot, from the first line's bar to the end."""
    if not piece.frames:
        return []
    at, end = piece.frames[0].anchor, piece.frames[-1].next_anchor
    out: list[int] = []
    while at < end:
        onset, length, metre = piece.grid.bar(at)
        size = slot_units(length, metre)
        out += range(onset, onset + length, size)
        at = onset + length
    return out


class ChordHypothesis(PassHypothesis):
    """One chord a slot."""

    task = 2

    def __init__(self, piece: Piece):
        super().__init__(piece)
        self.slots, self.at = slots(piece), 0
        self.done = not self.slots

    def context(self) -> list[int]:
        fields = self._fixed.copy()
        now = self.slots[self.at]
        index = self.piece.frame_of(now)
        frame = self.piece.frames[index]
        self._line_fields(fields, index)
        self._time_fields(fields, now)
        grid = self.piece.grid
        self._put(
            fields,
            bar=min(13, grid.bars_between(frame.anchor, now)),
            bars_left=min(13, grid.bars_between(now, frame.next_anchor)),
            left=min(17, len(self.piece.frames) - 1 - index),
            reference=self._shown(frame, now),
        )
        return fields

    def _shown(self, frame: Frame, now: int) -> int:
        if frame.reference < 0:
            return 0
        at = now - frame.anchor + self.piece.frames[frame.reference].anchor
        return 1 + self.piece.chords[at] if at in self.piece.chords else 0

    def standing(self) -> Place:
        now = self.slots[self.at]
        return Place(self.piece.frame_of(now), 0, now)

    def choices(self) -> Iterator[int]:
        return iter(range(CHORD, NO_CHORD))

    def take(self, chosen: int) -> None:
        self.piece.chords[self.slots[self.at]] = chosen - CHORD
        self.at += 1
        self.done = self.at == len(self.slots)
