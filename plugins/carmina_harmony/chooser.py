"""Chords for a melody: the likeliest path through a hidden Markov model of chords and sung notes, or one drawn near it.

Chord successions depend on the place in bar and phrase, so that phrases open and close as people's do (Allan and
Williams 2005 harmonise chorales with a hidden Markov model; Simon, Morris and Basu 2008 pop songs). The tables are
counted by ``making.chords``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from .decoding import viterbi
from .lattice import CLOSE, FINAL, HOLD, START, Lattice
from .states import ABOVE, QUALITIES, STATES, parts, state

GENRES = ("art", "hymn", "popular")
HEARD = {"art": 1.3, "hymn": 1.6, "popular": 1.2}  # how much the notes weigh against successions
RARE = {"art": 0.08, "hymn": 0.13, "popular": 0.05}  # share of a common chord's commonness that is taken off again
MOVING = {
    "art": 0.6,
    "hymn": 0.35,
    "popular": 0.5,
}  # nats taken from a chord that stays: the likeliest path moves less than people do
DARING = 0.2  # spread, in nats, of what the seed adds
COMMON = 3.5  # minus the log-chance of a chord that is common
OPENING = 2.0  # how much the first chord of a song, and of a section, should be one that opens songs
PICARDY = 6.0  # nats taken from a major chord at the end of a minor song
DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Tables:
    """Log-chances; K states."""

    steps: np.ndarray  # (genres, modes, PLACES, K, K)
    sung: np.ndarray  # (modes, 2, K, 12) degrees; second axis: unaccented, accented
    opening: np.ndarray  # (genres, modes, K)
    profiles: np.ndarray  # (modes, 12)
    usual: np.ndarray  # (genres, modes, K) of each chord anywhere


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The shipped tables."""
    with np.load(DATA / "chords.npz", allow_pickle=False) as found:
        return Tables(*(found[name].astype(np.float32) for name in ("steps", "sung", "opening", "profiles", "usual")))


def choose(
    found: Lattice,
    genre: str,
    rng: np.random.Generator | None = None,
    held: np.ndarray | None = None,
    colour: str = "as learnt",
    daring: float = DARING,
    learnt: Tables | None = None,
) -> np.ndarray:
    """(S,) states for the slots of a lattice. ``held``: (S,) states that are given, -1 where free; ``colour``: see
    ``Taste``.

    Without ``rng`` the likeliest; with it, scores are shifted by Gumbel noise, so that other seeds find other good
    paths.
    """
    learnt = learnt or tables()
    if not len(found.slots):
        return np.zeros(0, np.int64)
    modes = np.array([int(key.mode == "minor") for key in found.keys])
    number = GENRES.index(genre) if genre in GENRES else 0
    scores = HEARD[GENRES[number]] * np.einsum("sap,sakp->sk", found.heard, learnt.sung[modes])
    scores[0] += learnt.opening[number, modes[0]]
    first = int(np.argmax(found.heard.sum(axis=(1, 2)) > 0))
    scores[
        first
        + int(
            found.places[first] == START
            and first + 1 < len(modes)
            and found.slots[first].bar == 0
            and found.slots[first].strength < 4
        )
    ] += OPENING * learnt.opening[number, modes[0]]
    steps = learnt.steps[number, modes, found.places]
    _turn(steps, found)
    scores -= RARE[GENRES[number]] * np.maximum(learnt.usual[number, modes] + COMMON, 0)
    moves = ~np.isin(found.places, (HOLD,))
    steps[moves] -= MOVING[GENRES[number]] * np.eye(STATES, dtype=np.float32)
    if rng is not None:
        scores += _noise(found, rng, daring)
    scores += closing(found, modes) + _coloured(colour, modes)
    if held is not None:
        given = held >= 0
        scores[given] = -1e6
        scores[given, held[given]] = 0
    return viterbi(scores, steps)


def _turn(steps: np.ndarray, found: Lattice) -> None:
    """Where the key changes, what was a chord of the old key is one of the new."""
    for at in range(1, len(found.keys)):
        shift = (found.keys[at - 1].tonic - found.keys[at].tonic) % 12
        if shift:
            steps[at] = np.roll(steps[at], -shift * len(QUALITIES), axis=0)


def _noise(found: Lattice, rng: np.random.Generator, daring: float) -> np.ndarray:
    noise = daring * rng.gumbel(size=(len(found.slots), STATES))
    noise[np.isin(found.places, (FINAL, HOLD))] = 0
    return noise


def closing(found: Lattice, modes: np.ndarray) -> np.ndarray:
    """(S, K) nats: the piece ends on its tonic, and a phrase is not left hanging on a rare chord."""
    extra = np.zeros((len(found.slots), STATES), np.float32)
    for at in np.flatnonzero(found.places == FINAL):
        tonic = [state(0, QUALITIES.index("")), state(0, QUALITIES.index("m"))]
        extra[at] -= 20
        extra[at, tonic] += 20
        extra[at, tonic[1 - modes[at]]] -= 20 if modes[at] == 0 else PICARDY
    plain = np.isin(np.arange(STATES) % len(QUALITIES), [QUALITIES.index(q) for q in ("", "m", "7")])
    extra[np.ix_(found.places == CLOSE, ~plain)] -= 2
    return extra


def _coloured(colour: str, modes: np.ndarray) -> np.ndarray:
    """(S, K) nats taken from chords that a style does not use."""
    if colour == "as learnt":
        return np.zeros((1, STATES), np.float32)
    table = np.zeros((2, STATES), np.float32)
    for mode in (0, 1):
        for number in range(STATES):
            table[mode, number] = -_strangeness(colour, mode, *parts(number))
    return table[modes]


_FIVE = ({0, 2, 4, 7, 9}, {0, 3, 5, 7, 10})  # the five-note scale on a major and on a minor tonic


def _strangeness(colour: str, mode: int, degree: int, quality: int) -> float:
    if colour == "five":
        outside = sum((degree + step) % 12 not in _FIVE[mode] for step in ABOVE[quality])
        return 1.2 * outside + (3.0 if len(ABOVE[quality]) > 3 else 0.0)
    seventh = len(ABOVE[quality]) > 3
    return 3.0 if QUALITIES[quality] == "aug" or seventh and (QUALITIES[quality], degree) != ("7", 7) else 0.0
