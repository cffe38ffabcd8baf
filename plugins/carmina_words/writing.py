"""Verse in a tune's own form, by the poets' public hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from carmina import Form, Poem, VerseBrief


class WithForm:
    """A workshop in which one more form is known: the tune's own."""

    def __init__(self, workshop: Any, form: Form):
        self._workshop, self._form = workshop, form

    def __getattr__(self, name: str) -> Any:
        return getattr(self._workshop, name)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every offer of a kind by name."""
        offered = self._workshop.all(kind)
        return {**offered, self._form.name: self._form} if kind == "form" else offered

    def get(self, kind: str, name: str) -> Any:
        """The offer of this kind and name."""
        return self._form if kind == "form" and name == self._form.name else self._workshop.get(kind, name)


def written(form: Form, keywords: Sequence[str], seed: int, workshop: Any, style: str | None = None) -> Poem:
    """One poem in the form about the keywords; the same seed gives the same poem."""
    brief = VerseBrief(tuple(keywords), form.name, style, seed=seed, candidates=1)
    poet = workshop.get("writer", "verse")
    poem: Poem = poet().write(brief, WithForm(workshop, form))
    return poem
