"""Motifs: the few notes at the head of a line that come back through a section.

The words give the steps (a head of their :mod:`outline <.outlines>`), since they should be heard whatever the seed;
the seed gives the rhythm, drawn among those in which the words' stresses stand well and that have a face of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from carmina import LinePlan, Motif

from ..passes.lines import needed
from ..passes.piece import Frame, bar_units, strength
from ..passes.vocabulary import UNITS_PER_QUARTER
from .cells import SIXTEENTH, built
from .idioms import Idiom
from .motifs import EXACT, INVERSION, NEW_END, SEQUENCE
from .outlines import LONGEST, Heights, parsons

TakenUp = Literal["none", "stated", "exact", "sequence", "inversion", "new end"]
SHORTEST = 3  # notes
TRIED = 24
SHARPNESS = 0.3  # fitness that makes a rhythm e times likelier
FITTING = 2.5  # fitness of a rhythm whose stresses all stand on strong places, over one in which none does
HELD = 2.0  # fitness that a rhythm loses which holds every unstressed syllable
TAKEN_UP = 0.8  # chance that a line of its own takes up the motif
TURNED, AS_IT_WAS = 0.12, 0.4  # of these, upside down, and on its own pitches; the others move it
HOLD = 18  # units that should be left for a line's end


def motif_for(
    frames: Sequence[Frame],
    heights: Heights,
    cells: Sequence[str],
    idiom: Idiom,
    metre: str,
    rng: np.random.Generator,
) -> Motif | None:
    """The motif that the first line of a section states; none where the line is too short for one."""
    size = _size(frames[0]) if len(heights) == len(frames[0].syllables) else 0
    if size < SHORTEST:
        return None
    steps = tuple(max(-7, min(7, height - heights[0])) for height in heights[1:size])
    users = [frame for frame in frames if _alike(frames[0], frame, size, metre)]
    places = _places(users, size, cells, idiom, metre, rng) if users else ()  # asked-for melismas stand in no motif
    return Motif(places, steps) if places else None


def _size(frame: Frame) -> int:
    """Notes of a motif: it ends with a word, on a stress if it can, and is about half of the line."""
    count = len(frame.syllables)
    scores = {}
    for size in range(SHORTEST, min(LONGEST, count) + 1):
        last = frame.syllables[size - 1]
        ends = last.word in (1, 2, 7, 8)
        scores[size] = ends + 0.5 * (last.stress == 2) + 0.3 * (size in (4, 5)) - 0.4 * (size > 0.75 * count)
    return max(scores, key=lambda size: scores[size], default=0)


def _alike(first: Frame, other: Frame, size: int, metre: str) -> bool:
    """Whether a line can sing what another one's head has: it begins in the same place, with like stresses."""
    if len(other.syllables) < size or any(s.extra_notes for s in other.syllables[:size]):
        return False
    bar = bar_units(metre)
    clashes = sum(
        {a.stress, b.stress} == {1, 2} for a, b in zip(first.syllables[:size], other.syllables[:size], strict=False)
    )
    return (first.start - first.anchor) % bar == (other.start - other.anchor) % bar and clashes <= size // 3


def _places(
    users: Sequence[Frame], size: int, cells: Sequence[str], idiom: Idiom, metre: str, rng: np.random.Generator
) -> tuple[float, ...]:
    """Quarters from the first note to each further one."""
    start = (users[0].start - users[0].anchor) % bar_units(metre)
    room = min((frame.stop - frame.start - HOLD) * (size - 1) / max(1, needed(frame) - 1) for frame in users)
    found: dict[tuple[int, ...], float] = {}
    for number in range(TRIED):
        bars = list(cells) if number < 2 and cells else [built(idiom, metre, rng) for _ in range(2)]
        places = _from(bars[::-1] if number == 1 else bars, start, size, bar_units(metre))
        if len(places) == size - 1:
            found[places] = _fitness(places, users, start, metre, room)
    if not found:
        return ()
    scores = np.array(list(found.values())) / SHARPNESS
    shares = np.exp(scores - scores.max())
    chosen = list(found)[int(rng.choice(len(found), p=shares / shares.sum()))]
    return tuple(place / UNITS_PER_QUARTER for place in chosen)


def _from(bars: Sequence[str], start: int, size: int, bar: int) -> tuple[int, ...]:
    """The next places of a rhythm after ``start``, in units from there."""
    marks = "".join(cell[: bar // SIXTEENTH].ljust(bar // SIXTEENTH, ".") for cell in (*bars, *bars))
    at = -(-start // SIXTEENTH)
    return tuple(i * SIXTEENTH - start for i, mark in enumerate(marks) if i > at and mark == "x")[: size - 1]


def _fitness(places: tuple[int, ...], users: Sequence[Frame], start: int, metre: str, room: float) -> float:
    """Stresses on strong places and on long notes, a face (short and long, not all alike), no long halt, and room for
    the rest of the line."""
    bar = bar_units(metre)
    strengths = np.array([strength((start + place) % bar, metre) for place in (0, *places)])
    gaps = np.diff((0, *places))
    usual = room / max(1, len(places))
    fits, held = [], []
    for frame in users:
        stress = np.array([s.stress for s in frame.syllables[: len(strengths)]])
        strong, weak = strengths[stress >= 2], strengths[stress == 1]
        if len(strong) and len(weak):
            fits.append(float(((strong[:, None] > weak) + 0.5 * (strong[:, None] == weak)).mean()))
        held.append(float(((stress[:-1] == 1) & (gaps > max(usual, float(np.median(gaps))))).mean()))
    face = len(set(gaps.tolist())) > 1
    late = max(0.0, places[-1] - room) / 12
    halt = max(0.0, float(gaps.max()) - max(18.0, 1.6 * usual)) / 12
    hasty = max(0.0, room * 0.55 - places[-1]) / 12
    fit = FITTING * float(np.mean(fits)) if fits else 0.5 * FITTING
    return fit - HELD * float(np.mean(held)) + 0.4 * face - 0.5 * late - 0.5 * halt - 0.15 * hasty


def taken_up(
    lines: Sequence[LinePlan], frames: Sequence[Frame], motif: Motif | None, metre: str, chances: Sequence
) -> list[LinePlan]:
    """The lines with what each does with the motif. ``chances``: of each line, from the words."""
    found: list[LinePlan] = []
    for number, (line, frame) in enumerate(zip(lines, frames, strict=True)):
        if motif is None or not _alike(frames[0], frame, len(motif.places) + 1, metre):
            found.append(line)
            continue
        model = found[line.develops - 1] if line.develops else None
        if not number:
            found.append(replace(line, motif="stated"))
        elif model is not None and line.how != "free":
            kept: dict[str, TakenUp] = {SEQUENCE: SEQUENCE, INVERSION: INVERSION, EXACT: EXACT, NEW_END: EXACT}
            found.append(replace(line, motif=kept[line.how] if model.motif != "none" else "none"))
        else:
            found.append(_of_its_own(line, chances[number]))
        found[-1] = replace(found[-1], contour=_headed(found[-1], motif))
    return found


def _headed(line: LinePlan, motif: Motif) -> str:
    """The contour of a line whose head rises and falls as the motif that it takes up."""
    if line.motif == "none" or not line.contour:
        return line.contour
    heights = [-step if line.motif == INVERSION else step for step in (0, *motif.steps)]
    head = parsons(heights[: len(heights) - (line.motif == NEW_END)])
    return (head + line.contour[len(head) :])[: len(line.contour)]


def _of_its_own(line: LinePlan, rng: np.random.Generator) -> LinePlan:
    draws = rng.random(2)
    if draws[0] >= TAKEN_UP:
        return line
    if draws[1] < AS_IT_WAS:
        return replace(line, motif=EXACT)
    shift = line.shift or int(rng.choice((-2, -1, 1, 2)))
    return replace(line, motif=INVERSION if draws[1] >= 1 - TURNED else SEQUENCE, shift=shift)
