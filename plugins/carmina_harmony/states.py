"""The chords that the harmoniser chooses among: a root above the tonic and a quality."""

from __future__ import annotations

from carmina import Key

from .symbols import Tones

QUALITIES = ("", "m", "7", "m7", "maj7", "dim", "m7b5", "dim7", "aug")
ABOVE = (
    (0, 4, 7),
    (0, 3, 7),
    (0, 4, 7, 10),
    (0, 3, 7, 10),
    (0, 4, 7, 11),
    (0, 3, 6),
    (0, 3, 6, 10),
    (0, 3, 6, 9),
    (0, 4, 8),
)
STATES = 12 * len(QUALITIES)


def state(degree: int, quality: int) -> int:
    """Semitones above the tonic and an index into ``QUALITIES`` -> a state."""
    return degree % 12 * len(QUALITIES) + quality


def parts(number: int) -> tuple[int, int]:
    """A state -> degree and quality."""
    return divmod(number, len(QUALITIES))


def state_of(tones: Tones, key: Key) -> int:
    """The state nearest to a chord: sixths, ninths and suspensions fall to their triads."""
    return state(tones.root - key.tonic, quality_of(tones.above))


def quality_of(above: tuple[int, ...]) -> int:
    """An index into ``QUALITIES``."""
    stack = set(above)
    if 3 in stack and 4 not in stack:
        if 6 in stack and 7 not in stack:
            return 7 if 9 in stack else 6 if 10 in stack else 5
        return 3 if 10 in stack else 1
    if 8 in stack and 7 not in stack:
        return 8
    return 2 if 10 in stack else 4 if 11 in stack else 0


def tones_of(number: int, key: Key) -> Tones:
    """A state in a key -> its tones, in root position."""
    degree, quality = parts(number)
    root = (degree + key.tonic) % 12
    return Tones(root, ABOVE[quality], root)
