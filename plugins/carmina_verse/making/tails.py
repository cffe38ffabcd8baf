"""Makes ``data/zh-tails.npz``: ``python -m carmina_verse.making.tails CORPUS``.

How people's lines of five and seven characters end: their last two and last three characters, counted over the training
split. The counts are facts of the language; no line can be put together from them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ..chinese.corpus import verses
from ..chinese.tails import STEPS, key_of
from ..chinese.tokenizer import ChineseVerse

LEAST = {2: 5, 3: 3}  # lines that must end so


def counted(lines: Iterable[str]) -> dict[int, Counter[str]]:
    """Length of an ending -> ending -> how many lines have it."""
    found: dict[int, Counter[str]] = {length: Counter() for length in LEAST}
    for line in lines:
        if len(line) in (5, 7):
            for length, counter in found.items():
                counter[line[-length:]] += 1
    return found


def arrays(counts: dict[int, Counter[str]], ids: dict[str, int]) -> dict[str, Any]:
    """Sorted keys as their differences, and the rounded logarithm of each count."""
    out: dict[str, Any] = {}
    for length, counter in counts.items():
        kept = {
            key_of([ids[c] for c in text]): many
            for text, many in counter.items()
            if many >= LEAST[length] and all(c in ids for c in text)
        }
        keys = np.array(sorted(kept), np.int64)
        out[f"keys{length}"] = np.diff(keys, prepend=0).astype(np.uint64)
        out[f"logs{length}"] = np.minimum(np.round(STEPS * np.log2([kept[int(key)] for key in keys])), 255).astype(
            np.uint8
        )
    return out


def main() -> None:
    """Write the table."""
    tokens = ChineseVerse()
    lines = (line for verse in verses(Path(sys.argv[1])) if verse.split == "train" for line in verse.lines)
    counts = counted(lines)
    every = sorted({c for counter in counts.values() for text in counter for c in text})
    numbers = {c: int(n) for c, n in zip(every, tokens.encode("".join(every)), strict=True)}
    known = {c: n for c, n in numbers.items() if n != tokens.pieces.unk_id()}
    np.savez_compressed(Path(__file__).parents[1] / "data" / "zh-tails.npz", **arrays(counts, known))


if __name__ == "__main__":
    main()
