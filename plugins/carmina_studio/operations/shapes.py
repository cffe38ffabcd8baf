"""Lines as the form has them: a poem that is still being written is filled up, so that a line of it can be revised."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import Form

FREE = {"en": "free-verse", "zh": "现代诗"}  # where no form is named
UNRHYMED = {10: "blank-verse"}  # English lines of so many syllables


def shaped(form: Form | None, lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """(stanzas, which line of them line ``at`` is; that after the last one is the next). What is not written yet stands
    as a line that it would rhyme with, so that no rhyme is asked for that the poem does not have; of a longer poem the
    form's lines around the line."""
    if form is None:
        return [[*lines, *lines[-1:]] if at == len(lines) else list(lines)], at
    base = next(iter(form.variants.values()))
    whole = sum(map(len, base))
    first = 0 if form.repeat else whole * (at // whole)
    own = list(lines[first : None if form.repeat else first + whole])
    letters = [line.rhyme for stanza in base for line in stanza]
    wanted = whole * -(-max(len(own), at - first + 1) // whole)
    for place in range(len(own), wanted):
        start = place - place % whole
        mates = [
            n for n in range(start, len(own)) if letters[n % whole] and letters[n % whole] == letters[place % whole]
        ]
        own.append(own[mates[0]] if mates else lines[-1])
    rest, stanzas = iter(own), []
    for _ in range(wanted // whole):
        stanzas += [[next(rest) for _ in stanza] for stanza in base]
    return stanzas, at - first


def form_for(language: str, syllables: int) -> str:
    """The name of a form for a line of so many syllables where none is named."""
    return UNRHYMED.get(syllables, FREE["en"]) if language != "zh" else FREE["zh"]
