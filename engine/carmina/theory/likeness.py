"""What two tunes share: the longest run of notes alike in intervals and rhythm, in whatever key and tempo."""

from __future__ import annotations

from ..works import Score

RATIO = 8  # steps of time are told apart to an eighth of their ratio


def shared_run(one: Score, other: Score) -> int:
    """Notes in a row, alike in intervals and in how their times compare, that two voices share; 0 where fewer than
    two steps."""
    a, b = _steps(one), _steps(other)
    best, before = 0, [0] * (len(b) + 1)
    for step in a:
        here = [0] * (len(b) + 1)
        for at, own in enumerate(b):
            if own == step:
                here[at + 1] = before[at] + 1
        best, before = max(best, max(here)), here
    return best + 2 if best else 0


def _steps(score: Score) -> list[tuple[int, int]]:
    """Of each note but the first two: its interval, and its distance from the note before as a ratio to that before."""
    notes = score.sung_notes
    found = []
    for first, before, now in zip(notes, notes[1:], notes[2:], strict=False):
        last, step = before.onset_ticks - first.onset_ticks, now.onset_ticks - before.onset_ticks
        found.append((now.pitch - before.pitch, round(RATIO * step / max(1, last))))
    return found
