"""Which words stand under which note: one lyric line for each pass, and where a melisma begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carmina import Note, Score, Syllable, Track

from .folding import Measure


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of one lyric line."""

    number: int  # of the line, from 1
    syllable: Syllable | None  # none: a melisma goes on
    extend: str = ""  # an extender line: start, continue, stop; within a word hyphens do instead


class Underlay:
    """The words of one track, by the onset of the notes in the first pass."""

    def __init__(self, score: Score, track: Track, printed: Iterable[Measure]):
        self._notes = {note.onset_ticks: note for note in track.notes if note.syllable or note.continues}
        self._melisma, self._held = _melismas(track.notes)
        self._once = _sung_alike(score, printed, self._notes)

    def lines(self, tick: int, measure: Measure) -> int:
        """How many lyric lines stand under a place of a measure."""
        return 1 if any(start <= tick < end for start, end in self._once) else len(measure.passes)

    def words(self, note: Note, measure: Measure) -> list[Word]:
        """The lyric entries of a note that begins in a measure."""
        if note.onset_ticks not in self._notes:
            return []
        ticks = [note.onset_ticks + shift for shift in measure.passes[: self.lines(note.onset_ticks, measure)]]
        entries = [Word(number, self._notes[tick].syllable, self._extend(tick)) for number, tick in enumerate(ticks, 1)]
        return [entry for entry in entries if entry.syllable or entry.extend]

    def melisma(self, note: Note) -> str:
        """``start``, ``continue`` or ``stop`` in a melisma, else nothing."""
        return self._melisma.get(note.onset_ticks, "") if note.onset_ticks in self._notes else ""

    def _extend(self, tick: int) -> str:
        held = self._held.get(tick)
        return self._melisma[tick] if held and held.ends_word else ""


def _melismas(notes: Sequence[Note]) -> tuple[dict[int, str], dict[int, Syllable]]:
    """By onset: where in a melisma a note stands, and the syllable that is being held."""
    where: dict[int, str] = {}
    held: dict[int, Syllable] = {}
    syllable = None
    for note, after in zip(notes, [*notes[1:], None], strict=False):
        goes_on = after is not None and after.continues
        syllable = note.syllable or (syllable if note.continues else None)
        if syllable and (goes_on or note.continues):
            where[note.onset_ticks] = "start" if note.syllable else "continue" if goes_on else "stop"
            held[note.onset_ticks] = syllable
    return where, held


def _sung_alike(score: Score, printed: Iterable[Measure], notes: dict[int, Note]) -> list[tuple[int, int]]:
    """Sections whose words are the same in every pass: a chorus needs one lyric line."""
    repeated = [(m.onset_ticks, m.end_ticks, m.passes) for m in printed if len(m.passes) > 1]
    found = []
    for mark, end in section_spans(score):
        passes = next((p for start, stop, p in repeated if start <= mark < stop), (0,))
        if len(passes) == 1:
            continue
        said = [
            [notes[tick + shift].syllable for tick in notes if mark <= tick < end and tick + shift in notes]
            for shift in passes
        ]
        if all(same_words(said[0], other) for other in said[1:]):
            found.append((mark, end))
    return found


def same_words(first: Sequence[Syllable | None], second: Sequence[Syllable | None]) -> bool:
    """Whether two verses print alike."""

    def shown(said: Sequence[Syllable | None]) -> list:
        return [s and (s.text, s.after, s.place, s.ends_line) for s in said]

    return shown(first) == shown(second)


def section_spans(score: Score) -> list[tuple[int, int]]:
    """Each section's onset and where the next begins."""
    starts = sorted({mark.onset_ticks for mark in score.sections})
    return list(zip(starts, [*starts[1:], score.end_ticks + 1], strict=False))
