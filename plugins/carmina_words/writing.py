"""Verse in a tune's own form, by the poets' public hooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import Form, Poem, VerseBrief, WithForm


def written(form: Form, keywords: Sequence[str], seed: int, workshop: Any, style: str | None = None) -> Poem:
    """One poem in the form about the keywords; the same seed gives the same poem."""
    brief = VerseBrief(tuple(keywords), form.name, style, seed=seed, candidates=1)
    poet = workshop.get("writer", "verse")
    poem: Poem = poet().write(brief, WithForm(workshop, form))
    return poem
