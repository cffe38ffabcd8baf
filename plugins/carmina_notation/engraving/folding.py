"""Which bars are printed: verses on one tune are printed once, between repeat signs, with their words below one
another.

Sections are folded when they are neighbours, share a melody's name, and every part plays and breathes alike in them.
Velocities may differ. A verse and its chorus that come back together fold together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from carmina import Metre, Score

from ..common.bars import Bar, bars
from ..common.bounds import MOST_PASSES
from ..common.timeline import Notes, Timeline

MOST_MARKS = 100  # sections; a score with more is printed as it sounds


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch printed once and sung several times."""

    onset_ticks: int
    length_ticks: int
    passes: int

    @property
    def end_ticks(self) -> int:
        """Where its last pass ends."""
        return self.onset_ticks + self.length_ticks * self.passes


@dataclass(frozen=True, slots=True)
class Measure:
    """One printed bar, or the part of a bar on one side of a repeat sign."""

    onset_ticks: int  # of its first pass
    length_ticks: int
    metre: Metre
    phase_ticks: int  # how far into the whole bar it begins
    implicit: bool  # not counted: a pickup or the later part of a bar
    number: str = "1"
    passes: tuple[int, ...] = (0,)  # ticks from the first pass to each
    opens: bool = False  # a repeat begins
    closes: bool = False  # a repeat ends

    @property
    def end_ticks(self) -> int:
        return self.onset_ticks + self.length_ticks


def measures(score: Score) -> tuple[Measure, ...]:
    """The bars to print, in order."""
    grid = bars(score)
    printed: list[Measure] = []
    at = 0
    for fold in (*folds(score), None):
        stop = fold.onset_ticks if fold else grid[-1].end_ticks
        if fold or at < score.end_ticks:
            printed += measures_between(grid, at, stop)
        if fold:
            printed += _folded(grid, fold)
            at = fold.end_ticks
    return tuple(_numbered(printed))


def _numbered(printed: Sequence[Measure]) -> Iterator[Measure]:
    """Counts the bars as printed; what does not count has an X before the number it follows."""
    count = 0
    for place, measure in enumerate(printed):
        count += not measure.implicit
        yield replace(measure, number=f"X{count}" if measure.implicit and place else str(count))


def measures_between(grid: Sequence[Bar], start: int, end: int) -> Iterator[Measure]:
    """The bars of a stretch, cut where it begins or ends within one."""
    for bar in grid[bisect_right(grid, start, key=lambda bar: bar.end_ticks) :]:
        if bar.onset_ticks >= end:
            return
        first, last = max(start, bar.onset_ticks), min(end, bar.end_ticks)
        if first < last:
            later = first > bar.onset_ticks
            yield Measure(
                first, last - first, bar.metre, bar.phase_ticks + first - bar.onset_ticks, later or not bar.number
            )


def _folded(grid: Sequence[Bar], fold: Fold) -> Iterator[Measure]:
    passes = tuple(fold.length_ticks * index for index in range(fold.passes))
    end = fold.onset_ticks + fold.length_ticks
    for measure in measures_between(grid, fold.onset_ticks, end):
        yield replace(
            measure, passes=passes, opens=measure.onset_ticks == fold.onset_ticks, closes=measure.end_ticks == end
        )


def folds(score: Score) -> tuple[Fold, ...]:
    """The stretches worth folding, in order: those that save most print first."""
    marks = sorted(score.sections, key=lambda mark: mark.onset_ticks)
    starts = [mark.onset_ticks for mark in marks]
    if len(set(starts)) < len(starts) or not 2 <= len(marks) <= MOST_MARKS:
        return ()
    found, first, content = [], 0, _Content(score)
    while first < len(marks) - 1:
        best = max(
            (_fold(score, marks, content, first, size) for size in range(1, (len(marks) - first) // 2 + 1)),
            key=lambda fold: fold.end_ticks - fold.length_ticks if fold.passes > 1 else -1,
        )
        if best.passes > 1:
            found.append(best)
            first = next((i for i, start in enumerate(starts) if start >= best.end_ticks), len(marks))
        else:
            first += 1
    return tuple(found)


def _fold(score: Score, marks: Sequence, content: _Content, first: int, size: int) -> Fold:
    """How often the ``size`` sections from ``first`` on come back to back."""
    tunes = [mark.melody for mark in marks]
    start = marks[first].onset_ticks
    length = marks[first + size].onset_ticks - start
    passes = 1
    while passes < MOST_PASSES and _comes_back(score, content, marks, tunes, first, size, passes, length):
        passes += 1
    return Fold(start, length, passes)


def _comes_back(
    score: Score,
    content: _Content,
    marks: Sequence,
    tunes: Sequence[str],
    first: int,
    size: int,
    index: int,
    length: int,
) -> bool:
    here = first + index * size
    if tunes[here : here + size] != tunes[first : first + size]:
        return False
    start = marks[first].onset_ticks
    shift = length * index
    if [m.onset_ticks - shift for m in marks[here : here + size]] != [
        m.onset_ticks for m in marks[first : first + size]
    ]:
        return False
    after = marks[here + size].onset_ticks if here + size < len(marks) else max(score.end_ticks, start + shift + length)
    return (
        after == start + shift + length
        and _grid_holds(score, start, shift, length)
        and (content.of(start, length) == content.of(start + shift, length))
        and (_chords_agree(score, start, shift, length))
    )


def _grid_holds(score: Score, start: int, shift: int, length: int) -> bool:
    """Whether the bars of both passes fall alike and nothing changes in or between them."""
    changes = [change.onset_ticks for change in cast("tuple[Metre, ...]", (*score.metres, *score.keys, *score.tempi))]
    if any(start < tick < start + shift + length for tick in changes):
        return False
    metre = [metre for metre in score.metres if metre.onset_ticks <= start][-1]
    return length % metre.bar_ticks == 0


class _Content:
    """All that sounds in a stretch."""

    def __init__(self, score: Score):
        self._tracks = [Notes(track.notes) for track in score.tracks]
        self._hung = [Timeline((*track.directions, *track.clefs[1:])) for track in score.tracks]

    def of(self, start: int, length: int) -> tuple:
        """Told from the stretch's start; equal to nothing if it is silent or a note crosses its edges."""
        end = start + length
        if any(notes.cross(edge) for edge in (start, end) for notes in self._tracks):
            return (object(),)
        found = tuple(
            tuple(
                (n.pitch, n.onset_ticks - start, n.length_ticks, n.continues, n.syllable is None, n.graces, n.marks)
                for n in notes.between(start, end)
            )
            for notes in self._tracks
        )
        hung = tuple(
            tuple(replace(sign, onset_ticks=sign.onset_ticks - start) for sign in signs.between(start, end))
            for signs in self._hung
        )
        return (found, hung) if any(found) else (object(),)


def _chords_agree(score: Score, start: int, shift: int, length: int) -> bool:
    """Whether the same chords sound in both passes. One that still holds need not be written again in the later
    pass."""
    first, later = _changes(score, start, length), _changes(score, start + shift, length)
    if bool(first) != bool(later):
        return False
    begins = min(first, default=0)
    held = [chord.symbol for chord in score.chords if chord.onset_ticks < start + shift]
    later = {0: held[-1] if held else "", **later}
    ticks = [tick for tick in {*first, *later} if tick >= begins]
    return all(_sounding(first, tick) == _sounding(later, tick) for tick in ticks) and (
        all(tick == 0 or tick >= begins for tick in later)
    )


def _changes(score: Score, start: int, length: int) -> dict[int, str]:
    """The chords written in a stretch by ticks from its start."""
    return {c.onset_ticks - start: c.symbol for c in score.chords if start <= c.onset_ticks < start + length}


def _sounding(changes: dict[int, str], tick: int) -> str:
    return max(((at, symbol) for at, symbol in changes.items() if at <= tick), default=(0, ""))[1]
