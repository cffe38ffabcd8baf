"""Bars as people count them: 0 an incomplete first one, else from 1; and which of them may change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carmina import Score

from ..project.pieces import BarLock, Kept

Run = tuple[tuple[int, int], frozenset[Kept]]


def bars_of(score: Score) -> list[tuple[int, int]]:
    """(onset, end) of every bar in ticks."""
    onsets = score.bar_onsets()
    metres = sorted(score.metres, key=lambda metre: metre.onset_ticks)
    last = next(metre for metre in reversed(metres) if metre.onset_ticks <= onsets[-1])
    length = score.pickup_ticks if len(onsets) == 1 and score.pickup_ticks else last.bar_ticks
    return list(zip(onsets, (*onsets[1:], onsets[-1] + length), strict=True))


def bar_number(score: Score, index: int) -> int:
    """What people call the bar at an index."""
    return index if score.pickup_ticks else index + 1


def bar_index(score: Score, number: int) -> int:
    """The index of a bar that people call so."""
    return number if score.pickup_ticks else number - 1


def unlocked_runs(first: int, last: int, keeps: Sequence[Kept], locks: Iterable[BarLock]) -> list[Run]:
    """The bars from ``first`` to ``last`` in runs of like locks; those whose notes are locked are left out.

    All three kinds locked in one bar lock its notes too.
    """
    own = {lock.bar: frozenset(lock.keeps) for lock in locks}
    runs: list[Run] = []
    for bar in range(first, last + 1):
        kept = own.get(bar, frozenset()) | frozenset(keeps)
        if "notes" in kept:
            continue
        if runs and runs[-1][0][1] == bar - 1 and runs[-1][1] == kept:
            runs[-1] = ((runs[-1][0][0], bar), kept)
        else:
            runs.append(((bar, bar), kept))
    return runs
