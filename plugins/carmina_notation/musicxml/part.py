"""One part of a score -> its measures in MusicXML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from lxml import etree

from carmina import TICKS_PER_QUARTER, Clef, Key, Metre, Score, Track

from ..common.chords import parse
from ..common.timeline import Timeline
from ..engraving.clefs import clefs
from ..engraving.folding import Measure
from ..engraving.layout import Event, events
from ..engraving.streams import MOST_STREAMS, Sound
from ..engraving.underlay import Underlay
from .directions import at_staff, numerals, signs
from .elements import add
from .note import Pen, write_event


def write_part(
    root: etree._Element,
    name: str,
    score: Score,
    staves: Sequence[Track],
    lines: Sequence[Sequence[Sequence[Sound]]],
    printed: Sequence[Measure],
    edges: tuple[bool, bool],
    sounds_above: int = 0,
) -> None:
    """Appends the part, one staff a track, with each staff's voices in ``lines``.

    ``edges``: whether it is the highest, which carries tempo, sections and chord symbols, and the lowest, which carries
    numerals.
    """
    part = add(root, "part", id=name)
    harmonies = [(chord.onset_ticks, parse(chord.symbol)) for chord in score.chords]
    pens = [
        Pen(name, score.keys[0], track.role == "drums", number if len(staves) > 1 else 0, harmonies)
        for number, track in enumerate(staves, 1)
    ]
    underlays = [Underlay(score, track, printed) for track in staves]
    highest, lowest = edges
    hung = signs(score, printed) if highest else []
    under = numerals(score, len(staves) if len(staves) > 1 else 0) if lowest else []
    ends: dict[int, list] = {0: hung} | ({len(pens) - 1: [*hung, *under] if len(pens) == 1 else under})
    several = len(staves) > 1
    chosen = [clefs(track, number if several else 0, score.metres[0]) for number, track in enumerate(staves, 1)]
    starts = {measure.onset_ticks for measure in printed}
    within = [key for key in score.keys if key.onset_ticks not in starts]
    for number, track in enumerate(staves):
        staff = number + 1 if several else 0
        own: list = [(clef.onset_ticks, partial(_new_clef, clef, staff)) for clef in chosen[number][1:]]
        drums = staves[0].role == "drums"
        own += [(key.onset_ticks, partial(_new_key, key, pens[number], number == 0, drums)) for key in within]
        ends[number] = [*own, *ends.get(number, ()), *at_staff(track, staff)]
    above = [Timeline(ends[number], lambda sign: sign[0]) for number in range(len(pens))]
    after = [[_next_pitches(line) for line in voices] for voices in lines]
    keys = Timeline(score.keys)
    before: tuple[Key | None, Metre | None] = (None, None)
    for measure in printed:
        element = add(part, "measure", number=measure.number, **({"implicit": "yes"} if measure.implicit else {}))
        key = keys.at(measure.onset_ticks)
        _attributes(element, key, measure.metre, before, staves, [row[0] for row in chosen])
        before = keys.at(measure.end_ticks - 1), measure.metre
        if sounds_above and measure is printed[0]:
            _transpose(element.find("attributes"), sounds_above)
        _left_bar(element, measure)
        for number, (pen, underlay) in enumerate(zip(pens, underlays, strict=True)):
            pen.turn(key)
            if number:
                add(add(element, "backup"), "duration", measure.length_ticks)
            here = above[number].between(measure.onset_ticks, measure.end_ticks)
            _voices(element, measure, list(zip(lines[number], after[number], strict=True)), pen, underlay, here)
        _right_bar(element, measure, measure is printed[-1])


def _attributes(
    element: etree._Element, key: Key, metre: Metre, before: tuple, staves: Sequence[Track], clefs: Sequence[Clef]
) -> None:
    first = before[0] is None
    new_key = first or (key.fifths, key.mode) != (before[0].fifths, before[0].mode)
    new_metre = first or (metre.beats, metre.unit) != (before[1].beats, before[1].unit)
    if not (new_key or new_metre):
        return
    attributes = add(element, "attributes")
    if first:
        add(attributes, "divisions", TICKS_PER_QUARTER)
    if new_key:
        _key(attributes, key, staves[0].role == "drums")
    if new_metre:
        time = add(attributes, "time")
        add(time, "beats", metre.beats)
        add(time, "beat-type", metre.unit)
    if first and len(staves) > 1:
        add(attributes, "staves", len(staves))
    for number, clef in enumerate(clefs if first else (), 1):
        _clef(attributes, clef, number if len(staves) > 1 else 0)


def _key(attributes: etree._Element, key: Key, drums: bool) -> None:
    signature = add(attributes, "key")
    add(signature, "fifths", 0 if drums else key.fifths)
    add(signature, "mode", key.mode)


def _new_key(key: Key, pen: Pen, shown: bool, drums: bool, measure: etree._Element, offset: int) -> None:
    """A key that begins within a bar; ``shown`` at the first staff, for all of the part."""
    if shown:
        _key(add(measure, "attributes"), key, drums)
    pen.turn(key)


def _clef(attributes: etree._Element, chosen: Clef, staff: int) -> None:
    element = add(attributes, "clef", **({"number": staff} if staff else {}))
    add(element, "sign", chosen.sign)
    if chosen.sign != "percussion":
        add(element, "line", chosen.line)
    if chosen.octaves:
        add(element, "clef-octave-change", chosen.octaves)


def _transpose(attributes: etree._Element, sounds_above: int) -> None:
    """How far above what is written an instrument sounds: letters and semitones within an octave, and octaves."""
    octaves = -(-sounds_above // 12) if sounds_above < 0 else sounds_above // 12
    chromatic = sounds_above - 12 * octaves
    element = add(attributes, "transpose")
    add(element, "diatonic", round(chromatic * 7 / 12))
    add(element, "chromatic", chromatic)
    if octaves:
        add(element, "octave-change", octaves)


def _new_clef(clef: Clef, staff: int, measure: etree._Element, offset: int) -> None:
    _clef(add(measure, "attributes"), clef, staff)


def _left_bar(element: etree._Element, measure: Measure) -> None:
    if measure.opens:
        barline = add(element, "barline", location="left")
        add(barline, "bar-style", "heavy-light")
        add(barline, "repeat", direction="forward")


def _right_bar(element: etree._Element, measure: Measure, final: bool) -> None:
    if not (measure.closes or final):
        return
    barline = add(element, "barline", location="right")
    add(barline, "bar-style", "light-heavy")
    if measure.closes:
        times = len(measure.passes)
        add(barline, "repeat", direction="backward", **({"times": times} if times > 2 else {}))


def _voices(
    element: etree._Element,
    measure: Measure,
    lines: Sequence[tuple[Sequence[Sound], dict[int, int]]],
    pen: Pen,
    underlay: Underlay,
    hung: Sequence[tuple[int, Callable]],
) -> None:
    first = MOST_STREAMS * max(0, pen.staff - 1) + 1
    for voice, (line, after) in enumerate(lines, start=first):
        found = events(measure, line)
        if voice > first and all(event.sound is None for event in found):
            continue
        if voice > first:
            add(add(element, "backup"), "duration", measure.length_ticks)
            hung = []
        for event in found:
            for tick, write in hung:
                if event.onset_ticks <= tick < event.onset_ticks + event.value.length:
                    write(element, tick - event.onset_ticks)
            _event(partial(write_event, element, event, pen, voice), event, measure, underlay, after)


def _event(write: Callable, event: Event, measure: Measure, underlay: Underlay, after: dict[int, int]) -> None:
    if event.sound is None:
        write()
        return
    lead = event.sound.notes[0]
    write(after.get(event.sound.start), underlay.words(lead, measure), underlay.melisma(lead))


def _next_pitches(line: Sequence[Sound]) -> dict[int, int]:
    """For each sound's start, the pitch that the line moves to."""
    return {a.start: b.notes[0].pitch for a, b in zip(line, line[1:], strict=False)}
