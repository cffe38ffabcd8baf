"""Chinese tones against the tune.

The transition table is that of ReLyMe (Zhang et al. 2022, "ReLyMe: Improving Lyric-to-Melody Generation by
Incorporating Lyric-Melody Relationships"), from its published evaluation script (Microsoft muzic,
``relyme/score/config.py``, MIT): for every pair of tones, the intervals in semitones (last note of one syllable to the
first of the next) that are good, fair (acceptable) or poor; the narrowest that holds counts; any other interval is
unacceptable. Tone 5 before tone 3 is printed there with a good range of -4..3 (elsewhere -4..-3), and stands so here.
"""

from __future__ import annotations

import numpy as np

from .figures import Measure, Spec, Values, mean
from .view import View

# [tone before][tone after] -> ((lowest, highest) good, fair, poor)
TRANSITIONS = np.array(
    [
        [
            [(0, 1), (-1, 2), (-3, 4)],
            [(-5, -4), (-8, -3), (-10, -1)],
            [(-7, -6), (-12, -5), (-14, -2)],
            [(-4, -3), (-6, 1), (-8, 3)],
            [(-7, -6), (-12, -3), (-14, -1)],
        ],
        [
            [(2, 3), (2, 5), (1, 7)],
            [(-2, -1), (-3, 1), (-5, 3)],
            [(-4, -3), (-6, 1), (-8, 3)],
            [(1, 2), (-1, 3), (-3, 6)],
            [(-4, -3), (-6, 1), (-8, 3)],
        ],
        [
            [(4, 5), (3, 9), (1, 10)],
            [(1, 2), (-1, 2), (-3, 5)],
            [(-4, -3), (-6, 1), (-8, 3)],
            [(3, 4), (0, 7), (-2, 8)],
            [(1, 2), (-1, 3), (-3, 5)],
        ],
        [
            [(-1, 0), (-2, 2), (-4, 4)],
            [(-4, -3), (-7, -1), (-9, 1)],
            [(-7, -6), (-12, -3), (-14, 0)],
            [(-6, -3), (-7, 1), (-12, 3)],
            [(-7, -6), (-12, -3), (-14, 0)],
        ],
        [
            [(2, 3), (2, 5), (1, 7)],
            [(1, 2), (-1, 3), (-3, 6)],
            [(-4, 3), (-6, 1), (-8, 3)],
            [(2, 3), (2, 5), (1, 7)],
            [(2, 3), (2, 5), (1, 7)],
        ],
    ]
)  # (5, 5, 3, 2)

# Chao's five heights: where each tone starts and ends; tone 3 as in running speech; tone 5 by what it follows
START = np.array([5, 3, 2, 5, 0])
END = np.array([5, 5, 1, 1, 0])
NEUTRAL_AFTER = np.array([2, 3, 4, 1, 2])  # height of a neutral tone after tones 1..5 (Chao 1968)


class Tones(Measure):
    name = "tones"
    summary = "Chinese tones against the melody's direction"
    shuffle = "words"
    specs = (
        Spec("tone_good", "share of neighbouring syllables of a line whose interval is good in ReLyMe's table"),
        Spec("tone_acceptable", "share whose interval is good or fair in ReLyMe's table"),
        Spec("tone_unacceptable", "share whose interval is outside even its poor range"),
        Spec(
            "tone_direction",
            "share of neighbouring syllables of a line whose tones' mean heights (Chao) rise or fall as the melody "
            "does, where both move",
        ),
        Spec("tone_shape", "syllables of tone 1, 2 or 4 on several notes: share that stay, rise or fall as the tone"),
    )

    def measure(self, view: View) -> Values:
        first = np.flatnonzero(view.same_line & (view.tone[:-1] > 0) & (view.tone[1:] > 0))
        rank = transition_ranks(view, first)
        return {
            "tone_good": mean(rank == 0),
            "tone_acceptable": mean(rank <= 1),
            "tone_unacceptable": mean(rank == 3),
            "tone_direction": _direction(view, first),
            "tone_shape": _shape(view),
        }


def transition_ranks(view: View, first: np.ndarray) -> np.ndarray:
    """0 good, 1 fair, 2 poor, 3 unacceptable, for the syllable pairs that start at ``first``."""
    interval = view.head_pitch[first + 1] - view.tail_pitch[first]
    ranges = TRANSITIONS[view.tone[first] - 1, view.tone[first + 1] - 1]  # (K, 3, 2)
    inside = (ranges[..., 0] <= interval[:, None]) & (interval[:, None] <= ranges[..., 1])
    return np.where(inside.any(1), inside.argmax(1), 3)


def heights(view: View) -> np.ndarray:
    """(S,) mean height of each syllable's tone, 1..5; 0 where there is none."""
    tone = view.tone
    found = np.where(tone > 0, (START[tone - 1] + END[tone - 1]) / 2, 0.0)
    before = np.concatenate([[0], tone[:-1]]) if len(tone) else tone
    return np.where(tone == 5, np.where(before > 0, NEUTRAL_AFTER[before - 1], 2), found)


def _direction(view: View, first: np.ndarray) -> float | None:
    height = heights(view)
    tone = np.sign(height[first + 1] - height[first])
    tune = np.sign(view.head_pitch[first + 1] - view.head_pitch[first])
    moving = (tone != 0) & (tune != 0)
    return mean(tone[moving] == tune[moving])


def _shape(view: View) -> float | None:
    several = (view.notes > 1) & np.isin(view.tone, (1, 2, 4))
    moves = np.sign(view.tail_pitch - view.head_pitch)[several]
    asked = np.array([0, 0, 1, 0, -1, 0])[view.tone[several]]
    return mean(moves == asked)
