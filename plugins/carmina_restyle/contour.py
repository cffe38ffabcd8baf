"""How much of a tune's contour another keeps.

CSIM of Marvin and Laprade (1987): of all pairs of places in a line, the share in which both lines rise, both fall or
both stay. 1: the same contour; two tunes that have nothing to do with each other agree in about .42 of the pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

Heights = Sequence[int]


def kept(one: Sequence[Heights], other: Sequence[Heights]) -> float | None:
    """CSIM over lines of as many syllables; None where no line has two."""
    same = of = 0
    for a, b in zip(one, other, strict=True):
        for i in range(len(a)):
            for j in range(i + 1, len(a)):
                of += 1
                same += _sign(a[j] - a[i]) == _sign(b[j] - b[i])
    return same / of if of else None


def parsons(heights: Heights) -> str:
    """Parsons code: up, down, repeat for each place but the first."""
    return "".join("rud"[_sign(b - a)] for a, b in zip(heights, heights[1:], strict=False))


def _sign(step: int) -> int:
    return (step > 0) - (step < 0)
