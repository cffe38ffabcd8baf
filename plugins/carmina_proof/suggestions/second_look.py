"""Slips that others hid: lines in which something was found are read once more with it mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..findings import FORM, Finding
from ..page import Page
from .making import mended_page

Read = Callable[[Page, Sequence[int]], list[Finding]]


def second_look(page: Page, lines: Sequence[int], findings: Sequence[Finding], read: Read) -> list[Finding]:
    """What is found beside ``findings`` once they are mended, told by places of the page as it stands."""
    sure = [f for f in findings if f.kind not in FORM and f.mends]
    marred = {f.line - 1 for f in sure}
    numbers = [at for at in lines if at in marred or at + 1 in marred]
    if not marred:
        return []
    mended = mended_page(page, sure)
    if any(mended.shown[at] is None for at in numbers):
        return []
    again = read(mended, numbers)
    placed = (_placed(f, sure, page) for f in again if f.line - 1 in marred)
    return [f for f in placed if f is not None]


def _placed(finding: Finding, made_before: Sequence[Finding], page: Page) -> Finding | None:
    """A finding of the mended line in the line as it stands; None where a mend is what it tells of."""
    start, end, shift = finding.start, finding.end, 0
    for mend in sorted((f for f in made_before if f.line == finding.line), key=lambda f: f.start):
        first, size = mend.start + shift, len(mend.mends[0])
        if first + size <= start and (first + size < start or size):
            shift += size - (mend.end - mend.start)
        elif first < end or start == end == first:
            return None
    start, end = start - shift, end - shift
    line = page.lines[finding.line - 1]
    if not 0 <= start <= end <= len(line) or line[start:end].strip() != finding.word.strip():
        return None
    return replace(finding, start=start, end=end)
