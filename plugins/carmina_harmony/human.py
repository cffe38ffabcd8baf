"""Timing and touch as people play: a little late or early, a little louder or softer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from carmina import Score, Track

SECONDS = 0.012  # spread of onsets at full freedom; players of one group keep within about 20 ms
TOUCH = 5.0  # spread of velocities


def humanised(score: Score, first: int, amount: float, seed: int) -> Score:
    """The score with the tracks from ``first`` on played ``amount`` (0..1) loosely; written times stay."""
    if not amount:
        return score
    ticks = SECONDS * amount * score.tempi[0].quarters_per_minute * 8  # 480 ticks a quarter
    tracks = tuple(
        _loosened(track, ticks, amount, np.random.default_rng([seed, 11, number])) if number >= first else track
        for number, track in enumerate(score.tracks)
    )
    return replace(score, tracks=tracks)


def _loosened(track: Track, ticks: float, amount: float, rng: np.random.Generator) -> Track:
    drift: dict[int, float] = {}  # notes struck together stay together but for a little
    notes = []
    for note in track.notes:
        shared = drift.setdefault(note.onset_ticks, float(rng.normal(0, ticks)))
        delay = note.delay_ticks + round(shared + float(rng.normal(0, ticks / 3)))
        velocity = note.velocity + round(float(rng.normal(0, TOUCH * amount)))
        notes.append(replace(note, delay_ticks=max(-240, min(240, delay)), velocity=max(1, min(127, velocity))))
    return replace(track, notes=tuple(notes))
