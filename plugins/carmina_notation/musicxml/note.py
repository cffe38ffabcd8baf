"""One written note, chord or rest -> MusicXML ``<note>`` elements, in the order the schema asks for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from carmina import MARKS, Grace, Key, Note
from carmina.theory import key_alterations

from ..common.chords import Harmony, tone_spelt
from ..common.spelling import spell
from ..engraving.layout import Event
from ..engraving.underlay import Word
from .elements import add, number

ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
_GRACE_TYPES = {960: "half", 480: "quarter", 240: "eighth", 120: "16th", 60: "32nd", 30: "64th"}
_ARTICULATIONS = frozenset(
    ("staccato", "staccatissimo", "spiccato", "accent", "strong-accent", "tenuto", "detached-legato", "breath-mark")
    + ("caesura",)
)
_TECHNICAL = frozenset(("up-bow", "down-bow"))
_ALONE = frozenset(("fermata", "arpeggiate"))
_AT_THE_END = frozenset(("fermata", "slur-stop", "breath-mark", "caesura"))  # of a note that is written tied
# Where the drums of General MIDI stand on a five-line staff; the rest stand on its middle.
_DRUM_PLACES = {35: "F4", 36: "F4", 38: "C5", 40: "C5", 42: "G5", 44: "D4", 46: "G5", 49: "A5", 51: "F5", 57: "A5"}
_CYMBALS = {42, 44, 46, 49, 51, 52, 53, 55, 57, 59}


@dataclass(slots=True)
class Pen:
    """What the writing of one staff remembers within a bar."""

    part: str  # id of the part
    key: Key
    drums: bool = False
    staff: int = 0  # of its part, from 1; 0: the only one
    chords: Sequence[tuple[int, Harmony]] = ()  # by tick
    shown: dict[tuple[str, int], int] = field(default_factory=dict)  # (step, octave) -> alteration in force

    def turn(self, key: Key) -> None:
        """A new bar."""
        self.key, self.shown = key, {}

    def in_chord(self, tick: int) -> Callable[[int], tuple[str, int] | None] | None:
        """How the chord that sounds at a tick writes its tones."""
        place = bisect_right(self.chords, tick, key=lambda chord: chord[0]) - 1
        return partial(tone_spelt, self.chords[place][1]) if place >= 0 else None


def write_event(
    measure: etree._Element,
    event: Event,
    pen: Pen,
    voice: int,
    next_pitch: int | None = None,
    words: Sequence[Word] = (),
    melisma: str = "",
) -> None:
    """Appends the event; words, slurs and grace notes belong to the first note of a chord."""
    if event.sound is None:
        _write(measure, event, pen, voice, None)
        return
    if event.first:
        _graces(measure, event, pen, voice, after=False)
    for index, note in enumerate(event.sound.notes):
        lead = index == 0
        element = _write(measure, event, pen, voice, note, next_pitch, chord=not lead, melisma=melisma if lead else "")
        if lead and event.first:
            for word in words:
                _lyric(element, word)
    if event.last:
        _graces(measure, event, pen, voice, after=True)


def _graces(measure: etree._Element, event: Event, pen: Pen, voice: int, after: bool) -> None:
    for note in event.sound.notes if event.sound else ():
        own = [grace for grace in note.graces if grace.after == after]
        for place, grace in enumerate(own):
            _grace(measure, event, pen, voice, grace, chord=grace.chord and place > 0)


def _write(
    measure: etree._Element,
    event: Event,
    pen: Pen,
    voice: int,
    note: Note | None,
    next_pitch: int | None = None,
    chord: bool = False,
    melisma: str = "",
) -> etree._Element:
    element = add(measure, "note")
    if chord:
        add(element, "chord")
    accidental = _head(element, event, pen, note, next_pitch)
    add(element, "duration", event.value.length)
    for kind in _ties(event, note):
        add(element, "tie", type=kind)
    if note and pen.drums:
        add(element, "instrument", id=f"{pen.part}-I{note.pitch}")
    add(element, "voice", voice)
    _value(element, event, accidental)
    if note and pen.drums and note.pitch in _CYMBALS:
        add(element, "notehead", "x")
    if pen.staff:
        add(element, "staff", pen.staff)
    for depth, beam in enumerate(event.beams if not chord else (), start=1):
        add(element, "beam", beam, number=depth)
    _notations(element, event, note, melisma, chord)
    return element


def _grace(measure: etree._Element, event: Event, pen: Pen, voice: int, grace: Grace, chord: bool) -> None:
    element = add(measure, "note")
    add(element, "grace", **({"slash": "yes"} if grace.slashed else {}))
    if chord:
        add(element, "chord")
    accidental = None
    if pen.drums:
        _drum(element, grace.pitch)
    else:
        accidental = _pitch(element, event, pen, grace.pitch, None)
    add(element, "voice", voice)
    add(element, "type", min(_GRACE_TYPES.items(), key=lambda item: abs(item[0] - grace.length_ticks))[1])
    if accidental is not None:
        add(element, "accidental", ACCIDENTALS[accidental])
    if pen.staff:
        add(element, "staff", pen.staff)


def _drum(element: etree._Element, pitch: int) -> None:
    place = _DRUM_PLACES.get(pitch, "B4")
    unpitched = add(element, "unpitched")
    add(unpitched, "display-step", place[0])
    add(unpitched, "display-octave", place[1])


def _head(element: etree._Element, event: Event, pen: Pen, note: Note | None, next_pitch: int | None) -> int | None:
    """The pitch or rest; gives the accidental to show, if one is due."""
    if note is None:
        add(element, "rest", **({"measure": "yes"} if event.whole_rest else {}))
        return None
    if note.velocity != 80:
        element.set("dynamics", number(note.velocity / 0.9))
    if pen.drums:
        _drum(element, note.pitch)
        return None
    return _pitch(element, event, pen, note.pitch, next_pitch)


def _pitch(element: etree._Element, event: Event, pen: Pen, sounding: int, next_pitch: int | None) -> int | None:
    step, alter, octave = spell(sounding, pen.key, next_pitch, pen.in_chord(event.onset_ticks))
    pitch = add(element, "pitch")
    add(pitch, "step", step)
    if alter:
        add(pitch, "alter", alter)
    add(pitch, "octave", octave)
    in_force = pen.shown.get((step, octave), key_alterations(pen.key)[step])
    if event.first:
        pen.shown[step, octave] = alter
    return alter if event.first and alter != in_force else None


def _value(element: etree._Element, event: Event, accidental: int | None) -> None:
    if event.whole_rest:
        return
    add(element, "type", event.value.type)
    for _ in range(event.value.dots):
        add(element, "dot")
    if accidental is not None:
        add(element, "accidental", ACCIDENTALS[accidental])
    if event.value.triple:
        modification = add(element, "time-modification")
        for name, many in zip(("actual-notes", "normal-notes"), event.value.ratio, strict=True):
            add(modification, name, many)
        add(modification, "normal-type", event.value.unit)


def _ties(event: Event, note: Note | None) -> tuple[str, ...]:
    return ("stop",) * (not event.first) + ("start",) * (not event.last) if note else ()


def _notations(element: etree._Element, event: Event, note: Note | None, melisma: str, chord: bool) -> None:
    marks = [("tied", {"type": kind}) for kind in _ties(event, note)]
    if melisma == "start" and event.first or melisma == "stop" and event.last:
        marks.append(("slur", {"type": melisma, "number": "1"}))
    said = (
        [mark for mark in sorted(note.marks, key=MARKS.index) if (event.last if mark in _AT_THE_END else event.first)]
        if note
        else []
    )
    marks += [("slur", {"type": mark[5:], "number": "2"}) for mark in said if mark.startswith("slur-")]
    if not chord:
        marks += [
            ("tuplet", {"type": kind, "number": "1"} | ({"bracket": "yes"} if kind == "start" else {}))
            for kind in event.tuplet
        ]
    marks += [(mark, {}) for mark in said if mark in _ALONE]
    groups = {
        "ornaments": [m for m in said if m not in _ARTICULATIONS | _TECHNICAL | _ALONE and not m.startswith("slur-")],
        "technical": [mark for mark in said if mark in _TECHNICAL],
        "articulations": [mark for mark in said if mark in _ARTICULATIONS],
    }
    if not marks and not said:
        return
    notations = add(element, "notations")
    for tag, attributes in marks:
        add(notations, tag, **attributes)
    for group, names in groups.items():
        if names:
            holder = add(notations, group)
            for name in names:
                add(holder, name)


def _lyric(element: etree._Element, word: Word) -> None:
    lyric = add(element, "lyric", number=word.number)
    said = word.syllable
    if said:
        # characters of a Chinese word stand alone in print; a hyphen between them would be foreign
        add(lyric, "syllabic", "single" if said.tone else said.place)
        add(lyric, "text", said.text + said.after)
    if word.extend:
        add(lyric, "extend", type=word.extend)
    if said and said.ends_line:
        add(lyric, "end-line")
