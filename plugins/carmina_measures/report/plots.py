"""Stress against beat, likeness of bars, histograms beside people's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..histograms import counts, shares
from ..repetition import self_similarity
from ..shapes import human_shape
from ..stress import stressed
from ..tones import transition_ranks
from ..view import View
from . import svg

PLACES = ("between", "half beat", "beat", "mid-bar", "downbeat")
RANKS = ("good", "fair", "poor", "clash")
DEGREES = ("1", "♭2", "2", "♭3", "3", "4", "♯4", "5", "♭6", "6", "♭7", "7")
MOST_BARS = 120
MATRIX = 420.0  # pixels
PLOT_HEIGHT, FOOT, HEAD = 150.0, 34.0, 18.0
LONGEST_SHOWN = 16  # sixteenths; longer notes are one bar of the plot


def bars(
    labels: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]], label: str, axis: str, width: float = 480.0
) -> str:
    """Shares side by side; the second row of two is drawn as a step line where there are many labels."""
    top = max(max(max(values, default=0) for _, values in rows), 0.01)
    step = (width - 40) / len(labels)

    def height(value: float) -> float:
        return value / top * (PLOT_HEIGHT - HEAD)

    parts = [
        svg.line(36, PLOT_HEIGHT, width, PLOT_HEIGHT, "axis"),
        svg.text(32, PLOT_HEIGHT - height(top) + 4, f"{top:.0%}", "tick", "end"),
        svg.text(32, PLOT_HEIGHT + 3, "0", "tick", "end"),
        svg.text(36 + (width - 40) / 2, PLOT_HEIGHT + FOOT - 4, axis, "tick", "middle"),
    ]
    thick = step * 0.78 / len(rows)
    for at, name in enumerate(labels):
        left = 38 + at * step + step * 0.09
        for n, (kind, values) in enumerate(rows):
            size = height(values[at])
            parts.append(
                svg.rect(left + n * thick, PLOT_HEIGHT - size, thick - 0.6, size, kind, f"{name}: {values[at]:.1%}")
            )
        parts.append(svg.text(left + step * 0.4, PLOT_HEIGHT + 14, name, "tick", "middle"))
    return svg.picture(width, PLOT_HEIGHT + FOOT, parts, label)


def stress_plot(view: View) -> str:
    """Where stressed and unstressed syllables fall in the bar; empty where the words have no stress."""
    kind = stressed(view)
    if not ((kind == 1).any() and (kind == 0).any()) or (view.tone > 0).mean() > 0.5:
        return ""
    rows = [
        (name, shares(np.bincount(view.head_strength[kind == value], minlength=5)).tolist())
        for name, value in (("stressed", 1), ("unstressed", 0))
    ]
    return bars(
        PLACES, rows, "share of stressed and of unstressed syllables at each place of the bar", "place in the bar"
    )


def tone_plot(view: View) -> str:
    """How well neighbouring tones are sung; empty where there are none."""
    first = np.flatnonzero(view.same_line & (view.tone[:-1] > 0) & (view.tone[1:] > 0))
    if not len(first):
        return ""
    found = shares(np.bincount(transition_ranks(view, first), minlength=4)).tolist()
    return bars(
        RANKS, [("own", found)], "share of neighbouring tones by rank in ReLyMe's table", "intervals under tones"
    )


def matrix(view: View) -> str:
    """Likeness of every two bars with notes."""
    table = self_similarity(view)[:MOST_BARS, :MOST_BARS]
    if len(table) < 2:
        return ""
    cell = min(26.0, MATRIX / len(table))
    numbers = np.unique(view.bar)[:MOST_BARS] + (0 if view.score.pickup_ticks else 1)
    parts = [
        svg.rect(
            28 + j * cell,
            4 + i * cell,
            cell,
            cell,
            "cell",
            f"bars {numbers[i]} and {numbers[j]}: {value:.2f}",
            fill_opacity=float(round(value, 2)),
        )
        for i, row in enumerate(table)
        for j, value in enumerate(row)
        if value > 0.02
    ]
    every = max(1, round(len(table) / 12))
    for at in range(0, len(table), every):
        middle = (at + 0.5) * cell
        parts.append(svg.text(24, 8 + middle, str(numbers[at]), "tick", "end"))
        parts.append(svg.text(28 + middle, 18 + len(table) * cell, str(numbers[at]), "tick", "middle"))
    size = len(table) * cell
    return svg.picture(size + 34, size + 26, parts, "likeness of every two bars")


def histograms(view: View, language: str) -> list[tuple[str, str]]:
    """(heading, picture) of pitch, interval and length, each beside people's songs."""
    if len(view.pitch) < 2:
        return []
    found = []
    for kind, heading, labels, axis in (
        ("pitch_class", "Pitches above the tonic", DEGREES, "degree"),
        ("interval", "Intervals", [str(i) if i % 2 == 0 else "" for i in range(-12, 13)], "semitones"),
        ("length", "Lengths", _length_labels(), "sixteenths"),
    ):
        own, human = shares(counts(view, kind)), human_shape(language, kind)
        if kind == "length":
            own, human = _folded(own), _folded(human)
        found.append(
            (
                heading,
                bars(
                    labels,
                    [("own", own.tolist()), ("human", human.tolist())],
                    f"{heading} of this song beside people's",
                    axis,
                ),
            )
        )
    return found


def _length_labels() -> list[str]:
    return [*(str(i) if i in (1, 2, 3, 4, 6, 8, 12, 16) else "" for i in range(1, LONGEST_SHOWN + 1)), "more"]


def _folded(values: np.ndarray) -> np.ndarray:
    """Lengths 1..LONGEST_SHOWN sixteenths (shorter ones with the first), and all longer ones as one."""
    kept = values[1 : LONGEST_SHOWN + 1].copy()
    kept[0] += values[0]
    return np.append(kept, values[LONGEST_SHOWN + 1 :].sum())
