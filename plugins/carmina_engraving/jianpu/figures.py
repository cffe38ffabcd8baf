"""MusicXML of one part -> what each of its bars shows in numbered notation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from carmina import Key
from carmina.theory import LINE_OF_FIFTHS, key_alterations, key_name

TICKS = 480  # of a quarter, as our MusicXML counts
_LETTERS = "CDEFGAB"
_QUARTERS = {"breve": 8, "whole": 4, "half": 2, "quarter": 1}
_LINES = {"eighth": 1, "16th": 2, "32nd": 3, "64th": 4, "128th": 5}


@dataclass(frozen=True, slots=True)
class Figure:
    """A scale figure: 1 is do, 0 a rest; dots above (octave > 0) or below."""

    digit: int
    octave: int = 0
    change: int | None = None  # of its pitch in semitones, where it is to be shown; 0: back to what the key has


@dataclass(slots=True)
class Item:
    """One written note or rest."""

    at: int  # ticks from the start of the bar
    figure: Figure
    columns: int = 1  # its own and one for each dash, or further 0 of a rest
    dots: int = 0
    lines: int = 0  # below it: one an eighth, two a sixteenth
    words: dict[int, tuple[str, bool]] = field(default_factory=dict)  # verse -> text, whether a hyphen follows
    graces: tuple[Figure, ...] = ()
    chords: list[tuple[int, str]] = field(default_factory=list)  # ticks after its beginning, symbol
    ticks: int = 0
    tie: str = ""  # "start", "stop", "both"
    slur: str = ""
    tuplet: str = ""  # "start", "stop"
    many: int = 3  # notes of the tuplet
    fermata: bool = False


@dataclass(slots=True)
class NumberedBar:
    """One printed bar."""

    items: list[Item] = field(default_factory=list)
    beat: int = TICKS  # ticks whose short notes are joined
    opens: bool = False
    closes: int = 0  # times it is played; 0: no repeat sign
    final: bool = False
    heading: str = ""
    key: str = ""  # "1=G", where it changes
    metre: str = ""  # "3/4", where it changes
    tempo: str = ""


def bars_of(part: etree._Element) -> list[NumberedBar]:
    """The bars of a part whose first voice is numbered."""
    walk = _Walk(_home(part))
    return [walk.bar(measure) for measure in part.iterfind("measure")]


def do_of(fifths: int) -> str:
    """``♭E`` for three flats, as song books have it."""
    tonic = key_name(Key(fifths)).split()[0]
    return tonic[1:].replace("b", "♭").replace("#", "♯") + tonic[0]


def _home(part: etree._Element) -> int:
    """The octave of do (its letter's number) in which most of the tune lies."""
    fifths = int(part.findtext("measure/attributes/key/fifths") or 0)
    do = _LETTERS.index(LINE_OF_FIFTHS[(fifths + 1) % 7])
    octaves: Counter[int] = Counter()
    for pitch in part.iterfind("measure/note/pitch"):
        octaves[(_place(pitch) - do) // 7] += 1
    return max(octaves, key=lambda octave: octaves[octave], default=4)


def _place(pitch: etree._Element) -> int:
    return 7 * int(pitch.findtext("octave") or 4) + _LETTERS.index(pitch.findtext("step") or "C")


class _Walk:
    def __init__(self, home: int):
        self.home, self.key, self.beat = home, Key(), TICKS
        self.first = True

    def bar(self, measure: etree._Element) -> NumberedBar:
        bar = NumberedBar()
        self.at = 0
        self.chords: list[tuple[int, str]] = []
        self.graces: list[Figure] = []
        self.shown: dict[tuple[int, int], int] = {}
        for element in measure:
            if element.tag == "backup":
                break  # further voices: numbered notation is one line
            handler = getattr(self, f"_{element.tag}", None)
            if handler:
                handler(element, bar)
        bar.beat = self.beat
        self.first = False
        return bar

    def _attributes(self, element: etree._Element, bar: NumberedBar) -> None:
        fifths, beats, unit = (element.findtext(path) for path in ("key/fifths", "time/beats", "time/beat-type"))
        if fifths is not None:
            self.key = Key(int(fifths))
            bar.key = "" if self.first else f"1={do_of(int(fifths))}"
        if beats and unit:
            bar.metre = f"{beats}/{unit}"
            compound = int(unit) >= 8 and int(beats) % 3 == 0
            self.beat = TICKS * 3 // 2 if compound else TICKS

    def _barline(self, element: etree._Element, bar: NumberedBar) -> None:
        repeat = element.find("repeat")
        if repeat is None:
            bar.final = element.findtext("bar-style") == "light-heavy"
        elif repeat.get("direction") == "forward":
            bar.opens = True
        else:
            bar.closes = int(repeat.get("times") or 2)

    def _direction(self, element: etree._Element, bar: NumberedBar) -> None:
        bar.heading = bar.heading or element.findtext("direction-type/rehearsal") or ""
        speed = element.findtext("direction-type/metronome/per-minute")
        if speed and not self.first:
            bar.tempo = speed

    def _harmony(self, element: etree._Element, bar: NumberedBar) -> None:
        kind = element.find("kind")
        if kind is None or element.find("root") is None and kind.text != "none":
            return
        root = element.find("root/root-step")
        named = "" if root is None or root.get("text") == "" else _tone(element, "root")
        bass = f"/{_tone(element, 'bass')}" if element.find("bass") is not None else ""
        symbol = "N.C." if kind.text == "none" else f"{named}{kind.get('text', '')}{bass}"
        self.chords.append((max(0, int(element.findtext("offset") or 0)), symbol))

    def _note(self, element: etree._Element, bar: NumberedBar) -> None:
        if element.find("grace") is not None:
            self.graces.append(self._figure(element))
            return
        ticks = int(element.findtext("duration") or 0)
        if element.find("chord") is not None:
            return
        item = Item(self.at, self._figure(element), graces=tuple(self.graces), chords=self.chords, ticks=ticks)
        self.graces, self.chords = [], []
        self.at += ticks
        _value(item, element, ticks)
        _marks(item, element)
        for lyric in element.iterfind("lyric"):
            text = lyric.findtext("text")
            if text:
                goes_on = (lyric.findtext("syllabic") or "single") in ("begin", "middle")
                item.words[int(lyric.get("number", "1"))] = text, goes_on
        bar.items.append(item)

    def _figure(self, element: etree._Element) -> Figure:
        pitch = element.find("pitch")
        if pitch is None:
            return Figure(0)
        do = _LETTERS.index(LINE_OF_FIFTHS[(self.key.fifths + 1) % 7])
        step = pitch.findtext("step") or "C"
        steps = _place(pitch) - do - 7 * self.home
        change = int(pitch.findtext("alter") or 0) - key_alterations(self.key)[step]
        in_force = self.shown.get((steps % 7, steps // 7), 0)
        self.shown[steps % 7, steps // 7] = change
        tied = any(tie.get("type") == "stop" for tie in element.iterfind("tie"))
        return Figure(steps % 7 + 1, steps // 7, change if change != in_force and not tied else None)


def _tone(element: etree._Element, name: str) -> str:
    alter = int(element.findtext(f"{name}/{name}-alter") or 0)
    return (element.findtext(f"{name}/{name}-step") or "") + ("#" * alter if alter > 0 else "b" * -alter)


def _value(item: Item, element: etree._Element, ticks: int) -> None:
    kind, dots = element.findtext("type"), len(element.findall("dot"))
    if kind is None:  # a silent bar
        item.columns = max(1, round(ticks / TICKS))
    elif kind in _QUARTERS:
        quarters = _QUARTERS[kind] * (2 - 0.5**dots)
        item.columns = int(quarters)
        item.dots = dots if kind == "quarter" else int(quarters != item.columns)
    else:
        item.lines, item.dots = _LINES.get(kind, 5), dots


def _marks(item: Item, element: etree._Element) -> None:
    ties = {tie.get("type") for tie in element.iterfind("tie")}
    item.tie = "both" if len(ties) == 2 else next(iter(ties), "") or ""
    slurs = [slur.get("type") or "" for slur in element.iterfind("notations/slur")]
    item.slur = "both" if {"start", "stop"} <= set(slurs) else next(iter(slurs), "")
    tuplets = [tuplet.get("type") or "" for tuplet in element.iterfind("notations/tuplet")]
    item.tuplet = next(iter(tuplets), "")
    item.many = int(element.findtext("time-modification/actual-notes") or 3)
    item.fermata = element.find("notations/fermata") is not None


def verses(bars: list[NumberedBar]) -> Iterator[int]:
    """The numbers of the lines of words, in order."""
    yield from sorted({number for bar in bars for item in bar.items for number in item.words})
