"""What is to be written again: for each line the stretch of syllables and time between the notes that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import Note

from ..piece import Frame, Sung
from ..vocabulary import TICKS_PER_UNIT
from .existing import Existing, sung_notes
from .reading import SungLine
from .window import Window


@dataclass(frozen=True, slots=True)
class Stretch:
    """Syllables [first, last) of one line, to be sung in [start, stop) units."""

    line: int
    first: int
    last: int
    start: int
    stop: int
    held_into: bool = False          # the first note carries on the syllable before
    held_out: bool = False           # the note after it carries on its last syllable
    replaced: tuple[int, ...] = ()   # the voice's notes that go

    @property
    def count(self) -> int:
        return self.last - self.first


def stretches(song: Existing, window: Window) -> list[Stretch]:
    """One for every line that has notes wholly inside the window."""
    found = []
    for number, line in enumerate(song.lines):
        free = [n for n, i in enumerate(line.notes) if window.holds(song.score.voice.notes[i])]
        if free:
            found.append(_stretch(song, window, number, line, free))
    return found


def _stretch(song: Existing, window: Window, number: int, line: SungLine, free: Sequence[int]) -> Stretch:
    notes, frame = song.score.voice.notes, song.piece.frames[number]
    own = [notes[i] for i in line.notes]
    sung = sung_notes(own, 0)
    before = own[free[0] - 1] if free[0] else None
    after = own[free[-1] + 1] if free[-1] + 1 < len(own) else None
    last = after.onset_ticks if after else _next_onset(song, line)
    start = max(window.start, before.end_ticks) if before else own[0].onset_ticks
    first = sung[free[0]].syllable + sung[free[0]].continues
    return Stretch(
        number, first, sung[free[-1]].syllable + 1, -(-start // TICKS_PER_UNIT),
        min(window.stop, last, frame.stop * TICKS_PER_UNIT if not after else last) // TICKS_PER_UNIT,
        held_into=sung[free[0]].continues, held_out=bool(after and after.continues),
        replaced=tuple(line.notes[n] for n in free))


def _next_onset(song: Existing, line: SungLine) -> int:
    """Ticks at which the next line starts."""
    notes = song.score.voice.notes
    at = line.notes[-1] + 1
    return notes[at].onset_ticks if at < len(notes) else 1 << 60


def by_syllable(stretch: Stretch, line: SungLine, notes: Sequence[Note]) -> list[Stretch]:
    """A stretch for every syllable, each where the syllable begins now."""
    heads = [i for i in stretch.replaced if not notes[i].continues]
    starts = [-(-notes[i].onset_ticks // TICKS_PER_UNIT) for i in heads]
    if stretch.held_into:
        starts.insert(0, stretch.start)
    parts = []
    for n, start in enumerate(starts):
        first = stretch.first + n - stretch.held_into
        more = n + 1 < len(starts)
        parts.append(replace(
            stretch, first=max(first, stretch.first), last=first + 1, start=start, stop=starts[n + 1] if more else stretch.stop,
            held_into=stretch.held_into and n == 0, held_out=stretch.held_out and not more,
            replaced=stretch.replaced if n == 0 else ()))
    return parts


def agenda(frame: Frame, line: SungLine, own: Sequence[Stretch]) -> list[Sung | Stretch]:
    """A line as notes that stay and stretches to be set, in order of time; ``own`` are the line's stretches."""
    gone = {index for stretch in own for index in stretch.replaced}
    kept = [note for index, note in zip(line.notes, frame.notes, strict=True) if index not in gone]
    return sorted([*kept, *own], key=lambda item: item.onset if isinstance(item, Sung) else item.start)
