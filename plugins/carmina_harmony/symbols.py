"""Chord symbols as people print them <-> tones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from carmina import Key

STEPS = "FCGDAEB"  # the line of fifths
_NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ALTER = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_SYMBOL = re.compile(r"([A-G])([#b♯♭]?)([^/]*(?:/9)?)(?:/([A-G])([#b♯♭]?))?")
_TRIADS = (  # first match wins; what is printed -> semitones above the root
    (r"m7b5|m7\(b5\)|ø7?|min7b5|m7♭5|-7b5", (0, 3, 6, 10)),
    (r"(dim|°|o)7", (0, 3, 6, 9)),
    (r"dim|°|o", (0, 3, 6)),
    (r"7?(aug|\+|\(?#5\)?)", (0, 4, 8)),
    (r"7?sus2", (0, 2, 7)),
    (r"[79]?sus4?", (0, 5, 7)),
    (r"5$", (0, 7)),
    (r"(min|m(?!aj)|-)", (0, 3, 7)),
    (r"m(?=maj)", (0, 3, 7)),
    (r"", (0, 4, 7)),
)
_ADDED = ((r"maj(7|9|13)|M(7|9|13)|Δ|ma7|Maj7", 11), (r"(?<!b)(?<!#)7|9|11|13", 10))


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
    """A printed symbol -> its tones; None for ``N.C.`` and for what cannot be read."""
    found = _SYMBOL.fullmatch(symbol.strip())
    if not found:
        return None
    letter, accidental, suffix, bass, bass_accidental = found.groups()
    root = (_NATURAL[letter] + _ALTER[accidental]) % 12
    low = (_NATURAL[bass] + _ALTER[bass_accidental]) % 12 if bass else root
    return Tones(root, _above(suffix), low)


def _above(suffix: str) -> tuple[int, ...]:
    above = set(next(steps for pattern, steps in _TRIADS if re.match(pattern, suffix)))
    if "6" in suffix and "b6" not in suffix:
        above.add(9)
    if "add" not in suffix and "6" not in suffix and not above >= {0, 3, 6, 9}:
        above |= next(({step} for pattern, step in _ADDED if re.search(pattern, suffix)), set())
    if re.search(r"(?<![b#])9|add2", suffix):
        above.add(2)
    if "b9" in suffix:
        above.add(1)
    return tuple(sorted(above))


def place_of(degree: int, mode: str, sharp: bool = False) -> int:
    """A degree, semitones above the tonic, -> its place on the line of fifths counted from the tonic."""
    diatonic = range(-1, 6) if mode == "major" else (0, 2, -3, -1, 1, -4, -2)
    for place in diatonic:
        if place * 7 % 12 == degree:
            return place
    flat = {1: -5, 3: -3, 4: 4, 6: 6, 8: -4, 9: 3, 10: -2, 11: 5}[degree]
    return {1: 7, 3: 9, 8: 8}.get(degree, flat) if sharp else flat


def tonic_place(key: Key) -> int:
    """The tonic's place on the line of fifths, C = 0."""
    return key.fifths + (3 if key.mode == "minor" else 0)


def letter(pitch_class: int, key: Key, sharp: bool = False) -> str:
    """A pitch class as the key spells it: ``F#``, ``Bb``. ``sharp``: as a leading note where there is a choice."""
    place = tonic_place(key) + place_of((pitch_class - key.tonic) % 12, key.mode, sharp)
    while place > 12:
        place -= 12
    while place < -8:
        place += 12
    alter = (place + 1) // 7
    return STEPS[(place + 1) % 7] + ("#" * alter if alter > 0 else "b" * -alter)


def symbol(root: int, suffix: str, key: Key, bass: int | None = None) -> str:
    """Pitch class and suffix -> a printed symbol in the spelling of the key."""
    leading = suffix.startswith(("dim", "m7b5"))
    low = "" if bass is None or bass == root else "/" + letter(bass, key, sharp=True)
    return letter(root, key, leading) + suffix + low
