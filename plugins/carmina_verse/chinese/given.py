"""Lines and characters that a person gave: which variant of a form, and which patterns, can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import BadInput, Form, NoSolution, VerseBrief

from ..forms.slots import Slot, poem_stanzas, slots
from .characters import group_of
from .liberties import adapted

Plan = tuple[list[Slot], list[str]]  # the lines, and the pattern of each


def planned(
    studio: Any,
    brief: VerseBrief,
    form: Form,
    variant: str,
    book: str,
    given: Sequence[str],
    letters: Sequence[str],
    rng: np.random.Generator,
) -> Plan | None:
    """The lines of a variant with patterns that what is given keeps; None where it cannot."""
    lines = slots(poem_stanzas(form, variant, brief.stanzas, letters), letters)
    if len(given) > len(lines) or not _agree(studio, lines, given, book, brief.strictness):
        return None
    ids, levels = studio.characters.ids, studio.characters.levels(book)

    def fits(at: int, pattern: str) -> bool:
        known = given[at] if at < len(given) else lines[at].letter
        return (at >= len(given) or len(known) == len(pattern)) and all(
            levels[place][ids[character]] for character, place in zip(known, pattern, strict=False)
        )

    drawn = [slot.line.patterns[int(rng.integers(len(slot.line.patterns)))] for slot in lines]
    for at, line in enumerate(given):
        drawn[at] = next((pattern for pattern in lines[at].line.patterns if len(pattern) == len(line)), drawn[at])
    patterns = adapted(drawn, fits, brief.strictness == "strict")
    return None if patterns is None else (lines, patterns)


def _agree(studio: Any, lines: Sequence[Slot], given: Sequence[str], book: str, strictness: str) -> bool:
    """Whether the given lines rhyme, and repeat one another, where the form says so."""
    for at, (line, slot) in enumerate(zip(given, lines, strict=False)):
        if slot.copies is not None and not given[slot.copies].endswith(line):
            return False
        if (
            slot.line.rhyme
            and not classes_of(studio.characters, [line, *(given[n] for n in slot.rhymes_before)], book)
            and strictness != "slant"
        ):
            return False
        if (
            slot.line.rhyme
            and slot.copies is None
            and any(given[n][-1] == line[-1] for n in slot.rhymes_before if n < at)
        ):
            return False
    return True


def classes_of(characters: Any, lines: Sequence[str], book: str) -> list[str]:
    """The classes (of ci: of either level) in which all these lines rhyme; empty: they do not."""
    shared = [characters.classes(line[-1], book) for line in lines]
    groups = set.intersection(*({group_of(name) for name in names} for names in shared))
    return [name for name in shared[0] if group_of(name) in groups]


def variant_of(
    studio: Any, brief: VerseBrief, form: Form, book: str, given: Sequence[str], letters: Sequence[str], number: int
) -> str:
    """The variant that the given lines and the acrostic allow; which of them depends on the seed."""
    unknown = next((c for line in given for c in line if c not in studio.characters.ids), None)
    if unknown is not None:
        raise BadInput(f"--prompt holds {unknown!r}, a character that the model lacks. Write the line without it.")
    names = _fitting(studio, replace(brief, strictness="strict"), form, book, given, letters) or _fitting(
        studio, brief, form, book, given, letters
    )
    if (
        names
        and given
        and brief.rhyme
        and any(slot.line.rhyme for slot in slots(form.variants[names[0]])[: len(given)])
    ):
        raise BadInput("--rhyme and --prompt both say what the first lines rhyme on. Leave one of them out.")
    if not names and given:
        sizes = sorted(
            {len(line.patterns[0]) for stanzas in form.variants.values() for stanza in stanzas for line in stanza}
        )
        raise BadInput(
            f"--prompt {'，'.join(given)!r} fits no variant of {form.name} (lines of "
            f"{' or '.join(map(str, sizes))} characters, "
            f"平仄 and rhyme by {book}). Change the line, the "
            f"form{', the strictness' if brief.strictness == 'strict' else ''} "
            "or the book."
        )
    if not names:
        raise NoSolution(
            f"the acrostic {''.join(letters)!r} fits no variant of {form.name}: its tones stand in the way. Choose "
            "藏头诗 or "
            "other characters."
        )
    return names[(brief.seed + number) % len(names)]


def _fitting(
    studio: Any, brief: VerseBrief, form: Form, book: str, given: Sequence[str], letters: Sequence[str]
) -> list[str]:
    rng = np.random.default_rng(0)
    return [name for name in form.variants if planned(studio, brief, form, name, book, given, letters, rng) is not None]
