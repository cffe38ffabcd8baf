"""Leaps, compass and tessitura."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ..contour import seconds
from ..tonality import in_scale, keys_at
from ..validity import HIGHEST, LOWEST
from . import mends
from .sheet import Problem, Sheet

OCTAVE = 12
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
WIDE_LEAP = 9  # semitones: a sixth; smaller leaps need no recovery
EDGE = 3  # semitones from the end of the compass that tire
TIRING_SECONDS = 8.0
# lowest and highest pitch of an average choir singer; a soloist may reach further
VOICES = {
    "bass": (40, 64),
    "baritone": (43, 67),
    "tenor": (48, 72),
    "alto": (53, 77),
    "mezzo-soprano": (57, 81),
    "soprano": (60, 84),
}


def wide_leap(sheet: Sheet) -> Iterator[Problem]:
    """More than an octave without a breath between."""
    view = sheet.view
    step = np.diff(view.pitch)
    for at in (np.flatnonzero((np.abs(step) > OCTAVE) & (np.diff(sheet.phrase) == 0)) + 1).tolist():
        back = -OCTAVE if step[at - 1] > 0 else OCTAVE
        rest = range(at, sheet.in_phrase(at).stop)
        yield Problem(
            "wide-leap",
            "warning",
            int(at),
            f"a leap of {step[at - 1]:+d} semitones, more than an octave",
            f"sing the note an octave {'lower' if back < 0 else 'higher'}",
            (partial(mends.shifted, sheet.score, [int(at)], back), partial(mends.shifted, sheet.score, rest, back)),
        )


def open_leap(sheet: Sheet) -> Iterator[Problem]:
    """A leap of a sixth or more after which the tune goes on the same way."""
    view = sheet.view
    step = np.diff(view.pitch)
    for at in np.flatnonzero(np.abs(step) >= WIDE_LEAP):
        after = next((i for i in range(at + 1, len(step)) if step[i]), None)
        if after is None or np.sign(step[after]) != np.sign(step[at]) or sheet.phrase[after + 1] != sheet.phrase[at]:
            continue
        turned = _step_back(sheet, after, after + 1, int(np.sign(step[at])))
        yield Problem(
            "open-leap",
            "hint",
            int(after + 1),
            f"after a leap of {step[at]:+d} semitones the tune goes on {'up' if step[at] > 0 else 'down'}",
            "turn back by step after the leap",
            (partial(mends.shifted, sheet.score, [int(after + 1)], turned),),
        )


def _step_back(sheet: Sheet, peak: int, note: int, direction: int) -> int:
    """Semitones that bring ``note`` to the scale's next step back from ``peak``."""
    view = sheet.view
    tonic, minor = keys_at(sheet.score, view.onset[note : note + 1])
    near = int(view.pitch[peak])
    step = next((s for s in (1, 2) if in_scale((near - direction * s - tonic) % 12, minor).all()), 2)
    return near - direction * step - int(view.pitch[note])


def out_of_range(sheet: Sheet) -> Iterator[Problem]:
    """Notes that no singer, or not this one, can reach."""
    low, high = sheet.compass or (LOWEST, HIGHEST)
    view = sheet.view
    outside = (view.pitch < low) | (view.pitch > high)
    for at in np.flatnonzero(outside).tolist():
        if at and outside[at - 1] and sheet.phrase[at - 1] == sheet.phrase[at]:
            continue
        over = view.pitch[at] > high
        shift = -OCTAVE if over else OCTAVE
        group = sheet.in_phrase(at)
        stop = next((i for i in range(at, group.stop) if not outside[i]), group.stop)
        yield Problem(
            "out-of-range",
            "error",
            int(at),
            f"{_name(view.pitch[at])} is {'above' if over else 'below'} {_name(high if over else low)}",
            f"sing it an octave {'lower' if over else 'higher'}",
            (
                partial(mends.shifted, sheet.score, group, shift),
                partial(mends.shifted, sheet.score, range(int(at), stop), shift),
            ),
        )


def tessitura(sheet: Sheet) -> Iterator[Problem]:
    """Too long at the edge of the voice."""
    if not len(sheet.view.pitch):
        return
    low, high = sheet.compass or VOICES[voice_of(sheet)]
    for said, edge in (("high", sheet.view.pitch >= high - EDGE), ("low", sheet.view.pitch <= low + EDGE)):
        for run in _runs(edge):
            length = float(sheet.ends[run.stop - 1] - sheet.starts[run.start])
            if length > TIRING_SECONDS:
                yield Problem(
                    "tessitura",
                    "warning",
                    run.start,
                    f"{length:.0f} s without leaving the {said}est {EDGE + 1} semitones of {_name(low)}-{_name(high)}",
                    f"transpose the song {'down' if said == 'high' else 'up'}, or vary the phrase",
                )


def _runs(flags: np.ndarray) -> Iterator[range]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return (range(int(a), int(b)) for a, b in edges.reshape(-1, 2))


def voice_of(sheet: Sheet) -> str:
    """The voice whose compass holds most of the singing, and whose middle lies nearest to that of the song."""
    view = sheet.view
    held = seconds(sheet.score, view.onset + view.length) - seconds(sheet.score, view.onset)
    middle = (int(view.pitch.min()) + int(view.pitch.max())) / 2

    def fit(name: str) -> tuple[float, float]:
        low, high = VOICES[name]
        return float(held[(view.pitch >= low) & (view.pitch <= high)].sum()), -abs((low + high) / 2 - middle)

    return max(VOICES, key=fit)


def _name(pitch: int) -> str:
    """60 -> C4."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


RULES = (out_of_range, wide_leap, open_leap, tessitura)
