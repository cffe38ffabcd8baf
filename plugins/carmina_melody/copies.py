"""How near a tune comes to those that the models learnt from: the longest run that it shares with one of them, in
any key.

The index (``making.tunes`` writes it) holds no tune, only a 32-bit number for every run of ``SIZE`` steps, each a
step's interval and
how its time compares with the one before (as in the split of the corpus), and the number of the tune that it occurs in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from carmina import Score
from carmina.runs import run_hashes
from carmina.text import counted

DATA = Path(__file__).parent / "data"
SIZE = 6  # steps of a run: seven notes
RATIOS = np.log2([1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4])
WIDEST = 12  # semitones: wider intervals are as this one


@dataclass(frozen=True, slots=True)
class Nearest:
    """The tune with which a song shares its longest run."""

    title: str
    notes: int  # in a row, alike in intervals and in rhythm; whatever the key and the tempo
    at: int  # which note of the song begins the run, from 0


@lru_cache(maxsize=1)
def index() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Sorted run numbers (R,), the tune of each (R,), and the tunes' titles."""
    with np.load(DATA / "tunes.npz", allow_pickle=False) as found:
        titles = json.loads(found["titles"].tobytes().decode("utf-8"))
        return found["runs"], found["tunes"], titles


def runs_of(onsets: Sequence[int], pitches: Sequence[int]) -> np.ndarray:
    """A tune -> the numbers of its runs, (N - SIZE - 1,) uint32: one for every step that has ``SIZE - 1`` more
    after it."""
    times, heights = np.asarray(onsets, float), np.asarray(pitches, int)
    if len(times) < SIZE + 2:
        return np.zeros(0, np.uint32)
    interval = np.clip(np.diff(heights), -WIDEST, WIDEST)[1:] + WIDEST
    ratio = np.abs(np.diff(np.log2(np.maximum(np.diff(times), 1)))[:, None] - RATIOS).argmin(axis=1)
    codes = (interval * len(RATIOS) + ratio).astype(np.uint64)
    return (run_hashes(codes, SIZE) >> np.uint64(32)).astype(np.uint32)


def nearest(score: Score) -> Nearest | None:
    """The corpus tune that shares the longest run with the score's voice; ``None`` where none shares ``SIZE`` steps."""
    notes = score.sung_notes
    own = runs_of([n.onset_ticks for n in notes], [n.pitch for n in notes])
    known, tunes, titles = index()
    best, found = 0, None
    going: dict[int, int] = {}
    for at, run in enumerate(own):
        low, high = np.searchsorted(known, run, "left"), np.searchsorted(known, run, "right")
        going = {int(tune): going.get(int(tune), 0) + 1 for tune in tunes[low:high]}
        for tune, length in going.items():
            if length > best:
                best, found = length, Nearest(titles[tune], length + SIZE, at - length + 2)
    return found


def remark(score: Score) -> str:
    """One line for a person."""
    near = nearest(score)
    if near is None:
        return f"no run of {SIZE + 1} notes is as in any tune that the models learnt from, in whatever key"
    known = "nearest tune of those that the models learnt from"
    return f"{known}: {near.title!r}, {counted('note', near.notes)} in a row, in whatever key"
