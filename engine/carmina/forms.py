"""Forms of verse as people write them down: one TOML text -> :class:`carmina.Form` values, checked.

    language = "en"

    [metres]                                # names for patterns that many lines share
    i5 = "-+-+-+-+-+"

    [[forms]]
    name = "rubaiyat"
    summary = "quatrains of iambic pentameter, aaba"
    repeat = 2                              # one stanza, twice unless asked otherwise
    lines = "i5 a, i5 a, i5 ., i5 a"

A line is ``METRE RHYME REFRAIN``. METRE: a name of ``[metres]``, or patterns joined by ``|``, any one of which must fit: ``-``
weak, ``+`` strong, ``~`` free syllables; 平, 仄, 中 for Chinese. RHYME: a letter, or ``.`` for none. REFRAIN, where there is one: ``=A``
for lines that are one text, ``=^A`` for the opening words of line A, ``=$A`` for lines that close with the same word (the end words of
a sestina; a radif, whose rhyme is in the word before it). Commas part lines, ``/`` parts stanzas. Instead of ``lines``,
``variants`` may name several (平起, 仄起).
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from . import schema
from .contracts import Form, FormLine
from .errors import BadInput, shown
from .schema import Meta, OneLine

Stanzas = tuple[tuple[FormLine, ...], ...]
PLACES = frozenset("-+~平仄中")
MAX_BYTES = 2**20  # of one text
MOST_FORMS = 2000  # of one text
MOST_LINES = 400  # of one form
MOST_PLACES = 40  # syllables of one line
MOST_PATTERNS = 40  # of one line
MOST_STANZAS = 100  # that a form is repeated to unless asked otherwise

LinesText = Annotated[str, Meta(max_length=MOST_LINES * 200)]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What stands under ``[[forms]]``."""

    name: OneLine
    summary: OneLine
    lines: LinesText | None = None
    variants: Annotated[Mapping[str, LinesText], Meta(min_length=1, max_length=64)] | None = None
    repeat: Annotated[int, Meta(ge=0, le=MOST_STANZAS)] = 0
    aliases: Annotated[tuple[OneLine, ...], Meta(max_length=100)] = ()
    parallel: Annotated[tuple[Annotated[int, Meta(ge=0, lt=MOST_LINES)], ...], Meta(max_length=MOST_LINES)] = ()
    teaching: str = ""
    book: str = ""
    licence: OneLine = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole text of forms."""

    forms: Annotated[tuple[FormEntry, ...], Meta(max_length=MOST_FORMS)] = ()
    language: Annotated[str, Meta(max_length=20)] = ""
    metres: Mapping[str, str] = field(default_factory=dict)


def read_forms(text: str, language: str = "") -> list[Form]:
    """The forms of one TOML text; ``language`` where the text does not say its own. Raises ``BadInput`` in one line."""
    sheet = schema.fitted(schema.toml(text, "the text of forms", MAX_BYTES), Sheet, "forms")
    spoken = sheet.language or language
    if not sheet.forms:
        raise BadInput("the text holds no [[forms]]. Write one, with name, summary and lines.")
    if not spoken:
        raise BadInput('the forms say no language. Write language = "en" (or another ISO 639-1 code) at the top.')
    return [_form(entry, sheet.metres, spoken) for entry in sheet.forms]


def _form(entry: FormEntry, metres: Mapping[str, str], language: str) -> Form:
    if (entry.lines is None) == (entry.variants is None):
        raise BadInput(f"form {shown(entry.name)} needs lines, or variants, not both.")
    spelt = {"": entry.lines or ""} if entry.variants is None else entry.variants
    variants = {variant: parse(lines, metres, entry.name) for variant, lines in spelt.items()}
    return Form(
        entry.name,
        entry.summary,
        language,
        variants,
        entry.aliases,
        entry.repeat,
        entry.teaching or entry.name,
        entry.book,
        entry.parallel,
        entry.licence,
    )


def parse(text: str, metres: Mapping[str, str] | None = None, form: str = "") -> Stanzas:
    """``"i5 a, i5 b, / ..."`` -> stanzas of lines."""
    stanzas = [
        [_line(line.split(), metres or {}, form) for line in stanza.split(",") if line.strip()]
        for stanza in text.split("/")
    ]
    if not all(stanzas) or sum(map(len, stanzas)) > MOST_LINES:
        raise BadInput(f"form {shown(form)}: a stanza without a line, or over {MOST_LINES} lines: {text[:60]!r}.")
    return tuple(tuple(stanza) for stanza in stanzas)


def _line(words: Sequence[str], metres: Mapping[str, str], form: str) -> FormLine:
    patterns = metres.get(words[0], words[0]).split("|")
    wrong = len(patterns) > MOST_PATTERNS or not all(p and len(p) <= MOST_PLACES and set(p) <= PLACES for p in patterns)
    if wrong or len(words) > 3 or len(words) == 3 and not words[2].lstrip("=").lstrip("^$"):
        raise BadInput(
            f"form {shown(form)}: no line can be read from {shown(' '.join(words))}. Write METRE RHYME REFRAIN; a "
            "metre is a "
            f"name of [metres] or 1 to {MOST_PLACES} of - + ~ 平 仄 中, of which at most {MOST_PATTERNS} stand in "
            "a row."
        )
    rhyme = words[1] if len(words) > 1 and words[1] != "." else ""
    refrain = words[2][1:] if len(words) > 2 else ""
    if refrain.startswith("$"):
        return FormLine(tuple(patterns), rhyme, closing=refrain[1:])
    return FormLine(tuple(patterns), rhyme, refrain)
