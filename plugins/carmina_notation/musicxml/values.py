"""What MusicXML elements say, bounded: numbers, metres, tones, degrees, clefs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from lxml import etree

from carmina import BadInput, Clef, Metre

from ..common.chords import Degree

MAX_DEGREES = 8  # of a chord symbol; more are left out
_LINES = {"G": 2, "F": 4, "C": 3, "percussion": 3}  # of a clef that does not say its own


def whole(element: etree._Element, path: str, default: int = 0) -> int:
    """An integer below an element; raises ``BadInput`` on anything else."""
    return int(fraction(element, path, default))


def fraction(element: etree._Element, path: str, default: int = 0) -> Fraction:
    """A number below an element; raises ``BadInput`` on anything else."""
    text = element.findtext(path)
    if text is None or not text.strip():
        return Fraction(default)
    if text.isascii() and text.isdecimal() and len(text) < 10:  # nearly all
        return Fraction(int(text))
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d{0,9})?", text.strip()):
        raise BadInput(
            f"the MusicXML file has {text.strip()[:20]!r} for <{path}>; a number is needed. Export it again."
        )
    return Fraction(text.strip())


def velocity(element: etree._Element) -> int:
    """Of a note, 1..127."""
    said = element.get("dynamics", "")
    plain = re.fullmatch(r"\d{1,6}(\.\d{1,9})?", said)
    return max(1, min(127, round(float(said) * 0.9))) if plain else 80


def metre_of(time: etree._Element) -> Metre | None:
    """``2+3`` over ``8``, 5/8; 3/8 and 3/4 in a row, 9/8."""
    beats = [sum(int(n) for n in re.findall(r"\d{1,3}", text.text or "")) for text in time.iterfind("beats")]
    units = [int(said) if (said := (text.text or "").strip()).isdecimal() else 4 for text in time.iterfind("beat-type")]
    pairs = [(many, unit) for many, unit in zip(beats, units, strict=False) if 0 < unit <= 1024]
    finest = max((unit for _, unit in pairs), default=4)
    try:
        return Metre(sum(many * finest // unit for many, unit in pairs), finest)
    except ValueError:
        return None  # no metre, or one that no score can have


def is_grouped(time: etree._Element) -> bool:
    """Whether a time signature says how its beats are grouped, which no score holds: ``2+3``."""
    beats = [text.text or "" for text in time.iterfind("beats")]
    return len(beats) > 1 or any("+" in text for text in beats)


def metronome(element: etree._Element) -> float:
    """Quarters a minute, 0 where it says none."""
    said = re.search(r"\d{1,4}(\.\d{1,4})?", element.findtext("per-minute") or "")
    quarters = {"whole": 4, "half": 2, "quarter": 1, "eighth": 0.5, "16th": 0.25}.get(element.findtext("beat-unit"), 0)
    dotted = 1.5 if element.find("beat-unit-dot") is not None else 1
    return float(said[0]) * quarters * dotted if said else 0.0


def tone(element: etree._Element, name: str) -> tuple[str, int]:
    """Step and alteration of a chord's root or bass."""
    step = (element.findtext(f"{name}/{name}-step") or "C").strip()[:1]
    return step, max(-2, min(2, whole(element, f"{name}/{name}-alter")))


def shown_degrees(harmony: etree._Element) -> Iterator[Degree]:
    """What is printed beside the kind: ``b9`` after a kind that says ``7``."""
    for degree in islice(harmony.iterfind("degree"), MAX_DEGREES):
        if degree.get("print-object") != "no" and 1 <= whole(degree, "degree-value") <= 13:
            alter = max(-2, min(2, whole(degree, "degree-alter")))
            yield Degree(whole(degree, "degree-value"), alter, (degree.findtext("degree-type") or "add").strip())


def clef_of(element: etree._Element, shift: int, at: int) -> Clef | None:
    """A clef; one that a transposing instrument reads octaves off sounds says so itself. None for TAB and the like."""
    sign = (element.findtext("sign") or "").strip()
    if sign not in _LINES:
        return None
    line = whole(element, "line", _LINES[sign])
    octaves = whole(element, "clef-octave-change") + (0 if shift % 12 else shift // 12)
    return Clef(sign, line if 1 <= line <= 5 else _LINES[sign], max(-2, min(2, octaves)), at)
