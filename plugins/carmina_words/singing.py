"""How well words lie on a tune."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from carmina.theory import Phrase

RISES = {  # whether the melody should rise (1), fall (-1) or may do either between two tones, by their heights
    (a, b): (h[b][0] > h[a][1]) - (h[b][0] < h[a][1])
    for h in [{1: (5, 5), 2: (3, 5), 3: (2, 3), 4: (5, 1), 5: (3, 3)}]
    for a in h
    for b in h
}


def stress_on_beats(phrases: Sequence[Phrase], stresses: Sequence[Sequence[int | None]]) -> float | None:
    """Share (0..1, higher is better; chance .5) of pairs of a stressed and an unstressed syllable of one phrase of
    which the stressed one stands on the stronger place; ties count a half. None without such a pair."""
    won = of = 0.0
    for phrase, own in zip(phrases, stresses, strict=True):
        pairs = list(zip((slot.strength for slot in phrase.slots), own, strict=False))
        for strong, one in pairs:
            for weak, other in pairs:
                if one == 1 and other == 0:
                    of += 1
                    won += 1.0 if strong > weak else 0.5 if strong == weak else 0.0
    return won / of if of else None


def tones_with_melody(phrases: Sequence[Phrase], tones: Sequence[Sequence[int | None]]) -> float | None:
    """Share (0..1, higher is better) of steps between neighbouring syllables whose direction does not go against their
    tones (Chao's heights: end of the one, beginning of the other). None without tones."""
    good = of = 0
    for phrase, own in zip(phrases, tones, strict=True):
        pitches = [slot.notes[0].pitch for slot in phrase.slots]
        for (low, high), (one, other) in zip(pairwise(pitches), pairwise(own), strict=False):
            if one is None or other is None:
                continue
            wanted, is_so = RISES[one, other], (high > low) - (high < low)
            of += 1
            good += wanted * is_so >= 0
    return good / of if of else None
