"""Keywords -> the poem of a song: as many stanzas as its sections need, by the verse writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from carmina import BadInput, Form, Poem, SongBrief, UnknownEntry, VerseBrief, Workshop, Writer
from carmina.text import HAN_CHARACTER

from .plan import plan_of, table

_SEED_STEP = 7919  # between poems of one song


class SongPoemWriter(Writer):
    """Asks the writer ``verse`` for one poem with enough stanzas; where a form has but one, for a poem for each
    section."""

    name = "song-poem"
    summary = "keywords -> a poem with as many stanzas as the sections of a song need"
    takes, gives = "SongBrief", "Poem"

    def write(self, brief: SongBrief, workshop: Workshop) -> Poem:
        if not brief.keywords:
            raise BadInput(
                "no keywords: name what the song is about, e.g. moon river, or give --from a poem or a melody."
            )
        form = form_of(brief, workshop.all("form"))
        plan = plan_of(brief, workshop.get("style", brief.style), form)
        asked = VerseBrief(brief.keywords, form.name, brief.verse_style, seed=brief.seed)
        if form.repeat:
            return self._verse(replace(asked, stanzas=plan.stanzas), workshop)
        poem = self._verse(asked, workshop)
        return poem if len(poem.stanzas) > 1 else self._several(poem, asked, plan.stanzas, workshop)

    @staticmethod
    def _verse(asked: VerseBrief, workshop: Workshop) -> Poem:
        return workshop.get("writer", "verse")().write(asked, workshop)

    def _several(self, first: Poem, asked: VerseBrief, many: int, workshop: Workshop) -> Poem:
        """A poem a section; none twice."""
        stanzas = list(first.stanzas)
        for turn in range(1, 2 * many + 4):
            if len(stanzas) == many:
                break
            poem = self._verse(replace(asked, seed=(asked.seed + turn * _SEED_STEP) % 2**32), workshop)
            if not any(set(stanza) & set(poem.lines) for stanza in stanzas):
                stanzas += poem.stanzas
        return Poem(
            tuple(stanzas),
            first.form,
            first.language,
            first.title,
            first.author,
            first.notes if len(stanzas) == len(first.stanzas) else {},
        )


def form_of(brief: SongBrief, forms: Mapping[str, Form]) -> Form:
    """The form asked for, by its name or another of its names; else the usual one of the language."""
    language = (
        brief.language if brief.language != "auto" else "zh" if HAN_CHARACTER.search("".join(brief.keywords)) else "en"
    )
    if brief.form is None:
        usual: Mapping[str, Any] = table()["forms"]
        if language not in usual:
            raise UnknownEntry("language of verse", language, usual)
        return forms[usual[language]]
    wanted = brief.form.strip().lower()
    for name, form in forms.items():
        if wanted == name.lower() or wanted in map(str.lower, form.aliases):
            return form
    raise UnknownEntry("form", brief.form, forms)
