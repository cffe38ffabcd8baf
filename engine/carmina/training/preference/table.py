"""What a training by preference changed: figures of works to prompts that were held out, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; None: not defined."""

    name: str
    before: float | None
    after: float | None
    people: float | None = None
    chance: float | None = None
    better: str = "higher"  # "higher", "lower", "people": best near theirs


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of it."""

    by: str  # "people", "rules", "discriminator"
    pairs: int
    rounds: int  # that were kept
    held_out: int  # prompts measured on
    stopped: str  # why it ended before its last round; empty: it did not
    rows: tuple[Row, ...]

    @property
    def notes(self) -> dict[str, Any]:
        """For a model's header."""
        return asdict(self)

    @property
    def lines(self) -> list[str]:
        """For people."""
        head = (
            f"preferred by {self.by}: {self.pairs} pairs, {self.rounds} round{'s' * (self.rounds != 1)} kept; "
            f"measured on {self.held_out} works that were held out"
        )
        cells: list[tuple[str, ...]] = [("", "before", "after", "people", "chance", "better")]
        cells += [
            (row.name, *map(_number, (row.before, row.after, row.people, row.chance)), row.better) for row in self.rows
        ]
        widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
        table = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in cells]
        return [head, *table, *([f"note: {self.stopped}"] if self.stopped else [])]


def compared(
    before: Mapping[str, float], after: Mapping[str, float], people: Mapping[str, float], kinds: Mapping[str, str]
) -> list[Row]:
    """A row for each figure of either side; ``kinds``: which way is better, "people" unless said."""
    names: Sequence[str] = list(dict.fromkeys([*before, *after]))
    chance = {"pairs told right": 0.5, "told from people's": 0.5}
    return [
        Row(name, before.get(name), after.get(name), people.get(name), chance.get(name), kinds.get(name, "people"))
        for name in names
    ]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
