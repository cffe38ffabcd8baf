"""Chord symbols as people print them <-> tones."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import Key
from carmina.theory import PitchName, read_chord, tonic_fifths


@dataclass(frozen=True, slots=True)
class Tones:
    """A chord's tones as pitch classes."""

    root: int  # pitch class, 0..11
    above: tuple[int, ...]  # semitones above the root, ascending, the root's 0 first
    bass: int  # pitch class of the lowest note

    @property
    def classes(self) -> tuple[int, ...]:
        """Pitch classes, the root first."""
        return tuple((self.root + step) % 12 for step in self.above)

    def has(self, pitch: int) -> bool:
        """Whether a pitch belongs to the chord, its bass included."""
        return (pitch - self.root) % 12 in self.above or pitch % 12 == self.bass

    @property
    def third(self) -> int | None:
        """The pitch class that says major or minor."""
        return next(((self.root + step) % 12 for step in (4, 3) if step in self.above), None)

    @property
    def fifth(self) -> int | None:
        """The pitch class of the fifth, perfect or not."""
        return next(((self.root + step) % 12 for step in (7, 6, 8) if step in self.above), None)

    @property
    def seventh(self) -> int | None:
        """The pitch class of the seventh."""
        found = next((step for step in (10, 11) if step in self.above), 9 if self.above == (0, 3, 6, 9) else None)
        return None if found is None else (self.root + found) % 12


def parse(symbol: str) -> Tones | None:
    """A printed symbol -> the tones that players play; None for ``N.C.`` and for what is no chord symbol."""
    read = read_chord(symbol)
    return Tones(read.root.pitch_class, read.played_intervals, read.lowest.pitch_class) if read else None


def place_of(degree: int, mode: str, sharp: bool = False) -> int:
    """A degree, semitones above the tonic, -> its place on the line of fifths counted from the tonic."""
    diatonic = range(-1, 6) if mode == "major" else (0, 2, -3, -1, 1, -4, -2)
    for place in diatonic:
        if place * 7 % 12 == degree:
            return place
    flat = {1: -5, 3: -3, 4: 4, 6: 6, 8: -4, 9: 3, 10: -2, 11: 5}[degree]
    return {1: 7, 3: 9, 8: 8}.get(degree, flat) if sharp else flat


def letter(pitch_class: int, key: Key, sharp: bool = False) -> str:
    """A pitch class as the key spells it: ``F#``, ``Bb``. ``sharp``: as a leading note where there is a choice."""
    place = tonic_fifths(key) + place_of((pitch_class - key.tonic) % 12, key.mode, sharp)
    while place > 12:
        place -= 12
    while place < -8:
        place += 12
    return str(PitchName.at(place))


def symbol(root: int, suffix: str, key: Key, bass: int | None = None) -> str:
    """Pitch class and suffix -> a printed symbol in the spelling of the key."""
    leading = suffix.startswith(("dim", "m7b5"))
    low = "" if bass is None or bass == root else "/" + letter(bass, key, sharp=True)
    return letter(root, key, leading) + suffix + low
