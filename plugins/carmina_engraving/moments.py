"""When each printed note sounds: what a page needs to follow the music."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lxml import etree

from carmina import TICKS_PER_QUARTER

ATTRIBUTE = "data-ticks"  # of a note in the SVG: "0-480 3840-4320", onset and end in each pass
MOST_PASSES = 64


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed note: where it stands in its bar."""

    bar: int  # index
    onset_ticks: int  # from the start of the bar
    length_ticks: int


def moments(root: etree._Element) -> dict[str, tuple[tuple[int, int], ...]]:
    """Gives every note of a MusicXML tree an id, and tells its (onset, end) in ticks for each time that it is played.

    Repeats are played as their signs say; a tied note sounds for its own printed length. Grace notes have no time.
    """
    printed: dict[str, Any] = {}
    lengths: dict[Any, Any] = {}
    for part in root.iterfind("part"):
        for name, note in _notes(part, lengths, f"n{len(printed)}"):
            printed[name] = note
    starts: dict[int, list[int]] = {}
    at = 0
    for bar in _played(root):
        starts.setdefault(bar, []).append(at)
        at += lengths.get(bar, 0)
    return {
        name: tuple(
            (start + note.onset_ticks, start + note.onset_ticks + note.length_ticks)
            for start in starts.get(note.bar, ())
        )
        for name, note in printed.items()
    }


def _notes(part: etree._Element, lengths: dict[int, int], first: str) -> Iterator[tuple[str, Printed]]:
    divisions, count = 1, 0
    for bar, measure in enumerate(part.iterfind("measure")):
        at = before = end = 0
        for element in measure:
            if element.tag == "attributes":
                divisions = int(element.findtext("divisions") or divisions)
            ticks = int(Fraction(element.findtext("duration") or 0) * TICKS_PER_QUARTER / divisions)
            if element.tag == "backup":
                at -= ticks
            elif element.tag == "forward":
                at += ticks
            elif element.tag == "note":
                onset = before if element.find("chord") is not None else at
                if element.find("rest") is None and ticks:
                    element.set("id", f"{first}x{count}")
                    yield f"{first}x{count}", Printed(bar, onset, ticks)
                    count += 1
                before, at = onset, onset + ticks
            end = max(end, at)
        lengths[bar] = max(lengths.get(bar, 0), end)


def _played(root: etree._Element) -> Iterator[int]:
    """Indices of the first part's bars in the order of playing."""
    bars = root.findall("part[1]/measure")
    opened = 0
    for bar, measure in enumerate(bars):
        signs = [sign.get("direction") for sign in measure.iterfind("barline/repeat")]
        opened = bar if "forward" in signs else opened
        yield bar
        if "backward" in signs:
            yield from _again(range(opened, bar + 1), measure)
            opened = bar + 1


def _again(stretch: Sequence[int], measure: etree._Element) -> Iterator[int]:
    times = next((sign.get("times") for sign in measure.iterfind("barline/repeat[@direction='backward']")), None)
    for _ in range(min(int(times or 2), MOST_PASSES) - 1):
        yield from stretch
