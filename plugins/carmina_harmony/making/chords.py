"""Counts what chords follow one another and which notes are sung over them -> ``data/chords.npz``.

    python -m carmina_harmony.making.chords CORPUS_FOLDER

Lead sheets give their symbols; piano songs and hymns are labelled from what sounds, twice: first by fit alone, then
with the chord successions that the first labels gave.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..decoding import viterbi
from ..lattice import PLACES, Lattice, lattice
from ..phrases import phrases
from ..states import ABOVE, STATES, parts
from ..timing import BEAT, HALF, bars
from . import labels
from .corpus import Piece, read

GENRES = ("art", "hymn", "popular")
RHYTHM = {"art": HALF, "hymn": BEAT, "popular": HALF}
FEWEST_NOTES = 20  # of other voices, for a song to be labelled from them
SETTLE = 0.8  # nats for a chord that goes on, in the first labelling


@dataclass
class Sample:
    """One song with its labels."""

    piece: Piece
    found: Lattice
    genre: int
    mode: int  # 0 major, 1 minor
    states: np.ndarray  # (S,), -1 unknown
    scores: np.ndarray | None = None
    known: np.ndarray | None = None


def samples(folder: Path) -> list[Sample]:
    """Every usable song, labelled by fit."""
    out = []
    for piece in read(folder):
        if piece.genre not in GENRES or (piece.genre != "popular" and len(piece.others) < FEWEST_NOTES):
            continue
        grid = bars(piece.score)
        found = lattice(piece.score, grid, phrases(piece.score, grid), RHYTHM[piece.genre])
        mode = int(piece.score.keys[0].mode == "minor")
        sample = Sample(piece, found, GENRES.index(piece.genre), mode, np.empty(0))
        if piece.genre == "popular":
            sample.states = labels.written(piece, found)
        else:
            sample.scores, sample.known = labels.fit(piece, found)
            sample.states = _path(sample, np.eye(STATES) * SETTLE)
        if len(found.slots) > 4:
            out.append(sample)
    return out


def relabel(found: list[Sample], steps: np.ndarray) -> None:
    """Labels again with (genres, modes, PLACES, K, K) log-chances of succession."""
    for sample in found:
        if sample.scores is not None:
            sample.states = _path(sample, 0.6 * steps[sample.genre, sample.mode][sample.found.places])


def _path(sample: Sample, steps: np.ndarray) -> np.ndarray:
    assert sample.scores is not None and sample.known is not None  # both are of songs labelled by fit
    path = viterbi(sample.scores, steps)
    return np.where(sample.known, path, -1)


def transitions(found: list[Sample]) -> np.ndarray:
    """(genres, modes, PLACES, K, K) log-chances: counts of genre, mode and place, smoothed by ever wider ones."""
    counts = np.zeros((len(GENRES), 2, PLACES, STATES, STATES))
    for sample in found:
        before, after = sample.states[:-1], sample.states[1:]
        good = (before >= 0) & (after >= 0)
        np.add.at(counts[sample.genre, sample.mode], (sample.found.places[1:][good], before[good], after[good]), 1)
    unigram = counts.sum(axis=(2, 3)) + 0.5 * counts.sum(axis=(0, 2, 3))[None] * 0.05 + 0.02
    unigram /= unigram.sum(axis=-1, keepdims=True)
    pooled = _smoothed(counts.sum(axis=(0, 2))[None], unigram[:, :, None, :], 8.0)
    genre = _smoothed(counts.sum(axis=2), pooled, 12.0)
    arrival = counts.sum(axis=3) + 6.0 * unigram[:, :, None, :]
    arrival /= arrival.sum(axis=-1, keepdims=True)
    mixed = genre[:, :, None] ** 0.6 * arrival[:, :, :, None, :] ** 0.4
    mixed /= mixed.sum(axis=-1, keepdims=True)
    return np.log(_smoothed(counts, mixed, 6.0))


def _smoothed(counts: np.ndarray, prior: np.ndarray, strength: float) -> np.ndarray:
    return (counts + strength * prior) / (counts.sum(axis=-1, keepdims=True) + strength)


def emissions(found: list[Sample]) -> np.ndarray:
    """(modes, 2, K, 12) log-chances of a sung degree over a chord; second axis: unaccented, accented."""
    counts = np.zeros((2, 2, STATES, 12))
    for sample in found:
        good = sample.states >= 0
        np.add.at(counts[sample.mode].swapaxes(0, 1), sample.states[good], sample.found.heard[good])
    shape = np.zeros((2, 2, len(ABOVE), 12))
    for number in range(STATES):
        degree, quality = parts(number)
        shape[:, :, quality] += np.roll(counts[:, :, number], -degree, axis=-1)
    scale = counts.sum(axis=(1, 2)) + 1
    scale /= scale.sum(axis=-1, keepdims=True)
    table = np.empty_like(counts)
    for number in range(STATES):
        degree, quality = parts(number)
        pooled = (shape[:, :, quality] + 1).sum(axis=0, keepdims=True)
        guess = np.roll(pooled / pooled.sum(axis=-1, keepdims=True), degree, axis=-1) * scale[:, None] ** 0.5
        guess = guess / guess.sum(axis=-1, keepdims=True)
        table[:, :, number] = _smoothed(counts[:, :, number], guess, 30.0)
    return np.log(table)


def opening(found: list[Sample]) -> np.ndarray:
    """(genres, modes, K) log-chances of the first chord."""
    counts = np.full((len(GENRES), 2, STATES), 0.01)
    for sample in found:
        known = sample.states[sample.states >= 0]
        if len(known):
            counts[sample.genre, sample.mode, known[0]] += 1
    return np.log(counts / counts.sum(axis=-1, keepdims=True))


def usual(found: list[Sample]) -> np.ndarray:
    """(genres, modes, K) log-chances of each chord anywhere."""
    counts = np.full((len(GENRES), 2, STATES), 1.0)
    for sample in found:
        np.add.at(counts[sample.genre, sample.mode], sample.states[sample.states >= 0], 1)
    return np.log(counts / counts.sum(axis=-1, keepdims=True))


def profiles(found: list[Sample]) -> np.ndarray:
    """(2, 12) log-chances of sung degrees in major and in minor, by length."""
    counts = np.ones((2, 12))
    for sample in found:
        counts[sample.mode] += sample.found.heard.sum(axis=(0, 1))
    return np.log(counts / counts.sum(axis=-1, keepdims=True))


def learnt(found: list[Sample]) -> dict[str, np.ndarray]:
    """Every table."""
    return {
        "steps": transitions(found),
        "sung": emissions(found),
        "opening": opening(found),
        "profiles": profiles(found),
        "usual": usual(found),
    }


def labelled(folder: Path) -> list[Sample]:
    """All songs after both labellings."""
    found = samples(folder)
    relabel(found, transitions([s for s in found if not s.piece.held_out]))
    return found


def main(folder: str) -> None:
    """Writes the tables made of all songs but those held out."""
    tables = learnt([s for s in labelled(Path(folder)) if not s.piece.held_out])
    path = Path(__file__).parents[1] / "data" / "chords.npz"
    halves: dict[str, Any] = {name: table.astype(np.float16) for name, table in tables.items()}
    np.savez_compressed(path, **halves)
    print(path, path.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
