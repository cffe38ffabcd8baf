"""The pitches pass: one pitch for every note."""

from __future__ import annotations

from collections.abc import Iterable

from carmina import LinePlan, Token

from ..planning.motifs import HEAD, INVERSION, NEW_END, SEQUENCE, developed
from .base import PassHypothesis
from .piece import Frame, Piece, Sung
from .seen import Place, chord_token
from .vocabulary import HIGHEST, LOWEST, PITCH, SIZE, UNITS_PER_QUARTER, length_index


class PitchHypothesis(PassHypothesis):
    """One pitch a note."""

    task = 3

    def __init__(self, piece: Piece):
        super().__init__(piece)
        self.notes = [(index, note) for index, frame in enumerate(piece.frames) for note in frame.notes]
        self.left = _notes_left(self.notes)
        self._next_fixed = _next_fixed(self.notes)
        self.at = 0
        self.done = not self.notes

    @property
    def note(self) -> Sung:
        return self.notes[self.at][1]

    @property
    def frame(self) -> Frame:
        return self.piece.frames[self.notes[self.at][0]]

    @property
    def forced(self) -> int | None:
        if not self.note.fixed:
            return None
        return PITCH + max(LOWEST, min(HIGHEST, self.note.height)) - LOWEST

    def awaited(self) -> tuple[int, int] | None:
        """Moves to the next note that is there already, and its pitch."""
        at = self._next_fixed[self.at]
        return None if at is None else (at - self.at, self.notes[at][1].height)

    def before(self, back: int = 1) -> int | None:
        """Pitch of the note ``back`` places before this one."""
        return self.notes[self.at - back][1].pitch if self.at >= back else None

    def head_before(self) -> int:
        """Pitch on which the syllable before this note's began; of the first syllable, the note before."""
        at = self.at - 1
        while at > 0 and self.notes[at][1].continues:
            at -= 1
        return self.notes[max(0, at)][1].height

    def stated(self) -> int | None:
        """The first pitch of the line that stated the section's motif, where it is among these lines."""
        guide = self.piece.guide
        lines = guide.lines if guide else ()
        stating = next((i for i, line in enumerate(lines) if line.motif == "stated"), None)
        notes = self.piece.frames[stating].notes if stating is not None else []
        return notes[0].pitch if notes else None

    def standing(self) -> Place:
        index, note = self.notes[self.at]
        return Place(index, note.syllable, note.onset)

    @property
    def length_quarters(self) -> float:
        return self.note.length / UNITS_PER_QUARTER

    @property
    def melisma(self) -> bool:
        return self.note.continues

    @property
    def notes_left(self) -> int:
        return self.left[self.at]

    @property
    def lowest(self) -> int:
        return self.piece.low

    @property
    def highest(self) -> int:
        return self.piece.high

    @property
    def chord(self) -> Token | None:
        chord = self.piece.chord_at(self.note.onset)
        return None if chord is None else chord_token(chord)

    def pitch_before(self, back: int = 1) -> int | None:
        """``carmina.PitchState``."""
        return self.before(back)

    def following(self) -> Sung | None:
        return self.notes[self.at + 1][1] if self.at + 1 < len(self.notes) else None

    def context(self) -> list[int]:
        fields = self._fixed.copy()
        index, note = self.notes[self.at]
        frame = self.piece.frames[index]
        self._line_fields(fields, index)
        self._syllable_fields(fields, frame, note.syllable)
        self._time_fields(fields, note.onset)
        following, chord = self.following(), self.piece.chord_at(note.onset)
        gap = note.onset - self._last_end()
        self._put(
            fields,
            length=1 + length_index(note.length),
            length_next=1 + length_index(following.length) if following else 0,
            gap_before=0 if gap <= 0 else 1 if gap <= 6 else 2 if gap <= 24 else 3,
            chord=0 if chord is None else 1 + chord,
            reference=self.shown(),
            melisma=int(note.continues) + 2 * int(bool(following and following.continues)),
            done=min(17, self.left[self.at]),
            time_left=min(41, len(self.notes) - self.at),
            bar=min(13, self.piece.grid.bars_between(frame.anchor, note.onset)),
        )
        return fields

    def _last_end(self) -> int:
        if not self.at:
            return self.note.onset
        last = self.notes[self.at - 1][1]
        return last.onset + last.length

    def shown(self) -> int:
        """1 + the pitch id that the line answered suggests at this place; 0 where it suggests none."""
        frame, note = self.frame, self.note
        how = self.how()
        if frame.reference < 0 or how == NEW_END and note.syllable >= HEAD * len(frame.syllables):
            return 0
        model = self.piece.frames[frame.reference]
        at = note.onset - frame.anchor + model.anchor
        for other in model.notes:
            if other.onset <= at < other.onset + other.length and other.pitch is not None:
                pitch = other.pitch
                if how in (SEQUENCE, INVERSION):
                    pitch = self._moved(pitch, model.notes[0].height)
                return 1 + max(LOWEST, min(HIGHEST, pitch)) - LOWEST
        return 0

    def how(self) -> str | None:
        """How the plan has this line develop the one that it answers; ``None`` without a plan."""
        line = self._planned()
        return None if line is None or line.how == "new" else line.how

    def _planned(self) -> LinePlan | None:
        guide = self.piece.guide
        return guide.line(self.notes[self.at][0]) if guide else None

    def _moved(self, pitch: int, first: int) -> int:
        """The pitch that a sequence or an inversion makes of one, an octave lower or higher where the voice does
        not reach it."""
        line = self._planned()
        assert line is not None
        found = developed(pitch, line.how, line.shift, first, self.piece.mode)
        while found > self.piece.high:
            found -= 12
        return found + 12 if found < self.piece.low else found

    def choices(self) -> Iterable[int]:
        return range(PITCH, SIZE)

    def take(self, chosen: int) -> None:
        if not self.note.fixed:
            self.note.pitch = chosen - PITCH + LOWEST
        self.at += 1
        self.done = self.at == len(self.notes)


def _notes_left(notes: list[tuple[int, Sung]]) -> list[int]:
    """How many notes of its line follow each note."""
    left, run = [0] * len(notes), 0
    for i in range(len(notes) - 1, -1, -1):
        run = run + 1 if i + 1 < len(notes) and notes[i + 1][0] == notes[i][0] else 0
        left[i] = run
    return left


def _next_fixed(notes: list[tuple[int, Sung]]) -> list[int | None]:
    """For each note, the index of the first fixed note after it."""
    found: list[int | None] = [None] * len(notes)
    for i in range(len(notes) - 2, -1, -1):
        found[i] = i + 1 if notes[i + 1][1].fixed else found[i + 1]
    return found
