"""A melody seen as what the harmoniser is told of it: for each slot its place in the phrase and the notes that
sound."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carmina import Key, Note, Score
from carmina.theory import beat_ticks

from .phrases import PIECE, Phrase
from .timing import Bar, Slot, slots, strength

BAR, MIDDLE, WEAK, START, CLOSE, FINAL, HOLD = range(7)  # what a slot is: places of bars and of phrases
PLACES = 7
STEP = 2  # semitones: a note left by no more may be passing


@dataclass(frozen=True)
class Lattice:
    """Slots (S of them) with their places and notes."""

    slots: list[Slot]
    places: np.ndarray  # (S,) of PLACES
    keys: list[Key]  # the key of each slot
    heard: np.ndarray  # (S, 2, 12) weight of each degree above the tonic; second axis: unaccented, accented


def key_at(score: Score, tick: int) -> Key:
    """The key in force."""
    return score.keys[bisect_right([key.onset_ticks for key in score.keys], tick) - 1]


def lattice(score: Score, grid: Sequence[Bar], found: Sequence[Phrase], rhythm: str) -> Lattice:
    """The slots of a score and what sounds in them."""
    cells = list(slots(list(grid), rhythm))
    keys = [key_at(score, cell.onset_ticks) for cell in cells]
    notes = score.voice.notes if score.voice else ()
    return Lattice(cells, _places(cells, found), keys, _heard(cells, keys, notes, grid))


def _places(cells: Sequence[Slot], found: Sequence[Phrase]) -> np.ndarray:
    places = np.array([{4: BAR, 3: MIDDLE}.get(cell.strength, WEAK) for cell in cells], np.int64)
    if len(cells) and places[0] != BAR and cells[0].bar == 0:
        places[0] = START
    onsets = [cell.onset_ticks for cell in cells]
    for number, phrase in enumerate(found):
        first = bisect_right(onsets, phrase.onset_ticks) - 1
        close = bisect_right(onsets, phrase.close_ticks) - 1
        after = found[number + 1].onset_ticks if number + 1 < len(found) else onsets[-1] + 1
        if places[first] != CLOSE:
            places[first] = START
        for index in range(close + 1, bisect_right(onsets, after - 1)):
            places[index] = HOLD
        places[close] = FINAL if phrase.closes == PIECE else CLOSE
    return places


def _heard(cells: Sequence[Slot], keys: Sequence[Key], notes: Sequence[Note], grid: Sequence[Bar]) -> np.ndarray:
    heard = np.zeros((len(cells), 2, 12))
    onsets = [cell.onset_ticks for cell in cells]
    for index, note in enumerate(notes):
        at = bisect_right(onsets, note.onset_ticks) - 1
        while at < len(cells) and cells[at].onset_ticks < note.end_ticks:
            cell = cells[at]
            start, end = max(note.onset_ticks, cell.onset_ticks), min(note.end_ticks, cell.end_ticks)
            bar = grid[cell.bar]
            beat = beat_ticks(bar.metre)
            place = strength(bar, start) if start == note.onset_ticks else 2
            passing = index + 1 < len(notes) and abs(notes[index + 1].pitch - note.pitch) <= STEP and end - start < beat
            accented = place >= 2 or not passing
            heard[at, int(accented), (note.pitch - keys[at].tonic) % 12] += weight((end - start) / beat, place)
            at += 1
    return heard


def weight(beats: float, place: int) -> float:
    """How much a note says of the harmony, by its length in beats and the strength of its place (0..4)."""
    return min(beats, 2.0) ** 0.5 * (0.6, 0.8, 1.0, 1.1, 1.2)[place]
