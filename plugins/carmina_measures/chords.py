"""Chord symbols to pitch classes: enough of the common spellings to say which notes belong."""

from __future__ import annotations

import re

ROOT = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11, "H": 11}
ACCIDENTAL = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
SYMBOL = re.compile(r"^([A-H])([#♯b♭]?)(.*?)(?:/([A-H])([#♯b♭]?))?$")
# first match wins; semitones above the root
QUALITIES = (
    (re.compile(r"^(m7b5|m7-5|ø|half-dim)"), (0, 3, 6, 10)),
    (re.compile(r"^(dim7|o7|°7)"), (0, 3, 6, 9)),
    (re.compile(r"^(dim|o|°)"), (0, 3, 6)),
    (re.compile(r"^(aug|\+)"), (0, 4, 8)),
    (re.compile(r"^(sus2)"), (0, 2, 7)),
    (re.compile(r"sus"), (0, 5, 7)),
    (re.compile(r"^5$"), (0, 7)),
    (re.compile(r"^(maj|M|Δ)"), (0, 4, 7)),
    (re.compile(r"^(min|mi|m|-)"), (0, 3, 7)),
    (re.compile(r""), (0, 4, 7)),
)
SEVENTH = re.compile(r"(maj|M|Δ|j)?(7|9|11|13)")


def pitch_classes(symbol: str) -> frozenset[int]:
    """The pitch classes of a chord symbol; of none that can be read (``N.C.``), the empty set."""
    found = SYMBOL.match(symbol.strip())
    if not found:
        return frozenset()
    letter, accidental, quality, bass, bass_accidental = found.groups()
    root = ROOT[letter] + ACCIDENTAL[accidental]
    steps = set(next(steps for pattern, steps in QUALITIES if pattern.search(quality)))
    steps |= _added(quality)
    classes = {(root + step) % 12 for step in steps}
    if bass:
        classes.add((ROOT[bass] + ACCIDENTAL[bass_accidental]) % 12)
    return frozenset(classes)


def _added(quality: str) -> set[int]:
    added = set()
    seventh = SEVENTH.search(quality)
    if seventh and not quality.startswith(("add", "dim", "o", "°")):
        added.add(11 if seventh.group(1) else 10)
        added |= {2} if seventh.group(2) == "9" else set()
    if "6" in quality:
        added.add(9)
    if "add9" in quality or "add2" in quality:
        added.add(2)
    return added
