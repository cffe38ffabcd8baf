"""How a line develops an earlier one: exactly, as a sequence, upside down, with a new end; and the pitches that
this asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from ..passes.piece import Frame

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}  # of seven

How = Literal["new", "exact", "sequence", "inversion", "new end", "free"]
EXACT: Final = "exact"
SEQUENCE: Final = "sequence"
INVERSION: Final = "inversion"
NEW_END: Final = "new end"
FREE: Final = "free"
KINDS = (EXACT, SEQUENCE, INVERSION, NEW_END, FREE)
LIKE = 0.8  # share of moves that must agree
HEAD = 0.6  # share of a line that comes before its end
MOST_STEPS = 4  # scale steps of a sequence


def step_of(pitch: int, mode: str) -> int:
    """Semitones above the tonic -> scale steps above it, the nearest from below."""
    scale = SCALES.get(mode, SCALES["major"])
    octave, degree = divmod(pitch, 12)
    return 7 * octave + max(i for i, note in enumerate(scale) if note <= degree)


def pitch_of(step: int, mode: str) -> int:
    """Scale steps above the tonic -> semitones."""
    octave, degree = divmod(step, 7)
    return 12 * octave + SCALES.get(mode, SCALES["major"])[degree]


def relation(model: Frame, frame: Frame, mode: str) -> str:
    """Which of ``KINDS`` a line that answers another is: their pitches are compared at the same places of their
    bars."""
    pairs = _pairs(model, frame, mode)
    if len(pairs) < 4:
        return FREE
    first, second = np.array(pairs).T
    if np.mean(first == second) >= LIKE:
        return EXACT
    head = max(2, round(len(pairs) * HEAD))
    if np.mean(first[:head] == second[:head]) >= LIKE:
        return NEW_END
    shift = int(np.median(second - first))
    if 0 < abs(shift) <= 7 and np.mean(np.abs(second - first - shift) == 0) >= LIKE * 0.9:
        return SEQUENCE
    moves, others = np.diff(first), np.diff(second)
    moving = moves != 0
    if moving.sum() >= 3 and np.mean(np.sign(others[moving]) == -np.sign(moves[moving])) >= LIKE:
        return INVERSION
    return FREE


def _pairs(model: Frame, frame: Frame, mode: str) -> list[tuple[int, int]]:
    at = {note.onset - model.anchor: note.height for note in model.notes}
    return [
        (step_of(at[place], mode), step_of(note.height, mode))
        for note in frame.notes
        if (place := note.onset - frame.anchor) in at
    ]


def developed(pitch: int, how: str, shift: int, first: int, mode: str) -> int:
    """What a pitch of the model line becomes. ``first``: the model line's first pitch, around which it is turned."""
    if how == SEQUENCE:
        return pitch_of(step_of(pitch, mode) + shift, mode)
    if how == INVERSION:
        return pitch_of(2 * step_of(first, mode) + shift - step_of(pitch, mode), mode)
    return pitch
