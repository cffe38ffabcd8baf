"""How far a song's words lie from those that they translate: four figures.

After H. Kim et al., "A Computational Evaluation Framework for Singable Lyric Translation" (ISMIR 2023): syllables,
repetition of sounds, structure, meaning. Where theirs need a network of many languages for meaning, ours compares with
literal lines in the target language, by words and their other wordings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .wordings import groups

Sounds = Sequence[Sequence[str]]  # lines of sounds of syllables


def syllable_distance(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Mean over lines of how far two counts of syllables lie apart, as a share of either: 0 (equal) and up.

    Kim et al., equation 1. None without lines, or where they are not as many.
    """
    if not one or len(one) != len(other):
        return None
    apart = [(abs(a - b) / max(a, 1) + abs(a - b) / max(b, 1)) / 2 for a, b in zip(one, other, strict=True)]
    return float(np.mean(apart))


def repetition_similarity(one: Sounds, other: Sounds) -> float | None:
    """1 less how far the shares of distinct pairs of sounds lie apart, of a section each: 0..1, higher is better."""
    shares = [_distinct(lines) for lines in (one, other)]
    return None if None in shares else 1.0 - abs(shares[0] - shares[1])  # type: ignore[operator]


def structure_distance(one: Sounds, other: Sounds) -> float | None:
    """How far the likeness of each line to each other one lies apart in two songs: 0..1, lower is better.

    Two lines are as alike as their sets of pairs of sounds overlap (Jaccard); the same last sound counts half.
    """
    if len(one) != len(other) or len(one) < 2:
        return None
    return float(np.abs(_likeness(one) - _likeness(other))[np.triu_indices(len(one), 1)].mean())


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


def _distinct(lines: Sounds) -> float | None:
    pairs = [pair for line in lines for pair in pairwise(line)]
    return len(set(pairs)) / len(pairs) if pairs else None


def _likeness(lines: Sounds) -> np.ndarray:
    sets = [set(pairwise(line)) for line in lines]
    out = np.zeros((len(lines), len(lines)))
    for a, one in enumerate(sets):
        for b, other in enumerate(sets):
            overlap = len(one & other) / len(one | other) if one | other else 0.0
            out[a, b] = (overlap + 0.5 * (lines[a][-1:] == lines[b][-1:])) / 1.5
    return out
