"""Lines with their mends made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..findings import FORM, Finding
from ..page import Page
from ..page.shown import shown_of


def made(page: Page, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The lines of a page with the first mend of each finding."""
    lines = list(page.lines)
    for finding in sorted(findings, key=lambda f: (f.line, f.start), reverse=True):
        line = lines[finding.line - 1]
        lines[finding.line - 1] = line[: finding.start] + finding.mends[0] + line[finding.end :]
    return tuple(lines)


def mended_page(page: Page, findings: Sequence[Finding]) -> Page:
    """The page with the first mend of each finding of language; itself where there is none."""
    wanted = [f for f in findings if f.kind not in FORM and f.mends]
    if not wanted:
        return page
    marred, lines = {f.line - 1 for f in wanted}, made(page, wanted)
    shown = tuple(shown_of(line) if at in marred else page.shown[at] for at, line in enumerate(lines))
    return replace(page, lines=lines, shown=shown)
