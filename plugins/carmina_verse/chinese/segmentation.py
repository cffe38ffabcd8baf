"""Words of Chinese text by a word list (jieba's), so that nothing is cut across a word."""

from __future__ import annotations

import math
from functools import lru_cache

LONGEST = 2  # characters of a part that the verse model was taught as a keyword


@lru_cache(maxsize=1)
def frequencies() -> dict[str, int]:
    """Word -> how often the list's corpus has it; 0 for what only begins words."""
    import jieba

    jieba.setLogLevel(40)
    jieba.initialize()
    return dict(jieba.dt.FREQ)


def parts(word: str, longest: int = LONGEST) -> list[str]:
    """A keyword as words of at most so many characters that stand in the list: the likeliest cut; single characters
    where none does."""
    if len(word) <= longest:
        return [word]
    known = frequencies()
    total = math.log(sum(known.values()) or 1)
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        ways = []
        for length in range(1, min(longest, end) + 1):
            piece = word[end - length : end]
            many = known.get(piece, 0)
            if many or length == 1:
                score, before = best[end - length]
                ways.append((score + math.log(many or 1) - total, [*before, piece]))
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1][1]


def words(text: str) -> list[str]:
    """A text's words."""
    import jieba

    frequencies()
    return [str(word) for word in jieba.lcut(text, HMM=False)]
