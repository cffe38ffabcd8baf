"""The ids of the melody models and the fields of a step.

A song is written in four passes over one vocabulary, each seeing what the passes before it decided:

- *lines*: for every line of verse, which earlier line it answers, where in the bar it starts, how many bars it fills;
- *rhythm*: for every syllable a length, with rests before it and further notes (melisma) after it;
- *chords*: one for every bar or half bar;
- *pitches*: one for every note, in semitones above the tonic.

Times are in units of a twelfth of a quarter note (40 ticks), so that both sixteenths and triplets are whole.
"""

from __future__ import annotations

from typing import Literal

from carmina import TICKS_PER_QUARTER

Mode = Literal["major", "minor"]
UNITS_PER_QUARTER = 12
TICKS_PER_UNIT = TICKS_PER_QUARTER // UNITS_PER_QUARTER

LENGTHS = (2, 3, 4, 6, 8, 9, 12, 15, 16, 18, 21, 24, 27, 30, 36, 42, 48, 60, 72, 84, 96)  # units, of notes and rests
QUALITIES = ("", "m", "7", "dim")  # major, minor, dominant seventh, diminished triad
LOWEST, HIGHEST = -16, 28  # semitones from the tonic below the median pitch
MAX_BACK = 16  # lines that a reference reaches back
MAX_SPAN = 12  # bars of a line
START_STEP = 3  # a line's start is told in sixteenths
MAX_START = 24  # sixteenths on each side of its first full bar

START = 0  # the id before the first choice of a pass
REFERENCE = 1  # + lines back, 0: new material
PHASE = REFERENCE + MAX_BACK + 1  # + sixteenths from the bar line + MAX_START
SPAN = PHASE + 2 * MAX_START + 1  # + bars
NOTE = SPAN + MAX_SPAN + 1  # + index into LENGTHS: the next syllable's first note
MELISMA = NOTE + len(LENGTHS)  # + index: one more note on the same syllable
REST = MELISMA + len(LENGTHS)  # + index: silence before the next syllable
CHORD = REST + len(LENGTHS)  # + root * 4 + quality; the last: no chord
NO_CHORD = CHORD + 12 * len(QUALITIES)
PITCH = NO_CHORD + 1  # + semitones from the tonic - LOWEST
SIZE = PITCH + HIGHEST - LOWEST + 1

TASKS = ("lines", "rhythm", "chords", "pitches")
GENRES = ("", "art", "hymn", "carol", "song", "popular")
LANGUAGES = ("", "en", "de", "fr", "it", "la", "other")
METRES = ("other", "2/4", "3/4", "4/4", "6/8", "3/8", "9/8", "12/8", "3/2", "6/4")

FIELDS = {
    "previous": SIZE,
    "task": 4,
    "metre": 10,
    "mode": 3,
    "genre": 6,
    "language": 7,
    "stress": 5,
    "stress_next": 5,
    "stress_second": 5,
    "stress_before": 5,  # 0 unknown, 1-3 stress 0-2, 4 no syllable
    "word": 9,
    "after": 4,
    "after_before": 4,
    "weight": 7,
    "left": 18,
    "done": 18,  # syllables of the line
    "line": 10,
    "lines_left": 10,
    "rhyme_back": 6,
    "repeat_back": 6,
    "reference_back": 11,
    "place": 28,
    "strength": 6,
    "time_left": 42,
    "reference": 64,
    "length": 24,
    "length_next": 24,
    "gap_before": 4,
    "chord": 51,
    "bar": 14,
    "bars_left": 14,
    "melisma": 4,
}
FIELD_SIZES = tuple(FIELDS.values())

_NEAREST = [min(range(len(LENGTHS)), key=lambda i: (abs(LENGTHS[i] - n), -LENGTHS[i])) for n in range(97)]


def length_index(units: int) -> int:
    """Index of the length nearest to ``units``."""
    return _NEAREST[max(0, min(96, units))]


def rest_indices(units: int) -> list[int]:
    """Rests that fill ``units`` from long to short; what is left below the shortest is dropped."""
    out = []
    while units >= LENGTHS[0]:
        index = max(i for i, length in enumerate(LENGTHS) if length <= units)
        out.append(index)
        units -= LENGTHS[index]
    return out
