"""Cuts sequences into batches of like length, the same way for the same seed and epoch."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

import numpy as np

from ..contracts import Example

T = TypeVar("T")


@dataclass(frozen=True)
class Batch:
    """steps (B, T, F) and chosen (B, T), padded with 0 and -1; each sequence's ids count ``weights`` (B,) times."""

    steps: np.ndarray
    chosen: np.ndarray
    kinds: tuple[str, ...]
    weights: np.ndarray | None = None  # 1 each unless given


def epoch(
    examples: Sequence[Example],
    batch_ids: int,
    crop: int,
    hide: Sequence[float],
    seed: Sequence[int],
    multiple: int = 1,
    weigh: Callable[[Example], float] | None = None,
    share: tuple[int, int] = (0, 1),
) -> Iterator[Batch]:
    """One pass: a variant of each group, cut at random places, like lengths together, batches in random order.

    ``hide`` holds for each field the chance that a sequence does not see it (all its values become 0). With
    ``multiple`` above 1 every batch has a length that it divides and as many rows as fit, so that a compiled network
    meets few shapes. ``weigh`` says how much a sequence's ids count. ``share`` (rank, size) takes every ``size``-th row
    of each batch from ``rank`` on: the shares of all ranks are the batch, whatever the size.
    """
    rng = np.random.default_rng(list(seed))
    pieces = [piece for example in _one_of_each(examples, rng) for piece in _cut(example, crop, rng)]
    pieces.sort(key=lambda piece: len(piece.chosen) + rng.random())
    batches = list(_grouped(pieces, batch_ids, multiple))
    rng.shuffle(batches)
    for group in batches:
        longest = _rounded(max(len(piece.chosen) for piece in group), multiple)
        rows = max(len(group), batch_ids // longest) if multiple > 1 else len(group)
        hidden = _hidden(len(group), hide, rng)
        own = range(share[0], rows, share[1])
        batch = _padded(
            [group[row] for row in own if row < len(group)], hidden[share[0] :: share[1]], len(own), longest, group[0]
        )
        yield batch if weigh is None else replace(batch, weights=_weights(group, weigh, own))


def _weights(group: list[Example], weigh: Callable[[Example], float], own: range) -> np.ndarray:
    return np.array([weigh(group[row]) if row < len(group) else 1.0 for row in own] or [1.0], np.float32)


def _rounded(length: int, multiple: int) -> int:
    return -(-length // multiple) * multiple


def _one_of_each(examples: Sequence[Example], rng: np.random.Generator) -> list[Example]:
    groups: dict[object, list[Example]] = {}
    for number, example in enumerate(examples):
        groups.setdefault((example.group, example.kind) if example.group else number, []).append(example)
    return [variants[rng.integers(len(variants))] for variants in groups.values()]


def _cut(example: Example, crop: int, rng: np.random.Generator) -> list[Example]:
    """Consecutive windows; the first is short by chance, so that windows fall elsewhere in every epoch."""
    length = len(example.chosen)
    if length <= crop:
        return [example]
    first = int(rng.integers(crop // 4, crop + 1))
    edges = [0, *range(first, length, crop), length]
    return [
        Example(example.steps[a:b], example.chosen[a:b], example.split, example.kind)
        for a, b in zip(edges, edges[1:], strict=False)
        if b - a > 3
    ]


def _grouped(pieces: list[Example], batch_ids: int, multiple: int) -> Iterator[list[Example]]:
    group: list[Example] = []
    for piece in pieces:
        length = _rounded(len(piece.chosen), multiple)
        longer = multiple > 1 and group and length > _rounded(len(group[0].chosen), multiple)
        if group and (longer or (len(group) + 1) * length > batch_ids):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _hidden(rows: int, hide: Sequence[float], rng: np.random.Generator) -> np.ndarray:
    """(rows, F) whether a row does not see a field; drawn for all rows, whoever works on which."""
    return np.array([[bool(chance and rng.random() < chance) for chance in hide] for _ in range(rows)], bool)


def _padded(pieces: list[Example], hidden: np.ndarray, rows: int, longest: int, model: Example) -> Batch:
    """The pieces as rows of one length; no row at all is one in which nothing counts."""
    steps = np.zeros((max(1, rows), longest, *model.steps.shape[1:]), np.int64)
    chosen = np.full((max(1, rows), longest), -1, np.int64)
    for row, piece in enumerate(pieces):
        steps[row, : len(piece.chosen)] = piece.steps
        chosen[row, : len(piece.chosen)] = piece.chosen
        if hidden[row].any():
            steps[row][:, hidden[row]] = 0
    return Batch(steps, chosen, tuple(piece.kind for piece in pieces))


def ahead(batches: Iterable[T], many: int = 8) -> Generator[T]:
    """The same batches, made in a thread while the ones before are used; it ends when nobody takes them any more."""
    ready: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(many)
    left = threading.Event()

    def put(item: tuple[T | None, BaseException | None]) -> None:
        while not left.is_set():
            with contextlib.suppress(queue.Full):
                return ready.put(item, timeout=0.1)

    def fill() -> None:
        try:
            for batch in batches:
                put((batch, None))
                if left.is_set():
                    return
            put((None, None))
        except BaseException as fault:  # handed to who waits for it
            put((None, fault))

    threading.Thread(target=fill, daemon=True).start()
    try:
        while (item := ready.get()) != (None, None):
            batch, fault = item
            if fault is not None:
                raise fault
            yield cast(T, batch)
    finally:
        left.set()
