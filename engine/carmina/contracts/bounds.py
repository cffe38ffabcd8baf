"""How large a work an entry takes on. Checked by the conductor before any work is done."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import BadInput
from ..works import Poem, Score, extent

MOST_NOTES = 200_000
_ADVICE = {
    "notes": "Leave some parts out, or cut it.",
    "bars": "Cut it, or leave some parts out: notes may lie very far apart.",
    "seconds": "Cut it: notes may lie very far apart.",
    "lines": "Cut it in parts.",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest score, or poem, whose cost is bearable; None: the cost does not grow with it."""

    notes: int | None = MOST_NOTES  # of all parts
    bars: int | None = 100_000  # of all parts together
    seconds: float | None = 24 * 3600.0
    lines: int | None = 2_000  # of a poem

    def check(self, work: object, what: str) -> None:
        """Raise ``BadInput`` where a score or a poem is larger; ``what`` is to be done, e.g. "be written as abc"."""
        for name, got in _sizes(work).items():
            most = getattr(self, name)
            if most is not None and got > most:
                raise BadInput(f"too long to {what}: {_said(name, got)}; at most {_said(name, most)}. {_ADVICE[name]}")


def _sizes(work: object) -> dict[str, float]:
    if isinstance(work, Score):
        found = extent(work)
        return {"notes": found.notes, "bars": found.bars, "seconds": found.seconds}
    return {"lines": len(work.lines)} if isinstance(work, Poem) else {}


def _said(name: str, many: float) -> str:
    if name == "seconds":
        return f"{many / 60:,.0f} minutes"
    return f"{many:,} {'bars of all parts' if name == 'bars' else name}"
