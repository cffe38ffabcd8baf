"""The rhythm pass: syllable by syllable through each line's time."""

from __future__ import annotations

from collections.abc import Iterable

from .base import PassHypothesis
from .piece import Frame, Piece, Sung
from .seen import Place
from .vocabulary import CHORD, LENGTHS, MELISMA, NOTE, REST, UNITS_PER_QUARTER, length_index


class RhythmHypothesis(PassHypothesis):
    """Walks the syllables: rests, a note, further notes of a melisma; then the next syllable."""

    task = 1

    def __init__(self, piece: Piece):
        super().__init__(piece)
        self.line, self.syllable = 0, 0
        self.now = piece.frames[0].start if piece.frames else 0
        self.resting = False
        self.notes_on = 0  # notes so far on the last syllable
        self._models = [self._model(i) for i in range(len(piece.frames))]

    @property
    def frame(self) -> Frame:
        return self.piece.frames[self.line]

    @property
    def until(self) -> int:
        """When what is being set must be full, in units."""
        return self.frame.stop

    @property
    def last(self) -> int:
        """Index after the last syllable that is being set."""
        return len(self.frame.syllables)

    @property
    def must_hold(self) -> bool:
        """Whether the next note carries on the syllable before."""
        return False

    @property
    def may_close_with_rest(self) -> bool:
        """Whether time that is left after the last syllable may be silent."""
        return True

    def standing(self) -> Place:
        return Place(self.line, self.syllable, self.now)

    @property
    def quarters_left(self) -> float:
        """``carmina.RhythmState``."""
        return (self.until - self.now) / UNITS_PER_QUARTER

    def _model(self, index: int) -> int:
        """The earlier line whose rhythm is shown: the one answered, else the nearest with as many syllables."""
        frames = self.piece.frames
        if frames[index].reference >= 0:
            return frames[index].reference
        count = len(frames[index].syllables)
        return next((i for i in range(index - 1, max(-1, index - 9), -1) if len(frames[i].syllables) == count), -1)

    def context(self) -> list[int]:
        fields = self._fixed.copy()
        frame = self.frame
        self._line_fields(fields, self.line)
        self._syllable_fields(fields, frame, self.syllable)
        self._time_fields(fields, self.now)
        self._put(
            fields,
            time_left=max(0, min(41, (frame.stop - self.now) // 6)),
            reference=self._shown(),
            melisma=min(3, self.notes_on),
            gap_before=int(self.resting),
        )
        return fields

    def _shown(self) -> int:
        """What the model line does at this place: 0 nothing known, 1 a note goes on, 2 silence, 3+ a note starts."""
        model = self._models[self.line]
        if model < 0:
            return 0
        at = self.now - self.frame.anchor + self.piece.frames[model].anchor
        for note in self.piece.frames[model].notes:
            if note.onset == at:
                return 3 + length_index(note.length) + (24 if note.continues else 0)
            if note.onset < at < note.onset + note.length:
                return 1
        return 2

    def choices(self) -> Iterable[int]:
        return range(NOTE, CHORD)

    def take(self, chosen: int) -> None:
        if REST <= chosen < CHORD:
            self.now += LENGTHS[chosen - REST]
            self.resting = True
        elif chosen >= MELISMA:
            self._sing(LENGTHS[chosen - MELISMA], continues=True)
        else:
            self._sing(LENGTHS[chosen - NOTE], continues=False)
        self._advance()

    def _sing(self, units: int, continues: bool) -> None:
        index = self.syllable - 1 if continues else self.syllable
        self.frame.notes.append(Sung(self.now, units, index, continues))
        self.now += units
        self.resting = False
        self.notes_on = self.notes_on + 1 if continues else 1
        self.syllable = index + 1

    def _advance(self) -> None:
        """A line ends when its time is up; the last one also when nothing more fits."""
        frames = self.piece.frames
        while not self.done and self.syllable == len(self.frame.syllables) and self.now >= self.frame.stop:
            if self.line + 1 == len(frames):
                self.done = True
            else:
                self.now = frames[self.line + 1].start  # a stanza may stop early, to leave room for pickups
                self.line, self.syllable, self.notes_on = self.line + 1, 0, 0

    def finish_line(self, at: int) -> None:
        """Training only: go on to the next line at its true start, whatever rounding did to the time."""
        self.now = at
        if self.syllable == len(self.frame.syllables) and self.line + 1 < len(self.piece.frames):
            self.line, self.syllable, self.notes_on = self.line + 1, 0, 0
