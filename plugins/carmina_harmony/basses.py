"""Which tone of each chord lies in the bass, so that the bass is a line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carmina import Chord, Score

from .decoding import viterbi
from .lattice import key_at
from .phrases import phrases
from .symbols import Tones, letter, parse
from .timing import bars

# Nats of each chord tone in the bass (root, third, fifth, seventh), and of the semitones that the bass moves, near what
# the piano songs show (see making.measure): leaps of fourths and fifths come with roots, steps are welcome.
TONE = (0.0, -1.1, -2.6, -2.2)
MOVE = {0: -0.5, 1: 0.9, 2: 0.8, 3: 0.0, 4: -0.1, 5: 0.3, 6: -0.9}
STRONG = 0.6  # nats taken from an inversion on a bar line
SIX_FOUR = 1.2  # nats given to the tonic's six-four before the dominant


def with_basses(chords: Sequence[Chord], score: Score) -> list[Chord]:
    """The chords, some in inversion. Phrases open and close on roots."""
    grid, found = bars(score), phrases(score, bars(score))
    fixed = {_at(chords, tick) for phrase in found for tick in (phrase.onset_ticks, phrase.close_ticks)}
    heavy = {bar.onset_ticks for bar in grid}
    tones = [read for chord in chords if (read := parse(chord.symbol))]
    if len(tones) < len(chords):
        return list(chords)
    scores = np.array(
        [_tone_scores(t, i in fixed or i == 0, chords[i].onset_ticks in heavy) for i, t in enumerate(tones)]
    )
    steps = np.zeros((len(chords), 4, 4))
    for at in range(1, len(chords)):
        steps[at] = _steps(tones[at - 1], tones[at], chords[at - 1].symbol == chords[at].symbol)
    path = viterbi(scores, steps)
    return [_named(chord, t, int(place), score) for chord, t, place in zip(chords, tones, path, strict=True)]


def _at(chords: Sequence[Chord], tick: int) -> int:
    return max((i for i, chord in enumerate(chords) if chord.onset_ticks <= tick), default=0)


def _tone_scores(tones: Tones, fixed: bool, heavy: bool) -> list[float]:
    out = []
    for place in range(4):
        if place >= len(tones.above) or (fixed and place):
            out.append(-1e6)
        else:
            out.append(TONE[place] - (STRONG if heavy and place else 0.0))
    return out


def _steps(before: Tones, after: Tones, same: bool) -> np.ndarray:
    table = np.zeros((4, 4))
    for i, low in enumerate(before.classes[:4]):
        for j, high in enumerate(after.classes[:4]):
            move = (high - low) % 12
            table[i, j] = MOVE[min(move, 12 - move)]
            if same:
                table[i, j] = 0.0 if i == j else -1.0
            if i == 2 and (i, j) != (2, 2) and min(move, 12 - move) not in (0, 1, 2):
                table[i, j] -= 2.0  # a six-four is left by step
            if j == 2 and min(move, 12 - move) > 2 and not same:
                table[i, j] -= 1.0
            if i == 2 and j == 0 and low == high:
                table[i, j] += SIX_FOUR
            if i == 3 and move not in (10, 11):
                table[i, j] -= 3.0  # a seventh in the bass falls
    return table


def _named(chord: Chord, tones: Tones, place: int, score: Score) -> Chord:
    if place == 0:
        return chord
    key = key_at(score, chord.onset_ticks)
    return Chord(chord.onset_ticks, f"{chord.symbol}/{letter(tones.classes[place], key, sharp=True)}")
