"""Phrases as the model has them: heights above the tonic, on a grid of sixteenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from carmina import TICKS_PER_QUARTER, Note, Score
from carmina.theory import phrases_of, voiced

GRID = TICKS_PER_QUARTER // 4
LOWEST, HIGHEST = -12, 24  # semitones above the tonic
LONGEST, MOST_NOTES, LAST_PLACE = 32, 32, 23  # sixteenths of a note; notes; sixteenths from a bar line
METRES = ("other", "4/4", "3/4", "2/4", "6/8", "3/8", "2/2", "9/8", "12/8", "6/4")


@dataclass(frozen=True, slots=True)
class GridPhrase:
    """One phrase."""

    start: int  # sixteenths from a bar line to its first note
    notes: tuple[tuple[int, int], ...]  # (height, sixteenths to the next note; of the last its length)
    metre: str = "4/4"
    mode: str = "major"

    @property
    def length(self) -> int:
        """Sixteenths from its first note to its end."""
        return sum(length for _height, length in self.notes)


def grid_phrases(score: Score, name: str) -> list[GridPhrase]:
    """The phrases of a score's voice; raises ``BadInput`` where it has none. Lengths are brought to the grid."""
    score = voiced(score)
    found = [[note for slot in phrase.slots for note in slot.notes] for phrase in phrases_of(score, name)]
    shift = octave_of(score)
    return [_on_grid(notes[:MOST_NOTES], score, shift) for notes in found]


def octave_of(score: Score) -> int:
    """The MIDI pitch of the tonic from which the voice's heights are counted: the middle lies in the octave above."""
    pitches = [note.pitch for note in score.sung_notes]
    tonic = score.keys[0].tonic
    return int(median(pitches) - tonic) // 12 * 12 + tonic


def _on_grid(notes: Sequence[Note], score: Score, tonic: int) -> GridPhrase:
    at = [round(note.onset_ticks / GRID) for note in notes]
    ends = [*at[1:], round(notes[-1].end_ticks / GRID)]
    metre = next(m for m in reversed(score.metres) if m.onset_ticks <= notes[0].onset_ticks)
    bar = metre.bar_ticks // GRID
    first = (metre.onset_ticks or score.pickup_ticks) // GRID
    heights = [min(HIGHEST, max(LOWEST, note.pitch - tonic)) for note in notes]
    lengths = [min(LONGEST, max(1, end - start)) for start, end in zip(at, ends, strict=True)]
    start = min(LAST_PLACE, (at[0] - first) % max(1, bar))
    return GridPhrase(start, tuple(zip(heights, lengths, strict=True)), str(metre), score.keys[0].mode)
