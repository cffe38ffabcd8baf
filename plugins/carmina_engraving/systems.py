"""Where systems end: full lines of like width that end with a line of the words, as song books are set.

The breaks with the least sum of faults are found at once for the whole piece (D. E. Knuth, M. F. Plass, Breaking
paragraphs into lines, 1981), over the natural widths of the bars.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

MEI = "{http://www.music-encoding.org/ns/mei}"
SVG = "{http://www.w3.org/2000/svg}"
FULLEST = 1.0  # of the width that a system may take before it is justified
IDEAL, LOOSE = 0.85, 0.5  # the fullness that looks best, and the weight of what differs from it
IN_LINE, NEAR_END = 0.06, 0.02  # faults of a system that ends within a line of words, or just after one
SHORT_LAST, LOST = 0.6, 0.3  # of the width: a shorter last system looks lost, and how badly
_STRETCH = re.compile(r"M(-?\d+) -?\d+ L(-?\d+) ")


def widths(svg: str) -> list[int]:
    """Natural widths of the bars of a piece on one long system, in the drawing's units."""
    found = []
    for measure in etree.fromstring(svg.encode(), etree.XMLParser(huge_tree=True)).iter(SVG + "g"):
        if measure.get("class") == "measure":
            line = measure.find(f".//{SVG}g[@class='staff']/{SVG}path")
            ends = _STRETCH.match(line.get("d", "")) if line is not None else None
            found.append(int(ends[2]) - int(ends[1]) if ends else 0)
    return found


def endings(root: etree._Element) -> list[float]:
    """For each bar of a MusicXML tree, the fault of a system that ends with it: none after the last syllable of a line,
    and none before a heading."""
    bars = root.findall("part[1]/measure")
    faults = []
    for bar, after in zip(bars, [*bars[1:], None], strict=True):
        sung = [lyric for lyric in bar.iterfind("note/lyric") if lyric.find("text") is not None]
        ends = [lyric.find("end-line") is not None for lyric in sung]
        heads = after is not None and after.find("direction/direction-type/rehearsal") is not None
        faults.append(0.0 if heads or (ends and ends[-1]) else NEAR_END if any(ends) else IN_LINE)
    return faults


def breaks(natural: Sequence[int], faults: Sequence[float], room: int, head: int) -> list[int]:
    """Indices of the bars that begin a system, but the first. ``room``: width of a system; ``head``: of its clef and
    key."""
    count = len(natural)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        taken = head
        for start in range(end - 1, -1, -1):
            taken += natural[start]
            fullness = (taken - (head if start == 0 else 0)) / room
            if fullness > FULLEST and start < end - 1:
                if taken - head > FULLEST * room:
                    break
                continue  # only the first system, which has no head of its own here, may still have room
            cost = best[start][0] + _fault(fullness, end == count) + (faults[end - 1] if end < count else 0)
            if cost < best[end][0]:
                best[end] = cost, start
    found, at = [], count
    while at > 0:
        at = best[at][1]
        if at:
            found.append(at)
    return found[::-1]


def _fault(fullness: float, last: bool) -> float:
    if last:
        return LOST * (1 - fullness / SHORT_LAST) if fullness < SHORT_LAST else 0.0
    return LOOSE * (IDEAL / max(fullness, 0.05) - 1) ** 2


def broken(mei: str, starts: Sequence[int]) -> str:
    """The MEI with a system break before each of these bars."""
    root = etree.fromstring(mei.encode(), etree.XMLParser(huge_tree=True))
    for old in [*root.iter(MEI + "sb"), *root.iter(MEI + "pb")]:
        old.getparent().remove(old)
    bars = list(root.iter(MEI + "measure"))
    for start in starts:
        bars[start].addprevious(etree.Element(MEI + "sb"))
    return etree.tostring(root, encoding="unicode")
