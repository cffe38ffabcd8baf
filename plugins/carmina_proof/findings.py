"""What is found: a place, a kind, a reason, mends in the order of their worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KINDS = (
    "spelling",
    "confusable",
    "agreement",
    "doubled",
    "missing",
    "article",
    "mark",
    "character",
    "particle",
    "foot",
    "rhyme",
    "level",
)
FORM = ("foot", "rhyme", "level")


@dataclass(frozen=True, slots=True)
class Finding:
    """One slip."""

    line: int  # from 1
    start: int  # column from 0 in the line as it stands
    end: int  # one past its last letter; ``start`` where something is missing
    word: str  # as it stands; of a whole line the line
    kind: str  # of KINDS
    reason: str
    mends: tuple[str, ...] = ()  # what may stand there instead, the likeliest first; "" takes it away
    worth: float = 0.0  # nats by which the first mend is likelier; of rules 9
    sure: bool = True  # whether the first mend may be made without asking

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "line": self.line,
            "column": self.start + 1,
            "end_column": self.end + 1,
            "word": self.word,
            "kind": self.kind,
            "reason": self.reason,
            "suggestions": list(self.mends),
            "fixable": bool(self.mends) and self.sure,
        }

    def told(self, name: str) -> str:
        """One line for a person, as compilers and linters print it."""
        said = " / ".join(mend or "(leave it out)" for mend in self.mends)
        return f"{name}:{self.line}:{self.start + 1}: {self.kind}: {self.reason}" + (f" -> {said}" if said else "")


def in_order(findings: list[Finding]) -> list[Finding]:
    """By place; of findings that overlap the one of most worth."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.kind in FORM, -f.worth, f.line, f.start)):
        clash = any(
            other.line == finding.line
            and finding.start < max(other.end, other.start + 1)
            and other.start < max(finding.end, finding.start + 1)
            for other in kept
            if finding.kind not in FORM and other.kind not in FORM
        )
        if not clash:
            kept.append(finding)
    return sorted(kept, key=lambda f: (f.line, f.start, f.kind))
