"""The ways to lay a chord under a soprano, and what each costs by itself: hymns' habits and part writing's rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from .part_rules import RANGES
from .states import ABOVE, quality_of
from .symbols import Tones

WIDEST = 24
MOST_WAYS = 90  # to lay one chord that are looked at
DOUBLED = 25.0
LEARNT = 0.8  # how much hymns' habits weigh against the rules


@lru_cache(maxsize=1)
def habits() -> dict[str, np.ndarray]:
    """Log-chances; see ``making.voices.learnt``."""
    with np.load(Path(__file__).with_name("data") / "voices.npz", allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


@dataclass(frozen=True)
class Moment:
    """A time at which the lower voices may move."""

    onset_ticks: int
    end_ticks: int
    soprano: int
    tones: Tones
    tonic: int
    closes: bool  # a phrase comes to rest here
    given_bass: bool
    leaves: int = 0  # the soprano's last pitch before the next moment; 0: the same


def laid(moment: Moment) -> np.ndarray:
    """(N, 4) pitches of the likeliest ways to lay the chord, soprano first; at least one."""
    for loose in (0, 5, 12, 24):
        found = _all(moment, loose)
        if len(found):
            costs = still_cost(found, moment)
            return found[np.argsort(costs, kind="stable")[:MOST_WAYS]]
    return np.array([[moment.soprano, *(max(0, moment.soprano - drop) for drop in (3, 8, 12))]])


def _all(moment: Moment, loose: int) -> np.ndarray:
    classes = set(moment.tones.classes)
    alto, tenor, bass = (_pitches(classes, low - loose, high) for low, high in RANGES[1:])
    if moment.given_bass or len(classes) < 3:
        bass = bass[bass % 12 == moment.tones.bass]
    grid = np.stack(np.meshgrid(alto, tenor, bass, indexing="ij"), axis=-1).reshape(-1, 3)
    table = np.column_stack([np.full(len(grid), moment.soprano), grid])
    gaps = -np.diff(table, axis=1)
    return table[(gaps >= 0).all(axis=1) & (gaps[:, 0] <= 12) & (gaps[:, 1] <= 12) & (gaps[:, 2] <= WIDEST)]


def _pitches(classes: set[int], low: int, high: int) -> np.ndarray:
    return np.array([pitch for pitch in range(max(low, 21), high + 1) if pitch % 12 in classes], np.int64)


def still_cost(table: np.ndarray, moment: Moment) -> np.ndarray:
    """(N,) what each way costs by itself."""
    learnt, tones = habits(), moment.tones
    gaps = np.clip(-np.diff(table, axis=1), 0, WIDEST)
    cost = np.zeros(len(table))
    for voice in range(3):
        cost -= LEARNT * (
            0.5 * learnt["gaps"][voice, gaps[:, voice]] + 0.5 * learnt["places"][voice, table[:, voice + 1]]
        )
    return (
        cost
        + _sonority_cost(table, moment)
        + 4.0 * ((gaps[:, 2] < 3) & (table[:, 3] > 60))
        - _bass_worth(table, moment, tones)
    )


def _bass_worth(table: np.ndarray, moment: Moment, tones: Tones) -> np.ndarray:
    quality = quality_of(tones.above)
    row = habits()["basses"][int(moment.closes), quality]
    worth = np.full(len(table), -4.0)
    for place, step in enumerate(ABOVE[quality]):
        worth[(table[:, 3] - tones.root) % 12 == step] = row[place]
    return worth


def _sonority_cost(table: np.ndarray, moment: Moment) -> np.ndarray:
    tones = moment.tones
    classes = table % 12
    cost = np.zeros(len(table))
    for needed, price in ((tones.third, 14.0), (tones.seventh, 9.0), (tones.root, 7.0)):
        if needed is not None:
            cost += price * ~(classes == needed).any(axis=1)
    if tones.fifth is not None:
        cost += (1.5 if tones.seventh is not None else 3.0) * ~(classes == tones.fifth).any(axis=1)
    leading = (moment.tonic - 1) % 12
    for tender, price in ((leading if leading in tones.classes else None, DOUBLED), (tones.seventh, DOUBLED)):
        if tender is not None:
            cost += price * np.maximum((classes == tender).sum(axis=1) - 1, 0)
    if tones.third is not None and tones.above[:3] == (0, 4, 7):
        cost += 1.5 * np.maximum((classes == tones.third).sum(axis=1) - 1, 0)
    return cost
