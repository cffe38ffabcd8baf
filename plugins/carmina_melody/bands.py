"""Figures of a stretch of melody, and how far it lies from the band in which the middle half of people's stretches lie.

The same code measures people's songs (``making.plans``, which writes the bands) and candidates. A figure inside its
band costs
nothing: what people do is the aim, never more of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from .learnt import tables
from .passes.piece import Frame, Grid, beat_units, strength

WINDOW = 20  # notes in which three-note repeats are counted (Yu, Srivastava and Canales 2021)
SHORT = 12  # units: a line that ends on less than a quarter is cut short
SKEWED = {"triples": 0.75}  # figures of which most stretches have little: their bands lie about the mean
MOST_COST = 3.0  # band widths: what lies farther out is as bad
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10, 11)}
Values = dict[str, float]


def rhythm_figures(frames: Sequence[Frame], grid: Grid) -> Values:
    """Shares and entropies of a stretch's rhythm; none of an empty one."""
    notes = [note for frame in frames for note in frame.notes]
    if len(notes) < 4:
        return {}
    lengths = np.array([note.length for note in notes])
    steps = Counter(np.diff([n.onset for n in notes]).tolist())
    return {
        "held": _held(frames),
        "cut_short": float(np.mean([f.notes[-1].length < SHORT for f in frames if f.notes])),
        "syncopated": syncopated(frames, grid),
        "lengths": _entropy(steps),
        "bars_again": _bars_again(notes, grid),
        "rushed": float((lengths < 6).mean()),
        "melisma": sum(n.continues for n in notes) / len(notes),
    }


def pitch_figures(frames: Sequence[Frame], mode: str) -> Values:
    """Shares, entropies and the range of a stretch's pitches; none of an empty one."""
    pitches = np.array([note.pitch for frame in frames for note in frame.notes])
    if len(pitches) < 4:
        return {}
    moves = np.diff(pitches)
    found = {
        "repeated": float((moves == 0).mean()),
        "small": float((np.abs(moves) <= 2).mean()),
        "leaps": float((np.abs(moves) > 5).mean()),
        "range": float(np.ptp(pitches)),
        "entropy": _entropy(Counter(pitches.tolist())),
        "triples": triples(pitches),
        "in_key": float(np.isin(pitches % 12, SCALES.get(mode, SCALES["major"])).mean()),
        "contour_back": float((np.sign(moves[1:]) == -np.sign(moves[:-1])).mean()) if len(moves) > 1 else 0.0,
    }
    peaks = stressed_peaks(frames)
    return found if peaks is None else {**found, "peaks": peaks}


def triples(pitches: np.ndarray) -> float:
    """Runs of three pitches that occurred before in the same window of 20 notes, a window."""
    counts = []
    for at in range(0, max(1, len(pitches) - WINDOW + 1), WINDOW // 2):
        window = pitches[at : at + WINDOW]
        runs = [tuple(window[i : i + 3]) for i in range(len(window) - 2)]
        counts.append((len(runs) - len(set(runs))) * (WINDOW - 2) / max(1, len(runs)))
    return float(np.mean(counts))


def syncopated(frames: Sequence[Frame], grid: Grid) -> float:
    """Share of syllables that start on a weak place and are held over a stronger one, at least a beat's head."""
    count = total = 0
    for frame in frames:
        for note in frame.notes:
            if note.continues:
                continue
            total += 1
            onset, length, metre = grid.bar(note.onset)
            place, beat = note.onset - onset, beat_units(metre)
            following = (place // beat + 1) * beat
            if place % beat and following < place + note.length:
                count += strength(following % length, metre) > strength(place, metre)
    return count / total if total else 0.0


def stressed_peaks(frames: Sequence[Frame]) -> float | None:
    """Share of stressed syllables that lie higher than both neighbours in the line; ``None`` where no stress is
    known."""
    good = total = 0
    for frame in frames:
        tops: dict[int, int] = {}
        for note in frame.notes:
            tops[note.syllable] = max(tops.get(note.syllable, -99), note.height)
        for syllable, top in tops.items():
            if frame.syllables[syllable].stress == 2 and frame.syllables[syllable].word % 2 == 0:
                total += 1
                around = [tops[at] for at in (syllable - 1, syllable + 1) if at in tops]
                good += len(around) == 2 and all(top > other for other in around)
    return good / total if total else None


def _held(frames: Sequence[Frame]) -> float:
    """Share of lines whose last note is longer than their usual one, or is followed by a rest."""
    held = [
        frame.notes[-1].length > np.median([n.length for n in frame.notes])
        or frame.stop - frame.notes[-1].onset - frame.notes[-1].length >= 6
        for frame in frames
        if frame.notes
    ]
    return float(np.mean(held)) if held else 0.0


def _bars_again(notes: Sequence, grid: Grid) -> float:
    """Share of bars whose onsets and lengths occurred before."""
    bars: dict[int, list] = {}
    for note in notes:
        onset = grid.bar(note.onset)[0]
        bars.setdefault(onset, []).append((note.onset - onset, note.length))
    shapes = [tuple(shape) for shape in bars.values()]
    return 1 - len(set(shapes)) / len(shapes)


def _entropy(counts: Counter) -> float:
    shares = np.array(list(counts.values()), float)
    shares /= shares.sum()
    return float(-(shares * np.log2(shares)).sum())


def cost(
    values: Values, genre: str, weights: Mapping[str, float], own: Mapping[str, Sequence[float]] | None = None
) -> float:
    """Weighted distance to the bands, 0 inside all. ``own``: bands that a style sets in the place of the genre's."""
    bands = tables()["bands"].get(genre) or tables()["bands"]["song"]
    total = 0.0
    for name, weight in weights.items():
        band = (own or {}).get(name) or bands.get(name)
        if not band:
            continue
        low, high = band
        if name in SKEWED and name not in (own or {}):
            usual = tables()["means"].get(genre, tables()["means"]["song"])[name]
            low, high = max(low, SKEWED[name] * usual), min(high, usual / SKEWED[name])
        if name in values:
            width = max(high - low, 0.02)
            total += weight * min(MOST_COST, max(0.0, low - values[name], values[name] - high) / width)
    return total
