"""What people reach in swap/reseed: settings of the same words, against settings of other words of the same shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from carmina import Score

from .swap import ASPECTS, pair_distances, ratio
from .validity import plain
from .view import View, view_of

LINES = 4  # from the start, that two settings are compared over
LEAST_CONTOUR = 0.2  # closer settings are one tune
MOST_OTHERS = 12  # settings of other words that each is compared with
LEAST_OTHERS = 3

Shape = tuple[int | str, ...]  # language, and syllables of each line


@dataclass(frozen=True, slots=True)
class Setting:
    """The first lines of a song."""

    song: str  # which song: its verses are one setting
    view: View
    shape: Shape
    words: str

    @property
    def syllables(self) -> int:
        return sum(int(count) for count in self.shape[1:])


def human_ratios(songs: Iterable[tuple[str, Score]], seed: int = 0) -> tuple[dict[str, float | None], int]:
    """Swap/reseed ratio of each aspect over pairs of settings of the same words, and how many pairs there are."""
    settings = [setting for name, score in songs if (setting := setting_of(name, score))]
    by_words: dict[tuple[Shape, str], dict[str, Setting]] = defaultdict(dict)
    by_shape: dict[Shape, list[Setting]] = defaultdict(list)
    for setting in settings:
        by_words[setting.shape, setting.words].setdefault(setting.song, setting)
        by_shape[setting.shape].append(setting)
    rng = np.random.default_rng(seed)
    rows = [row for group in by_words.values() for row in _rows(list(group.values()), by_shape, rng)]
    if not rows:
        return {}, 0
    lower, upper = np.mean(rows, axis=0)  # (2, aspects)
    return {aspect: ratio(u, w) for aspect, u, w in zip(ASPECTS, upper, lower, strict=True)}, len(rows)


def setting_of(name: str, score: Score) -> Setting | None:
    """A song's first LINES lines, if it has as many."""
    view = view_of(score)
    ends = np.flatnonzero(view.ends_line)[:LINES]
    if len(ends) < LINES:
        return None
    shape = (score.language, *np.diff(np.append(-1, ends)).tolist())
    return Setting(name, view, shape, " ".join(plain(text) for text in view.text[: ends[-1] + 1]))


def _rows(group: Sequence[Setting], by_shape: dict[Shape, list[Setting]], rng: np.random.Generator) -> list[tuple]:
    """(distances of the same words, distances to other words) of every pair of tunes in a group."""
    rows = []
    for i, first in enumerate(group):
        for second in group[:i]:
            same = _distances(first, second)
            pair = (first.song, second.song)
            others = [s for s in by_shape[first.shape] if s.words != first.words and s.song not in pair]
            if same[ASPECTS.index("contour")] < LEAST_CONTOUR or len(others) < LEAST_OTHERS:
                continue
            chosen = rng.choice(len(others), min(MOST_OTHERS, len(others)), replace=False)
            rows.append((same, np.mean([_distances(s, others[k]) for s in (first, second) for k in chosen], axis=0)))
    return rows


def _distances(first: Setting, second: Setting) -> list[float]:
    found = pair_distances([first.view, second.view], first.syllables)
    return [float(found[aspect][0, 1]) for aspect in ASPECTS]
