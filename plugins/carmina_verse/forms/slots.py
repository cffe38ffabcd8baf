"""What every line of a poem owes: its place, its rhyme group, its refrain, its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import BadInput, Form, FormLine

from .shipped import Stanzas, unrolled

LINES_A_BRIEF = 16  # written for one brief unless asked otherwise: several short poems, or one long one


def poems_for(lines: int) -> int:
    """How many poems of so many lines are written and ranked."""
    return max(1, min(4, LINES_A_BRIEF // lines))


@dataclass(frozen=True, slots=True)
class Slot:
    """One line to be written."""

    line: FormLine
    stanza: int  # from 0
    at: int  # in its stanza, from 0
    closes: bool  # the last of its stanza
    copies: int | None = None  # the line that it repeats
    heads: int | None = None  # the line whose opening words it is
    rhymes_before: tuple[int, ...] = ()  # earlier lines of its rhyme group that are no copies
    rhymes_after: int = 0  # later ones
    letter: str = ""  # that must begin it
    closes_like: int | None = None  # the earlier line with whose last word it closes


def slots(stanzas: Stanzas, letters: Sequence[str] = ()) -> list[Slot]:
    """The lines of a poem in order."""
    flat = [
        (line, number, at, at == len(stanza) - 1)
        for number, stanza in enumerate(stanzas)
        for at, line in enumerate(stanza)
    ]
    first: dict[str, int] = {}
    closing: dict[str, int] = {}
    for number, (line, *_rest) in enumerate(flat):
        if line.closing:
            closing.setdefault(line.closing, number)
    for number, (line, *_rest) in enumerate(flat):
        if line.refrain and not line.refrain.startswith("^"):
            first.setdefault(line.refrain, number)
    own = [
        number for number, (line, *_rest) in enumerate(flat) if first.get(line.refrain, number) == number and line.rhyme
    ]
    found = [_slot(number, entry, flat, first, own, letters) for number, entry in enumerate(flat)]
    return [
        replace(slot, closes_like=closing[slot.line.closing])
        if closing.get(slot.line.closing, number) != number
        else slot
        for number, slot in enumerate(found)
    ]


def _slot(number, entry, flat, first, own, letters) -> Slot:
    line, stanza, at, closes = entry
    copies = first.get(line.refrain)
    mates = [other for other in own if flat[other][0].rhyme == line.rhyme and other != number]
    return Slot(
        line,
        stanza,
        at,
        closes,
        copies if copies not in (None, number) else None,
        first[line.refrain[1:]] if line.refrain.startswith("^") else None,
        tuple(other for other in mates if other < number),
        sum(other > number for other in mates),
        letters[number] if number < len(letters) else "",
    )


def poem_stanzas(form: Form, variant: str, asked: int | None, letters: Sequence[str]) -> Stanzas:
    """The form's stanzas, as many as are asked for, or as the acrostic needs."""
    stanzas = unrolled(form, variant, asked, len(letters) or None)
    total = sum(map(len, stanzas))
    if len(letters) > total:
        raise BadInput(
            f"the acrostic {''.join(letters)!r} has {len(letters)} letters, and {form.name} has {total} lines. "
            "Shorten it, "
            "or choose a form of more lines."
        )
    return _cut(stanzas, len(letters)) if form.name in ("acrostic", "藏头诗") and letters else stanzas


def _cut(stanzas: Stanzas, lines: int) -> Stanzas:
    """The first so many lines; a rhyme that loses its partner is let go."""
    kept: list[tuple[FormLine, ...]] = []
    for stanza in stanzas:
        room = lines - sum(map(len, kept))
        if room > 0:
            kept.append(stanza[:room])
    rhymes = [line.rhyme for stanza in kept for line in stanza]
    return tuple(
        tuple(line if rhymes.count(line.rhyme) > 1 else replace(line, rhyme="") for line in stanza) for stanza in kept
    )
