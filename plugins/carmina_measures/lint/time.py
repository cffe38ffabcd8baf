"""Breath, notes too short to sing, notes that sound over one another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from carmina import TICKS_PER_QUARTER

from ..contour import BREATH_TICKS, LONG_TICKS
from ..figures import stops
from . import mends
from .sheet import Mend, Problem, Sheet

BREATH_SECONDS = 8.0  # longest that an untrained singer should hold on
CHOKING_SECONDS = 15.0
SHORT_SECONDS = 0.1  # a syllable needs as much
HOPELESS_SECONDS = 0.05
ROOMY_SECONDS = 0.15  # what a mend gives it
PLACES_TRIED = 4


def breath(sheet: Sheet) -> Iterator[Problem]:
    """A stretch with neither a rest of a sixteenth nor the end of a note of two quarters."""
    view = sheet.view
    if not len(view.pitch):
        return
    end = view.onset + view.length
    rest = np.append(view.onset[1:] - end[:-1], BREATH_TICKS)
    chance = (rest >= BREATH_TICKS) | (view.length >= LONG_TICKS)
    chance[-1] = True
    stops_at = np.flatnonzero(chance)
    for first, last in zip([0, *(stops_at[:-1] + 1)], stops_at, strict=True):
        length = float(sheet.ends[last] - sheet.starts[first])
        if length > BREATH_SECONDS:
            yield Problem(
                "no-breath",
                "error" if length > CHOKING_SECONDS else "warning",
                int(first),
                f"{length:.1f} s without a chance to breathe",
                _advice(sheet, found := _breathing_places(sheet, int(first), int(last))),
                tuple(_breaths(sheet, found)),
            )


def _breathing_places(sheet: Sheet, first: int, last: int) -> list[int]:
    """Last notes of words inside a stretch, the best to breathe after first: punctuation, line end, middle, long
    note."""
    view = sheet.view
    found = []
    for note in range(first, last):
        ends_syllable = note + 1 >= len(view.pitch) or view.syllable[note + 1] != view.syllable[note]
        said = _said(sheet, note)
        if ends_syllable and (said is None or said.ends_word):
            left, right = sheet.ends[note] - sheet.starts[first], sheet.ends[last] - sheet.ends[note]
            found.append(
                (
                    bool(said and stops(said.after)),
                    bool(said and said.ends_line),
                    min(left, right, BREATH_SECONDS / 2),
                    int(view.length[note]),
                    -note,
                )
            )
    return [-rank[-1] for rank in sorted(found, reverse=True)[:PLACES_TRIED]]


def _said(sheet: Sheet, note: int):
    sung = sheet.view.syllable[note]
    return sheet.notes[sheet.head(sung)].syllable if sung >= 0 else None


def _advice(sheet: Sheet, places: list[int]) -> str:
    if not places:
        return "put a rest into this phrase"
    bar, beat = sheet.where(places[0])
    return f"breathe after “{sheet.text(places[0])}” (bar {bar}, beat {beat:g})"


def _breaths(sheet: Sheet, places: list[int]) -> Iterator[Mend]:
    for note in places:
        for ticks in (TICKS_PER_QUARTER // 2, BREATH_TICKS):
            yield partial(mends.shortened, sheet.score, note, ticks)


def too_short(sheet: Sheet) -> Iterator[Problem]:
    """A syllable that is over before it can be heard."""
    view = sheet.view
    for at in range(view.syllables):
        head, last = sheet.head(at), sheet.head(at) + int(view.notes[at]) - 1
        length = float(sheet.ends[last] - sheet.starts[head])
        if length < SHORT_SECONDS and view.notes[at] == 1:
            yield Problem(
                "too-short",
                "error" if length < HOPELESS_SECONDS else "warning",
                head,
                f"“{view.text[at]}” lasts {1000 * length:.0f} ms",
                "lengthen it into the rest after it, or at the cost of a neighbour",
                _longer(sheet, head, length),
            )


def _longer(sheet: Sheet, note: int, length_seconds: float) -> tuple[Mend, ...]:
    own = int(sheet.view.length[note])
    ticks = int(np.ceil(own * ROOMY_SECONDS / length_seconds / mends.GRID_TICKS)) * mends.GRID_TICKS
    return tuple(
        partial(mend, sheet.score, note, ticks)
        for mend in (mends.lengthened, mends.begun_earlier, mends.taken_from_next)
    )


RULES = (breath, too_short)
