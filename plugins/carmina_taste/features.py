"""What a taste is told in: a few plain figures of a song or a poem, and a sketch of a poem's words.

Every figure is divided by its usual spread among works, so that a weight says how much one such spread is worth.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from carmina import Poem, Score

from .songs import song_figures
from .verses import content_words, verse_figures

Features = Mapping[str, float]
WORD_BINS = 96  # that the words of poems are hashed into
WORD_PREFIX = "words:"

# what one step of each figure is: about the standard deviation over works of many styles and forms
SCALES: Mapping[str, float] = {
    "tempo": 0.35,
    "minor": 0.5,
    "triple": 0.5,
    "density": 0.35,
    "range": 4.0,
    "height": 4.0,
    "leaps": 0.12,
    "steps": 0.15,
    "repeated_notes": 0.12,
    "long_notes": 0.12,
    "rhythm_kinds": 0.5,
    "off_the_beat": 0.15,
    "melismas": 0.12,
    "rests": 0.08,
    "repeated_bars": 0.2,
    "chords": 0.5,
    "chord_kinds": 3.0,
    "colour": 0.25,
    "parts": 2.0,
    "line_length": 2.5,
    "line_spread": 1.0,
    "lines": 6.0,
    "run_on": 0.25,
    "questions": 0.08,
    "exclamations": 0.08,
    "inner_marks": 0.25,
    "word_length": 0.4,
    "repetition": 0.12,
    "first_person": 0.04,
    "second_person": 0.04,
    "negation": 0.03,
}


def features(work: Any) -> dict[str, float]:
    """Named figures of a :class:`carmina.Score` or a :class:`carmina.Poem`, each in usual spreads."""
    if isinstance(work, Score):
        return _scaled(song_figures(work))
    if isinstance(work, Poem):
        return {**_scaled(verse_figures(work)), **_sketch(work)}
    raise TypeError(f"no taste for a {type(work).__name__}")


def kind_of(work: Any) -> str:
    """``song`` or ``poem``: choices of one kind say nothing of the other."""
    return "song" if isinstance(work, Score) else "poem"


def _scaled(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value / SCALES[name], 4) for name, value in figures.items()}


def _sketch(poem: Poem) -> dict[str, float]:
    """Which words a poem is made of: a signed hash of each, the whole of length 1 (Weinberger 2009)."""
    bins = [0.0] * WORD_BINS
    for word in content_words(poem):
        number = zlib.crc32(word.encode())
        bins[number % WORD_BINS] += 1.0 if number & 0x80000000 else -1.0
    size = sum(value * value for value in bins) ** 0.5 or 1.0
    return {f"{WORD_PREFIX}{at}": round(value / size, 4) for at, value in enumerate(bins) if value}
