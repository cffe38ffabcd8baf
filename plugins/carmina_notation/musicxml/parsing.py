"""MusicXML elements -> what each bar of each part holds, bar by bar, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from lxml import etree

from carmina import TICKS_PER_QUARTER, BadInput, Metre
from carmina.theory import NATURALS

from ..common.bounds import LONGEST_BAR, MOST_NOTES
from ..common.chords import Degree, Harmony, printed
from ..common.jumps import Road, said
from ..common.printed import Lyric, Printed, Sounded
from ..common.sections import kind_of
from ..common.words import encodable

MAX_DEGREES = 8  # of a chord symbol; more are left out


class PartParser:
    """Walks the bars of one part."""

    def __init__(self, drums: dict[str, int], most_notes: int = MOST_NOTES):
        self.drums, self.left = drums, most_notes
        self.divisions = Fraction(1)
        self.shift = 0  # semitones from written to sounding
        self.endings: frozenset[int] | None = None
        self.late: dict[int, Lyric] = {}  # words of a grace note
        self.next_road = Road()  # signs at the end of a bar that the next one bears
        self.same_as = 0  # a repeat sign stands for the bars so far back; 0: none
        self.done: list[Printed] = []

    def bar(self, element: etree._Element) -> Printed:
        self.found = Printed(implicit=element.get("implicit") == "yes")
        self.cursor = self.last = Fraction(0)
        self.roads: list[tuple[int, Road]] = []
        furthest = Fraction(0)
        for child in element:
            handler = getattr(self, f"_{child.tag}", None) if child.tag in _HANDLED else None
            if handler:
                handler(child)
            furthest = max(furthest, self.cursor)
            if furthest > LONGEST_BAR:
                raise BadInput(f"a bar of the MusicXML file is longer than {LONGEST_BAR // 1920} whole notes. Mend it.")
        self.found.length = round(furthest)
        if self.found.endings is None:
            self.found.endings = self.endings
        self._travel()
        if self.same_as and not self.found.notes and len(self.done) >= self.same_as:
            self._repeat(self.done[-self.same_as])
        self.done.append(self.found)
        return self.found

    def _travel(self) -> None:
        """The bar's signs of the road; a segno or coda at its end belongs to the bar after."""
        self.found.road, self.next_road = self.next_road, Road()
        for at, road in self.roads:
            if at and at >= self.found.length:
                self.next_road |= Road(segno=road.segno, coda=road.coda)
                road = replace(road, segno=False, coda=False)
            self.found.road |= road

    def _repeat(self, bar: Printed) -> None:
        """A bar that a sign fills with an earlier one; its words are not sung again."""
        self.left -= len(bar.notes)
        self._check_left()
        self.found.notes = [replace(note, lyrics={}) for note in bar.notes]
        self.found.chords = self.found.chords or list(bar.chords)
        self.found.length = max(self.found.length, bar.length)

    def _check_left(self) -> None:
        if self.left < 0:
            raise BadInput(f"the MusicXML file has more than {MOST_NOTES:,} notes. Leave some parts out.")

    def _ticks(self, element: etree._Element, path: str = "duration") -> Fraction:
        return fraction(element, path) * TICKS_PER_QUARTER / self.divisions

    def _attributes(self, element: etree._Element) -> None:
        if element.find("divisions") is not None:
            self.divisions = fraction(element, "divisions")
            if self.divisions <= 0:
                raise BadInput("the MusicXML file has divisions that are not above 0. Export it again.")
        key, time = element.find("key"), element.find("time")
        if key is not None and key.find("fifths") is not None:
            mode = (key.findtext("mode") or "major").strip().lower()
            fifths = max(-7, min(7, whole(key, "fifths")))
            self.found.key = fifths, "minor" if mode in ("minor", "aeolian") else "major"
        if time is not None:
            self.found.metre = _metre(time)
        sign = element.find("measure-style/measure-repeat")
        if sign is not None:
            said = (sign.text or "1").strip()
            number = int(said) if re.fullmatch(r"[1-9]", said) else 1
            self.same_as = 0 if sign.get("type") == "stop" else number
        if element.find("transpose") is not None:
            self.shift = whole(element, "transpose/chromatic") + 12 * whole(element, "transpose/octave-change")

    def _backup(self, element: etree._Element) -> None:
        self.cursor = max(Fraction(0), self.cursor - self._ticks(element))

    def _forward(self, element: etree._Element) -> None:
        self.cursor += self._ticks(element)

    def _note(self, element: etree._Element) -> None:
        lyrics = dict(_lyrics(element))
        if element.find("grace") is not None:
            self.late = _joined(self.late, lyrics)
            return
        length = self._ticks(element)
        if element.find("chord") is None:
            self.last, self.cursor = self.cursor, self.cursor + length
        pitch = None if element.find("rest") is not None or element.find("cue") is not None else self._pitch(element)
        if pitch is None:
            return
        self.left -= 1
        self._check_left()
        at = round(self.last)
        tied = any(tie.get("type") == "stop" for tie in element.iterfind("tie"))
        voice, staff = ((element.findtext(tag) or "1").strip() for tag in ("voice", "staff"))
        self.found.notes.append(
            Sounded(
                at,
                max(1, round(self.last + length) - at),
                pitch,
                _velocity(element),
                voice,
                staff,
                tied,
                _joined(self.late, lyrics),
            )
        )
        self.late = {}

    def _pitch(self, element: etree._Element) -> int | None:
        if element.find("unpitched") is not None:
            instrument = element.find("instrument")
            return self.drums.get(instrument.get("id", "") if instrument is not None else "", 38)
        step = (element.findtext("pitch/step") or "").strip()
        if step not in NATURALS:
            return None
        alter = round(fraction(element, "pitch/alter"))
        pitch = 12 * (whole(element, "pitch/octave") + 1) + NATURALS[step] + alter + self.shift
        return pitch if 0 <= pitch <= 127 else None

    def _direction(self, element: etree._Element) -> None:
        at = round(self.cursor + self._ticks(element, "offset"))
        text = element.findtext("direction-type/rehearsal")
        if text is None:
            words = element.findtext("direction-type/words") or ""
            text = words if kind_of(words) != "other" else ""
        if text.strip():
            self.found.headings.append((at, encodable(text).strip()))
        self._signpost(element, at)
        sound = element.find("sound")
        if sound is not None and sound.get("tempo"):
            heard = element.find("offset[@sound='yes']") is not None
            self._sound(sound, at if heard else round(self.cursor))
        elif element.find("direction-type/metronome") is not None:
            self._tempo(at, _metronome(element.find("direction-type/metronome")))

    def _signpost(self, element: etree._Element, at: int) -> None:
        words = " ".join(part.text or "" for part in element.iterfind("direction-type/words"))
        sound = element if element.tag == "sound" else element.find("sound")
        road = said(words)
        if sound is not None:
            road |= _heard_road(sound)
        leaves = road.to_coda or bool(road.jump)
        road.segno |= element.find("direction-type/segno") is not None and not road.jump
        road.coda |= element.find("direction-type/coda") is not None and not leaves
        if road:
            self.roads.append((at, road))

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
        step = element.find("root/root-step")
        root = None if step is None or step.get("text") == "" else _tone(element, "root")
        bass = _tone(element, "bass") if element.find("bass/bass-step") is not None else None
        harmony = Harmony((kind.text or "").strip(), encodable(kind.get("text", "")), root, bass)
        self.found.chords.append((at, printed(harmony, list(_shown_degrees(element)))))

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


_HANDLED = frozenset(("attributes", "backup", "forward", "note", "direction", "sound", "harmony", "barline"))


def _heard_road(sound: etree._Element) -> Road:
    jump = "capo" if sound.get("dacapo") == "yes" else "segno" if sound.get("dalsegno") else ""
    names = ("segno", "coda", "tocoda", "fine")
    segno, coda, to_coda, fine = (bool(sound.get(name)) and sound.get(name) != "no" for name in names)
    return Road(jump, segno, coda, to_coda, fine)


def _joined(first: dict[int, Lyric], then: dict[int, Lyric]) -> dict[int, Lyric]:
    """The words of a grace note before those of its note: both are sung on the note, as an elision."""
    both = first.keys() & then.keys()
    joined = {
        number: Lyric(
            f"{first[number].text.rstrip()} {then[number].text.lstrip()}".strip(),
            first[number].begins,
            then[number].ends,
            then[number].ends_line,
        )
        for number in both
    }
    return {**first, **then, **joined}


def whole(element: etree._Element, path: str, default: int = 0) -> int:
    """An integer below an element; raises ``BadInput`` on anything else."""
    return int(fraction(element, path, default))


def fraction(element: etree._Element, path: str, default: int = 0) -> Fraction:
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


def _velocity(element: etree._Element) -> int:
    said = element.get("dynamics", "")
    plain = re.fullmatch(r"\d{1,6}(\.\d{1,9})?", said)
    return max(1, min(127, round(float(said) * 0.9))) if plain else 80


def _metre(time: etree._Element) -> Metre | None:
    beats = [int(n) for text in time.iterfind("beats") for n in re.findall(r"\d{1,3}", text.text or "")]
    unit = whole(time, "beat-type", 4)
    try:
        return Metre(sum(beats), unit)
    except ValueError:
        return None  # no metre, or one that no score can have


def _metronome(element: etree._Element) -> float:
    said = re.search(r"\d{1,4}(\.\d{1,4})?", element.findtext("per-minute") or "")
    quarters = {"whole": 4, "half": 2, "quarter": 1, "eighth": 0.5, "16th": 0.25}.get(element.findtext("beat-unit"), 0)
    dotted = 1.5 if element.find("beat-unit-dot") is not None else 1
    return float(said[0]) * quarters * dotted if said else 0.0


def _tone(element: etree._Element, name: str) -> tuple[str, int]:
    step = (element.findtext(f"{name}/{name}-step") or "C").strip()[:1]
    return step, max(-2, min(2, whole(element, f"{name}/{name}-alter")))


def _shown_degrees(harmony: etree._Element) -> Iterator[Degree]:
    """What is printed beside the kind: ``b9`` after a kind that says ``7``."""
    for degree in islice(harmony.iterfind("degree"), MAX_DEGREES):
        if degree.get("print-object") != "no" and 1 <= whole(degree, "degree-value") <= 13:
            alter = max(-2, min(2, whole(degree, "degree-alter")))
            yield Degree(whole(degree, "degree-value"), alter, (degree.findtext("degree-type") or "add").strip())


def _lyrics(element: etree._Element) -> Iterator[tuple[int, Lyric]]:
    for lyric in element.iterfind("lyric"):
        digits = re.search(r"(\d{1,3})\D*$", lyric.get("number", "1"))
        places = [(syllabic.text or "single").strip() for syllabic in lyric.iterfind("syllabic")] or ["single"]
        text = "".join(part.text or " " for part in lyric if part.tag in ("text", "elision"))
        ends_line = any(lyric.find(tag) is not None for tag in ("end-line", "end-paragraph"))
        yield (
            int(digits[1]) if digits else 1,
            Lyric(encodable(text), places[0] in ("single", "begin"), places[-1] in ("single", "end"), ends_line),
        )
