"""The longest run of notes that a tune shares with another, and whose it is.

A step is (interval, ratio of lengths), so a copy in another key or at another pace is still found. All suffixes of all
tunes are ranked together by prefix doubling (Manber and Myers 1990); the longest match of a suffix stands next to it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from .view import View

DOUBLINGS = 9  # runs are told apart up to 2 ** 9 steps


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run that one tune shares with those of other groups."""

    steps: int  # one less than its notes
    note: int  # where it starts in the tune
    other: int  # index of the tune that has it; -1: none
    other_note: int  # where it starts there


def steps_of(view: View) -> np.ndarray:
    """(N-1,) one id per step from note to note."""
    interval = np.clip(np.diff(view.pitch), -63, 63) + 64
    ratio = np.rint(24 * np.log2(view.length[1:] / view.length[:-1])).astype(np.int64) + 512
    return interval * 4096 + np.clip(ratio, 0, 4095)


def longest_shared(views: Sequence[View], groups: Sequence[Hashable]) -> list[Run]:
    """For each tune, the longest run that a tune of another group has too."""
    steps = [steps_of(view) for view in views]
    tune = np.repeat(np.arange(len(steps)), [len(s) + 1 for s in steps])
    starts = np.cumsum([0] + [len(s) + 1 for s in steps])[: len(steps)]
    text = np.concatenate([np.append(s, -1 - i) for i, s in enumerate(steps)]) if steps else np.zeros(0, np.int64)
    if not len(text):
        return []
    codes = {group: code for code, group in enumerate(dict.fromkeys(groups))}
    group = np.array([codes[g] for g in groups])[tune]
    levels = _ranks(text)
    length, other = _best_neighbours(levels, group)
    return [_run(length, other, tune, starts, i, len(s)) for i, s in enumerate(steps)]


def _run(length: np.ndarray, other: np.ndarray, tune: np.ndarray, starts: np.ndarray, i: int, size: int) -> Run:
    own = length[starts[i] : starts[i] + size]
    if not size or not own.max():
        return Run(0, 0, -1, 0)
    at = int(own.argmax())
    match = int(other[starts[i] + at])
    return Run(int(own[at]), at, int(tune[match]), match - int(starts[tune[match]]))


def _ranks(text: np.ndarray) -> list[np.ndarray]:
    """levels[k][i]: rank of the 2 ** k steps from i on, among all; equal runs share a rank."""
    _, rank = np.unique(text, return_inverse=True)
    levels = [rank]
    for k in range(DOUBLINGS):
        later = np.zeros_like(rank)
        later[: -(1 << k)] = rank[1 << k :] + 1
        _, rank = np.unique(rank * (len(text) + 1) + later, return_inverse=True)
        levels.append(rank)
        if rank.max() == len(text) - 1:
            break
    return levels


def _best_neighbours(levels: list[np.ndarray], group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each suffix: the longest common start with a suffix of another group, and which suffix that is."""
    order = np.argsort(levels[-1], kind="stable")
    size = len(order)
    sorted_group = group[order]
    change = np.flatnonzero(np.diff(sorted_group)) + 1  # where a new group begins, in sorted order
    place = np.arange(size)
    block = np.searchsorted(change, place, "right")
    above = np.append(-1, change - 1)[block]  # last of another group before
    below = np.append(change, size)[block]  # first of another group after
    length, other = np.zeros(size, np.int64), np.full(size, -1)
    for neighbour in (above, below):
        real = (neighbour >= 0) & (neighbour < size)
        mine, theirs = order[real], order[neighbour[real]]
        common = _common(levels, mine, theirs)
        better = common > length[mine]
        length[mine[better]], other[mine[better]] = common[better], theirs[better]
    return length, other


def _common(levels: list[np.ndarray], first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How many steps two suffixes share, from the largest power of two down."""
    size = len(levels[0])
    shared = np.zeros(len(first), np.int64)
    for k in range(len(levels) - 1, -1, -1):
        a, b = first + shared, second + shared
        inside = (a < size) & (b < size)
        equal = inside & (levels[k][np.minimum(a, size - 1)] == levels[k][np.minimum(b, size - 1)])
        shared += equal * (1 << k)
    return shared
