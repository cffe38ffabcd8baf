"""Bars of numbered notation -> lines of a page: widths, breaks and the place of every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carmina.text import is_wide

from .figures import Item, NumberedBar

WIDTH, HEIGHT, MARGIN = 2100.0, 2970.0, 150.0  # A4 in tenths of a millimetre
ROOM = WIDTH - 2 * MARGIN
FIGURE, WORDS, CHORD, SMALL = 56.0, 46.0, 40.0, 30.0  # sizes of letters
COLUMN, NARROW = 58.0, 42.0  # of a quarter, and of what is shorter
BAR_LINE, REPEAT, GRACE, ACCIDENTAL, DOT = 34.0, 62.0, 22.0, 22.0, 18.0
MOST_STRETCH = 1.7


@dataclass(frozen=True, slots=True)
class Placed:
    """One item with the place of the middle of its figure, and of each of its dashes."""

    item: Item
    x: float
    dashes: tuple[float, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """One bar on its line."""

    bar: NumberedBar
    left: float
    right: float
    items: tuple[Placed, ...]


def text_width(text: str, size: float) -> float:
    """How wide a text is printed: a Chinese character its size, a letter about half of it."""
    return sum(size if is_wide(c) else size * 0.5 for c in text)


def lines(bars: Sequence[NumberedBar]) -> Iterator[list[PlacedBar]]:
    """The bars in lines that fill the page's width; the last is stretched only where it is nearly full."""
    row: list[NumberedBar] = []
    for bar in bars:
        if row and sum(map(_width, [*row, bar])) > ROOM:
            yield _placed(row, last=False)
            row = []
        row.append(bar)
    if row:
        yield _placed(row, last=True)


def _placed(row: Sequence[NumberedBar], last: bool) -> list[PlacedBar]:
    natural = sum(map(_width, row))
    stretch = ROOM / natural if not last or natural > ROOM else min(ROOM / natural, 1.15)
    stretch = min(stretch, MOST_STRETCH)
    found, x = [], MARGIN
    for bar in row:
        left = x
        x += (_opening(bar)) * stretch
        items = []
        for item in bar.items:
            width = _item_width(item) * stretch
            items.append(_place(item, x, width))
            x += width
        x += _closing(bar) * stretch
        found.append(PlacedBar(bar, left, x, tuple(items)))
    return found


def _place(item: Item, left: float, width: float) -> Placed:
    lead = _lead(item)
    column = (width - lead) / item.columns
    middles = [left + lead + column * (n + 0.5) for n in range(item.columns)]
    first = min(middles[0], left + lead + COLUMN)
    return Placed(item, first, tuple(middles[1:]), left, left + width)


def _lead(item: Item) -> float:
    return GRACE * len(item.graces) + (ACCIDENTAL if item.figure.change is not None else 0.0)


def _item_width(item: Item) -> float:
    own = (COLUMN if not item.lines else NARROW) * item.columns + DOT * item.dots + _lead(item)
    said = [text_width(text, WORDS) + (20 if goes_on else 14) for text, goes_on in item.words.values()]
    shown = sum(chord_width(symbol) for _, symbol in item.chords)
    return max(own, shown, *said, 0.0)


def chord_width(symbol: str) -> float:
    """With the gap after it."""
    return text_width(symbol, CHORD) * 1.1 + 12


def chord_places(placed: Placed) -> Iterator[tuple[float, str]]:
    """Where each chord of an item begins, and how it is printed: at its time, never over the one before."""
    free = 0.0
    begins = placed.x - 14
    for offset, symbol in placed.item.chords:
        share = offset / placed.item.ticks if placed.item.ticks else 0.0
        x = max(begins + share * (placed.right - placed.x), free)
        yield x, symbol.replace("#", "♯").replace("b", "♭")
        free = x + chord_width(symbol)


def _opening(bar: NumberedBar) -> float:
    changes = bool(bar.key) * 120.0 + bool(bar.metre) * 70.0
    return (REPEAT if bar.opens else 12.0) + changes


def _closing(bar: NumberedBar) -> float:
    return REPEAT if bar.closes else BAR_LINE


def _width(bar: NumberedBar) -> float:
    return _opening(bar) + sum(map(_item_width, bar.items)) + _closing(bar)
