"""Score -> what a synthesizer is told, sample by sample."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import TICKS_PER_QUARTER, Score
from carmina.theory import with_graces_played

DRUMS = 9  # General MIDI's channel for drums, zero-based


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A key pressed or let go. Ends sort before beginnings, so that a note can be struck again."""

    frame: int  # samples from the start
    pressed: bool
    channel: int  # 0..15
    pitch: int
    velocity: int = 0


def seconds(score: Score, tick: int) -> float:
    """When a tick sounds."""
    passed, at, pace = 0.0, 0, score.tempi[0].quarters_per_minute
    for tempo in score.tempi:
        reached = min(max(tempo.onset_ticks, at), tick)
        passed, at = passed + (reached - at) / TICKS_PER_QUARTER * 60 / pace, reached
        if tempo.onset_ticks >= tick:
            break
        pace = tempo.quarters_per_minute
    return passed + (tick - at) / TICKS_PER_QUARTER * 60 / pace


def channels(score: Score) -> list[int]:
    """A channel for each track; past fifteen parts, parts share."""
    free = [channel for channel in range(16) if channel != DRUMS]
    found, count = [], 0
    for track in score.tracks:
        found.append(DRUMS if track.role == "drums" else free[count % 15])
        count += track.role != "drums"
    return found


def events(score: Score, rate: int) -> list[Event]:
    """Every key press and release at ``rate`` samples a second, in order."""
    found = []
    for track, channel in zip(score.tracks, channels(score), strict=True):
        for note in with_graces_played(track.notes):
            start, end = (round(seconds(score, tick) * rate) for tick in (note.struck_ticks, note.released_ticks))
            found += [
                Event(start, True, channel, note.pitch, note.velocity),
                Event(max(end, start + 1), False, channel, note.pitch),
            ]
    return sorted(found)
