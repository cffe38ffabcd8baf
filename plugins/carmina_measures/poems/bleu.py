"""BLEU (Papineni et al. 2002) of texts against many others at once, as self-BLEU (Zhu et al. 2018) needs it.

The clip of an n-gram is the most that any one reference has of it. Over a set in which each text is measured against
all others, that is the highest count of the set, or the second highest for the text that has the highest, so that the
whole set is counted once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from .text import Line, grams

Text = Sequence[Line]  # lines; n-grams do not cross them


def counted(text: Text, size: int) -> Counter[Line]:
    """How often each n-gram stands in a text."""
    return Counter(gram for line in text for gram in grams(line, size))


def bleu(text: Text, references: Sequence[Text], most: int) -> float | None:
    """BLEU of n-grams up to ``most`` units; ``None`` where there is nothing to compare."""
    return clipped_bleu(text, clips(references, most), [_length(one) for one in references]) if references else None


def clips(references: Sequence[Text], most: int) -> list[Counter[Line]]:
    """For each order up to ``most``, the most that any one reference has of each n-gram."""
    return [_most([counted(one, size) for one in references]) for size in range(1, most + 1)]


def clipped_bleu(text: Text, clip: Sequence[Counter[Line]], lengths: Sequence[int]) -> float | None:
    """BLEU against references that are counted already; ``lengths`` are theirs, in units."""
    return _score([counted(text, size) for size in range(1, len(clip) + 1)], clip, _length(text), lengths)


def self_bleu(texts: Sequence[Text], most: int) -> list[float | None]:
    """BLEU of each text against all others."""
    if len(texts) < 2:
        return [None] * len(texts)
    tables = [[counted(text, size) for text in texts] for size in range(1, most + 1)]
    highest = [_two_most(table) for table in tables]
    lengths = [_length(text) for text in texts]
    found = []
    for at in range(len(texts)):
        own = [table[at] for table in tables]
        clip = [
            {gram: second if count == first else first for gram, count in one.items() for first, second in (top[gram],)}
            for one, top in zip(own, highest, strict=True)
        ]
        found.append(_score(own, clip, lengths[at], lengths[:at] + lengths[at + 1 :]))
    return found


def _length(text: Text) -> int:
    return sum(map(len, text))


def _most(tables: Sequence[Counter[Line]]) -> Counter[Line]:
    found = Counter[Line]()
    for table in tables:
        for gram, count in table.items():
            if count > found[gram]:
                found[gram] = count
    return found


def _two_most(tables: Sequence[Counter[Line]]) -> dict[Line, tuple[int, int]]:
    """n-gram -> its highest count in any text, and the next (equal where two texts share the highest)."""
    found: dict[Line, tuple[int, int]] = {}
    for table in tables:
        for gram, count in table.items():
            first, second = found.get(gram, (0, 0))
            found[gram] = (count, first) if count >= first else (first, max(second, count))
    return found


def _score(
    own: Sequence[Counter[Line]], clipped: Sequence[dict[Line, int]], length: int, others: Sequence[int]
) -> float | None:
    """Geometric mean of the clipped shares times the brevity penalty; orders that the text is too short for are left
    out."""
    shares = []
    for counts, clip in zip(own, clipped, strict=True):
        if total := counts.total():
            shares.append(sum(min(count, clip.get(gram, 0)) for gram, count in counts.items()) / total)
    if not shares or not length:
        return None
    if min(shares) == 0:
        return 0.0
    nearest = min(others, key=lambda other: (abs(other - length), other))
    brevity = min(1.0, math.exp(1 - nearest / length))
    return brevity * math.exp(sum(map(math.log, shares)) / len(shares))
