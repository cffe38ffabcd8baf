"""The bars that may change, in ticks, and which notes stay."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import BadOption, Note, Score


@dataclass(frozen=True, slots=True)
class Window:
    """Ticks [start, stop). What sounds outside stays, and so do notes that cross an edge."""

    start: int
    stop: int

    def holds(self, note: Note) -> bool:
        """Whether the note lies wholly inside."""
        return self.start <= note.onset_ticks and note.end_ticks <= self.stop


def window_of(score: Score, bars: tuple[int, int], option: str = "--bars") -> Window:
    """Bars as they sound, from 1; 0 is an incomplete first bar."""
    onsets = score.bar_onsets()
    shift = 0 if score.pickup_ticks else 1
    first, last = bars[0] - shift, bars[1] - shift
    if not 0 <= first <= last < len(onsets):
        lowest, highest = shift, len(onsets) - 1 + shift
        raise BadOption(
            option, f"{bars[0]}-{bars[1]}", f"bars {lowest} to {highest}, the first and the last of the song, e.g. 5-8"
        )
    stop = onsets[last + 1] if last + 1 < len(onsets) else onsets[last] + bar_ticks_at(score, onsets[last])
    return Window(onsets[first], max(stop, onsets[first] + 1))


def bar_ticks_at(score: Score, tick: int) -> int:
    """Length of the whole bar that starts at a tick."""
    if tick == 0 and score.pickup_ticks:
        return score.pickup_ticks
    return next(m for m in reversed(score.metres) if m.onset_ticks <= tick).bar_ticks


def bar_number(score: Score, tick: int) -> int:
    """The number of the bar that holds a tick, counted as in :func:`window_of`."""
    before = sum(onset <= tick for onset in score.bar_onsets())
    return before - bool(score.pickup_ticks)
