"""Where bars, beats and the places of chords fall in a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carmina import Metre, Score

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


def compound(metre: Metre) -> bool:
    """Whether beats fall in threes: 6/8, 9/8, 12/8, 6/4, 3/8."""
    return metre.beats % 3 == 0 and (metre.unit >= 8 or metre.beats > 3)


def beat_ticks(metre: Metre) -> int:
    """Length of one felt beat: a dotted quarter in 6/8, a quarter in 3/4."""
    unit = metre.bar_ticks // metre.beats
    return unit * 3 if compound(metre) else unit


def beats(metre: Metre) -> int:
    """Felt beats a bar."""
    return max(1, metre.bar_ticks // beat_ticks(metre))


def groups(metre: Metre) -> list[int]:
    """Lengths in beats of the parts of a bar that begin strongly: 4 is 2 2, 3 is 2 1, 5 is 3 2, 7 is 2 2 3."""
    count = beats(metre)
    if count <= 2:
        return [1] * count
    if count == 3:
        return [2, 1]
    if count % 2 == 0:
        return [2] * (count // 2)
    return [3, 2] if count == 5 else [2] * ((count - 3) // 2) + [3]


def cuts(metre: Metre, rhythm: str) -> list[int]:
    """Onsets within a bar, in ticks, at which a chord may begin."""
    beat = beat_ticks(metre)
    lengths = groups(metre) if rhythm == HALF else [1] * beats(metre)
    onsets, at = [], 0
    for length in lengths:
        onsets.append(at * beat)
        at += length
    return onsets


def strength(bar: Bar, tick: int) -> int:
    """How strong a place is: 4 the bar line, 3 the middle, 2 a beat, 1 half a beat, 0 finer."""
    at = tick - bar.origin_ticks
    if at % bar.metre.bar_ticks == 0:
        return 4
    beat = beat_ticks(bar.metre)
    if at in cuts(bar.metre, HALF) and beats(bar.metre) != 3:
        return 3
    if at % beat == 0:
        return 2
    part = beat // 3 if compound(bar.metre) else beat // 2
    return 1 if part and at % part == 0 else 0


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
