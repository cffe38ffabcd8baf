"""Do the words shape the tune? Distances between songs of different words over those between seeds of the same words.

1.00: the words do not matter. Songs are compared syllable by syllable, so all must have as many (same line shapes).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carmina import BadInput, Figure, Score

from .figures import Spec, figures
from .view import View, view_of

ASPECTS = ("pitch", "contour", "rhythm", "place")
SPECS = tuple(
    Spec(
        f"swap_reseed_{aspect}",
        f"distance in {aspect} between settings of other words over that between settings of the same words; "
        "1: the words do not matter",
        high=float("inf"),
    )
    for aspect in ASPECTS
)


def swap_reseed(groups: Sequence[Sequence[Score]]) -> dict[str, float | None]:
    """Swap/reseed ratio of each aspect. ``groups[i][j]`` sets the words i with the seed j, the same j in all.

    Distances per syllable, averaged over the song:
    pitch: difference of the first notes' heights above each song's own mean, semitones;
    contour: whether the melody from one syllable to the next goes differently (up, level, down), 0 or 1;
    rhythm: difference of log2 of the time to the next syllable's onset;
    place: difference of the places in the bar as parts of a bar, taken the short way round, 0..0.5.
    The upper figure takes pairs of different words and different seeds, the lower one pairs of the same words.
    ``None`` where the lower figure is 0 and the upper one too; infinite where only the lower one is.
    """
    if len(groups) < 2 or min(map(len, groups)) < 2:
        raise BadInput("swap/reseed needs at least 2 lyrics with 2 seeds each. Give more songs.")
    views = [view_of(score) for group in groups for score in group]
    sizes = {view.syllables for view in views}
    if len(sizes) > 1 or sizes <= {0, 1}:
        raise BadInput(
            f"swap/reseed compares songs with one number of syllables above 1; got {sorted(sizes)}. "
            "Use lyrics of the same line shapes."
        )
    words = np.array([i for i, group in enumerate(groups) for _ in group])
    seeds = np.array([j for group in groups for j in range(len(group))])
    upper = (words[:, None] != words) & (seeds[:, None] != seeds)
    lower = (words[:, None] == words) & (seeds[:, None] != seeds)
    return {aspect: ratio(d[upper].mean(), d[lower].mean()) for aspect, d in pair_distances(views).items()}


def swap_figures(groups: Sequence[Sequence[Score]]) -> list[Figure]:
    """:func:`swap_reseed` beside what composers' settings of the same words reach (chance is 1)."""
    values = swap_reseed(groups)
    return figures(SPECS, {f"swap_reseed_{aspect}": value for aspect, value in values.items()})


def ratio(upper: float, lower: float) -> float | None:
    """``upper / lower``; over nothing ``None`` if both are 0, else infinite."""
    if lower == 0:
        return None if upper == 0 else float("inf")
    return float(upper / lower)


def pair_distances(views: Sequence[View], syllables: int | None = None) -> dict[str, np.ndarray]:
    """Aspect -> (K, K) distances between K songs over their first ``syllables`` (all, where all have as many)."""
    heads = [view.head[:syllables] for view in views]
    pitch = np.array([view.pitch[head] for view, head in zip(views, heads, strict=True)], float)  # (K, S)
    onset = np.array([view.onset[head] for view, head in zip(views, heads, strict=True)], float)  # (K, S)
    place = np.array([view.place[head] / view.bar_ticks[head] for view, head in zip(views, heads, strict=True)])
    rhythm = np.log2(np.diff(onset, axis=1))
    direction = np.sign(np.diff(pitch, axis=1))
    return {
        "pitch": _each(pitch - pitch.mean(1, keepdims=True), np.abs),
        "contour": _each(direction, lambda d: d != 0),
        "rhythm": _each(rhythm, np.abs),
        "place": _each(place, lambda d: np.minimum(np.abs(d), 1 - np.abs(d))),
    }


def _each(rows: np.ndarray, distance) -> np.ndarray:
    """(K, S) -> (K, K): mean distance of every row to every other."""
    return np.array([distance(rows - row).mean(1) for row in rows])
