"""Makes a table of n-grams: interpolated Kneser-Ney (Kneser & Ney 1995), pruned and rounded so that it ships.

``python -m carmina_verse.making.ngrams zh|en|modern-zh CORPUS OUT.npz``
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..drafting.ngrams import BITS, BOUNDARY, STEPS_A_NAT, context_hash

ORDER = 4
DISCOUNT = 0.75
KEEP = {2: 1, 3: 2, 4: 2}  # least count that stays at each order


def streams(tokenizer, examples, line_field: int | None) -> Iterator[list[int]]:
    """The ids of each training text without its prompt; where lines leave no mark, BOUNDARY between them."""
    for example in examples:
        if example.split != "train":
            continue
        text, row = [BOUNDARY], None
        for step, chosen in zip(example.steps.tolist(), example.chosen.tolist(), strict=True):
            if chosen < 0:
                continue
            if line_field is not None and row is not None and step[line_field] != row:
                text.append(BOUNDARY)
            row = step[line_field] if line_field is not None else None
            text.append(chosen)
        yield text


def grams(texts: Sequence[Sequence[int]], order: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct n-grams, packed oldest id first, and in how many texts each stands (a refrain counts once)."""
    lengths = [len(text) + order - 1 for text in texts]
    flat = np.concatenate([np.array([BOUNDARY] * (order - 1) + list(text), np.int64) for text in texts])
    packed = np.zeros(len(flat) - order + 1, np.int64)
    for at in range(order):
        packed = (packed << BITS) | flat[at : len(flat) - order + 1 + at]
    whose = np.repeat(np.arange(len(texts)), lengths)[order - 1 :]
    real = (packed & ((1 << BITS) - 1)) != BOUNDARY
    packed, whose = packed[real], whose[real]
    by_gram = np.lexsort((whose, packed))
    packed, whose = packed[by_gram], whose[by_gram]
    fresh = np.concatenate(([True], (packed[1:] != packed[:-1]) | (whose[1:] != whose[:-1])))
    return np.unique(packed[fresh], return_counts=True)


def continued(packed: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray]:
    """Of n-grams of one order, how many different ids stand before each n-gram of the order below."""
    return np.unique(packed & ((1 << (BITS * (order - 1))) - 1), return_counts=True)


def table(texts: Sequence[Sequence[int]], size: int) -> dict[str, np.ndarray]:
    """Arrays of the model; see :class:`carmina_verse.drafting.ngrams.NGrams`."""
    packed, counts = grams(texts, ORDER)
    out: dict[str, np.ndarray] = {}
    for order in range(ORDER, 1, -1):
        out |= _order(packed, counts, order)
        packed, counts = continued(packed, order)
    single = np.full(size, 0.05)
    single[packed] += counts
    out["single"] = (single / single.sum()).astype(np.float32)
    return out


def _order(packed: np.ndarray, counts: np.ndarray, order: int) -> dict[str, np.ndarray]:
    context = packed >> BITS
    starts = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
    totals = np.add.reduceat(counts, starts)
    owner = np.cumsum(np.concatenate(([0], (context[1:] != context[:-1]).astype(np.int64))))
    share = np.maximum(counts - DISCOUNT, 0) / totals[owner]
    keep = counts >= KEEP[order]
    kept_mass = np.bincount(owner[keep], share[keep], len(starts))
    lengths = np.bincount(owner[keep], minlength=len(starts))
    alive = lengths > 0
    hashes = context_hash(context[starts][alive])
    by_hash = np.argsort(hashes, kind="stable")
    entry_owner = np.full(len(starts), -1)
    entry_owner[np.flatnonzero(alive)[by_hash]] = np.arange(len(by_hash))
    entries = np.flatnonzero(keep)
    entries = entries[np.argsort(entry_owner[owner[entries]], kind="stable")]
    return {
        f"hash{order}": hashes[by_hash],
        f"length{order}": lengths[alive][by_hash].astype(np.uint16),
        f"rest{order}": _rounded(np.clip(1 - kept_mass[alive][by_hash], 1e-6, 1)),
        f"id{order}": (packed[entries] & ((1 << BITS) - 1)).astype(np.uint16),
        f"share{order}": _rounded(share[entries]),
    }


def _rounded(share: np.ndarray) -> np.ndarray:
    return np.clip(np.round(-np.log(share) * STEPS_A_NAT), 0, 255).astype(np.uint8)


def main() -> None:
    """Count a corpus."""
    from carmina.conductor import Conductor

    language, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    conductor = Conductor()
    tokenizer = conductor.get("tokenizer", language if language == "modern-zh" else f"verse-{language}")()
    line_field = 2 if language == "zh" else None
    texts = [
        list(text)
        for text in dict.fromkeys(map(tuple, streams(tokenizer, tokenizer.examples(folder, conductor), line_field)))
    ]
    arrays: dict[str, Any] = table(texts, tokenizer.field_sizes[0])  # Any: numpy's stubs have options among the names
    np.savez_compressed(out, line_field=np.array(-1 if line_field is None else line_field), **arrays)


if __name__ == "__main__":
    main()
