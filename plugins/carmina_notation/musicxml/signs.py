"""What hangs on the bars of a part: tempo, words, dynamics, headings, signs of the road, chord symbols, bar lines."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from carmina import Direction, Losses
from carmina.theory import transposed_symbol

from ..common.chords import Harmony, printed
from ..common.jumps import Road, said
from ..common.printed import Printed
from ..common.sections import kind_of
from ..common.words import encodable
from .values import metronome, shown_degrees, tone

MOST_LETTERS = 200  # of words that stand at a part
KEPT = frozenset(("words", "dynamics", "rehearsal", "metronome", "segno", "coda"))  # of a direction
NAMES = {"wedge": "hairpin", "octave-shift": "octave line", "pedal": "pedal mark", "dashes": "dashed line"}


class SignParser:
    """The elements of a bar that are no notes."""

    found: Printed
    losses: Losses
    cursor: Fraction
    endings: frozenset[int] | None
    fifths: int
    roads: list[tuple[int, Road]]
    next_road: Road

    def _ticks(self, element: etree._Element, path: str = "duration") -> Fraction:
        raise NotImplementedError

    def _travel(self) -> None:
        """The bar's signs of the road; a segno or coda at its end belongs to the bar after."""
        self.found.road, self.next_road = self.next_road, Road()
        for at, road in self.roads:
            if at and at >= self.found.length:
                self.next_road |= Road(segno=road.segno, coda=road.coda)
                road = replace(road, segno=False, coda=False)
            self.found.road |= road

    def _direction(self, element: etree._Element) -> None:
        at = round(self.cursor + self._ticks(element, "offset"))
        heading = element.findtext("direction-type/rehearsal")
        if heading is None:
            words = element.findtext("direction-type/words") or ""
            heading = words if kind_of(words) != "other" else ""
        if heading.strip():
            self.found.headings.append((at, encodable(heading).strip()))
        on_the_road = self._signpost(element, at)
        self._hang(element, max(0, at), silent=bool(heading.strip()) or on_the_road)
        sound = element.find("sound")
        if sound is not None and sound.get("tempo"):
            heard = element.find("offset[@sound='yes']") is not None
            self._sound(sound, at if heard else round(self.cursor))
        elif element.find("direction-type/metronome") is not None:
            self._tempo(at, metronome(element.find("direction-type/metronome")))

    def _hang(self, element: etree._Element, at: int, silent: bool) -> None:
        """Words and dynamics at their staff; ``silent``: the words have been told otherwise."""
        staff = (element.findtext("staff") or "1").strip()
        words = "".join(part.text or "" for part in element.iterfind("direction-type/words"))
        text = " ".join(encodable(words).split())[:MOST_LETTERS]
        if text and not silent:
            self.found.directions.append((staff, Direction(at, text)))
        for mark in element.iterfind("direction-type/dynamics/*"):
            shown = mark.text if mark.tag == "other-dynamics" else str(mark.tag)
            if (shown or "").strip():
                self.found.directions.append((staff, Direction(at, encodable(shown).strip()[:40], dynamic=True)))
        for other in element.iterfind("direction-type/*"):
            if other.tag not in KEPT and other.get("type") not in ("stop", "continue"):
                self.losses.add(NAMES.get(str(other.tag), str(other.tag).replace("-", " ")))

    def _signpost(self, element: etree._Element, at: int) -> bool:
        words = " ".join(part.text or "" for part in element.iterfind("direction-type/words"))
        sound = element if element.tag == "sound" else element.find("sound")
        road = said(words)
        told = bool(road)
        if sound is not None:
            road |= heard_road(sound)
        leaves = road.to_coda or bool(road.jump)
        road.segno |= element.find("direction-type/segno") is not None and not road.jump
        road.coda |= element.find("direction-type/coda") is not None and not leaves
        if road:
            self.roads.append((at, road))
        return told

    def _sound(self, element: etree._Element, at: int | None = None) -> None:
        if at is None:
            self._signpost(element, round(self.cursor))
        try:
            self._tempo(round(self.cursor) if at is None else at, float(element.get("tempo", "nan")))
        except ValueError:
            return

    def _tempo(self, at: int, quarters_per_minute: float) -> None:
        if quarters_per_minute > 0:  # not so for nan
            self.found.tempi.append((at, min(400.0, max(10.0, quarters_per_minute))))

    def _harmony(self, element: etree._Element) -> None:
        at = round(self.cursor + self._ticks(element, "offset"))
        kind = element.find("kind")
        if element.find("root") is None and element.find("function") is not None:
            self.found.numerals.append((at, encodable(element.findtext("function") or "").strip()))
            return
        if kind is None:
            return
        self.losses.add("chord diagram", len(element.findall("frame")))
        step = element.find("root/root-step")
        root = None if step is None or step.get("text") == "" else tone(element, "root")
        bass = tone(element, "bass") if element.find("bass/bass-step") is not None else None
        harmony = Harmony((kind.text or "").strip(), encodable(kind.get("text", "")), root, bass)
        symbol = printed(harmony, list(shown_degrees(element)))
        self.found.chords.append((at, transposed_symbol(symbol, self.fifths) if self.fifths else symbol))

    def _barline(self, element: etree._Element) -> None:
        ending, repeat = element.find("ending"), element.find("repeat")
        if ending is not None:
            numbers = frozenset(int(n) for n in re.findall(r"\d{1,2}", ending.get("number", "")))
            self.endings = numbers if ending.get("type") == "start" else None
            self.found.endings = numbers
        if repeat is not None and repeat.get("direction") == "forward":
            self.found.opens = True
        elif repeat is not None:
            times = repeat.get("times", "")
            self.found.said_times = times.isdecimal()
            self.found.closes = min(int(times[:4]), 64) if times.isdecimal() else 2


def heard_road(sound: etree._Element) -> Road:
    """What a sound element tells of the road."""
    jump = "capo" if sound.get("dacapo") == "yes" else "segno" if sound.get("dalsegno") else ""
    names = ("segno", "coda", "tocoda", "fine")
    segno, coda, to_coda, fine = (bool(sound.get(name)) and sound.get(name) != "no" for name in names)
    return Road(jump, segno, coda, to_coda, fine)
