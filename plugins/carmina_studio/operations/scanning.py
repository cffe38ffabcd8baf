"""Words as they are typed: what each line is, and what is to be said of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import msgspec

from carmina import Poem

from .commands import has_command, told
from .lines import language_of, stanzas_of

MAX_TEXT = 100_000
PROOFREAD = ("en", "zh")
TOGETHER = 6  # lines that are proofread at once
FORM_KINDS = ("foot", "rhyme", "level")  # of the proofreader's, which the form's evaluator tells
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Name = Annotated[str, msgspec.Meta(max_length=200)]


@dataclass(frozen=True, slots=True)
class Scan:
    """Words to be scanned as they are typed."""

    text: Text
    form: Name = ""
    language: Name = "auto"


def scan(conductor: Any, asked: Scan) -> dict[str, Any]:
    """Each line of verse as the form's evaluator hears it: syllables, stress or level, what the form asks, rhyme
    letter, remarks; and where the poem departs from its form."""
    lines = asked.text.split("\n")
    stanzas = stanzas_of(asked.text)
    numbers = [number for stanza in stanzas for number in stanza]
    code = language_of([lines[n] for n in numbers], conductor.languages(), asked.language)
    rows, marks = [], []
    if stanzas:
        poem = Poem(tuple(tuple(lines[n].strip() for n in stanza) for stanza in stanzas), asked.form, code)
        rows = heard(conductor, poem)
        marks = _departures(conductor, poem, numbers)
    return {
        "language": code,
        "lines": [{"line": n, **row} for n, row in zip(numbers, rows, strict=False)],
        "marks": marks,
    }


def heard(conductor: Any, poem: Poem) -> list[dict[str, Any]]:
    """Each line as the form's evaluator hears it; ``fits``: whether it keeps the form, None where it has none."""
    found = conductor.get("evaluator", "form")(conductor).scansion(poem) if "form" in conductor.all("evaluator") else []
    return [
        {
            "units": row.units,
            "heard": row.heard,
            "asked": row.asked,
            "rhyme": row.rhyme,
            "remarks": row.remarks,
            "fits": None if not row.asked else not row.remarks or len(row.heard) == len(row.asked),
        }
        for row in found
    ]


def _departures(conductor: Any, poem: Poem, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Where the poem departs from its form, with what would put it right in words: it is advice, no text to put
    there."""
    if not poem.form or "form" not in conductor.all("evaluator"):
        return []
    found = conductor.get("evaluator", "form")(conductor).deviations(poem)
    return [
        {
            "line": numbers[one.line - 1],
            "text": f"{one.text} → {' / '.join(one.mends)}" if one.mends else one.text,
            "mends": (),
            "kind": one.kind,
        }
        for one in found
        if not one.licence and 1 <= one.line <= len(numbers)
    ]


def proof(conductor: Any, asked: Scan) -> list[dict[str, Any]]:
    """The marks of the proofreader (the command ``proof``, where a plugin offers it) on the text: slips of language,
    since form is told of by :func:`scan`. Lines that were looked at together before are not looked at again."""
    lines = asked.text.split("\n")
    stanzas = stanzas_of(asked.text)
    code = language_of([lines[n] for stanza in stanzas for n in stanza], conductor.languages(), asked.language)
    if not has_command(conductor, "proof") or code not in PROOFREAD:
        return []
    marks = []
    parts = [stanza[at : at + TOGETHER] for stanza in stanzas for at in range(0, len(stanza), TOGETHER)]
    for done, part in enumerate(parts):
        conductor.progress(done / len(parts), "lines")
        found = _slips("\n".join(lines[n] for n in part), code)
        marks += [{**mark, "line": part[mark["line"]]} for mark in found if mark["line"] < len(part)]
    return marks


@lru_cache(maxsize=4096)
def _slips(text: str, language: str) -> tuple[dict[str, Any], ...]:
    said = told("proof", ["words.txt", "--json", "--language", language], {"words.txt": text.encode()}).said
    return tuple(
        {
            "line": one["line"] - 1,
            "text": one["reason"],
            "mends": one["suggestions"],
            "kind": one["kind"],
            "start": one["column"] - 1,
            "end": one["end_column"] - 1,
        }
        for one in json.loads(said)["findings"]
        if one["kind"] not in FORM_KINDS
    )
