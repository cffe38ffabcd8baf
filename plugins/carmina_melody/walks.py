"""The four passes over a piece, one step at a time.

Each walk answers ``context()`` (fields 1.. of the next step), takes the chosen id, writes the choice into the piece and
knows when it is done. ``choices()`` lists the ids that keep every promise: each syllable once and in order, each line within
its bars, every bar full. Constraints narrow them further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .piece import Frame, Piece, Sung, metre_class, place_field, slot_units, strength
from .vocabulary import (
    CHORD,
    FIELDS,
    LENGTHS,
    LOWEST,
    MAX_BACK,
    MAX_SPAN,
    MAX_START,
    MELISMA,
    NO_CHORD,
    NOTE,
    PHASE,
    PITCH,
    REFERENCE,
    REST,
    SIZE,
    SPAN,
    START_STEP,
    length_index,
)

_NAMES = tuple(FIELDS)[1:]
_INDEX = {name: i for i, name in enumerate(_NAMES)}
_MODES = {"": 0, "major": 1, "minor": 2}
NO_SYLLABLE = 4


class PassWalk:
    """What the four passes share."""

    task = 0

    def __init__(self, piece: Piece):
        self.piece = piece
        self.done = not piece.frames
        self._fixed = [0] * len(_NAMES)
        self._put(self._fixed, task=self.task, mode=_MODES[piece.mode], genre=piece.genre, language=piece.language)

    @staticmethod
    def _put(fields: list[int], **values: int) -> None:
        for name, value in values.items():
            fields[_INDEX[name]] = value

    def _line_fields(self, fields: list[int], index: int) -> None:
        frame = self.piece.frames[index]
        back = index - frame.reference if frame.reference >= 0 else 0
        self._put(fields, line=min(9, frame.line), lines_left=min(9, frame.lines_left),
                  rhyme_back=min(5, frame.rhyme_back), repeat_back=min(5, frame.repeat_back),
                  reference_back=min(10, back))

    def _syllable_fields(self, fields: list[int], frame: Frame, at: int) -> None:
        """Prosody of syllable ``at`` of a line and of its neighbours."""
        syllables, count = frame.syllables, len(frame.syllables)
        here = syllables[at] if at < count else None
        self._put(
            fields,
            stress=here[0] if here else NO_SYLLABLE,
            stress_next=syllables[at + 1][0] if at + 1 < count else NO_SYLLABLE,
            stress_second=syllables[at + 2][0] if at + 2 < count else NO_SYLLABLE,
            stress_before=syllables[at - 1][0] if 0 < at <= count else NO_SYLLABLE,
            word=here[1] if here else 0,
            after=here[2] if here else 3,
            after_before=syllables[at - 1][2] if 0 < at <= count else 3,
            weight=here[3] if here else 0,
            left=min(17, count - at),
            done=min(17, at),
        )

    def _time_fields(self, fields: list[int], at: int) -> None:
        onset, length, metre = self.piece.grid.bar(at)
        self._put(fields, metre=metre_class(metre), place=place_field(at - onset),
                  strength=strength(at - onset, length, metre))


class LinesWalk(PassWalk):
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
            self._put(fields, after_before=min(3, frames[at + 1].syllables[0][0]))
        return fields

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


class RhythmWalk(PassWalk):
    """Walks the syllables: rests, a note, further notes of a melisma; then the next syllable."""

    task = 1

    def __init__(self, piece: Piece):
        super().__init__(piece)
        self.line, self.syllable = 0, 0
        self.now = piece.frames[0].start if piece.frames else 0
        self.resting = False
        self.notes_on = 0                # notes so far on the last syllable
        self._models = [self._model(i) for i in range(len(piece.frames))]

    @property
    def frame(self) -> Frame:
        return self.piece.frames[self.line]

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
        self._put(fields, time_left=max(0, min(41, (frame.stop - self.now) // 6)), reference=self._shown(),
                  melisma=min(3, self.notes_on), gap_before=int(self.resting))
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

    def choices(self) -> Iterator[int]:
        return iter(range(NOTE, CHORD))

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
                self.now = self.frame.stop
                self.line, self.syllable, self.notes_on = self.line + 1, 0, 0

    def finish_line(self, at: int) -> None:
        """Training only: go on to the next line at its true start, whatever rounding did to the time."""
        self.now = at
        if self.syllable == len(self.frame.syllables) and self.line + 1 < len(self.piece.frames):
            self.line, self.syllable, self.notes_on = self.line + 1, 0, 0


def slots(piece: Piece) -> list[int]:
    """Onsets of every chord's slot, from the first line's bar to the end."""
    if not piece.frames:
        return []
    at, end, out = piece.frames[0].anchor, piece.frames[-1].next_anchor, []
    while at < end:
        onset, length, metre = piece.grid.bar(at)
        size = slot_units(length, metre)
        out += range(onset, onset + length, size)
        at = onset + length
    return out


class ChordWalk(PassWalk):
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
        self._put(fields, bar=min(13, grid.bars_between(frame.anchor, now)),
                  bars_left=min(13, grid.bars_between(now, frame.next_anchor)),
                  left=min(17, len(self.piece.frames) - 1 - index), reference=self._shown(frame, now))
        return fields

    def _shown(self, frame: Frame, now: int) -> int:
        if frame.reference < 0:
            return 0
        at = now - frame.anchor + self.piece.frames[frame.reference].anchor
        return 1 + self.piece.chords[at] if at in self.piece.chords else 0

    def choices(self) -> Iterator[int]:
        return iter(range(CHORD, NO_CHORD))

    def take(self, chosen: int) -> None:
        self.piece.chords[self.slots[self.at]] = chosen - CHORD
        self.at += 1
        self.done = self.at == len(self.slots)


class PitchWalk(PassWalk):
    """One pitch a note."""

    task = 3

    def __init__(self, piece: Piece):
        super().__init__(piece)
        self.notes = [(index, note) for index, frame in enumerate(piece.frames) for note in frame.notes]
        self.left = _notes_left(self.notes)
        self.at = 0
        self.done = not self.notes

    @property
    def note(self) -> Sung:
        return self.notes[self.at][1]

    @property
    def frame(self) -> Frame:
        return self.piece.frames[self.notes[self.at][0]]

    def before(self, back: int = 1) -> int | None:
        """Pitch of the note ``back`` places before this one."""
        return self.notes[self.at - back][1].pitch if self.at >= back else None

    def following(self) -> Sung | None:
        return self.notes[self.at + 1][1] if self.at + 1 < len(self.notes) else None

    def chord(self, at: int) -> int | None:
        """The chord that stands at a time: root * 4 + quality."""
        onset, length, metre = self.piece.grid.bar(at)
        size = slot_units(length, metre)
        return self.piece.chords.get(onset + (at - onset) // size * size)

    def context(self) -> list[int]:
        fields = self._fixed.copy()
        index, note = self.notes[self.at]
        frame = self.piece.frames[index]
        self._line_fields(fields, index)
        self._syllable_fields(fields, frame, note.syllable)
        self._time_fields(fields, note.onset)
        following, chord = self.following(), self.chord(note.onset)
        gap = note.onset - self._last_end()
        self._put(
            fields, length=1 + length_index(note.length), length_next=1 + length_index(following.length) if following else 0,
            gap_before=0 if gap <= 0 else 1 if gap <= 6 else 2 if gap <= 24 else 3,
            chord=0 if chord is None else 1 + chord, reference=self.shown(),
            melisma=int(note.continues) + 2 * int(bool(following and following.continues)),
            done=min(17, self.left[self.at]), time_left=min(41, len(self.notes) - self.at),
            bar=min(13, self.piece.grid.bars_between(frame.anchor, note.onset)),
        )
        return fields

    def _last_end(self) -> int:
        if not self.at:
            return self.note.onset
        last = self.notes[self.at - 1][1]
        return last.onset + last.length

    def shown(self) -> int:
        """1 + the pitch id of the line answered at this place; 0 where there is none."""
        frame, note = self.frame, self.note
        if frame.reference < 0:
            return 0
        model = self.piece.frames[frame.reference]
        at = note.onset - frame.anchor + model.anchor
        for other in model.notes:
            if other.onset <= at < other.onset + other.length and other.pitch is not None:
                return 1 + other.pitch - LOWEST
        return 0

    def choices(self) -> Iterator[int]:
        return iter(range(PITCH, SIZE))

    def take(self, chosen: int) -> None:
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


WALKS: tuple[Callable[[Piece], PassWalk], ...] = (LinesWalk, RhythmWalk, ChordWalk, PitchWalk)
