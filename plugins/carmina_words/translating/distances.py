"""How far a song's words lie from those that they translate: four figures, of H. Kim, K. Watanabe, M. Goto and J. Nam,
"A Computational Evaluation Framework for Singable Lyric Translation" (ISMIR 2023, arXiv 2308.13715).

Syllables, repetition and structure are as they define them (checked against the
public implementation github.com/stepankovab/NLP-Umea). For meaning they compare sentences by a network of many
languages; ours compares with literal lines in the target language, word by word, and asks for no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .wordings import groups

LEAST_SECTIONS = 3
LINE_END = "/"
Sounds = Sequence[Sequence[str]]  # lines of sounds of syllables


def syllable_distance(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Mean over lines of how far two counts of syllables lie apart, as a share of either: 0 (equal) and up.

    Kim et al., equation 1. None without lines, or where they are not as many.
    """
    if not one or len(one) != len(other):
        return None
    apart = [(abs(a - b) / max(a, 1) + abs(a - b) / max(b, 1)) / 2 for a, b in zip(one, other, strict=True)]
    return float(np.mean(apart))


def distinct_pairs(section: Sounds) -> float:
    """The share of pairs of neighbouring sounds of a section that are distinct, each line's end being a
    sound: 0..1, lower is more repetitive. 1 without sounds."""
    pairs = [pair for line in section for pair in pairwise([*line, LINE_END])]
    return len(set(pairs)) / len(pairs) if pairs else 1.0


def repetition_similarity(one: Sequence[Sounds], other: Sequence[Sounds]) -> float | None:
    """Spearman's correlation over sections of :func:`distinct_pairs` in two songs: -1..1, higher is better.

    None with fewer than three sections, of which any order would be as good as proof, or where all are alike.
    """
    if len(one) != len(other) or len(one) < LEAST_SECTIONS:
        return None
    ranks = [_ranks([distinct_pairs(section) for section in song]) for song in (one, other)]
    if any(own.std() == 0 for own in ranks):
        return None
    return float(np.corrcoef(ranks)[0, 1])


def structure_distance(one: Sequence[Sounds], other: Sequence[Sounds]) -> float | None:
    """How far the dissimilarities of sections lie apart in two songs, root of the sum of squares over the square of how
    many there are: 0 and up, lower is better. None where the songs have not as many sections, or fewer than two.

    Two sections are as unlike as their sounds together are distinct, and their own repetition differs.
    """
    if len(one) != len(other) or len(one) < 2:
        return None
    apart = _dissimilarities(one) - _dissimilarities(other)
    return float(np.sqrt((apart**2).sum()) / len(one) ** 2)


def meaning_distance(gloss: Sequence[Sequence[str]], sung: Sequence[Sequence[str]], code: str) -> float | None:
    """1 less the mean over lines of F1 of words of meaning, the literal line's against the sung one's: 0..1, lower is
    better. Words are the same that are written alike, or are wordings of one another."""
    if len(gloss) != len(sung) or not any(gloss):
        return None
    scores = []
    for wanted, got in zip(gloss, sung, strict=True):
        if wanted:
            recall, precision = coverage(wanted, got, code), coverage(got, wanted, code) if got else 0.0
            scores.append(2 * recall * precision / (recall + precision) if recall + precision else 0.0)
    return 1.0 - float(np.mean(scores))


def coverage(wanted: Sequence[str], said: Sequence[str], code: str) -> float:
    """Share of the words wanted that are said, or of which a wording is; 1 where none is wanted."""
    if not wanted:
        return 1.0
    here = {form for word in said for form in (word.casefold(), *_forms(word, code))}
    text = ("" if code == "zh" else " ").join(word.casefold() for word in said)
    return sum(_is_said(word.casefold(), here, text, code) for word in wanted) / len(wanted)


def _is_said(word: str, here: set[str], text: str, code: str) -> bool:
    return word in here or any(form in here or form in text for form in _forms(word, code))


def _forms(word: str, code: str) -> tuple[str, ...]:
    return groups(code).get(word.casefold(), ())


def _ranks(values: Sequence[float]) -> np.ndarray:
    """The rank of each, equals sharing theirs."""
    return np.array([sum(v < own for v in values) + (sum(v == own for v in values) - 1) / 2 for own in values])


def _dissimilarities(song: Sequence[Sounds]) -> np.ndarray:
    own = [distinct_pairs(section) for section in song]
    rows = [[distinct_pairs([*a, *b]) + abs(own[i] - own[j]) for j, b in enumerate(song)] for i, a in enumerate(song)]
    return np.array(rows)
