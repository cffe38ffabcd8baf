"""The verse writer: a brief in, a poem out; and the choice among different poems."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from carmina import BadOption, NoSolution, Poem, VerseBrief, Writer

from .forms import find
from .own_styles import settled

MOST_ALTERNATIVES = 20
STRICTNESS = ("strict", "classic", "slant")


class VerseWriter(Writer):
    """Keywords -> verse whose form holds, in English or Chinese."""

    name, summary = "verse", "verse from keywords, in forms that hold by construction"
    takes, gives = "VerseBrief", "Poem"

    def write(self, brief: VerseBrief, workshop: Any) -> Poem:
        """The best poem; same brief, same model: same poem."""
        return self._poems(brief, workshop)[0]

    def alternatives(self, brief: VerseBrief, workshop: Any, many: int) -> list[Poem]:
        """So many poems, no two alike."""
        if not 1 <= many <= MOST_ALTERNATIVES:
            raise BadOption("--alternatives", many, f"1 to {MOST_ALTERNATIVES}")
        given = len([line for line in re.split(r"[/\n，。；,;.]", brief.prompt) if line.strip()])
        found: list[Poem] = []
        for number in range(many + 4):
            if len(found) < many:
                poem = self.write(replace(brief, seed=brief.seed + number * 7919), workshop)
                if all(_shared(poem, other) <= given for other in found):
                    found.append(poem)
        return found

    @staticmethod
    def _poems(brief: VerseBrief, workshop: Any) -> list[Poem]:
        if brief.strictness not in STRICTNESS:
            raise BadOption("--strictness", brief.strictness, ", ".join(STRICTNESS))
        form = find(workshop.all("form"), brief.form)
        if form.language == "zh":
            from .zh_writer import write
        elif form.language == "en":
            from .en_writer import write
        else:
            raise NoSolution(f"the form {form.name!r} is for the language {form.language!r}; verse is written in en and zh.")
        return write(settled(brief, workshop, form.language), form, workshop)


def _shared(one: Poem, other: Poem) -> int:
    """Lines that two poems have in common."""
    return len(set(one.lines) & set(other.lines))
