"""The cheapest path through the ways to lay each chord, by how hymns' voices move and by the rules of part writing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .voicings import LEARNT, WIDEST, Moment, habits, still_cost

PARALLEL, HIDDEN, OVERLAP, UNRESOLVED, HANGING, SIX_FOUR = 30.0, 3.0, 1.2, 6.0, 2.5, 4.0
# for each lower voice that stays while the soprano moves: the cheapest path moves less than people
STILL = (0.5, 0.5, 0.8)


def best_path(run: Sequence[Moment], ways: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The cheapest way of each moment."""
    total, backs = still_cost(ways[0], run[0]), []
    for at in range(1, len(run)):
        through = total[:, None] + move_cost(ways[at - 1], ways[at], run[at - 1], run[at])
        backs.append(through.argmin(axis=0))
        total = through[backs[-1], np.arange(len(ways[at]))] + still_cost(ways[at], run[at])
    place = int(total.argmin())
    path = [ways[-1][place]]
    for at in range(len(run) - 1, 0, -1):
        place = int(backs[at - 1][place])
        path.append(ways[at - 1][place])
    return path[::-1]


def move_cost(before: np.ndarray, after: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """(N, M) what it costs to go from each way to each other."""
    learnt = habits()["moves"]
    moves = after[None] - before[:, None]  # (N, M, 4)
    cost = np.zeros(moves.shape[:2])
    for voice in range(3):
        cost -= LEARNT * learnt[voice, np.clip(moves[..., voice + 1], -WIDEST, WIDEST) + WIDEST]
        step = np.abs(moves[..., voice + 1])
        cost += np.where((step == 6) | (step == 11) | (step == 10), 4.0, 0.0) + (
            0.6 if voice < 2 else 0.0
        ) * np.maximum(step - 4, 0)
    cost += _parallels(before, after, moves) + _overlaps(before, after)
    if old.leaves not in (0, old.soprano):
        leaving = before.copy()
        leaving[:, 0] = old.leaves
        cost += _parallels(leaving, after, after[None] - leaving[:, None])
    cost += _resolutions(before, moves, old, new) + _six_fours(before, after, moves, old, new)
    cost += (moves[..., 1:] == 0) @ np.array(STILL) * (old.soprano != new.soprano)
    if old.tones == new.tones:
        cost += 0.5 * (moves[..., 1:] != 0).sum(axis=-1) * (old.soprano == new.soprano)
    else:
        cost += 2.0 * ((moves[..., 3] == 0) & (before[:, None, 3] % 12 != new.tones.root)) * new.closes
    return cost


def _parallels(before: np.ndarray, after: np.ndarray, moves: np.ndarray) -> np.ndarray:
    cost = np.zeros(moves.shape[:2])
    for upper in range(4):
        for lower in range(upper + 1, 4):
            old, new = (before[:, upper] - before[:, lower]) % 12, (after[:, upper] - after[:, lower]) % 12
            moved = (moves[..., upper] != 0) & (moves[..., lower] != 0)
            same = moved & (np.sign(moves[..., upper]) == np.sign(moves[..., lower]))
            for perfect in (0, 7):
                both = (old == perfect)[:, None] & (new == perfect)[None]
                cost += PARALLEL * (both & moved)  # contrary ones too: they are heard as the same
                if (upper, lower) == (0, 3):
                    cost += HIDDEN * (same & ~both & (new == perfect)[None] & (np.abs(moves[..., 0]) > 2))
    return cost


def _overlaps(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    above = after[None, :, 1:] > before[:, None, :-1]
    below = after[None, :, :-1] < before[:, None, 1:]
    return OVERLAP * (above.sum(axis=-1) + below.sum(axis=-1))


def _six_fours(before: np.ndarray, after: np.ndarray, moves: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """A fifth in the bass is come to and left by step or on the same note; before the dominant it belongs to the
    cadence."""
    leap = np.abs(moves[..., 3]) > 2
    was, comes = (before[:, 3] % 12 == old.tones.fifth)[:, None], (after[:, 3] % 12 == new.tones.fifth)[None]
    cadential = new.tones.root == old.tones.fifth == (old.tonic + 7) % 12
    return SIX_FOUR * (was * np.where(leap, 1.0, 0.0 if cadential else 0.3) + comes * np.where(leap, 1.3, 0.3))


def _resolutions(before: np.ndarray, moves: np.ndarray, old: Moment, new: Moment) -> np.ndarray:
    """Sevenths fall by step; a leading note of the dominant rises in the upper voices' edge and the bass."""
    cost = np.zeros(moves.shape[:2])
    if old.tones == new.tones:
        return cost
    seventh, leading = old.tones.seventh, (old.tonic - 1) % 12
    for voice in (1, 2, 3):
        if seventh is not None:
            holds = (before[:, voice] % 12 == seventh)[:, None]
            cost += UNRESOLVED * (holds & ~np.isin(moves[..., voice], (-2, -1, 0)))
        if leading in old.tones.classes and new.tones.root == old.tonic:
            holds = (before[:, voice] % 12 == leading)[:, None]
            cost += HANGING * (holds & ~np.isin(moves[..., voice], (1, 0, -4)))
    return cost
