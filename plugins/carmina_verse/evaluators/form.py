"""Whether a poem keeps its form, and how its lines are scanned: the evaluator ``form``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import Deviation, Figure, FormLine, Poem, Scansion, Tonal

from ..forms.aligning import Fitted, fitted, recut
from ..scansion.english import readings, words_in
from ..scansion.faults import HAN, faults
from ..scansion.grid import heard_en, heard_zh
from ..scansion.inference import diagnosed
from ..scansion.regulated import regulated_deviations
from .base import PoemMeasure, Values, book_of, share, strictness_of


class FormKept(PoemMeasure):
    """Form as a whole. Without a form (``--form``, or a poem.json that names one) both figures are undefined."""

    name, summary = "form", "whether the poem keeps the form that it should have"
    specs = (
        Figure(
            "form_kept",
            None,
            definition="1 when every line, rhyme and refrain is as the form asks (carmina scan --check; strictness "
            "and book of the poem.json), else 0",
        ),
        Figure(
            "length_kept",
            None,
            definition="share of the lines, asked and there, that have as many syllables (characters) as asked",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        form = self.form(poem)
        if form is None:
            return {}
        language = self.language(poem)
        every = fitted(poem, form)
        how = strictness_of(poem), book_of(poem, form) if form.language == "zh" else ""
        kept = any(
            fit.whole and not faults(recut(poem.lines, form, fit.variant), form, fit.variant, language, *how)
            for fit in every
        )
        return {"form_kept": float(kept), "length_kept": max(_lengths(language, fit) for fit in every)}

    def scansion(self, work: Any) -> list[Scansion]:
        """The lines against the form's best variant; without a form, as they are."""
        if not self.measures(work):
            return []
        form, language = self.form(work), self.language(work)
        heard = heard_zh if isinstance(language, Tonal) else heard_en
        every = fitted(work, form) if form else [Fitted("", work.lines, (), True)]
        rows = [heard(language, fit, book_of(work, form)) for fit in every]
        return min(rows, key=lambda lines: sum(len(line.remarks) for line in lines))

    def deviations(self, work: Any) -> list[Deviation]:
        """As ``carmina scan`` tells them, each with its line, word and mends."""
        if not self.measures(work):
            return []
        language = self.language(work)
        if isinstance(language, Tonal):
            return regulated_deviations(work.lines, language, book_of(work, self.form(work)))
        return list(diagnosed(work.stanzas, language, self._workshop.all("form")).deviations)


def _lengths(language: Any, fit: Fitted) -> float:
    right = sum(_as_long(language, text, line) for text, line in fit.pairs)
    return share(right, max(len(fit.lines), len(fit.asked))) or 0.0


def _as_long(language: Any, text: str, line: FormLine) -> bool:
    wanted = {len(pattern) for pattern in line.patterns}
    return bool(wanted & lengths_of(language, text))


def lengths_of(language: Any, text: str) -> set[int]:
    """How many syllables a line may have; of Chinese, its characters."""
    if isinstance(language, Tonal):
        return {len(HAN.findall(text))}
    return sums([{len(way) for way in readings(language, word)} or {0} for word in words_in(text)])


def sums(choices: Sequence[set[int]]) -> set[int]:
    """Every sum of one number of each set."""
    found = {0}
    for sizes in choices:
        found = {done + size for done in found for size in sizes}
    return found
