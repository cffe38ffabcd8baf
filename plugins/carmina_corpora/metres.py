"""The metre that a tune sounds in, where its file does not say one.

Method: bars fit where long notes begin on their first beat (Temperley, *The Cognition of Basic Musical Structures*,
2001: the length rule). The share of sounding time that begins on bar lines is compared with what chance would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carmina import Metre, Note, Score

THREES, TWOS = Metre(3, 4), Metre(6, 8)
CANDIDATES = (Metre(4, 4), THREES, Metre(2, 4))
SURE = 0.12  # more of the time than the written metre explains
FEWEST_BARS = 6


def heard_metre(score: Score, notes: Sequence[Note], said: bool) -> tuple[tuple[Metre, ...], list[str]]:
    """The metres of the record and what is doubtful; a metre that the file says stands, and is at most doubted."""
    if len(score.metres) > 1:
        return score.metres, []
    written = score.metres[0]
    fits = {metre: _fit(notes, metre, score.pickup_ticks) for metre in (written, *CANDIDATES)}
    best = max(CANDIDATES, key=lambda metre: (fits[metre], metre == written))
    bars = (notes[-1].end_ticks - notes[0].onset_ticks) / written.bar_ticks
    if bars < FEWEST_BARS or fits[best] <= fits[written] + SURE or best.bar_ticks * 2 == written.bar_ticks:
        return score.metres, []
    if best == THREES and _inside(notes, score.pickup_ticks, (720,)) > _inside(notes, score.pickup_ticks, (480, 960)):
        best = TWOS
    if said:
        return score.metres, [f"written in {written}, sounds like {best}"]
    return (replace(best, onset_ticks=0),), [f"no metre in the file: taken as {best}"]


def _fit(notes: Sequence[Note], metre: Metre, pickup: int) -> float:
    """Lift of the mean log length of notes on bar lines and half-bars over the others, in shares of time: about
    0..1."""
    first = 0.0
    whole = 0.0
    for note in notes:
        place = (note.onset_ticks - pickup) % metre.bar_ticks
        whole += note.length_ticks
        first += note.length_ticks * (place == 0)
    beats = metre.bar_ticks / 480
    return first / whole - 1 / beats if whole else 0.0


def _inside(notes: Sequence[Note], pickup: int, places: Sequence[int]) -> float:
    """Sounding time that begins on each of some places of a three-quarter bar, in ticks."""
    return sum(n.length_ticks for n in notes if (n.onset_ticks - pickup) % THREES.bar_ticks in places) / len(places)
