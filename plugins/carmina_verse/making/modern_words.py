"""Makes ``data/zh-modern-associations.npz``: ``python -m carmina_verse.making.modern_words CORPUS``.

Which telling words keep company in passages of modern prose and verse, as ``associations`` finds it for characters.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from .associations import vectors

MOST_TEXTS = 30_000


def main() -> None:
    """Write the table."""
    from ..modern.corpus import passages
    from ..modern.subjects import words

    found = [
        set(words("".join(text.lines)))
        for text in passages(Path(sys.argv[1]))
        if text.split == "train" and text.period == "现代"
    ][:MOST_TEXTS]
    names, table = vectors(found)
    np.savez_compressed(
        Path(__file__).parent.parent / "data" / "zh-modern-associations.npz",
        words=np.frombuffer("\n".join(names).encode(), np.uint8),
        vectors=np.round(table / np.abs(table).max() * 127).astype(np.int8),
    )
    print(len(found), len(names))


if __name__ == "__main__":
    main()
