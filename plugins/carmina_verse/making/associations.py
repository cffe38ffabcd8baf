"""Makes ``data/<language>-associations.npz``: ``python -m carmina_verse.making.associations zh|en CORPUS``.

Words (characters) of one passage (poem) keep company; positive pointwise mutual information, then its strongest
dimensions (Levy & Goldberg 2014), rounded to eight bits.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

WORDS, SKIP, WIDTH, MOST_TEXTS = 4000, 80, 48, 60_000


def texts(language: str, folder: Path) -> Iterator[set[str]]:
    """The distinct words of each training text."""
    if language == "zh":
        from ..chinese.corpus import verses

        yield from (
            set("".join(verse.lines)) for verse in verses(folder) if verse.split == "train" and len(verse.lines) > 3
        )
        return
    from ..english.corpus import passages
    from ..english.vocabulary import Words
    from ..english.word_lists import FUNCTION_WORDS

    known = Words().by_text
    for passage in passages(folder, known.__contains__):
        if passage.split == "train":
            yield {word for line in passage.lines for word in line if word in known and word not in FUNCTION_WORDS}


def vectors(found: Sequence[set[str]]) -> tuple[list[str], np.ndarray]:
    """The commonest words but for the very commonest, and their vectors."""
    counts = Counter(word for text in found for word in text)
    words = [word for word, _count in counts.most_common(SKIP + WORDS)][SKIP if len(counts) > 10_000 else 0 :][:WORDS]
    index = {word: at for at, word in enumerate(words)}
    together = np.zeros((len(words), len(words)), np.float32)
    for start in range(0, len(found), 4000):
        chunk = np.zeros((4000, len(words)), np.float32)
        for row, text in enumerate(found[start : start + 4000]):
            chunk[row, [index[word] for word in text if word in index]] = 1
        together += chunk.T @ chunk
    alone = together.diagonal().copy()
    np.fill_diagonal(together, 0)
    information = np.log(np.maximum(together, 1e-9) * len(found) / np.outer(alone, alone))
    return words, _strongest(np.where(together >= 3, np.maximum(information, 0), 0).astype(np.float32))


def _strongest(matrix: np.ndarray) -> np.ndarray:
    """The leading singular directions, by a random start and a few powers (Halko et al. 2011)."""
    base = np.random.default_rng(0).standard_normal((len(matrix), WIDTH + 16)).astype(np.float32)
    for _ in range(4):
        base, _r = np.linalg.qr(matrix @ base)
    values, turn = np.linalg.eigh(base.T @ matrix @ base)
    best = np.argsort(-np.abs(values))[:WIDTH]
    return (base @ turn[:, best]) * np.sqrt(np.abs(values[best]))


def main() -> None:
    """Write the table of one language."""
    language, folder = sys.argv[1], Path(sys.argv[2])
    found = list(texts(language, folder))[::1]
    if len(found) > MOST_TEXTS:
        found = [found[n] for n in np.random.default_rng(1).permutation(len(found))[:MOST_TEXTS]]
    words, table = vectors(found)
    table = table / np.linalg.norm(table, axis=1, keepdims=True).clip(1e-6)
    np.savez_compressed(
        Path(__file__).parents[1] / "data" / f"{language}-associations.npz",
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=np.round(table * 127).astype(np.int8),
    )


if __name__ == "__main__":
    main()
