"""Stress against metre, length and contour (English, German and other languages that say their stress).

Stressed: primary stress, unless the word is a function word of one syllable ("the" is sung unstressed though a lexicon
marks it). Unstressed: stress 0, and those function words. Secondary stress and unknown stress are left out.
"""

from __future__ import annotations

import numpy as np

from carmina import PLACES

from .figures import Measure, Spec, Values, auc, mean
from .view import View

SINGLE, BEGIN, _, END = range(len(PLACES))


def stressed(view: View) -> np.ndarray:
    """(S,) int: 1 stressed, 0 unstressed, -1 left out."""
    weak_word = (view.word_place == SINGLE) & ~view.content
    found = np.where(view.stress == 1, 1, np.where(view.stress == 0, 0, -1))
    found[weak_word & (view.stress >= 0)] = 0
    return found


def word_pairs(view: View) -> np.ndarray:
    """(K,) first syllable of every word of two syllables, one stressed and one not."""
    first = np.flatnonzero((view.word_place[:-1] == BEGIN) & (view.word_place[1:] == END))
    one, two = view.stress[first], view.stress[first + 1]
    return first[((one == 1) & (two == 0)) | ((one == 0) & (two == 1))]


class Stress(Measure):
    name = "stress"
    summary = "stressed syllables against strong beats, long notes and melodic peaks"
    shuffle = "words"
    specs = (
        Spec("stress_beat_auc", "P(a stressed syllable starts on a stronger place in the bar than another), ties half"),
        Spec("stress_beat_word_auc", "two-syllable words: share whose stressed one has the stronger place, ties half"),
        Spec("stress_length_auc", "P(a stressed syllable is held longer than another), ties half; line ends left out"),
        Spec("second_longer_01", "words of stress 01 that do not end a line: share whose second syllable is longer"),
        Spec("second_longer_10", "words of stress 10 that do not end a line: share whose second syllable is longer"),
        Spec("peaks_stressed", "share of stressed syllables that lie higher than both neighbours in the line"),
        Spec("peaks_unstressed", "share of unstressed syllables that lie higher than both neighbours in the line"),
    )

    def measure(self, view: View) -> Values:
        kind = stressed(view)
        known, inner = kind >= 0, (kind >= 0) & ~view.ends_line
        peaks = local_peaks(view)
        return {
            "stress_beat_auc": auc(view.head_strength[known], kind[known] == 1),
            "stress_length_auc": auc(view.held[inner], kind[inner] == 1),
            "peaks_stressed": mean(peaks[kind == 1]),
            "peaks_unstressed": mean(peaks[kind == 0]),
            **_within_words(view),
        }


def local_peaks(view: View) -> np.ndarray:
    """(S,) bool: the syllable's highest note lies above those of the syllables before and after it in the line."""
    top = _top(view)
    rises = np.zeros(len(top), bool)
    falls = rises.copy()
    rises[1:] = (np.diff(top) > 0) & view.same_line
    falls[:-1] = (np.diff(top) < 0) & view.same_line
    return rises & falls


def _top(view: View) -> np.ndarray:
    sung = view.syllable >= 0
    if not view.syllables:
        return np.zeros(0, np.int64)
    own = np.flatnonzero(np.diff(view.syllable[sung], prepend=-1))
    tops = np.maximum.reduceat(view.pitch[sung], own)
    return tops[view.syllable[view.head]]


def _within_words(view: View) -> Values:
    first = word_pairs(view)
    rising = view.stress[first] == 0
    step = view.head_strength[first + 1] - view.head_strength[first]
    agrees = np.sign(np.where(rising, step, -step))
    inner = ~view.ends_line[first + 1]
    longer = view.held[first + 1] > view.held[first]
    return {
        "stress_beat_word_auc": mean((agrees + 1) / 2),
        "second_longer_01": mean(longer[inner & rising]),
        "second_longer_10": mean(longer[inner & ~rising]),
    }
