"""Verse in a tune's own form, by the poets' public hooks."""

from __future__ import annotations

import functools
import gc
from collections.abc import Sequence
from typing import Any

from carmina import Form, Poem, VerseBrief, WithForm


class WithTune(WithForm):
    """A workshop in which a tune's form is known, and which opens a model once, however many drafts are written."""

    def __init__(self, workshop: Any, form: Form):
        super().__init__(workshop, form)
        self.form = form
        self.model = functools.cache(workshop.model)


def written(keywords: Sequence[str], seed: int, workshop: WithTune, style: str | None = None) -> Poem:
    """One poem in the tune's form about the keywords; the same seed gives the same poem."""
    brief = VerseBrief(tuple(keywords), workshop.form.name, style, seed=seed, candidates=1)
    poet = workshop.get("writer", "verse")
    poem: Poem = poet().write(brief, workshop)
    gc.collect()  # a draft leaves few objects in cycles, which Python keeps for long, and hundreds of MB behind them
    return poem
