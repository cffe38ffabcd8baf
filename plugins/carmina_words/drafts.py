"""A tune and keywords -> the tune with new words: several drafts, of which the most singable is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Poem, Score
from carmina.theory import Phrase, phrases_of, voiced

from .setting import set_to
from .shape import form_of
from .singing import stress_on_beats, tones_with_melody
from .writing import WithTune, written

STEP = 7919  # between the seeds of drafts


@dataclass(frozen=True, slots=True)
class NewWords:
    """A tune with its new words."""

    score: Score
    poem: Poem
    figure: float | None  # stress on strong beats, or tones with the melody, 0..1
    syllables: int

    @property
    def text(self) -> str:
        """The words, a line for each phrase."""
        return "\n\n".join("\n".join(stanza) for stanza in self.poem.stanzas) + "\n"

    @property
    def remark(self) -> str:
        """One line on what was made."""
        what = "tones go with the melody" if self.poem.language == "zh" else "stress is on strong beats"
        said = "" if self.figure is None else f"; {what}: {self.figure:.2f}"
        return f"{self.syllables} syllables in {len(self.poem.lines)} lines{said}"


def new_words(
    score: Score,
    name: str,
    keywords: Sequence[str],
    language: str,
    seed: int,
    drafts: int,
    style: str | None,
    workshop: Any,
) -> NewWords:
    """The best of so many drafts; raises ``BadInput`` for a tune that cannot be sung."""
    score = voiced(score)
    phrases = phrases_of(score, name)
    poets = WithTune(workshop, form_of(phrases, language))
    poems = [written(keywords, (seed + n * STEP) % 2**32, poets, style) for n in range(drafts)]
    rated = [(singable(phrases, poem, workshop) or 0.0, -n, poem) for n, poem in enumerate(poems)]
    figure, _, poem = max(rated, key=lambda entry: entry[:2])
    return NewWords(
        set_to(score, phrases, poem, workshop), poem, figure or None, sum(len(phrase.slots) for phrase in phrases)
    )


def singable(phrases: Sequence[Phrase], poem: Poem, workshop: Any) -> float | None:
    """How well the lines of a poem lie on the phrases, 0..1."""
    sung = [workshop.lyrics(line, poem.language).syllables for line in poem.lines]
    if poem.language == "zh":
        return tones_with_melody(phrases, [[s.tone for s in line] for line in sung])
    return stress_on_beats(phrases, [[s.stress for s in line] for line in sung])
