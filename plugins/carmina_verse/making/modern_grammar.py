"""Makes ``data/zh-modern-grammar.npz``: ``python -m carmina_verse.making.modern_grammar CORPUS``.

Runs of up to four classes of words (``modern/grammar.py``) in the modern prose and verse of the training split.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..modern.grammar import BASE, ORDER, PAUSE, START, STOP, UNKNOWN, class_of, units

OWN = 500  # words that stand for themselves
LEAST = {1: 1, 2: 1, 3: 2, 4: 3}  # times that a run must be seen


def counted(sentences: Sequence[Sequence[str]], own: frozenset[str]) -> tuple[list[str], dict[int, Counter[int]]]:
    """The names of the classes, and the runs of each order."""
    ids = {name: at for at, name in enumerate((START, UNKNOWN, STOP, PAUSE, *sorted(own)))}
    counts: dict[int, Counter[int]] = {order: Counter() for order in range(1, ORDER + 1)}
    for words in sentences:
        row = [ids[START]]
        for word in words:
            row.append(ids.setdefault(word if word in ids else class_of(word), len(ids)))
        assert len(ids) <= BASE
        for at in range(1, len(row)):
            key, scale = 0, 1
            for order in range(1, min(ORDER, at + 1) + 1):
                key += row[at + 1 - order] * scale
                scale *= BASE
                counts[order][key] += 1
    return list(ids), counts


def main() -> None:
    """Write the table."""
    from ..modern.corpus import passages

    texts = ["".join(p.lines) for p in passages(Path(sys.argv[1])) if p.split == "train" and p.period == "现代"]
    sentences = [units(part) for text in texts for part in re.findall(r"[^。！？…]+[。！？…]*", text)]
    often = Counter(word for words in sentences for word in words if word not in (STOP, PAUSE))
    names, counts = counted(sentences, frozenset(word for word, _many in often.most_common(OWN)))
    arrays: dict[str, Any] = {}
    for order, counter in counts.items():
        kept = sorted(key for key, many in counter.items() if many >= LEAST[order])
        arrays[f"keys{order}"] = np.diff(np.array(kept, np.int64), prepend=0).astype(np.uint64)
        arrays[f"counts{order}"] = np.array([min(counter[key], 2**32 - 1) for key in kept], np.uint32)
    np.savez_compressed(
        Path(__file__).parents[1] / "data" / "zh-modern-grammar.npz",
        names=np.frombuffer("\n".join(names).encode(), np.uint8),
        **arrays,
    )
    print(len(sentences), len(names), {order: len(arrays[f"keys{order}"]) for order in counts})


if __name__ == "__main__":
    main()
