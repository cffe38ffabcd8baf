"""A row of the table that ``make bench`` ends with: what, ours, alternative, ratio, target, met or not."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

VARIABLE = "CARMINA_BENCH_ROWS"  # the file that rows are added to; without it nothing is kept
HEAD = ("what", "ours", "alternative", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. The target is held against ``ratio`` where there is an alternative, else against ``ours``."""

    what: str
    ours: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    alternative: str = ""  # its name
    theirs: float | None = None  # in the same unit

    @property
    def ratio(self) -> float | None:
        """How many times the alternative's figure ours is."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; ``None`` where it is a ratio to what is not installed."""
        value = self.ratio if self.alternative else self.ours
        if value is None:
            return None
        return value >= self.at_least if self.at_least is not None else self.at_most is None or value <= self.at_most

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        sign, target = (">=", self.at_least) if self.at_least is not None else ("<=", self.at_most)
        unit = "x" if self.alternative else self.unit
        other = f"{self.alternative}: " + (f"{self.theirs:,.4g} {self.unit}" if self.theirs else "not installed")
        return (
            self.what,
            f"{self.ours:,.4g} {self.unit}",
            other if self.alternative else "-",
            f"{self.ratio:.2f} x" if self.ratio else "-",
            "-" if target is None else f"{sign} {target:g} {unit}",
            "-" if target is None else {True: "yes", False: "NO", None: "?"}[self.met],
        )


def told(what: str, ours: float, unit: str, **more: float | str | None) -> None:
    """Add a row for the table, where one is being made."""
    if path := os.environ.get(VARIABLE):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(Row(what, ours, unit, **more))) + "\n")  # type: ignore[arg-type]


def table(rows: list[Row]) -> str:
    """All rows under one head, columns as wide as they must be."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([shown[0], "-" * len(shown[0]), *shown[1:]])
