"""Lines that a person gave to go on from: do they fit the form that is asked for?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carmina import BadInput

from ..scansion.english import scan_line, words_in


def check_given(studio: Any, given: Sequence[Any], planned: Sequence[Any], request: Any) -> None:
    """Note the pattern that each line keeps. Its syllables are a person's own; its letter, refrain and rhyme must
    fit."""
    if len(given) > len(planned):
        raise BadInput(f"--prompt has {len(given)} lines, and {request.form.name} only {len(planned)}. Give fewer.")
    for number, (line, slot, text) in enumerate(zip(given, planned, request.given, strict=False)):
        line.pattern = _pattern(studio, text, slot, request)
        words = words_in(text)
        if slot.letter and not words[0].lstrip("'").startswith(slot.letter):
            raise BadInput(
                f"--prompt line {text!r} begins with {words[0]!r}, and the acrostic asks for {slot.letter!r}. "
                "Change one of them."
            )
        if slot.copies is not None and words != words_in(request.given[slot.copies]):
            raise BadInput(
                f"--prompt line {number + 1} must repeat line {slot.copies + 1} in {request.form.name}. Give the "
                "line again, "
                "or fewer lines."
            )
        for other in slot.rhymes_before:
            _check_rhyme(studio, words_in(request.given[other])[-1], words[-1], request)
    first = next((at for at, slot in enumerate(planned) if slot.line.rhyme), 0)
    if request.brief.rhyme and len(given) > first:
        raise BadInput("--rhyme and --prompt both say what the first lines rhyme on. Leave one of them out.")


def _pattern(studio: Any, text: str, slot: Any, request: Any) -> str:
    """The pattern that a line keeps; empty where it keeps none: it stands as it was given."""
    if slot.heads is not None:
        return ""
    found = scan_line(studio.language, text, slot.line.patterns, request.brief.strictness)
    return found.pattern if found is not None else ""


def liberties(given: Sequence[Any], planned: Sequence[Any], sounds: Any, form: str) -> dict[str, str]:
    """Given lines that the form would not have: number of the line, from 1 -> in what."""
    found = {}
    for number, (line, slot) in enumerate(zip(given, planned, strict=False), 1):
        if slot.heads is None and not line.pattern:
            own = sum(int(sounds.syllables[word]) for word in line.words)
            asked = sorted({len(pattern) for pattern in slot.line.patterns})
            many = " or ".join(map(str, asked))
            why = f"{own} syllables, {many} in {form}" if own not in asked else f"not the metre of {form}"
            found[str(number)] = f"given, {why}"
    return found


def _check_rhyme(studio: Any, one: str, other: str, request: Any) -> None:
    kinds = ("perfect", "slant") if request.brief.strictness == "slant" else ("perfect",)
    if studio.language.rhymes_with(one, other) not in kinds:
        raise BadInput(
            f"--prompt: {one!r} and {other!r} should rhyme in {request.form.name}, and do not. Change one of the "
            "lines, or take "
            "--strictness slant."
        )
