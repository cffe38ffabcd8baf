"""What stands in one printed bar of one voice: values with their ties, triplets and beams."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from carmina.theory import beat_ticks

from .durations import Value, written
from .folding import Measure
from .streams import Sound
from .windows import windows

BEAMED = {"eighth": 1, "16th": 2, "32nd": 3, "64th": 4, "128th": 5}


@dataclass(slots=True)
class Event:
    """One written note, chord or rest."""

    value: Value  # places counted from the start of the whole bar
    onset_ticks: int  # from the start of the score
    sound: Sound | None = None  # none: a rest
    first: bool = True  # not tied to the event before
    last: bool = True  # not tied to the next
    tuplet: tuple[str, ...] = ()  # "start", "stop"
    beams: list[str] = field(default_factory=list)  # outermost first: begin, continue, end, forward hook, ...
    whole_rest: bool = False  # the bar is silent


def events(measure: Measure, line: Sequence[Sound]) -> list[Event]:
    """The measure's events in one voice, rests filled in."""
    start, end = measure.onset_ticks, measure.end_ticks
    here = line[bisect_right(line, start, key=lambda s: s.end) : bisect_left(line, end, key=lambda s: s.start)]
    if not here:
        return _silence(measure)
    origin = start - measure.phase_ticks
    edges = sorted({tick - origin for sound in here for tick in (sound.start, sound.end)})
    divided = windows(measure.metre, start - origin, end - origin, edges)
    found: list[Event] = []
    at = start
    for sound in here:
        first, last = max(sound.start, start), min(sound.end, end)
        found += _rests(at, first, origin, measure, divided)
        values = list(written(first - origin, last - origin, measure.metre, divided))
        found += [
            Event(
                value, origin + value.start, sound, origin + value.start == sound.start, origin + value.end == sound.end
            )
            for value in values
        ]
        at = last
    found += _rests(at, end, origin, measure, divided)
    _mark_tuplets(found)
    _mark_beams(found, beat_ticks(measure.metre))
    return found


def _silence(measure: Measure) -> list[Event]:
    if measure.length_ticks == measure.metre.bar_ticks:
        value = Value(0, measure.length_ticks, "whole")
        return [Event(value, measure.onset_ticks, whole_rest=True)]
    return list(_rests(measure.onset_ticks, measure.end_ticks, measure.onset_ticks - measure.phase_ticks, measure, []))


def _rests(start: int, end: int, origin: int, measure: Measure, divided: Sequence) -> Iterator[Event]:
    if start < end:
        for value in written(start - origin, end - origin, measure.metre, divided, rest=True):
            yield Event(value, origin + value.start)


def _mark_tuplets(found: Sequence[Event]) -> None:
    for before, event, after in zip([None, *found], found, [*found[1:], None], strict=False):
        here = event.value.triple
        if here:
            starts = before is None or before.value.triple != here
            stops = after is None or after.value.triple != here
            event.tuplet = ("start",) * starts + ("stop",) * stops


def _mark_beams(found: Sequence[Event], beat: int) -> None:
    group: list[Event] = []
    for event in found:
        joins = event.sound is not None and event.value.type in BEAMED
        if group and (not joins or event.value.start // beat != group[0].value.start // beat):
            _beam(group)
            group = []
        if joins:
            group.append(event)
    _beam(group)


def _beam(group: Sequence[Event]) -> None:
    if len(group) < 2:
        return
    depths = [0, *(BEAMED[event.value.type] for event in group), 0]
    for place, event in enumerate(group, start=1):
        for depth in range(1, depths[place] + 1):
            event.beams.append(_beam_at(depths[place - 1] >= depth, depths[place + 1] >= depth, place > 1))


def _beam_at(before: bool, after: bool, has_left: bool) -> str:
    if before and after:
        return "continue"
    if before or after:
        return "end" if before else "begin"
    return "backward hook" if has_left else "forward hook"
