"""Where the phrases of a melody end: at the ends of its lines, else at rests, long notes and punctuation.

Boundaries between notes are weighed as in Cambouropoulos 2001 (long notes, rests), and chosen by dynamic programming so
that phrases are some bars long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from carmina import Note, Score

from .timing import Bar

PHRASE, SECTION, PIECE = 1, 2, 3  # what a phrase's end closes
_STOPS = {
    ",": 0.7,
    ";": 1.2,
    ":": 1.0,
    ".": 1.5,
    "!": 1.4,
    "?": 1.4,
    "，": 0.9,
    "。": 1.6,
    "；": 1.3,
    "！": 1.5,
    "？": 1.5,
}
_ENDS_COST = 1.0  # of one more phrase
_FAVOURED_BARS = 4.0
_MOST_NOTES = 64


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of the melody's notes that is sung in one breath."""

    first: int  # index of its first note
    last: int  # index of its last note
    onset_ticks: int
    close_ticks: int  # onset of its last note
    end_ticks: int  # where its last note ends
    closes: int = PHRASE


def phrases(score: Score, grid: Sequence[Bar]) -> list[Phrase]:
    """The voice's phrases in order; none without a voice."""
    notes = score.voice.notes if score.voice else ()
    if not notes:
        return []
    ends = _line_ends(notes)
    if len(ends) < 2:
        ends = _boundaries(notes, grid[0].metre.bar_ticks)
    return _made(notes, sorted({*ends, len(notes) - 1}), score)


def _line_ends(notes: Sequence[Note]) -> list[int]:
    """The last note of each line of words, its melisma included."""
    found = []
    for index, note in enumerate(notes):
        if note.syllable and note.syllable.ends_line:
            while index + 1 < len(notes) and notes[index + 1].continues:
                index += 1
            found.append(index)
    return found


def _boundaries(notes: Sequence[Note], bar_ticks: int) -> list[int]:
    weights = [_weight(notes, i, bar_ticks) for i in range(len(notes) - 1)] + [9.0]
    best, back = [0.0] + [-1e9] * len(notes), [0] * (len(notes) + 1)
    for stop in range(1, len(notes) + 1):
        for start in range(max(0, stop - _MOST_NOTES), stop):
            bars = (notes[stop - 1].end_ticks - notes[start].onset_ticks) / bar_ticks
            worth = best[start] + weights[stop - 1] - _ENDS_COST - abs(log2(max(bars, 0.1) / _FAVOURED_BARS)) ** 2 * 0.9
            if worth > best[stop]:
                best[stop], back[stop] = worth, start
    ends, at = [], len(notes)
    while at > 0:
        ends.append(at - 1)
        at = back[at]
    return ends


def _weight(notes: Sequence[Note], index: int, bar_ticks: int) -> float:
    """How much a phrase wants to end after a note."""
    note, after = notes[index], notes[index + 1]
    if after.continues:
        return -2.0
    near = sorted(n.length_ticks for n in notes[max(0, index - 6) : index + 7])
    usual = near[len(near) // 2]
    rest = after.onset_ticks - note.end_ticks
    held = after.onset_ticks - note.onset_ticks
    said = note.syllable.after if note.syllable else ""
    return (
        min(2.0, 6 * rest / bar_ticks)
        + min(1.6, 0.8 * max(0.0, log2(held / usual)))
        + max((_STOPS.get(sign, 0.0) for sign in said), default=0.0)
    )


def _made(notes: Sequence[Note], ends: Sequence[int], score: Score) -> list[Phrase]:
    found = []
    for first, last in zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True):
        final = last
        while final > first and notes[final].continues:
            final -= 1  # a melisma's harmony comes with its syllable's last long note
        held = max(range(final, last + 1), key=lambda i: (notes[i].length_ticks, i))
        closes = (
            PIECE if last == len(notes) - 1 else _closes(notes[last + 1].onset_ticks, notes[last].onset_ticks, score)
        )
        found.append(
            Phrase(first, last, notes[first].onset_ticks, notes[held].onset_ticks, notes[last].end_ticks, closes)
        )
    return found


def _closes(next_ticks: int, last_ticks: int, score: Score) -> int:
    """Whether a section begins between two phrases (or with the pickup before the next)."""
    slack = score.metres[0].bar_ticks
    starts = any(
        last_ticks < mark.onset_ticks <= next_ticks + slack and mark.onset_ticks > 0 for mark in score.sections
    )
    return SECTION if starts else PHRASE
