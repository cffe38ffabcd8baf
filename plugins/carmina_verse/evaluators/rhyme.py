"""How well an English poem rhymes: the evaluator ``rhyme``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from carmina import Figure, Poem

from ..forms.aligning import fitted
from ..scansion.english import words_in
from .base import PoemMeasure, Values, share

REACH = 4  # lines that a rhyme may be away in a poem without a form


class Rhyme(PoemMeasure):
    """Rhymes by pronunciation (CMU lexicon). One line has no pair and so no figure."""

    name, summary, tonal = "rhyme", "rhymes of verse that counts stresses: perfect, slant, identical", False
    specs = (
        Figure(
            "rhyme_perfect",
            None,
            definition="pairs that the form asks to rhyme: share that do so perfectly (stressed "
            "vowel and all after it alike, the sounds before it not)",
        ),
        Figure(
            "rhyme_slant",
            None,
            "human",
            definition="share of those pairs that only nearly rhyme (one vowel or consonant is of the "
            "same family, not the same)",
        ),
        Figure(
            "rhyme_identical",
            None,
            "human",
            definition="share of those pairs that are one word, or have the same sounds before the "
            "vowel too (rime riche)",
        ),
        Figure(
            "lines_rhymed",
            None,
            "human",
            definition=f"share of lines that rhyme perfectly with another at most {REACH} lines away",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        language, form = self.language(poem), self.form(poem)
        ends = [(words_in(text) or [""])[-1] for text in poem.lines]
        kinds = Counter[str | None]()
        for group in fitted(poem, form)[0].rhymes if form else []:
            kinds.update(kind(language, ends[one], ends[other]) for one, other in zip(group, group[1:], strict=False))
        found = {f"rhyme_{name}": share(kinds[name], kinds.total()) for name in ("perfect", "slant", "identical")}
        return {**found, "lines_rhymed": rhymed(language, ends)}


def kind(language: Any, one: str, other: str) -> str | None:
    """How two words rhyme; the same word is identical."""
    if not one or not other:
        return None
    return "identical" if one == other else language.rhymes_with(one, other)


def rhymed(language: Any, ends: Sequence[str]) -> float | None:
    """Share of end words with a perfect rhyme among the REACH lines before and after."""
    if len(ends) < 2:
        return None
    near = [(a, b) for a in range(len(ends)) for b in range(a + 1, min(len(ends), a + REACH + 1))]
    matched = {at for pair in near if kind(language, ends[pair[0]], ends[pair[1]]) == "perfect" for at in pair}
    return len(matched) / len(ends)
