"""Draws the plan of a song: the words choose metre and pace, the seed everything else within the idiom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from carmina import LinePlan, SectionPlan, SongPlan

from ..learnt import tables
from ..passes.piece import Frame, bar_units
from ..passes.vocabulary import UNITS_PER_QUARTER
from ..tunes import Tune
from .cells import cells_of, syncopation
from .chances import drawn, words_chance
from .echoes import echoed
from .hooks import motif_for, taken_up
from .idioms import Idiom
from .layouts import contrasted, fitted_pace, laid_out, metre_of
from .mood import usual_mode
from .motifs import EXACT, FREE, INVERSION, NEW_END, SEQUENCE, How
from .outlines import Heights, developed_contour, outlines, parsons, spoken
from .progressions import chords_of

if TYPE_CHECKING:
    from ..studio import Studio

DEGREES = (1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7, 7)  # by semitones above the tonic
DEVELOPED: Mapping[How, float] = {EXACT: 5.0, NEW_END: 3.0, SEQUENCE: 1.6, INVERSION: 0.4, FREE: 1.4}
REPEATED: Mapping[How, float] = {EXACT: 3.0, NEW_END: 1.5, SEQUENCE: 1.0, FREE: 1.0}  # lines whose words come back
Cadence = Literal["open", "closed", "deceptive"]
SHIFTS = (-2, -1, 1, 2, 3)
REGISTERS = {"verse": -1, "chorus": 3, "prechorus": 1, "bridge": 2, "outro": -1}
DECEPTIVE = 0.08
# Chance of a rest after a line, a little above the share of people's lines that have one: after the others the voice
# breathes out of a note that is held.
RESTED = {"song": 0.4, "hymn": 0.25, "carol": 0.3, "popular": 0.5, "art": 0.6}


def planned(studio: Studio) -> SongPlan:
    """The plan of a song to the studio's words."""
    idiom, chance = studio.idiom, words_chance(studio)
    low, high = idiom.pace
    pace = float(low * (high / low) ** chance.random())
    mode = usual_mode(studio.lyrics, studio.brief.mode or studio.style.mode)
    metre = studio.brief.metre or metre_of(studio, pace, mode)
    pace = fitted_pace(studio, metre, pace)
    rng = np.random.default_rng([studio.brief.seed, 7, *chance.integers(2**32, size=2)])
    layouts = laid_out(studio, metre, pace, mode)
    lines = outlines(studio, layouts.usual, mode)
    sections: list[SectionPlan] = []
    for tune, frames, heights in zip(studio.tunes, layouts.frames, lines, strict=True):
        rounds = {section.chords[0] for section in sections if section.chords}
        sections.append(_section(studio, tune, frames, heights, metre, chance, rng, rounds))
    return SongPlan(metre, studio.mode, idiom.name, tuple(sections), round(pace, 3))


# ---- one section --------------------------------------------------------------------------------------------------


def _section(
    studio: Studio,
    tune: Tune,
    frames: Sequence[Frame],
    heights: Sequence[Heights],
    metre: str,
    words: np.random.Generator,
    rng: np.random.Generator,
    rounds: Collection[str],
) -> SectionPlan:
    idiom, mode, bar = studio.idiom, studio.mode, bar_units(metre)
    closes = len(studio.lyrics.sections) - 1 in tune.members
    closed = closes or rng.random() < idiom.closed
    own = [words_chance(studio, studio.tunes.index(tune), i) for i in range(len(frames))]
    lines = [
        _line(frame, bar, idiom, mode, rng, own[i], last=i + 1 == len(frames), closed=closed, closes=closes)
        for i, frame in enumerate(frames)
    ]
    syllables = sum(1 + s.extra_notes for f in frames for s in f.syllables) / max(1, sum(line.bars for line in lines))
    cells = cells_of(idiom, metre, syllables / 0.85, words, rng)
    chords = () if studio.given_chords else chords_of(lines, idiom, mode, metre, rng, rounds)
    lift = REGISTERS.get(tune.lead.kind, 0) if contrasted(studio) else 0
    lift += round(idiom.lift) if lift > 0 else 0
    motif = motif_for(frames, heights[0], cells, idiom, metre, rng)
    lines = taken_up(_outlined(lines, heights, frames), frames, motif, metre, own)
    lines = echoed(lines, [line.syllables for line in tune.lead.lines], own)
    motif = motif if any(line.motif != "none" for line in lines) else None
    climax = _climax(len(lines), rng)
    return SectionPlan(tune.name, tuple(lines), chords, cells, syncopation(cells, metre), lift, climax, motif)


def _outlined(lines: Sequence[LinePlan], heights: Sequence[Heights], frames: Sequence[Frame]) -> list[LinePlan]:
    """The lines with their contours: what develops a line has its contour as it was, turned, or with a new end; words
    with tones keep their own."""
    found: list[LinePlan] = []
    for line, own, frame in zip(lines, heights, frames, strict=True):
        contour = spoken(parsons(own), frame)
        if line.develops and contour and not frame.syllables[0].tone:
            contour = developed_contour(found[line.develops - 1].contour, contour, line.how)
        found.append(replace(line, contour=contour))
    return found


def _line(
    frame: Frame,
    bar: int,
    idiom: Idiom,
    mode: str,
    rng: np.random.Generator,
    words: np.random.Generator,
    *,
    last: bool,
    closed: bool,
    closes: bool,
) -> LinePlan:
    develops = frame.reference + 1
    how: How = "new"
    if develops:
        how = drawn(REPEATED if frame.repeat_back else DEVELOPED, words)
    shift = int(words.choice(SHIFTS)) if how in (SEQUENCE, INVERSION) else 0
    cadence, end = _ending(frame, idiom, mode, rng, last=last, closed=closed, closes=closes)
    silent = last or rng.random() < RESTED.get(idiom.genre, RESTED["song"])
    breath = (0.25 if rng.random() < 0.4 else 0.5) if silent else 0.0
    return LinePlan(
        (frame.next_anchor - frame.anchor) // bar,
        (frame.start - frame.anchor) / UNITS_PER_QUARTER,
        develops,
        how,
        shift,
        cadence,
        end,
        breath,
    )


def _ending(
    frame: Frame, idiom: Idiom, mode: str, rng: np.random.Generator, *, last: bool, closed: bool, closes: bool
) -> tuple[Cadence, int]:
    """Cadence, and the degree that the line ends on: as often as people's lines do, by idiom at the very end."""
    if last and closes:
        return "closed", int(rng.choice((1, 3, 5), p=np.array(idiom.final) / sum(idiom.final)))
    ends = tables()["ends"]
    place = "close" if last and sum(ends.get(f"{idiom.genre} {mode} close", {}).values()) > 40 else "inner"
    counts = ends.get(f"{idiom.genre} {mode} {place}") or ends[f"art {mode} {place}"]
    degree = DEGREES[int(drawn(counts, rng))]
    if last and closed:
        return "closed", 1 if rng.random() < 0.7 else (3 if rng.random() < 0.5 else 5)
    if rng.random() < DECEPTIVE and (frame.lines_left == 1 or last):
        return "deceptive", 1 if rng.random() < 0.6 else 3
    if degree == 1 and frame.line % 2 and rng.random() < 0.6:
        return "closed", 1
    return "open", degree


def _climax(lines: int, rng: np.random.Generator) -> int:
    """Mostly in the third quarter, as in people's songs (Eitan 1997)."""
    if lines < 2:
        return 0
    along = min(0.99, float(rng.beta(4, 2.2)))
    return 1 + int(along * lines)
