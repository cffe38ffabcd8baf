"""What hangs on one note: its words, its marks, and how grace notes are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from carmina import MARKS, Grace, Losses

from ..common.printed import Lyric, elided
from ..common.words import encodable

_VALUES = {
    "breve": 1920,
    "whole": 1920,
    "half": 960,
    "quarter": 480,
    "eighth": 240,
    "16th": 120,
    "32nd": 60,
    "64th": 30,
}
_GROUPS = ("articulations", "ornaments", "technical")
_DRAWN = frozenset(("tied", "tuplet", "accidental-mark", "wavy-line"))  # by what the score holds already
_OF_NOTES = frozenset(MARKS) - {"slur-start", "slur-stop"}


def marks_of(element: etree._Element, losses: Losses) -> tuple[str, ...]:
    """The marks of a note that a score can hold; others are counted."""
    found: list[str] = []
    for notation in element.iterfind("notations/*"):
        if notation.tag == "slur":
            if notation.get("type") in ("start", "stop"):
                found.append(f"slur-{notation.get('type')}")
        elif notation.tag in _GROUPS:
            for mark in notation:
                _take(str(mark.tag), found, losses)
        elif notation.tag == "dynamics":
            losses.add("dynamic mark within a note")
        elif notation.tag not in _DRAWN and notation.get("type") not in ("stop", "continue"):
            _take(str(notation.tag), found, losses)
    return tuple(dict.fromkeys(found))


def _take(tag: str, found: list[str], losses: Losses) -> None:
    if tag in _OF_NOTES:
        found.append(tag)
    elif tag not in _DRAWN:
        losses.add(tag.replace("-", " "))


def grace_of(element: etree._Element, pitch: int) -> Grace:
    """A grace note as it is printed."""
    sign = element.find("grace")
    length = _VALUES.get((element.findtext("type") or "eighth").strip(), 240)
    slashed = sign is not None and sign.get("slash") == "yes"
    return Grace(pitch, length, slashed, element.find("chord") is not None)


def gathered(lyrics: Iterable[tuple[int, Lyric]]) -> dict[int, Lyric]:
    """The lyrics of a note by number; two of one number are sung together."""
    found: dict[int, Lyric] = {}
    for number, lyric in lyrics:
        found[number] = elided(found[number], lyric) if number in found else lyric
    return found


def both(first: dict[int, Lyric], then: dict[int, Lyric]) -> dict[int, Lyric]:
    """The words of a grace note before those of its note: both are sung on the note, as an elision."""
    joined = {number: elided(first[number], then[number]) for number in first.keys() & then.keys()}
    return {**first, **then, **joined}


def lyrics_of(element: etree._Element) -> Iterator[tuple[int, Lyric]]:
    """Each lyric with its number."""
    for lyric in element.iterfind("lyric"):
        digits = re.search(r"(\d{1,3})\D*$", lyric.get("number", "1"))
        places = [(syllabic.text or "single").strip() for syllabic in lyric.iterfind("syllabic")] or ["single"]
        text = "".join(part.text or " " for part in lyric if part.tag in ("text", "elision"))
        ends_line = any(lyric.find(tag) is not None for tag in ("end-line", "end-paragraph"))
        yield (
            int(digits[1]) if digits else 1,
            Lyric(encodable(text), places[0] in ("single", "begin"), places[-1] in ("single", "end"), ends_line),
        )
