"""Another verse's words under a tune: each syllable once and in order, notes joined or split where counts differ.

The best fit is found by dynamic programming over syllables and notes. Joining notes of one pitch costs least, then
melisma; splitting costs least on long notes; stressed syllables like strong places.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from carmina import Syllable

from .passes.piece import Sung

MOST_NOTES = 4  # notes that one syllable may take
MOST_SPLITS = 4  # syllables that one note may take
CRAMMED = 1000.0  # cost of what nobody can sing: only where nothing else is left
Strength = Callable[[int], int]  # onset in units -> metrical strength


@dataclass(frozen=True, slots=True)
class Share:
    """Syllables [first, first + syllables) on notes [at, at + notes): one of the two counts is 1."""

    first: int
    syllables: int
    at: int
    notes: int


def underlay(syllables: Sequence[Syllable], notes: Sequence[Sung], strength: Strength) -> list[Sung]:
    """The notes of a line as this verse sings them."""
    if len(syllables) == sum(1 for n in notes if not n.continues) and not any(s.extra_notes for s in syllables):
        return [replace(n) for n in notes]
    notes = _enough(syllables, notes)
    out: list[Sung] = []
    for share in _shares(syllables, notes, strength):
        taken = notes[share.at : share.at + share.notes]
        out += (
            _split(taken[0], share)
            if share.syllables > 1
            else _joined(taken, share.first, syllables[share.first].extra_notes)
        )
    return out


def _enough(syllables: Sequence[Syllable], notes: Sequence[Sung]) -> list[Sung]:
    """Notes split in halves, the longest first, until every syllable can have one."""
    notes = [replace(n) for n in notes]
    needed = sum(1 + s.extra_notes for s in syllables)
    while len(notes) * (MOST_SPLITS if needed == len(syllables) else 1) < needed:
        at = max(range(len(notes)), key=lambda i: notes[i].length)
        note = notes[at]
        half = max(1, note.length // 2)
        if note.length < 2:
            break
        notes[at : at + 1] = [
            replace(note, length=half),
            replace(note, onset=note.onset + half, length=note.length - half),
        ]
    return notes


def _shares(syllables: Sequence[Syllable], notes: Sequence[Sung], strength: Strength) -> list[Share]:
    count, room = len(syllables), len(notes)
    best = [[math.inf] * (room + 1) for _ in range(count + 1)]
    back: dict[tuple[int, int], Share] = {}
    best[0][0] = 0.0
    for first in range(count):
        for at in range(room):
            if best[first][at] == math.inf:
                continue
            for share in _moves(first, at, count, room):
                cost = best[first][at] + _cost(share, syllables, notes, strength)
                to = first + share.syllables, at + share.notes
                if cost < best[to[0]][to[1]]:
                    best[to[0]][to[1]], back[to] = cost, share
    return _trace(back, count, room)


def _moves(first: int, at: int, count: int, room: int) -> list[Share]:
    joins = [Share(first, 1, at, n) for n in range(1, min(MOST_NOTES, room - at) + 1)]
    if first + 1 == count:  # the last syllable takes whatever is left
        joins = [Share(first, 1, at, room - at)]
    return joins + [Share(first, n, at, 1) for n in range(2, min(MOST_SPLITS, count - first) + 1)]


def _cost(share: Share, syllables: Sequence[Syllable], notes: Sequence[Sung], strength: Strength) -> float:
    note = notes[share.at]
    cost = _stress_cost(syllables[share.first], strength(note.onset))
    if share.syllables > 1:
        part = note.length / share.syllables
        cost += (
            2.0 * (share.syllables - 1)
            + (CRAMMED if part < 2 else 4.0 if part < 3 else 1.0 if part < 6 else 0.0)
            + 1.5 * note.continues
        )
    if share.notes > 1:
        pitches = {n.pitch for n in notes[share.at : share.at + share.notes]}
        cost += (0.6 if len(pitches) == 1 else 1.2) * (share.notes - 1)
        cost += 0.15 * (share.notes - 1) * (share.notes - 2)  # two short slurs rather than a long one
        cost -= 0.8 * sum(n.continues for n in notes[share.at + 1 : share.at + share.notes])
    if note.continues:
        cost += 0.5  # a new syllable where the tune has a melisma
    cost += 3.0 * max(0, 1 + syllables[share.first].extra_notes - share.notes)
    return cost


def _stress_cost(syllable: Syllable, strength: int) -> float:
    if syllable.stress is None:
        return 0.0
    return 0.5 * (4 - strength) / 2 if syllable.stress == 1 else 0.35 * strength / 2 if syllable.stress == 0 else 0.2


def _trace(back: dict[tuple[int, int], Share], count: int, room: int) -> list[Share]:
    at, out = (count, room), []
    while at != (0, 0):
        share = back[at]
        out.append(share)
        at = share.first, share.at
    return out[::-1]


def _joined(taken: Sequence[Sung], syllable: int, extra: int) -> list[Sung]:
    """One syllable over several notes; neighbours of one pitch become one note unless the author asked for more."""
    out: list[Sung] = []
    for note in taken:
        if out and not extra and out[-1].pitch == note.pitch and out[-1].onset + out[-1].length == note.onset:
            out[-1] = replace(out[-1], length=out[-1].length + note.length)
        else:
            out.append(replace(note, syllable=syllable, continues=bool(out)))
    return out


def _split(note: Sung, share: Share) -> list[Sung]:
    """One note for several syllables, on the coarsest grid that holds them: quarters, eighths, sixteenths; long before
    short."""
    count = share.syllables
    grid = next((grid for grid in (12, 6, 3) if note.length >= grid * count and note.length % grid == 0), None)
    grid = grid or (3 if note.length >= 3 * count else 1)
    steps = note.length // grid
    parts = [-(-steps * (i + 1) // count) * grid for i in range(count)]
    parts[-1] = note.length
    out, before = [], 0
    for i, part in enumerate(parts):
        out.append(
            replace(
                note, onset=note.onset + before, length=max(1, part - before), syllable=share.first + i, continues=False
            )
        )
        before = part
    return out
