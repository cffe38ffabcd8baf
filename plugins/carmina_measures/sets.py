"""A folder of songs at once: every figure averaged over the works that define it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carmina import Figure, Lyrics, Score

from . import likeness, validity
from .contour import Contour
from .figures import Measure, Spec, Values, figures
from .line_ends import LineEnds
from .repetition import RepeatedWords, Repetition
from .stanzas import Stanzas
from .stress import Stress
from .tonality import Tonality
from .tones import Tones
from .view import View, view_of

MEASURES: tuple[type[Measure], ...] = (
    validity.Validity,
    Stress,
    Tones,
    LineEnds,
    Contour,
    Tonality,
    Repetition,
    RepeatedWords,
    Stanzas,
)


def measure(score: Score, lyrics: Lyrics | None = None) -> dict[str, float | None]:
    """Every figure of one score that needs no reference set, as plain numbers: for ranking and tuning."""
    found = measure_view(view_of(score))
    return found if lyrics is None else {**found, **validity.against(score, lyrics)}


def measure_view(view: View) -> Values:
    """As :func:`measure`, of arrays already made."""
    return {name: value for kind in MEASURES for name, value in kind().measure(view).items()}


def measure_set(
    scores: Sequence[Score], reference: Sequence[Score] = (), lyrics: Sequence[Lyrics] = ()
) -> list[Figure]:
    """Every figure of a set of songs: the mean over the works that define it, and distances to a reference set.

    ``lyrics``, when given, holds the words of each score, in order. Human and chance values are those of the songs'
    language if they share one, else those of all languages.
    """
    views = [view_of(score) for score in scores]
    rows = [measure_view(view) for view in views]
    if lyrics:
        rows = [
            {**row, **validity.against(score, words)} for row, score, words in zip(rows, scores, lyrics, strict=True)
        ]
    values = {**means(rows), **likeness.against(views, [view_of(score) for score in reference])}
    languages = {score.language for score in scores}
    return figures(all_specs(), values, languages.pop() if len(languages) == 1 else "")


def all_specs() -> tuple[Spec, ...]:
    """The specification of every figure, in order."""
    kinds: tuple[type[Measure], ...] = (*MEASURES, validity.Words, likeness.Likeness)
    return tuple(spec for kind in kinds for spec in kind.specs)


def means(rows: Sequence[Values]) -> Values:
    """The mean of every figure over the rows that define it."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: _mean([value for row in rows if (value := row.get(name)) is not None]) for name in names}


def _mean(values: list[float]) -> float | None:
    return float(np.mean(values)) if values else None
