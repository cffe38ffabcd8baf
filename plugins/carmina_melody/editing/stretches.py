"""What is to be written again: for each line the stretch of syllables and time between the notes that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import Note

from ..passes.piece import Frame, Sung
from ..passes.vocabulary import TICKS_PER_UNIT
from .existing import Existing, sung_notes
from .reading import SungLine
from .window import Window

SHORTEST = 2  # units of a note


@dataclass(frozen=True, slots=True)
class Stretch:
    """Syllables [first, last) of one line, to be sung in [start, stop) units."""

    line: int
    first: int
    last: int
    start: int
    stop: int
    held_into: bool = False  # the first note carries on the syllable before
    prompt: bool = False  # it begins with a note
    held_out: bool = False  # the note after it carries on its last syllable
    replaced: tuple[int, ...] = ()  # the voice's notes that go
    ticks: tuple[int, int] = (0, 0)  # start and stop to the tick, for songs that are off the grid

    @property
    def count(self) -> int:
        """Syllables that begin in it."""
        return self.last - self.first

    @property
    def roomy(self) -> bool:
        """Whether every note that goes could be sung anew."""
        return self.stop - self.start >= SHORTEST * max(1, len(self.replaced), self.count)

    def onset_ticks(self, onset: int) -> int:
        """A new note's onset in ticks."""
        return self.ticks[0] if onset <= self.start else min(onset * TICKS_PER_UNIT, self.ticks[1] - 1)

    def end_ticks(self, end: int) -> int:
        """A new note's end in ticks."""
        return self.ticks[1] if end >= self.stop else end * TICKS_PER_UNIT


def stretches(song: Existing, window: Window) -> list[Stretch]:
    """One for every line that has notes wholly inside the window, and room for other ones."""
    found = []
    for number, line in enumerate(song.lines):
        free = [n for n, i in enumerate(line.notes) if window.holds(song.score.sung_notes[i])]
        if free:
            found.append(_stretch(song, window, number, line, free))
    return [stretch for stretch in found if stretch.roomy]


def _stretch(song: Existing, window: Window, number: int, line: SungLine, free: Sequence[int]) -> Stretch:
    notes, frame = song.score.sung_notes, song.piece.frames[number]
    own = [notes[i] for i in line.notes]
    sung = sung_notes(own, 0)
    before = own[free[0] - 1] if free[0] else None
    after = own[free[-1] + 1] if free[-1] + 1 < len(own) else None
    last = after.onset_ticks if after else min(_next_onset(song, line), frame.stop * TICKS_PER_UNIT)
    start = max(window.start, before.end_ticks) if before else own[0].onset_ticks
    stop = min(window.stop, last)
    return Stretch(
        number,
        sung[free[0]].syllable + sung[free[0]].continues,
        sung[free[-1]].syllable + 1,
        -(-start // TICKS_PER_UNIT),
        stop // TICKS_PER_UNIT,
        held_into=sung[free[0]].continues,
        held_out=bool(after and after.continues),
        replaced=tuple(line.notes[n] for n in free),
        ticks=(start, stop),
    )


def _next_onset(song: Existing, line: SungLine) -> int:
    """Ticks at which the next line starts."""
    notes = song.score.sung_notes
    at = line.notes[-1] + 1
    return notes[at].onset_ticks if at < len(notes) else 1 << 60


def by_syllable(stretch: Stretch, notes: Sequence[Note]) -> list[Stretch]:
    """A stretch for every syllable, each where the syllable begins now; those without room for other notes stay as they
    are."""
    groups: list[list[int]] = []
    for index in stretch.replaced:
        if not groups or not notes[index].continues:
            groups.append([])
        groups[-1].append(index)
    starts = [notes[group[0]].onset_ticks for group in groups]
    parts = []
    for n, (group, start) in enumerate(zip(groups, starts, strict=True)):
        into, more = stretch.held_into and n == 0, n + 1 < len(groups)
        first = stretch.first + n - stretch.held_into + into
        stop = starts[n + 1] if more else stretch.ticks[1]
        parts.append(
            replace(
                stretch,
                first=first,
                last=first + (not into),
                start=-(-start // TICKS_PER_UNIT),
                stop=stop // TICKS_PER_UNIT,
                held_into=into,
                prompt=True,
                held_out=stretch.held_out and not more,
                replaced=tuple(group),
                ticks=(start, stop),
            )
        )
    return [part for part in parts if part.roomy]


def agenda(frame: Frame, line: SungLine, own: Sequence[Stretch]) -> list[Sung | Stretch]:
    """A line as notes that stay and stretches to be set, in order of time; ``own`` are the line's stretches."""
    gone = {index for stretch in own for index in stretch.replaced}
    kept = [note for index, note in zip(line.notes, frame.notes, strict=True) if index not in gone]
    return sorted([*kept, *own], key=lambda item: item.onset if isinstance(item, Sung) else item.start)
