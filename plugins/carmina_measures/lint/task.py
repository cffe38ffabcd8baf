"""One run of ``carmina lint``: read, judge, mend, tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from carmina import BadInput, BadOption, Lyrics
from carmina.text import counted

from ..hearing import heard
from ..report.tables import width
from . import overlaps
from .rules import KINDS, LocatedProblem, lint, mended, placed
from .sheet import Sheet

JSON = ".json"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found, and what it mended."""

    song: str
    remarks: tuple[str, ...]
    problems: tuple[LocatedProblem, ...]  # that are left
    done: tuple[LocatedProblem, ...] | None  # mended; None: nobody asked for it
    syllables: int

    @property
    def bad(self) -> bool:
        """Whether anything worse than a hint is left."""
        return any(problem.severity != "hint" for problem in self.problems)

    def terminal_lines(self) -> list[str]:
        """Lines for a terminal."""
        lines = [f"note: {remark}" for remark in self.remarks]
        if self.done is not None:
            lines += [f"mended {len(self.done)}:", *_rows(self.done)] if self.done else ["nothing to mend"]
        if self.problems:
            lines += ["left:"] * (self.done is not None) + _rows(self.problems)
        return [*lines, self._sum()]

    def _sum(self) -> str:
        counts = Counter(problem.severity for problem in self.problems)
        said = [
            f"{counts[name]} {name}{'s' * (counts[name] != 1)}" for name in ("error", "warning", "hint") if counts[name]
        ]
        return f"{self.song}: {', '.join(said) or 'nothing to stumble over'} in {counted('syllable', self.syllables)}"

    def json(self) -> bytes:
        """The findings for programs."""
        told = {
            "song": self.song,
            "remarks": list(self.remarks),
            "syllables": self.syllables,
            "problems": [asdict(problem) for problem in self.problems],
            "mended": None if self.done is None else [asdict(problem) for problem in self.done],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _rows(problems: Sequence[LocatedProblem]) -> list[str]:
    lines = []
    for found in problems:
        where = f"bar {found.bar}, beat {found.beat:g}" if found.bar or found.beat else "song"
        lines.append([where, found.severity, found.kind, found.syllable or "-", f"{found.reason}; {found.fix}"])
    sizes = [max(width(row[i]) for row in lines) for i in range(len(lines[0]) - 1)]
    return [
        "  "
        + "  ".join([*(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=False)), row[-1]])
        for row in lines
    ]


def check(kinds: Sequence[str], fix: bool, outputs: Sequence[Path]) -> None:
    """Refuse what cannot be done before any work."""
    for kind in kinds:
        if kind not in KINDS:
            raise BadOption("--only", kind, ", ".join(KINDS))
    songs = [path for path in outputs if path.suffix.lower() != JSON]
    if fix and not songs:
        raise BadInput("--fix needs a file for the mended song: give -o fixed.mid.")
    if songs and not fix:
        raise BadInput(f"nothing would be mended: {str(songs[0])!r} asks for --fix.")


def run(
    conductor: Any,
    path: Path,
    words: Lyrics | None,
    compass: tuple[int, int] | None,
    kinds: Sequence[str],
    fix: bool,
    outputs: Sequence[Path],
) -> Findings:
    """Judge the song in a file and write what was asked for."""
    for output in outputs:
        conductor.check_target(output, path)
        if output.suffix.lower() != JSON:
            conductor.renderer(output.name)
    data = conductor.file_bytes(path)
    score = conductor.read(data, path.name, "Score")
    sheet = Sheet(heard(conductor, score, words), compass)
    crossing = overlaps.overlaps(data, path.suffix, score) if not kinds or "overlap" in kinds else []
    found = [placed(sheet, problem) for problem in crossing]
    done = None
    if fix:
        sheet, more = mended(sheet, kinds, conductor.progress)
        found, done = [], (*found, *more)
    problems = sorted(
        [*found, *(placed(sheet, problem) for problem in lint(sheet, kinds))], key=lambda one: (one.bar, one.beat)
    )
    findings = Findings(path.name, sheet.heard.remarks, tuple(problems), done, sheet.view.syllables)
    conductor.save(
        {
            output: findings.json() if output.suffix.lower() == JSON else conductor.render(sheet.score, output.name)
            for output in outputs
        }
    )
    return findings
