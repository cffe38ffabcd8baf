"""The metre and the lengths of lines that explain a whole poem at least cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .feet import FEET, Reading

FAULT = 3.2  # what a line costs that the shape does not explain
LONGEST_USUAL = 5  # feet
A_FOOT = 0.85  # what a line may cost for each of its feet
FALLING = ("trochaic", "dactylic")
PRIOR = {"iambic": 0.0, "trochaic": 0.15, "anapaestic": 0.3, "dactylic": 0.55}  # a line; iambs are the usual guess
OWN_LENGTH = 0.7  # of the lines of a place
NEW_LENGTH = 1.5  # each further length of line in a stanza must pay for itself
MOST_PERIOD, MOST_ALTERNATING = 9, 4  # lines; and of a pattern that begins anew with stanzas of several sizes
SHORT_POEM = (3, 8)  # lines
HALF = 0.5  # of a limerick's lines of one length: of two lines one may be faulty
LIMERICK = ((0, 1, 4), (2, 3))  # the lines of five that have one length
SHORT_METRE = (3, 3, 4, 3)
THRICE = 3  # times that a long pattern must come back in a poem without stanzas
MOST_USUAL = 0.7  # of the lines; where more are of one length, lines do not vary freely
LEAST_SHARE = 0.44  # of lines explained, for a metre to be named
A_FOOT_VARIED = 0.19  # what a line of a poem of lines of many lengths may cost for each of its feet
VARIED = (0.8, 0.4)  # what that freedom adds to a line; where no other metre comes near, so that it is no chance
CLEAR = 0.8  # a line, by which another metre must be worse
MOST_LENGTHS = 4
TRIPLE = 1.7  # so much more it may cost in feet of three syllables, whose lines are longer and freer
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
    feet: tuple[int, ...]  # of each place in the pattern; as many as lines where lengths vary freely
    cost: float  # a line
    period: int  # lines after which the pattern comes back; 0: it is that of each stanza; -1: lengths vary freely

    def at(self, line: int, place: int) -> int:
        """The feet of a line: its number in the poem, and its place in its stanza."""
        return self.feet[(place if self.period == 0 else line) % len(self.feet)]

    @property
    def name(self) -> str:
        """``iambic pentameter``, ``iambic 4.3.4.3``; empty without a metre."""
        if not self.metre:
            return ""
        if self.period < 0:
            return f"{self.metre} lines of {min(self.feet)} to {max(self.feet)} feet"
        if len(set(self.feet)) == 1:
            return f"{self.metre} {NAMES[self.feet[0]]}"
        return f"{self.metre} {'.'.join(map(str, self.feet))}"


def keeps(reading: Reading | None) -> bool:
    """Whether a line goes in its metre: the shorter it is, the less may be wrong with it."""
    return reading is not None and reading.cost < min(FAULT * _long(reading.feet), A_FOOT * reading.feet)


def _long(feet: int) -> float:
    """By how much longer than others a line is, whose cost has so many more places to come from."""
    return max(1.0, feet / LONGEST_USUAL)


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
    yield from _varied([readings for stanza in stanzas for readings in stanza])
    for metre in FEET:
        yield _fitted(metre, [flat], len(flat), 1)
        if len(stanzas) == 1 and SHORT_POEM[0] <= len(flat) <= SHORT_POEM[1]:  # one stanza of lines of two lengths
            yield from _whole(metre, flat)
        for period in range(2, min(MOST_PERIOD, len(flat) // 2) + 1):
            unbroken = len(stanzas) == 1 and (period <= MOST_ALTERNATING or len(flat) >= THRICE * period)
            if len(flat) % period == 0 and (unbroken or sizes == {period}):
                yield _fitted(metre, [flat[at::period] for at in range(period)], len(flat), period)
        for size in range(2, MOST_ALTERNATING + 1) if len(sizes) > 1 else ():  # a stanza of six among those of four
            parts = [[readings for place, readings in lines if place % size == at] for at in range(size)]
            if all(len(part) > 1 for part in parts):
                yield _fitted(metre, parts, len(flat), 0)


def _whole(metre: str, flat: Sequence[Readings]) -> Iterator[Shape]:
    """Shapes of a poem of one stanza that has lines of two lengths; a single line of another length is a fault, but in
    the quatrain of short metre."""
    if len(flat) == sum(map(len, LIMERICK)):
        feet = [0] * len(flat)
        fitted = _fitted(metre, [[flat[at] for at in group] for group in LIMERICK], len(flat), len(flat), HALF)
        for group, own in zip(LIMERICK, fitted.feet, strict=True):
            for at in group:
                feet[at] = own
        yield replace(fitted, feet=tuple(feet))
        return
    if len(flat) == SHORT_POEM[1]:
        return  # twice four lines, or four times two: a pattern that comes back
    whole = _fitted(metre, [[readings] for readings in flat], len(flat), len(flat))
    fewest = min(map(whole.feet.count, set(whole.feet)))
    if len(set(whole.feet)) == 2 and (fewest > 1 or whole.feet == SHORT_METRE):
        yield whole


def _fitted(
    metre: str, groups: Sequence[Sequence[Readings]], count: int, period: int, own: float = OWN_LENGTH
) -> Shape:
    """The best number of feet for each group of lines that share a place."""
    sums = [{n: sum(_cost(readings, metre, n) for readings in group) for n in NAMES} for group in groups]
    feet = [min(costs, key=costs.__getitem__) for costs in sums]
    usual = min(NAMES, key=lambda n: sum(costs[n] for costs in sums))
    feet = [n if n == usual or _of_own_length(group, metre, n, usual, own) else usual for n, group in zip(feet, groups)]
    total = sum(costs[n] for n, costs in zip(feet, sums, strict=True)) + NEW_LENGTH * (len(set(feet)) - 1)
    return Shape(metre, tuple(feet), total / count + PRIOR[metre], period)


def _of_own_length(group: Sequence[Readings], metre: str, feet: int, usual: int, share: float) -> bool:
    """Whether most lines of a place in the stanza go better with so many feet than with those of the other lines: one
    faulty line makes no length of its own."""
    better = sum(_cost(readings, metre, feet) < _cost(readings, metre, usual) for readings in group)
    return better >= share * len(group)


def _cost(readings: Readings, metre: str, feet: int) -> float:
    found = readings.get((metre, feet))
    return min(FAULT, found.cost / _long(feet)) if found else FAULT


def _varied(flat: Sequence[Readings]) -> Iterator[Shape]:
    """Each line as long as it reads best, as in odes: believed where the lines go well so, and are of few lengths."""
    counted = sum(map(bool, flat))
    if len(flat) <= SHORT_POEM[1] or not counted:
        return
    best = {metre: [min((_cost(own, metre, n), n) for n in NAMES) for own in flat] for metre in FEET}
    means = {
        metre: sum(cost for (cost, _), own in zip(lines, flat, strict=True) if own) / counted
        for metre, lines in best.items()
    }
    for metre, mean in means.items():
        feet = tuple(n for _, n in best[metre])
        most = A_FOOT_VARIED * (TRIPLE if len(next(iter(FEET[metre]))) > 2 else 1.0) * sum(feet) / len(feet)
        clear = min(other for name, other in means.items() if name != metre) - mean >= CLEAR
        usual = max(map(feet.count, feet)) / len(feet)
        if mean <= most and len(set(feet)) <= MOST_LENGTHS and usual <= MOST_USUAL:
            yield Shape(metre, feet, mean + VARIED[clear] + PRIOR[metre], -1)
