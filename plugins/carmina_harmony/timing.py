"""Where bars, beats and the places of chords fall in a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carmina import Metre, Score, theory

BEAT, HALF = "beat", "half"  # how often chords may change


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, complete or not."""

    onset_ticks: int
    length_ticks: int
    metre: Metre
    phase_ticks: int = 0  # how far into its metre it begins: above 0 for an incomplete first bar

    @property
    def end_ticks(self) -> int:
        return self.onset_ticks + self.length_ticks

    @property
    def origin_ticks(self) -> int:
        """Where the whole bar would begin; below 0 for an incomplete first bar."""
        return self.onset_ticks - self.phase_ticks


def bars(score: Score) -> list[Bar]:
    """Every bar up to the end of the last note or section."""
    end = max(score.end_ticks, max((mark.onset_ticks + mark.length_ticks for mark in score.sections), default=0), 1)
    found, metres, at = [], list(score.metres), 0
    while at < end:
        while len(metres) > 1 and metres[1].onset_ticks <= at:
            metres.pop(0)
        whole = metres[0].bar_ticks
        length = score.pickup_ticks if at == 0 and score.pickup_ticks else whole
        found.append(Bar(at, length, metres[0], whole - length))
        at += length
    return found


def cuts(metre: Metre, rhythm: str) -> list[int]:
    """Onsets within a bar, in ticks, at which a chord may begin."""
    beat = theory.beat_ticks(metre)
    lengths = theory.beat_groups(metre) if rhythm == HALF else (1,) * theory.beats_in_bar(metre)
    onsets, at = [], 0
    for length in lengths:
        onsets.append(at * beat)
        at += length
    return onsets


def strength(bar: Bar, tick: int) -> int:
    """How strong a place is, 0..4, as :func:`carmina.theory.strength` says; ``tick`` of the score."""
    return theory.strength(bar.metre, tick - bar.origin_ticks)


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time that one chord fills."""

    onset_ticks: int
    end_ticks: int
    bar: int  # index of its bar
    strength: int  # of its onset: 4 bar line, 3 middle, 2 beat


def slots(grid: list[Bar], rhythm: str) -> Iterator[Slot]:
    """The slots of every bar, in order."""
    for index, bar in enumerate(grid):
        within = {bar.origin_ticks + cut for cut in cuts(bar.metre, rhythm)}
        onsets = sorted({at for at in within if bar.onset_ticks < at < bar.end_ticks} | {bar.onset_ticks})
        for onset, end in zip(onsets, [*onsets[1:], bar.end_ticks], strict=True):
            yield Slot(onset, end, index, strength(bar, onset))
