"""Finds the lines of verse in a sung text whose source does not mark them.

A line may end after any word. Punctuation, a capital on the next word, a rest and a long note speak for an end there;
very short and very long lines speak against it. The best cut is found by dynamic programming.
"""

from __future__ import annotations

import math
import statistics

STOPS = set(".;:!?…")
_ALWAYS_CAPITAL = ("I", "God", "Lord", "Christ", "Jesus", "He", "His", "Him", "Thou", "Thee", "Thy", "O")
LONGEST = 20  # syllables


def line_ends(entries: list, ends: list[float], language: str) -> list[int]:
    """Indices of line-final syllables. ``entries`` are corpus melody entries, ``ends`` where each stops sounding."""
    gains = _gains(entries, ends, language)
    count = len(entries)
    best = [-math.inf] * (count + 1)
    back = [0] * (count + 1)
    best[0] = 0.0
    for stop in range(1, count + 1):
        if gains[stop - 1] == -math.inf:
            continue
        for start in range(max(0, stop - LONGEST), stop):
            value = best[start] + gains[stop - 1] + _length_gain(stop - start)
            if value > best[stop]:
                best[stop], back[stop] = value, start
    cuts, at = [], count
    while at > 0:
        cuts.append(at - 1)
        at = back[at] if best[at] > -math.inf else at - LONGEST
    return cuts[::-1]


def _length_gain(syllables: int) -> float:
    """Lines of 6 to 9 syllables are usual; the penalty is flat near them."""
    return -0.25 * max(0, 5 - syllables) ** 1.3 - 0.3 * max(0, syllables - 9)


def _gains(entries: list, ends: list[float], language: str) -> list[float]:
    lengths = [end - entry[0] for entry, end in zip(entries, ends, strict=True)]
    usual = statistics.median(lengths)
    gains = []
    for i, entry in enumerate(entries):
        if i + 1 == len(entries):
            gains.append(4.0)
            continue
        following = entries[i + 1]
        if entry[4] in ("begin", "middle"):
            gains.append(-math.inf)
            continue
        gains.append(
            _punctuation(entry[3])
            + _capital(following[3], language)
            + _rest(following[0] - ends[i])
            + (0.7 if lengths[i] >= 1.9 * usual else 0.0)
            - 1.9
        )
    return gains


def _punctuation(text: str) -> float:
    tail = set(text[-2:])
    return 1.8 if tail & STOPS else 1.0 if "," in tail else 0.0


def _capital(text: str, language: str) -> float:
    if not text.lstrip("\"'“‘«(")[:1].isupper() or text.strip(",.;:!?'’") in _ALWAYS_CAPITAL:
        return 0.0
    return 0.4 if language == "de" else 1.6


def _rest(quarters: float) -> float:
    return 1.5 if quarters >= 0.95 else 0.8 if quarters >= 0.4 else 0.0
