"""The lines pass: where every line of verse stands."""

from __future__ import annotations

from collections.abc import Iterator

from carmina import BadInput, Lyrics

from .base import PassHypothesis
from .piece import Frame, Piece, beat_units, metre_class
from .seen import Place
from .vocabulary import MAX_BACK, MAX_SPAN, MAX_START, PHASE, REFERENCE, SPAN, START_STEP

MOST_NOTES = 90  # that are asked for in one line: sixteenths in twelve bars of 2/4, the longest line that is planned
HOLD = 2.0  # beats that the end of a line has beyond its syllables
ROOMY = 6  # units that a syllable should have on the average: an eighth note


def check_lines(lyrics: Lyrics) -> None:
    """Refuse a line that no plan has room for, before any work."""
    for number, line in enumerate(lyrics.lines, 1):
        notes = sum(1 + syllable.extra_notes for syllable in line.syllables)
        if notes > MOST_NOTES:
            said = " ".join(syllable.text for syllable in line.syllables[:5])
            raise BadInput(
                f"line {number} ({said} ...) asks for {notes} notes; at most {MOST_NOTES} can be sung in one. Break it."
            )


def needed(frame: Frame) -> int:
    """Notes that a line needs at least."""
    return sum(1 + syllable.extra_notes for syllable in frame.syllables)


def roomy(frame: Frame, pace: float, metre: str) -> float:
    """Units that a line takes at a pace (units a syllable), its last syllable held."""
    return pace * needed(frame) + min(HOLD * beat_units(metre), 3.0 * pace)


class LinesHypothesis(PassHypothesis):
    """Three ids a line: the line that it answers, the place in the bar where it starts, the bars to the next line."""

    task = 0

    def __init__(self, piece: Piece, first_anchor: int = 0):
        super().__init__(piece)
        self.index, self.stage, self.anchor = 0, 0, first_anchor

    def context(self) -> list[int]:
        fields = self._fixed.copy()
        frames, at = self.piece.frames, self.index
        self._line_fields(fields, at)
        self._syllable_fields(fields, frames[at], 0)
        _onset, _length, metre = self.piece.grid.bar(self.anchor)
        following = len(frames[at + 1].syllables) if at + 1 < len(frames) else 0
        self._put(fields, metre=metre_class(metre), done=min(17, following), melisma=self.stage)
        if at + 1 < len(frames):
            self._put(fields, after_before=min(3, frames[at + 1].syllables[0].stress))
        return fields

    def standing(self) -> Place:
        return Place(self.index, 0, self.anchor)

    def earliest(self) -> int:
        """When a line may start, in units: after the one before has had room for its syllables."""
        before = self.piece.frames[self.index - 1]
        return before.start + self.roomy * needed(before)

    @property
    def roomy(self) -> int:
        """Units that a syllable should have on the average: an eighth, in quick idioms less."""
        guide = self.piece.guide
        return ROOMY if guide is None else max(3, min(ROOMY, int(0.8 * guide.pace)))

    def choices(self) -> Iterator[int]:
        if self.stage == 0:
            return iter(range(REFERENCE, REFERENCE + min(self.index, MAX_BACK) + 1))
        if self.stage == 1:
            _onset, length, _metre = self.piece.grid.bar(self.anchor)
            half = length // START_STEP // 2
            return iter(range(PHASE + MAX_START - half, PHASE + MAX_START + half + 1))
        return iter(range(SPAN + 1, SPAN + MAX_SPAN + 1))

    def take(self, chosen: int) -> None:
        frame = self.piece.frames[self.index]
        if self.stage == 0:
            back = chosen - REFERENCE
            frame.reference = self.index - back if back else -1
        elif self.stage == 1:
            frame.anchor = self.anchor
            frame.start = self.anchor + (chosen - PHASE - MAX_START) * START_STEP
        else:
            self._close(frame, chosen - SPAN)
        self.stage = (self.stage + 1) % 3

    def _close(self, frame: Frame, bars: int) -> None:
        frame.next_anchor = self.anchor = self.piece.grid.after(frame.anchor, bars)
        frame.stop = frame.next_anchor
        if self.index:
            self.piece.frames[self.index - 1].stop = frame.start
        self.index += 1
        self.done = self.index == len(self.piece.frames)
