"""Chords of a section made richer where the idiom asks: inversions, suspensions and sevenths, chords of the same
function, applied dominants and diminished sevenths that lead on, minor subdominants, cadential six-fours.

A round of chords is heard plain first; what comes back is coloured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .idioms import Idiom

OTHERS: Mapping[str, Mapping[str, Mapping[str, str]]] = {  # chord -> what it may be, by the idiom's habit
    "major": {
        "I": {"inversions": "I/3", "adds": "Iadd9", "mediants": "vi"},
        "ii": {"inversions": "ii/4", "sevenths": "ii7"},
        "iii": {"sevenths": "iii7"},
        "IV": {"inversions": "IV/6", "adds": "IVadd9", "mediants": "ii"},
        "V": {"inversions": "V/7", "sus": "Vsus4 V", "sevenths": "V7"},
        "vi": {"sevenths": "vi7"},
    },
    "minor": {
        "i": {"inversions": "i/3", "adds": "i7", "mediants": "VI"},
        "iv": {"inversions": "iv/6", "sevenths": "iv7"},
        "V": {"sus": "Vsus4 V", "sevenths": "V7"},
        "VI": {"sevenths": "VImaj7"},
        "VII": {"inversions": "VII/2", "sus": "VIIsus4 VII"},
        "III": {"inversions": "III/5"},
    },
}
LED_TO: Mapping[str, Sequence[str]] = {
    "major": ("ii", "iii", "IV", "V", "vi"),
    "minor": ("III", "iv", "V", "VI", "VII"),
}
ONE_ROOT: Mapping[str, Mapping[str, str]] = {  # chord -> where the dominant on its own root leads
    "major": {"ii": "V", "iii": "vi", "vi": "ii"},
    "minor": {"i": "iv", "iv": "VII"},
}
DIMINISHED: Mapping[str, Mapping[str, str]] = {
    "major": {"ii": "#i°7", "V": "#iv°7", "vi": "#v°7"},
    "minor": {"V": "#iv°7"},
}
TONIC = {"major": "I", "minor": "i"}
APPLIED = 0.16  # chance of an applied dominant before a chord that has one, for an idiom's weight of 1
OFTENEST = 0.45
PLAIN = 4  # bars of a round that are heard plain


def coloured(
    bars: Sequence[str], idiom: Idiom, mode: str, metre: str, closed: bool, rng: np.random.Generator
) -> tuple[str, ...]:
    """The bars of a section with more kinds of chord; the last one stays. ``closed``: it ends at home."""
    found = list(bars)
    plain = min(PLAIN, len(bars) // 2) if idiom.harmony == "loop" else 1
    shared = metre not in ("3/8", "2/8")
    for at in range(len(bars) - 1):
        chords = bars[at].split()
        following = _plain(bars[at + 1].split()[0])
        if len(chords) > 1 or at < plain:
            continue
        cadence = closed and at + 2 == len(bars)
        found[at] = _one(chords[0], following, idiom, mode, shared, cadence, rng)
    return tuple(found)


def _one(
    chord: str, following: str, idiom: Idiom, mode: str, shared: bool, cadence: bool, rng: np.random.Generator
) -> str:
    leads = _leading(chord, following, idiom, mode, cadence, rng) if shared else ""
    if leads:
        return leads
    for habit, other in OTHERS[mode].get(chord, {}).items():
        if rng.random() >= getattr(idiom, habit) or _plain(other.split()[0]) == following:
            continue
        if cadence and habit in ("inversions", "mediants") or " " in other and not shared:
            continue
        return other
    return chord


def _leading(chord: str, following: str, idiom: Idiom, mode: str, cadence: bool, rng: np.random.Generator) -> str:
    """The chord and one that leads from it to the next one; "" where none does."""
    draws = rng.random(4)
    tonic = TONIC[mode]
    if cadence and _plain(chord) == "V" and following == tonic and draws[0] < idiom.sixfour:
        return f"{tonic}64 V7"
    if chord == "IV" and following == "I" and draws[1] < idiom.borrowed:
        return "IV iv"
    if _plain(chord) == following or chord.startswith("V7/") or "°" in chord or "ø" in chord:
        return ""
    if following in DIMINISHED[mode] and draws[2] < idiom.diminished:
        return f"{chord} {DIMINISHED[mode][following]}"
    applied = following in LED_TO[mode] and not (following == "IV" and chord == "I7")
    if applied and draws[3] < min(OFTENEST, APPLIED * idiom.dominants):
        # on one root the third of the first chord would stand against that of the second: the bar is the dominant's
        alone = ONE_ROOT[mode].get(_plain(chord)) == following
        return f"V7/{following}" if alone else f"{chord} V7/{following}"
    return ""


def _plain(chord: str) -> str:
    """A numeral without what is added to it."""
    for ending in ("maj7", "sus4", "add9", "64", "7", "6"):
        chord = chord.removesuffix(ending)
    return chord.split("/")[0]
