"""A page's verse read as a poem, and its deviations brought back to the page.

Every evaluator that has an ear for deviations is asked (:meth:`carmina.Evaluator.deviations`); which metre, rhymes or
levels a poem has is theirs to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carmina import CarminaError, Deviation, Evaluator, Poem

from ..findings import Finding
from ..page import Page

KINDS = {"metre": "foot", "form": "foot", "rhyme": "rhyme", "levels": "level"}
MOST_FAULTY = 0.15  # of the lines: with more, the poem means to go so, or is in no such form
LEAST_FAULTS = 2  # that are told of any poem, however short
LEAST_LINES = 4
MOST_LICENCES = 0.15  # of the lines, where a poet counts syllables strictly, so that one more or less is a slip
MOST_SYLLABLES = 3  # that a slip takes from a line or gives it
_SYLLABLES = re.compile(r"is (\d+) syllables (?:short|long)")
SLIGHT, SHORT, LONG = "one syllable", "one syllable short", "syllables long"
ALONE = "rhymes with no other line"
LICENSED = ", as no other line is"  # a licence that stands out: poets take it
WORTH = 5.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What goes against the form of a page's verse."""

    findings: tuple[Finding, ...]  # empty where the poem breaks its form throughout
    faults: Mapping[str, int]  # kind -> how many, told or not
    short: frozenset[int] = frozenset()  # lines of the page, from 0, that lack a syllable

    def __len__(self) -> int:
        return sum(self.faults.values())


def diagnose(page: Page, lines: Sequence[int], language: str, workshop: Any, form: str = "") -> Diagnosis:
    """The slips of form in some lines of a page."""
    poem, places = _poem(page, lines, language, workshop)
    if poem is None or len(poem.lines) < LEAST_LINES:
        return Diagnosis((), {})
    if form:
        poem = replace(poem, form=form)
    every = [d for d in _deviations(poem, workshop) if d.kind in KINDS]
    found = [d for d in every if not d.licence]
    faults: dict[str, int] = {}
    for deviation in found:
        faults[deviation.kind] = faults.get(deviation.kind, 0) + 1
    short = frozenset(places[min(d.line, len(places)) - 1] for d in found if d.kind == "metre" and SHORT in d.text)
    if len({d.line for d in found}) > max(LEAST_FAULTS, MOST_FAULTY * len(poem.lines)):
        return Diagnosis((), faults, short)
    loose = len({d.line for d in every if d.licence and d.kind == "metre"}) > MOST_LICENCES * len(poem.lines)
    told = [d for d in found if d.kind not in ("metre", "rhyme") or _is_slip(d, loose)]
    return Diagnosis(tuple(_finding(d, page, places) for d in told), faults, short)


def _is_slip(deviation: Deviation, loose: bool) -> bool:
    """Whether a line of another length is a slip of its author's: not half a line (of a dialogue, a note among verse),
    one syllable, or a longer line, only where the poem counts them. An end is one where it broke a rhyme that the
    scheme asks for, not where it found none."""
    if deviation.kind == "rhyme":
        return ALONE not in deviation.text
    if LICENSED in deviation.text:
        return False
    if SLIGHT in deviation.text:
        return not loose
    size = _SYLLABLES.search(deviation.text)
    return size is not None and int(size[1]) <= MOST_SYLLABLES and not (loose and LONG in deviation.text)


def _deviations(poem: Poem, workshop: Any) -> Iterator[Deviation]:
    for entry in workshop.all("evaluator").values():
        if entry.takes == "Poem" and entry.deviations is not Evaluator.deviations:
            yield from entry(workshop).deviations(poem)


def _poem(page: Page, lines: Sequence[int], language: str, workshop: Any) -> tuple[Poem | None, list[int]]:
    """The lines as the reader of poems cuts them, and the page's line of each."""
    chosen = set(lines)
    text = "\n".join(
        shown.text.strip() if shown is not None and at in chosen else "" for at, shown in enumerate(page.shown)
    )
    try:
        poem = workshop.read(text.encode(), ".txt", "Poem")
    except CarminaError:
        return None, []
    places, at = [], 0
    numbers = [n for n in lines if page.shown[n] is not None]
    for line in poem.lines:  # a line of the page may hold two of the poem's
        at = next((n for n in range(at, len(numbers)) if line.strip() in _text(page, numbers[n])), at)
        places.append(numbers[min(at, len(numbers) - 1)])
    return replace(poem, language=language), places


def _text(page: Page, number: int) -> str:
    shown = page.shown[number]
    return "" if shown is None else shown.text


def _finding(deviation: Deviation, page: Page, places: Sequence[int]) -> Finding:
    at = places[min(max(deviation.line, 1), len(places)) - 1]
    line, word = page.lines[at], deviation.word
    start = line.rfind(word) if word else len(line) - len(line.lstrip())
    start, end = (start, start + len(word)) if word and start >= 0 else (len(line) - len(line.lstrip()), len(line))
    kind = KINDS[deviation.kind]
    return Finding(at + 1, start, end, line[start:end], kind, deviation.text, deviation.mends[:5], WORTH, False)
