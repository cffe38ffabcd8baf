"""How much of what a model writes stands in its training data: the longest runs of ids, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..contracts import Example, Runner
from ..runs import run_hashes

PIECES = 64  # held-out pieces of each kind that the model writes anew
LONGEST = 400  # ids of a piece


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """Runs of ids of one kind of choice that the training data has too."""

    name: str
    pieces: int
    longest: int  # of all that the model wrote
    mean: float  # over pieces, of each piece's longest
    people_longest: int  # the same of the held-out pieces themselves
    people_mean: float
    nearest: str  # the training piece that has the longest run
    training_ids: int  # that were searched


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run that a sequence shares with a corpus."""

    length: int
    piece: int  # of the corpus; -1: none


class Corpus:
    """Sequences of ids in which runs are looked up."""

    def __init__(self, sequences: Sequence[np.ndarray]):
        sizes = [len(s) + 1 for s in sequences]
        self._piece = np.repeat(np.arange(len(sizes)), sizes)
        # a number of its own after each piece, so that no run goes on into the next
        parts = [np.append(np.asarray(s, np.int64) + 1, -1 - n) for n, s in enumerate(sequences)]
        self._text = np.concatenate(parts).astype(np.uint64) if parts else np.zeros(0, np.uint64)
        self._known: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        self.ids = len(self._text) - len(sizes)

    def longest(self, sequence: np.ndarray) -> Run:
        """The longest run of a sequence that one of the pieces has."""
        own = np.asarray(sequence, np.int64).astype(np.uint64) + np.uint64(1)
        size, live, piece = 0, np.arange(len(own)), -1
        while len(live):
            size += 1
            live = live[live + size <= len(own)]
            known, order = self._runs(size)
            if not len(live) or not len(known):
                break
            wanted = run_hashes(own, size)[live]
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            met = known[at] == wanted
            live = live[met]
            if len(live):
                piece = int(self._piece[order[at[met][0]]])
        return Run(size - 1 if size else 0, piece)

    def _runs(self, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Sorted hashes of every run of a size, and where each starts; kept, since every sequence asks for the short
        ones."""
        if size not in self._known:
            hashes = run_hashes(self._text, size)
            order = np.argsort(hashes, kind="stable")
            self._known[size] = hashes[order], order
        return self._known[size]


def copies(
    runner: Runner, name: str, held: Sequence[Example], training: Sequence[Example], seed: int = 0
) -> CopyFigures | None:
    """The model writes held-out pieces anew, given all of their fields but what was chosen; ``None`` where there are
    none."""
    held = [one for one in held if (one.chosen >= 0).any()][:PIECES]
    corpus = Corpus([one.chosen[one.chosen >= 0] for one in training])
    if not held or not corpus.ids:
        return None
    ours = [corpus.longest(ids) for ids in written(runner, held, seed)]
    people = [corpus.longest(one.chosen[one.chosen >= 0][:LONGEST]) for one in held]
    best = max(ours, key=lambda run: run.length)
    return CopyFigures(
        name,
        len(held),
        best.length,
        float(np.mean([run.length for run in ours])),
        max(run.length for run in people),
        float(np.mean([run.length for run in people])),
        _named(training, best.piece),
        corpus.ids,
    )


def _named(training: Sequence[Example], piece: int) -> str:
    return "none" if piece < 0 else training[piece].group or f"training piece {piece + 1}"


def written(runner: Runner, pieces: Sequence[Example], seed: int) -> list[np.ndarray]:
    """One sample of each piece at temperature 1: field 0 is the model's own, the other fields are the piece's."""
    rng = np.random.default_rng(seed)
    steps = min(LONGEST, max(len(one.chosen) for one in pieces))
    drawn = rng.random((steps, len(pieces)))
    state, last = runner.start(len(pieces)), np.full(len(pieces), -1)
    found: list[list[int]] = [[] for _ in pieces]
    for step in range(steps):
        rows = np.array([one.steps[min(step, len(one.steps) - 1)] for one in pieces], np.int64).reshape(len(pieces), -1)
        rows[:, 0] = np.where(last >= 0, last, rows[:, 0])
        logits, state = runner.step(rows, state)
        chosen = _sampled(logits, drawn[step])
        last = np.full(len(pieces), -1)
        for at, one in enumerate(pieces):
            if step < len(one.chosen) and one.chosen[step] >= 0:
                found[at].append(int(chosen[at]))
                last[at] = chosen[at]
    return [np.array(ids, np.int64) for ids in found]


def _sampled(logits: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """One id a row, drawn by its probability."""
    chance = np.exp(logits - logits.max(axis=1, keepdims=True)).cumsum(axis=1)
    chosen: np.ndarray = (chance < (drawn * chance[:, -1])[:, None]).sum(axis=1)
    return chosen
