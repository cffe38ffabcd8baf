"""The mended text: every mend that is sure, less those that would break the form."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..findings import FORM, Finding
from ..form import Diagnosis, diagnose
from ..page import Page
from .making import made, mended_page
from .reading import Reading

ROUNDS = 3  # in which mends that break the form are taken back


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its mends."""

    lines: tuple[str, ...]
    made: tuple[Finding, ...]
    left: tuple[Finding, ...]  # not mended: not sure, without a mend, or against the form

    def diff(self, page: Page, name: str) -> list[str]:
        """The change as a unified diff."""
        return list(
            difflib.unified_diff(page.lines, self.lines, name, f"{name} (mended)", lineterm="", n=0)
        )  # fmt: skip


def mended(reading: Reading, workshop: Any, form: str = "") -> Mended:
    """Make the mends; the form's faults are counted before and after, and mends that add one are taken back."""
    wanted = [f for f in reading.findings if f.kind not in FORM and f.mends and f.sure]
    for _ in range(ROUNDS):
        lines = made(reading.page, wanted)
        broken = _broken(reading, wanted, lines, workshop, form)
        if not broken:
            break
        wanted = [f for f in wanted if f.line - 1 not in broken]
    else:
        wanted, lines = [], reading.page.lines
    return Mended(tuple(lines), tuple(wanted), tuple(f for f in reading.findings if f not in wanted))


def _broken(reading: Reading, wanted: Sequence[Finding], lines: Sequence[str], workshop: Any, form: str) -> set[int]:
    """The changed lines that must stay as they are for no kind of fault to become more frequent."""
    page = reading.page
    changed = {at for at, (old, new) in enumerate(zip(page.lines, lines, strict=True)) if old != new}
    after_page = mended_page(page, wanted)
    shown = after_page.shown
    for code, before in reading.forms.items():
        numbers = [at for at in reading.lines[code] if shown[at] is not None and at not in page.titles]
        after = diagnose(after_page, numbers, code, workshop, form)
        if changed and _more(before, after):
            known = {(f.line, f.kind) for f in before.findings}
            new = {f.line - 1 for f in after.findings if (f.line, f.kind) not in known}
            return (new & changed) or changed
    return set()


def _more(before: Diagnosis, after: Diagnosis) -> bool:
    return any(many > before.faults.get(kind, 0) for kind, many in after.faults.items())
