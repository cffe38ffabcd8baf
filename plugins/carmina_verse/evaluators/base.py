"""What the evaluators of poems share: a language to ask, and the human and chance values that ship.

``data/human-figures.json`` is made by ``corpora/poetry-en/measure_humans.py`` from the validation split of the corpora.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, ClassVar

from carmina import Evaluator, Figure, Form, Poem, Tonal, Workshop

from ..chinese.characters import BOOK_NAMES
from ..scansion.faults import HAN, LETTERS
from ..scansion.metre_fit import Ear

TABLE = "human-figures.json"
Values = Mapping[str, float | None]


class PoemMeasure(Evaluator):
    """An evaluator of single poems. Figures of a language that is not installed, or whose verse is of the
    other kind, are undefined."""

    takes = "Poem"
    specs: ClassVar[tuple[Figure, ...]]  # without values
    tonal: ClassVar[bool | None] = (
        None  # only of verse that counts tones, or only of verse that counts stresses; None: of any
    )

    @abstractmethod
    def measure(self, poem: Poem) -> Values:
        """The value of every spec that the poem defines."""

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """The figures of one poem beside people's in its form, else in its language."""
        code = language_of(work)
        values = self.measure(work) if self.measures(work) else {}
        return [_dressed(spec, values.get(spec.name), code, work.form) for spec in self.specs]

    def measures(self, poem: Poem) -> bool:
        """Whether the poem's language is installed, and its verse of the kind that is measured here."""
        if language_of(poem) not in self._workshop.all("language"):
            return False
        return self.tonal in (None, isinstance(self.language(poem), Tonal))

    @cached_property
    def _workshop(self) -> Workshop:
        if self.workshop is not None:
            return self.workshop
        from carmina.conductor import Conductor

        return Conductor()

    def language(self, poem: Poem) -> Any:
        """The language of a poem, opened once for all evaluators."""
        return remembering(self._workshop.get("language", language_of(poem)))

    def form(self, poem: Poem) -> Form | None:
        """The form that a poem says it has, if it is installed and of the poem's language."""
        found = self._workshop.all("form").get(poem.form)
        return found if found and found.language == language_of(poem) else None


@lru_cache(maxsize=8)
def remembering(entry: type) -> Ear:
    """A language that remembers its answers; they depend on the words alone."""
    return Ear(entry())


def language_of(poem: Poem) -> str:
    """The poem's own code; where it has none, zh for Chinese characters, else en."""
    return poem.language or ("zh" if HAN.search("".join(poem.lines)) else "en")


def book_of(poem: Poem, form: Form | None) -> str:
    """The rhyme book that a poem.json names, else the form's, else 平水韵."""
    named = BOOK_NAMES.get(str(poem.notes.get("book") or ""), "")
    return named or (form.book if form else "") or "pingshui"


def strictness_of(poem: Poem) -> str:
    """The strictness that a poem.json names, else classic."""
    named = str(poem.notes.get("strictness") or "")
    return named if named in LETTERS else "classic"


def share(kept: float, of: int) -> float | None:
    """A share, or ``None`` of nothing."""
    return kept / of if of else None


@cache
def table() -> dict[str, dict[str, list[float | None]]]:
    """``en``, ``zh``, ``en/sonnet`` ... -> figure -> [human, chance, spread, poems]."""
    held = files("carmina_verse").joinpath("data", TABLE)
    return json.loads(held.read_text("utf-8"))["figures"] if held.is_file() else {}


def reference_row(language: str, form: str, name: str) -> tuple[float | None, float | None]:
    """Human and chance value of a figure: of the form, of any form, of poems measured without one; the nearest there
    is."""
    keys = (f"{language}/{form}", f"{language}/*", language) if form else (language,)
    found = next((held for key in keys if (held := table().get(key, {}).get(name))), (None, None))
    return found[0], found[1]


def _dressed(spec: Figure, value: float | None, language: str, form: str) -> Figure:
    human, chance = reference_row(language, form, spec.name)
    return replace(spec, value=None if value is None else float(value), human=human, chance=chance)
