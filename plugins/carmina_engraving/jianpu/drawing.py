"""Numbered notation -> pages as SVG, of the same fonts as staves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from ..typefaces import NOTES_FAMILY, TEXT_FAMILIES
from .figures import Figure, NumberedBar, verses
from .lines import (
    ACCIDENTAL,
    CHORD,
    FIGURE,
    GRACE,
    HEIGHT,
    MARGIN,
    SMALL,
    WIDTH,
    WORDS,
    Placed,
    PlacedBar,
    chord_places,
    lines,
)

SVG = "http://www.w3.org/2000/svg"
ACCIDENTALS = {-2: "\ue264", -1: "\ue260", 0: "\ue261", 1: "\ue262", 2: "\ue263"}
QUARTER, AUGMENTED = "\ueca5", "\uecb7"  # a note of a metronome mark, its dot
ABOVE, VERSE, BELOW, HEADING = 136.0, 56.0, 92.0, 56.0  # heights over and under the figures
FOOT = HEIGHT - MARGIN


class Head(NamedTuple):
    """Key, metre and tempo of the piece."""

    key: str  # "1=G"
    metre: str  # "3/4"
    tempo: str  # beats a minute
    dotted: bool  # the beat is a dotted quarter


class Page:
    """One sheet that is drawn on."""

    def __init__(self) -> None:
        self.root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG}, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}")

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: float,
        anchor: str = "middle",
        notes: bool = False,
        bold: bool = False,
    ) -> None:
        """A text whose baseline is at ``y``."""
        holder = etree.SubElement(self.root, f"{{{SVG}}}text", x=f"{x:.1f}", y=f"{y:.1f}")
        holder.set("font-family", NOTES_FAMILY if notes else TEXT_FAMILIES)
        holder.set("font-size", f"{size:g}px")
        holder.set("text-anchor", anchor)
        if bold:
            holder.set("font-weight", "bold")
        etree.SubElement(holder, f"{{{SVG}}}tspan").text = said

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 3.0) -> None:
        """A straight line."""
        path = etree.SubElement(self.root, f"{{{SVG}}}path", d=f"M{x1:.1f} {y1:.1f} L{x2:.1f} {y2:.1f}")
        path.set("stroke", "black")
        path.set("stroke-width", f"{width:g}")

    def dot(self, x: float, y: float, radius: float = 5.0) -> None:
        """A filled dot."""
        etree.SubElement(self.root, f"{{{SVG}}}circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:g}")

    def arc(self, x1: float, x2: float, y: float) -> None:
        """A tie or slur that opens downwards."""
        rise = min(26.0, 10 + (x2 - x1) / 12)
        path = etree.SubElement(
            self.root, f"{{{SVG}}}path", d=f"M{x1:.1f} {y:.1f} Q{(x1 + x2) / 2:.1f} {y - 2 * rise:.1f} {x2:.1f} {y:.1f}"
        )
        path.set("fill", "none")
        path.set("stroke", "black")
        path.set("stroke-width", "3")


def drawn(bars: Sequence[NumberedBar], title: str, credits: Sequence[str], said: Head) -> list[etree._Element]:
    """The pages; ``said``: what stands at the head."""
    numbers = list(verses(list(bars)))
    page = Page()
    y = _head(page, title, credits, said)
    pages = [page]
    for row in lines(bars):
        top = HEADING if any(placed.bar.heading or placed.bar.tempo for placed in row) else 0.0
        height = top + ABOVE + BELOW + VERSE * len(numbers)
        if y + height > FOOT and y > MARGIN:
            page, y = Page(), MARGIN
            pages.append(page)
        _line(page, row, y + top + ABOVE, numbers)
        y += height + 30
    return [page.root for page in pages]


def _head(page: Page, title: str, credits: Sequence[str], said: Head) -> float:
    y = MARGIN
    if title:
        ems = sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in title)
        size = min(92.0, (WIDTH - 2 * MARGIN) / max(ems, 1))
        page.text(WIDTH / 2, y + 70, title, size)
        y += 130
    key, metre, tempo, dotted = said
    page.text(MARGIN, y + 50, key, WORDS, "start")
    page.text(MARGIN + 190, y + 50, metre, WORDS, "start")
    page.text(MARGIN + 310, y + 50, QUARTER + AUGMENTED * dotted, WORDS, "start", notes=True)
    page.text(MARGIN + 344 + 14 * dotted, y + 50, f"= {tempo}", WORDS, "start")
    for number, credit in enumerate(credits[:4]):
        page.text(WIDTH - MARGIN, y + 50 * (number + 1), credit, CHORD, "end")
    return y + 50 * max(1, min(4, len(credits))) + 40


def _line(page: Page, row: Sequence[PlacedBar], y: float, numbers: Sequence[int]) -> None:
    for placed in row:
        _bar(page, placed, y, numbers)
    everything = [item for placed in row for item in placed.items]
    _arcs(page, everything, y)
    for placed in row:
        _underlines(page, placed, y)
        _tuplets(page, placed.items, y)


def _bar(page: Page, placed: PlacedBar, y: float, numbers: Sequence[int]) -> None:
    bar, x = placed.bar, placed.left
    if bar.heading:
        page.text(x, y - ABOVE - 4, bar.heading, CHORD, "start", bold=True)
    if bar.tempo:
        page.text(x + (200 if bar.heading else 0), y - ABOVE - 4, f"= {bar.tempo}", CHORD, "start")
    if bar.opens:
        _sign(page, x + 8, y, opens=True)
        x += 40
    for text in filter(None, (bar.key, bar.metre)):
        page.text(x + 10, y, text, CHORD, "start")
        x += 120 if "=" in text else 70
    for item in placed.items:
        _item(page, item, y, numbers)
    if bar.closes:
        _sign(page, placed.right - 14, y, opens=False)
        if bar.closes > 2:
            page.text(placed.right - 14, y - 60, f"{bar.closes}×", SMALL)
    else:
        page.line(placed.right - 14, y - 46, placed.right - 14, y + 10)
        if bar.final:
            page.line(placed.right - 4, y - 46, placed.right - 4, y + 10, 8)


def _sign(page: Page, x: float, y: float, opens: bool) -> None:
    way = 1 if opens else -1
    page.line(x, y - 46, x, y + 10, 8)
    page.line(x + 11 * way, y - 46, x + 11 * way, y + 10)
    for height in (28, 10):
        page.dot(x + 24 * way, y - height, 4.5)


def _item(page: Page, placed: Placed, y: float, numbers: Sequence[int]) -> None:
    item = placed.item
    for place, grace in enumerate(item.graces):
        x = placed.left + GRACE * (place + 0.5)
        _figure(page, grace, x, y - 30, SMALL, 2)
        page.line(x - 9, y - 24, x + 9, y - 24, 2)
    _figure(page, item.figure, placed.x, y, FIGURE, item.lines)
    for place, dash in enumerate(placed.dashes):
        if item.figure.digit:
            page.line(dash - 16, y - 18, dash + 16, y - 18, 4)
        else:
            _figure(page, item.figure, placed.x + (dash - placed.x) * (1 if place >= 0 else 0), y, FIGURE, 0)
    for dot in range(item.dots):
        page.dot((placed.dashes[-1] if placed.dashes else placed.x) + 24 + 14 * dot, y - 18, 4.5)
    for x, symbol in chord_places(placed):
        page.text(x, y - 88, symbol, CHORD, "start")
    if item.fermata:
        page.text(placed.x, y - 66, "𝄐", CHORD)
    for row, number in enumerate(numbers):
        if number in item.words:
            text, goes_on = item.words[number]
            page.text(placed.x, y + BELOW + VERSE * row, text, WORDS)
            if goes_on:
                page.text(placed.right, y + BELOW + VERSE * row, "-", WORDS)


def _figure(page: Page, figure: Figure, x: float, y: float, size: float, lines_below: int) -> None:
    page.text(x, y, str(figure.digit), size)
    if figure.change is not None:
        sign = ACCIDENTALS[max(-2, min(2, figure.change))]
        page.text(x - size * 0.3 - ACCIDENTAL / 2, y - size * 0.4, sign, size, notes=True)
    small = size / FIGURE
    for number in range(abs(figure.octave)):
        above = y - size * 0.84 - 12 * small * number
        below = y + (18 + 8 * lines_below) * small + 12 * small * number
        page.dot(x, above if figure.octave > 0 else below, 4.5 * small)


def _underlines(page: Page, placed: PlacedBar, y: float) -> None:
    """Lines under short notes, joined within a beat."""
    beat = placed.bar.beat
    for level in range(1, 6):
        run: list[Placed] = []
        for item in (*placed.items, None):
            joins = item is not None and item.item.lines >= level
            if run and (not joins or item is None or item.item.at // beat != run[0].item.at // beat):
                page.line(run[0].x - 17, y + 10 + 8 * (level - 1), run[-1].x + 17, y + 10 + 8 * (level - 1))
                run = []
            if joins and item is not None:
                run.append(item)


def _arcs(page: Page, items: Iterable[Placed], y: float) -> None:
    """Ties and slurs; one that began on the line before comes from the margin, one that goes on leaves for it."""
    for name in ("tie", "slur"):
        began: Placed | None = None
        last: Placed | None = None
        for placed in items:
            said = getattr(placed.item, name)
            high = y - 58 - 12 * max(0, placed.item.figure.octave)
            if said in ("stop", "both"):
                page.arc(began.x if began else max(MARGIN, placed.x - 60), placed.x, high)
                began = None
            if said in ("start", "both"):
                began = placed
            last = placed
        if began and last:
            page.arc(began.x, last.right + 20, y - 58)


def _tuplets(page: Page, items: Sequence[Placed], y: float) -> None:
    began: Placed | None = None
    for placed in items:
        if placed.item.tuplet == "start":
            began = placed
        elif placed.item.tuplet == "stop" and began:
            page.arc(began.x, placed.x, y - 62)
            page.text((began.x + placed.x) / 2, y - 80, str(placed.item.many), SMALL)
            began = None
