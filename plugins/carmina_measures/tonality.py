"""Key, close and harmony of a tune."""

from __future__ import annotations

import numpy as np

from carmina import Score
from carmina.theory import read_chord

from .figures import Measure, Spec, Values, entropy, mean
from .view import View

# Krumhansl and Kessler's probe-tone ratings (1982), from the tonic up
MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10, 11)}  # minor: both sevenths


class Tonality(Measure):
    name = "tonality"
    summary = "key clarity, close on the tonic, chord tones"
    specs = (
        Spec(
            "key_clarity", "best correlation of pitch classes by sung time with the 24 Krumhansl-Kessler keys", low=-1
        ),
        Spec("key_fit", "the same correlation with the profile of the score's own key", low=-1),
        Spec("in_scale", "share of notes in the scale of the score's key (minor: with either seventh)"),
        Spec("scale_consistency", "largest share of notes in any one major or natural minor scale (as muspy)"),
        Spec("pitch_entropy", "entropy of the pitches, bits (as muspy)", high=7.0),
        Spec("pitch_class_entropy", "entropy of the pitch classes, bits (as muspy)", high=float(np.log2(12))),
        Spec("ends_on_tonic", "1 when the last note is the tonic of the key there, else 0"),
        Spec("chord_tones", "share of singing notes that start on a tone of the chord sounding there"),
        Spec("chord_tones_strong", "the same over notes on beats (strength 2 and above)"),
    )

    def measure(self, view: View) -> Values:
        if not len(view.pitch):
            return {}
        tonic, minor = keys_at(view.score, view.onset)
        relative = (view.pitch - tonic) % 12
        table = correlations(np.bincount(view.pitch % 12, view.length, 12))
        fits, covered = chord_fit(view)
        return {
            "key_clarity": None if table is None else float(table.max()),
            "key_fit": None if table is None else float(table[int(minor[0]), tonic[0]]),
            "in_scale": mean(in_scale(relative, minor)),
            "scale_consistency": scale_consistency(view.pitch),
            "pitch_entropy": entropy(np.bincount(view.pitch)),
            "pitch_class_entropy": entropy(np.bincount(view.pitch % 12, minlength=12)),
            "ends_on_tonic": float(relative[-1] == 0),
            "chord_tones": mean(fits[covered]),
            "chord_tones_strong": mean(fits[covered & (view.strength >= 2)]),
        }


def keys_at(score: Score, onset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tonic (pitch class) and whether the mode is minor, at each onset."""
    changes = np.array([key.onset_ticks for key in score.keys])
    which = np.searchsorted(changes, onset, "right") - 1
    tonic = np.array([key.tonic for key in score.keys])
    minor = np.array([key.mode == "minor" for key in score.keys])
    return tonic[which], minor[which]


def in_scale(relative: np.ndarray, minor: np.ndarray) -> np.ndarray:
    """(N,) bool: the pitch class above the tonic belongs to the mode's scale."""
    member = np.zeros((2, 12), bool)
    member[0, SCALES["major"]] = True
    member[1, SCALES["minor"]] = True
    return member[minor.astype(int), relative]


def scale_consistency(pitch: np.ndarray) -> float:
    """Largest share of notes in one of the 12 diatonic sets: each is a major scale and its relative natural minor."""
    classes = np.bincount(pitch % 12, minlength=12)
    return max(int(np.roll(classes, -tonic)[list(SCALES["major"])].sum()) for tonic in range(12)) / len(pitch)


def correlations(weights: np.ndarray) -> np.ndarray | None:
    """(2, 12): Pearson correlation of 12 pitch-class weights with every major and minor key; ``None`` of flat ones."""
    centred = weights - weights.mean()
    size = np.sqrt((centred**2).sum())
    if size == 0:
        return None
    turned = np.array([np.roll(centred, -tonic) for tonic in range(12)])  # (12, 12)
    profiles = np.array([MAJOR, MINOR])
    profiles = profiles - profiles.mean(1, keepdims=True)
    return profiles @ turned.T / (size * np.sqrt((profiles**2).sum(1, keepdims=True)))


def chord_fit(view: View) -> tuple[np.ndarray, np.ndarray]:
    """(N,) bool each: the note is a tone of the chord at its onset; and a chord that can be read sounds there."""
    chords = view.score.chords
    if not chords:
        return np.zeros(len(view.pitch), bool), np.zeros(len(view.pitch), bool)
    member = np.zeros((len(chords) + 1, 12), bool)  # the last row stands for no chord yet
    for at, chord in enumerate(chords):
        read = read_chord(chord.symbol)
        member[at, list(read.pitch_classes if read else ())] = True
    which = np.searchsorted([chord.onset_ticks for chord in chords], view.onset, "right") - 1
    return member[which, view.pitch % 12], np.asarray(member[which].any(1))
