"""Cuts a tune into as many phrases as there are lines of words.

Dynamic programming over the tune's notes: a phrase likes to end before a rest, on a long note or where a line ended
before, and to have about as many notes as its line has syllables.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from carmina import TICKS_PER_QUARTER, BadInput, Note

MOST_A_SYLLABLE = 8  # notes
MOST_A_NOTE = 4  # syllables


def phrases(notes: Sequence[Note], counts: Sequence[int]) -> list[list[Note]]:
    """The notes of each line, in order; ``counts`` are the lines' syllables. No slur is cut while there is another
    way."""
    gains = _gains(notes)
    room, lines = len(notes), len(counts)
    if room < lines:
        raise BadInput(
            f"{lines} lines of words are too many for a tune of {room} notes. Give fewer lines, or another tune."
        )
    best = [[math.inf] * (room + 1) for _ in range(lines + 1)]
    back = [[0] * (room + 1) for _ in range(lines + 1)]
    best[0][0] = 0.0
    for line, count in enumerate(counts):
        for stop in range(line + 1, room - (lines - line - 1) + 1):
            for start in range(max(line, stop - MOST_A_SYLLABLE * count - 8), stop):
                cost = best[line][start] + _misfit(stop - start, count) - gains[stop - 1]
                if cost < best[line + 1][stop]:
                    best[line + 1][stop], back[line + 1][stop] = cost, start
    if best[lines][room] == math.inf:
        raise BadInput(
            f"the words have {sum(counts)} syllables, too few for a tune of {room} notes. Give more, or another tune."
        )
    cuts, at = [], room
    for line in range(lines, 0, -1):
        cuts.append((back[line][at], at))
        at = back[line][at]
    return [list(notes[a:b]) for a, b in reversed(cuts)]


def _misfit(notes: int, syllables: int) -> float:
    """Slurs are easier than splits."""
    ratio = math.log2(notes / syllables)
    return 1.5 * ratio if ratio >= 0 else -4.0 * ratio


def _gains(notes: Sequence[Note]) -> list[float]:
    """How well a phrase may end with each note."""
    usual = statistics.median(note.length_ticks for note in notes)
    gains = []
    for n, note in enumerate(notes):
        if n + 1 == len(notes):
            gains.append(0.0)
            continue
        rest = notes[n + 1].onset_ticks - note.end_ticks
        gain = 1.5 if rest >= TICKS_PER_QUARTER * 0.9 else 0.8 if rest >= TICKS_PER_QUARTER * 0.4 else 0.0
        gain += 1.0 if note.length_ticks >= 1.9 * usual else 0.4 if note.length_ticks >= 1.4 * usual else 0.0
        if ended_line(notes, n):
            gain += 3.0
        gains.append(gain - 4.0 * notes[n + 1].continues)
    return gains


def ended_line(notes: Sequence[Note], at: int) -> bool:
    """Whether the syllable that the note belongs to ended a line."""
    while at > 0 and notes[at].continues:
        at -= 1
    said = notes[at].syllable
    return bool(said and said.ends_line)
