"""Keys: their names, and what their signatures do to each letter."""

from __future__ import annotations

from ..works import Key
from .pitches import LINE_OF_FIFTHS, PitchName


def tonic_fifths(key: Key) -> int:
    """The tonic's place on the line of fifths, C = 0: 3 sharps are A major or F sharp minor."""
    return key.fifths + (3 if key.mode == "minor" else 0)


def key_name(key: Key) -> str:
    """``F# minor``."""
    return f"{PitchName.at(tonic_fifths(key))} {key.mode}"


def key_alterations(key: Key) -> dict[str, int]:
    """What the key signature does to each letter: 1 sharpened, -1 flattened, 0 as it is."""
    return {
        step: (1 if place < key.fifths else 0) - (1 if 6 - place < -key.fifths else 0)
        for place, step in enumerate(LINE_OF_FIFTHS)
    }


def simplest_key_change(fifths: int, semitones: int) -> int:
    """Change of a signature, in fifths, that moves it by ``semitones`` with the fewest sharps or flats; of two, the one
    that stays on its side."""
    change = semitones * 7 % 12
    return min(
        (change - 24, change - 12, change, change + 12),
        key=lambda step: (abs(fifths + step), (fifths + step) * fifths < 0, step),
    )
