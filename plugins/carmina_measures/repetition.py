"""What comes back: bars, motives, lines; and whether words that come back bring their music."""

from __future__ import annotations

import numpy as np

from carmina import TICKS_PER_QUARTER

from .figures import Measure, Spec, Values
from .view import View

WINDOW = 4  # syllables compared when words repeat
GROOVE = 48  # places of a bar, for onsets
FRAME_TICKS = TICKS_PER_QUARTER // 4  # resolution of the self-similarity matrix


class Repetition(Measure):
    name = "repetition"
    summary = "bars, motives and lines that come back"
    specs = (
        Spec("bars_repeated", "share of bars with notes that repeat an earlier bar exactly (places, lengths, pitches)"),
        Spec("bar_rhythms_repeated", "share of bars with notes whose places and lengths repeat an earlier bar's"),
        Spec("motives_3", "share of runs of 3 notes whose intervals and lengths occurred earlier"),
        Spec("motives_4", "share of runs of 4 notes whose intervals and lengths occurred earlier"),
        Spec("bar_similarity", "mean over bars of the best cosine likeness to another bar (pitch by sixteenth)"),
        Spec(
            "groove_consistency",
            f"1 minus the share of {GROOVE} places of the bar where only one of two neighbouring bars has an onset "
            "(Wu & Yang 2020; as muspy)",
        ),
        Spec("distinct_rhythms", "distinct bar rhythms as a share of bars with notes"),
    )

    def measure(self, view: View) -> Values:
        whole, rhythm = bar_ids(view, True), bar_ids(view, False)
        return {
            "bars_repeated": repeated(whole),
            "bar_rhythms_repeated": repeated(rhythm),
            "motives_3": repeated(motive_ids(view, 3)),
            "motives_4": repeated(motive_ids(view, 4)),
            "bar_similarity": bar_likeness(self_similarity(view)),
            "groove_consistency": groove_consistency(view),
            "distinct_rhythms": len(set(rhythm)) / len(rhythm) if len(rhythm) else None,
        }


class RepeatedWords(Measure):
    name = "repeated-words"
    summary = "words and lines that come back bring their music"
    shuffle = "words"
    specs = (
        Spec(
            "repeated_words_gain",
            f"likeness (equal intervals and time steps) of {WINDOW} syllables to the same words elsewhere, "
            "minus that to other words",
            low=-1,
        ),
    )

    def measure(self, view: View) -> Values:
        return {"repeated_words_gain": repeated_words_gain(view)}


def repeated(ids: list) -> float | None:
    """Share of ids that occurred before."""
    return 1 - len(set(ids)) / len(ids) if len(ids) else None


def bar_ids(view: View, pitches: bool) -> list[bytes]:
    """What each bar with notes holds, as comparable ids."""
    columns = [view.place, view.length, view.bar_ticks] + ([view.pitch] if pitches else [])
    rows = np.stack(columns, 1)
    cuts = np.flatnonzero(np.diff(view.bar)) + 1
    return [part.tobytes() for part in np.split(rows, cuts) if len(part)]


def motive_ids(view: View, size: int) -> list[bytes]:
    """Runs of ``size`` notes as intervals and lengths."""
    if len(view.pitch) < size:
        return []
    interval = np.lib.stride_tricks.sliding_window_view(np.diff(view.pitch), size - 1)
    length = np.lib.stride_tricks.sliding_window_view(view.length, size)
    return [row.tobytes() for row in np.concatenate([interval, length], 1)]


def groove_consistency(view: View) -> float | None:
    """How alike the onsets of neighbouring bars are, from the first bar with a note to the last; ``None`` of one
    bar."""
    if not len(view.bar) or view.bar[0] == view.bar[-1]:
        return None
    onsets = np.zeros((view.bar[-1] - view.bar[0] + 1, GROOVE), bool)
    onsets[view.bar - view.bar[0], view.place * GROOVE // view.bar_ticks % GROOVE] = True
    return 1 - float((onsets[1:] != onsets[:-1]).mean())


def self_similarity(view: View) -> np.ndarray:
    """(B, B) cosine likeness, 0..1, of every two bars with notes: which pitch sounds in which sixteenth of the bar."""
    if not len(view.pitch):
        return np.zeros((0, 0))
    bars, row = np.unique(view.bar, return_inverse=True)
    frames = int(view.bar_ticks.max()) // FRAME_TICKS + 1
    low = view.pitch.min()
    sounding = np.zeros((len(bars), frames, int(np.ptp(view.pitch)) + 1))
    first = view.place // FRAME_TICKS
    last = np.minimum((view.place + view.length - 1) // FRAME_TICKS, frames - 1)
    spans = np.maximum(last - first + 1, 1)
    which = np.repeat(np.arange(len(row)), spans)
    frame = np.minimum(first[which] + np.arange(len(which)) - np.repeat(np.cumsum(spans) - spans, spans), frames - 1)
    sounding[row[which], frame, view.pitch[which] - low] = 1
    flat = sounding.reshape(len(bars), -1)
    flat /= np.sqrt((flat**2).sum(1, keepdims=True))
    return flat @ flat.T


def bar_likeness(similarity: np.ndarray) -> float | None:
    """Mean over bars of the best likeness to another bar."""
    if len(similarity) < 2:
        return None
    others = similarity - 2 * np.eye(len(similarity))
    return float(np.clip(others.max(1), 0, 1).mean())


def repeated_words_gain(view: View) -> float | None:
    """Mean likeness of windows with the same words minus that of windows with others; ``None`` if no words repeat."""
    starts = _windows(view)
    if len(starts) < 2:
        return None
    spread = starts[:, None] + np.arange(WINDOW)
    _, words = np.unique([" ".join(view.text[i].lower() for i in window) for window in spread], return_inverse=True)
    same = words[:, None] == words
    pairs = np.triu(np.ones_like(same), 1)
    if not (same & pairs).any() or not (~same & pairs).any():
        return None
    interval = np.diff(view.head_pitch[spread], axis=1)
    time = np.diff(view.onset[view.head[spread]], axis=1)
    likeness = (_equal(interval) + _equal(time)) / 2
    return float(likeness[same & pairs].mean() - likeness[~same & pairs].mean())


def _windows(view: View) -> np.ndarray:
    """(W,) first syllables of windows that start a word and stay in a line."""
    starts = np.arange(max(view.syllables - WINDOW + 1, 0))
    inside = view.line[starts] == view.line[starts + WINDOW - 1] if len(starts) else np.zeros(0, bool)
    return starts[inside & (view.word_place[starts] <= 1)]


def _equal(rows: np.ndarray) -> np.ndarray:
    """(W, K) -> (W, W): share of equal entries."""
    return np.mean([column[:, None] == column for column in rows.T], axis=0)
