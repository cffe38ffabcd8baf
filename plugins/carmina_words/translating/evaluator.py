"""The four distances as an evaluator: a song, and the song whose words it translates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import CarminaError, Evaluator, Figure, Score

from .distances import repetition_similarity, structure_distance, syllable_distance
from .song import SungLine, sung_lines
from .sounds import sounds

FIGURES = (
    Figure(
        "syllable_distance",
        None,
        "lower",
        definition="mean difference of the syllables of a line, as a share (Kim et al. 2023)",
    ),
    Figure(
        "repetition_similarity",
        None,
        "higher",
        definition="Spearman's correlation over sections of the share of distinct pairs of sounds (Kim et al. 2023)",
    ),
    Figure(
        "structure_distance",
        None,
        "lower",
        definition="how far the dissimilarities of sections in sound lie apart (Kim et al. 2023)",
    ),
)


class Translation(Evaluator):
    """Of a song against one reference, the original. What it means is compared with literal lines by
    :func:`carmina_words.translating.distances.meaning_distance`."""

    name = "translation"
    summary = "how far a song's words are from those of the song that they translate"

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        values: list[float | None] = [None, None, None]
        if reference and isinstance(reference[0], Score):
            values = self._values(work, reference[0])
        return [
            Figure(f.name, value, f.better, definition=f.definition) for f, value in zip(FIGURES, values, strict=True)
        ]

    def _values(self, work: Score, original: Score) -> list[float | None]:
        from carmina.conductor import Conductor

        workshop: Any = self.workshop or Conductor()
        try:
            found = [(sung_lines(score, "the song", workshop), score) for score in (work, original)]
            codes = [s.language or workshop.language_of("\n".join(o.text for o in lines)) for lines, s in found]
        except CarminaError:
            return [None, None, None]
        one, other = (
            sounds([line.text for line in lines], code, workshop) for (lines, _), code in zip(found, codes, strict=True)
        )
        counts = [[_sung(line.phrase) for line in lines] for lines, _ in found]
        parts = [_by_section(lines, own) for (lines, _), own in zip(found, (one, other), strict=True)]
        return [syllable_distance(*counts), repetition_similarity(*parts), structure_distance(*parts)]


def _by_section(lines: Sequence[SungLine], sounds: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
    """The sounds of each section's lines."""
    found: dict[int, list[Sequence[str]]] = {}
    for line, own in zip(lines, sounds, strict=True):
        found.setdefault(line.phrase.section, []).append(own)
    return list(found.values())


def _sung(phrase: Any) -> int:
    return sum(1 for slot in phrase.slots if slot.notes[0].syllable)
