"""How many planted slips are found, and how much is told that is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..findings import FORM, Finding
from .planting import Planted

NEAR_LINES = 4  # within which a broken rhyme or 失粘 is told: the fault lies between two lines
WIDE = 14  # letters around a gap in which a missing word may be told


@dataclass
class Score:
    """Counts over many texts."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)  # the first mend is what stood there
    false: Counter[str] = field(default_factory=Counter)  # findings that meet no planted slip
    alarms: int = 0  # of those, the ones in lines that nothing was planted in
    clean_lines: int = 0

    def add(self, lines: Sequence[str], planted: Sequence[Planted], findings: Sequence[Finding]) -> None:
        """One text with what was planted in it and what was told."""
        met: set[int] = set()
        for slip in planted:
            hits = [n for n, finding in enumerate(findings) if meets(finding, slip)]
            self.planted[slip.kind] += 1
            self.found[slip.kind] += bool(hits)
            self.mended[slip.kind] += any(_mends(findings[n], slip) for n in hits)
            met |= set(hits)
        marred = {slip.line + 1 for slip in planted}
        for n, finding in enumerate(findings):
            if n not in met:
                self.false[finding.kind] += 1
                self.alarms += finding.line not in marred
        self.clean_lines += sum(bool(line.strip()) for n, line in enumerate(lines, 1) if n not in marred)

    def recall(self, kinds: Sequence[str] = ()) -> float:
        """Share of the planted slips that were found."""
        names = kinds or list(self.planted)
        return sum(self.found[k] for k in names) / max(1, sum(self.planted[k] for k in names))

    @property
    def precision(self) -> float:
        """Share of what was told that was planted."""
        right = sum(self.found.values())
        return right / max(1, right + sum(self.false.values()))

    @property
    def alarms_a_hundred(self) -> float:
        """False alarms in 100 clean lines."""
        return 100 * self.alarms / max(1, self.clean_lines)


def meets(finding: Finding, slip: Planted) -> bool:
    """Whether a finding tells of a planted slip: the same word, or around a gap; of form the same line."""
    if slip.kind in FORM:
        return finding.kind in FORM and abs(finding.line - slip.line - 1) <= NEAR_LINES
    if finding.line != slip.line + 1:
        return False
    if finding.kind in FORM:
        return slip.kind in ("missing", "doubled")
    if "missing" in (finding.kind, slip.kind):
        return abs(finding.start - slip.start) <= WIDE
    return finding.start <= slip.end and finding.end >= slip.start


def _mends(finding: Finding, slip: Planted) -> bool:
    return bool(finding.mends) and finding.mends[0].strip() == slip.was.strip()
