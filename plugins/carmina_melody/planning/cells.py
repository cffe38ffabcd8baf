"""Rhythm cells: on which sixteenths of a bar the syllables of a section like to stand."""

from __future__ import annotations

import numpy as np

from ..learnt import tables
from ..passes.piece import bar_units, beat_units
from .chances import drawn
from .idioms import Idiom

SIXTEENTH = 3  # units
TRIED = 24
SPREAD = 0.8  # syllables a bar by which a cell may miss what the words need before it is e times less likely
HALF_NOTE = 8  # sixteenths
GAP = 2.0  # sixteenths of a gap beyond half a bar that make a cell e times less likely
LEARNT = {"song", "hymn", "carol", "art", "popular"}  # idioms whose cells the corpus has too


def cells_of(
    idiom: Idiom, metre: str, syllables: float, words: np.random.Generator, seed: np.random.Generator
) -> tuple[str, ...]:
    """Two bars, one that the words draw and one that the seed draws. ``syllables``: how many a bar has on the
    average."""
    pair = (_cell(idiom, metre, syllables, words), _cell(idiom, metre, syllables, seed))
    return pair if seed.random() < 0.7 else pair[::-1]


def _cell(idiom: Idiom, metre: str, syllables: float, rng: np.random.Generator) -> str:
    found: dict[str, float] = {}
    learnt = tables()["cells"].get(f"{idiom.genre} {metre}", {}) if idiom.name in LEARNT else {}
    for cell, count in learnt.items():
        found[cell] = _fit(cell, syllables) * count**0.5
    for _ in range(TRIED):
        cell = built(idiom, metre, rng)
        found[cell] = found.get(cell, 0.0) + 2.0 * _fit(cell, syllables)
    return drawn(found, rng)


def _fit(cell: str, syllables: float) -> float:
    """How gladly so many syllables take a cell: as many places, no gap of more than half a bar or a half note."""
    gap = max(len(part) for part in (cell + cell).strip(".").split("x")) - max(len(cell) // 2, HALF_NOTE) + 1
    return float(np.exp(-(abs(cell.count("x") - syllables) / SPREAD + max(0, gap) / GAP))) + 1e-9


def built(idiom: Idiom, metre: str, rng: np.random.Generator) -> str:
    """A bar put together from the idiom's figures, its strong beats come early as often as the idiom says."""
    length, beat = bar_units(metre) // SIXTEENTH, beat_units(metre) // SIXTEENTH
    figures = idiom.long if beat % 3 == 0 else idiom.beat
    sixteenths = 6 if beat % 3 == 0 else 4
    cell = ""
    while len(cell) < length:
        figure = drawn(figures, rng)
        cell += figure if sixteenths == beat else _stretched(figure, sixteenths, beat)
    marks = list(cell[:length])
    if "x" not in marks:
        marks[0] = "x"
    for strong in range(beat, length, beat):
        if (
            beat % 2 == 0
            and beat % 3
            and marks[strong] == "x"
            and marks[strong - 2] == "."
            and rng.random() < idiom.anticipate
        ):
            marks[strong], marks[strong - 2] = ".", "x"
    return "".join(marks)


def _stretched(figure: str, of: int, to: int) -> str:
    """A figure of a beat of ``of`` sixteenths for a beat of ``to``."""
    marks = ["."] * to
    for i, mark in enumerate(figure):
        if mark == "x":
            marks[i * to // of] = "x"
    return "".join(marks)


def syncopation(cells: tuple[str, ...], metre: str) -> float:
    """Share of a cell's places off the beat that the next beat's syllable does not follow."""
    beat = beat_units(metre) // SIXTEENTH
    early = total = 0
    for cell in cells:
        for at, mark in enumerate(cell):
            if mark == "x":
                total += 1
                following = (at // beat + 1) * beat
                early += bool(at % beat) and "x" not in (cell + cell)[at + 1 : following + 1]
    return round(early / total, 3) if total else 0.0
