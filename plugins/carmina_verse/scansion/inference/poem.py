"""The metre and the lengths of lines that explain a whole poem at least cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .feet import FEET, Reading

FAULT = 3.2  # what a line costs that the shape does not explain
PRIOR = {"iambic": 0.0, "trochaic": 0.15, "anapaestic": 0.3, "dactylic": 0.55}  # a line; iambs are the usual guess
NEW_LENGTH = 1.5  # each further length of line in a stanza must pay for itself
MOST_PERIOD = 9
SHORT_POEM = (3, 8)  # lines
LEAST_SHARE = 0.5  # of lines explained, for a metre to be named
NAMES = {
    1: "monometer",
    2: "dimeter",
    3: "trimeter",
    4: "tetrameter",
    5: "pentameter",
    6: "hexameter",
    7: "heptameter",
    8: "octameter",
}

Readings = dict[tuple[str, int], Reading]


@dataclass(frozen=True, slots=True)
class Shape:
    """A metre and the number of feet in each line of the pattern that comes back."""

    metre: str  # iambic, trochaic, anapaestic, dactylic; empty: none explains the poem
    feet: tuple[int, ...]  # of each place in the pattern
    cost: float  # a line
    period: int  # lines after which the pattern comes back; 0: it is that of each stanza

    def at(self, line: int, place: int) -> int:
        """The feet of a line: its number in the poem, and its place in its stanza."""
        return self.feet[(place if self.period == 0 else line) % len(self.feet)]

    @property
    def name(self) -> str:
        """``iambic pentameter``, ``iambic 4.3.4.3``; empty without a metre."""
        if not self.metre:
            return ""
        if len(set(self.feet)) == 1:
            return f"{self.metre} {NAMES[self.feet[0]]}"
        return f"{self.metre} {'.'.join(map(str, self.feet))}"


def shape_of(stanzas: Sequence[Sequence[Readings]]) -> Shape:
    """The shape of a poem: of every metre and every period, the one of least cost."""
    lines = [(place, readings) for stanza in stanzas for place, readings in enumerate(stanza) if readings]
    if not lines:
        return Shape("", (), 0.0, 1)
    return min(_shapes(stanzas, lines), key=lambda shape: (round(shape.cost, 6), shape.period))


def _shapes(stanzas: Sequence[Sequence[Readings]], lines: Sequence[tuple[int, Readings]]) -> Iterable[Shape]:
    sizes = {len(stanza) for stanza in stanzas}
    flat = [readings for _, readings in lines]
    yield Shape("", (), FAULT * (1 - LEAST_SHARE) + min(PRIOR.values()), 1)
    for metre in FEET:
        yield _fitted(metre, [flat], len(flat), 1)
        if SHORT_POEM[0] <= len(flat) <= SHORT_POEM[1]:  # a limerick: one stanza of lines of two lengths
            whole = _fitted(metre, [[readings] for readings in flat], len(flat), len(flat))
            if len(set(whole.feet)) == 2:
                yield whole
        for period in range(2, min(MOST_PERIOD, len(flat) // 2) + 1):
            if len(flat) % period == 0 and (len(stanzas) == 1 or sizes == {period}):
                yield _fitted(metre, [flat[at::period] for at in range(period)], len(flat), period)


def _fitted(metre: str, groups: Sequence[Sequence[Readings]], count: int, period: int) -> Shape:
    """The best number of feet for each group of lines that share a place."""
    feet, total = [], 0.0
    for group in groups:
        costs = {n: sum(_cost(readings, metre, n) for readings in group) for n in NAMES}
        best = min(costs, key=costs.__getitem__)
        feet.append(best)
        total += costs[best]
    total += NEW_LENGTH * (len(set(feet)) - 1)
    return Shape(metre, tuple(feet), total / count + PRIOR[metre], period)


def _cost(readings: Readings, metre: str, feet: int) -> float:
    found = readings.get((metre, feet))
    return min(FAULT, found.cost) if found else FAULT
