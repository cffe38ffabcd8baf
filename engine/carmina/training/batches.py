"""Cuts sequences into batches of like length, the same way for the same seed and epoch."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..contracts import Example


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
) -> Iterator[Batch]:
    """One pass: a variant of each group, cut at random places, like lengths together, batches in random order.

    ``hide`` holds for each field the chance that a sequence does not see it (all its values become 0). With
    ``multiple`` above 1 every batch has a length that it divides and as many rows as fit, so that a compiled network
    meets few shapes. ``weigh`` says how much a sequence's ids count.
    """
    rng = np.random.default_rng(list(seed))
    pieces = [piece for example in _one_of_each(examples, rng) for piece in _cut(example, crop, rng)]
    pieces.sort(key=lambda piece: len(piece.chosen) + rng.random())
    batches = list(_grouped(pieces, batch_ids, multiple))
    rng.shuffle(batches)
    for group in batches:
        batch = _padded(group, hide, rng, batch_ids, multiple)
        yield batch if weigh is None else replace(batch, weights=_weights(group, weigh, len(batch.chosen)))


def _weights(group: list[Example], weigh: Callable[[Example], float], rows: int) -> np.ndarray:
    return np.array([weigh(piece) for piece in group] + [1.0] * (rows - len(group)), np.float32)


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


def _padded(
    group: list[Example], hide: Sequence[float], rng: np.random.Generator, batch_ids: int, multiple: int
) -> Batch:
    longest = _rounded(max(len(piece.chosen) for piece in group), multiple)
    rows = max(len(group), batch_ids // longest) if multiple > 1 else len(group)
    tail = group[0].steps.shape[1:]
    steps = np.zeros((rows, longest, *tail), np.int64)
    chosen = np.full((rows, longest), -1, np.int64)
    for row, piece in enumerate(group):
        steps[row, : len(piece.chosen)] = piece.steps
        chosen[row, : len(piece.chosen)] = piece.chosen
        for at, chance in enumerate(hide):
            if chance and rng.random() < chance:
                steps[row, :, at] = 0
    return Batch(steps, chosen, tuple(piece.kind for piece in group))


def ahead(batches: Iterable[Batch], many: int = 8) -> Iterator[Batch]:
    """The same batches, made in a thread while the ones before are used."""
    ready: queue.Queue[Batch | BaseException | None] = queue.Queue(many)

    def fill() -> None:
        try:
            for batch in batches:
                ready.put(batch)
            ready.put(None)
        except BaseException as fault:  # handed to who waits for it
            ready.put(fault)

    threading.Thread(target=fill, daemon=True).start()
    while (batch := ready.get()) is not None:
        if isinstance(batch, BaseException):
            raise batch
        yield batch
