"""What hangs above the staff: tempo, section headings and chord symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from lxml import etree

from carmina import Direction, Score, Tempo, Track
from carmina.theory import is_compound

from ..common.chords import Harmony, parse
from ..common.sections import label_of, merged_label
from ..common.timeline import Timeline
from ..engraving.folding import Measure
from .elements import add, number

_DYNAMICS = frozenset(
    "p pp ppp pppp f ff fff ffff mp mf sf sfp sfpp fp rf rfz sfz sffz fz n pf sfzp".split()
)  # that MusicXML names

Sign = tuple[int, Callable[[etree._Element, int], None]]  # tick; writes itself so many ticks after the next note begins


def signs(score: Score, printed: Sequence[Measure]) -> list[Sign]:
    """Every sign with the tick of its first pass, in order."""
    found = [*_headings(score, printed), *_tempi(score, printed)]
    found += [(chord.onset_ticks, partial(_harmony, parse(chord.symbol))) for chord in score.chords]
    return sorted(found, key=lambda sign: sign[0])


def numerals(score: Score, staff: int) -> list[Sign]:
    """The numeral of every chord that has one; ``staff``: of the part, 0 where there is one."""
    return [(chord.onset_ticks, partial(_numeral, chord.numeral, staff)) for chord in score.chords if chord.numeral]


def at_staff(track: Track, staff: int) -> list[Sign]:
    """Words and dynamics of one staff; ``staff``: of the part, 0 where there is one."""
    sung = track.role == "voice"
    return [(said.onset_ticks, partial(_direction, said, staff, sung)) for said in track.directions]


def _direction(said: Direction, staff: int, sung: bool, measure: etree._Element, offset: int) -> None:
    place = "above" if sung or not said.dynamic else "below"
    element = add(measure, "direction", placement=place)
    kind = add(element, "direction-type")
    if not said.dynamic:
        add(kind, "words", said.text)
    elif said.text in _DYNAMICS:
        add(add(kind, "dynamics"), said.text)
    else:
        add(add(kind, "dynamics"), "other-dynamics", said.text)
    _offset(element, offset)
    if staff:
        add(element, "staff", staff)


def _numeral(text: str, staff: int, measure: etree._Element, offset: int) -> None:
    element = add(measure, "harmony", placement="below")
    add(element, "function", text)
    add(element, "kind", "none", text="")
    _offset(element, offset)
    if staff:
        add(element, "staff", staff)


def _headings(score: Score, printed: Iterable[Measure]) -> Iterator[Sign]:
    labels = {mark.onset_ticks: label_of(mark) for mark in score.sections}
    ticks = Timeline(labels, int)
    for measure in printed:
        for tick in ticks.between(measure.onset_ticks, measure.end_ticks):
            said = [labels[tick + shift] for shift in measure.passes if tick + shift in labels]
            yield tick, partial(_heading, merged_label(said))


def _heading(text: str, measure: etree._Element, offset: int) -> None:
    direction = add(measure, "direction", placement="above")
    add(add(direction, "direction-type"), "rehearsal", text)
    _offset(direction, offset)


def _tempi(score: Score, printed: Iterable[Measure]) -> Iterator[Sign]:
    tempi = Timeline(score.tempi)
    for measure in printed:
        for tempo in tempi.between(measure.onset_ticks, measure.end_ticks):
            yield tempo.onset_ticks, partial(_tempo, tempo, is_compound(measure.metre))


def _tempo(tempo: Tempo, dotted: bool, measure: etree._Element, offset: int) -> None:
    direction = add(measure, "direction", placement="above")
    metronome = add(add(direction, "direction-type"), "metronome")
    add(metronome, "beat-unit", "quarter")
    if dotted:
        add(metronome, "beat-unit-dot")
    shown = tempo.quarters_per_minute * (2 / 3 if dotted else 1)
    add(metronome, "per-minute", f"{shown:.0f}")
    _offset(direction, offset, sound="yes")
    add(direction, "sound", tempo=number(tempo.quarters_per_minute))


def _offset(element: etree._Element, ticks: int, **attributes: str) -> None:
    if ticks:
        add(element, "offset", ticks, **attributes)


def _harmony(harmony: Harmony, measure: etree._Element, offset: int) -> None:
    element = add(measure, "harmony")
    root = add(element, "root")
    step, alter = harmony.root or ("C", 0)
    add(root, "root-step", step, **({} if harmony.root else {"text": ""}))
    if alter:
        add(root, "root-alter", alter)
    add(element, "kind", harmony.kind, text=harmony.suffix)
    if harmony.bass:
        bass = add(element, "bass")
        add(bass, "bass-step", harmony.bass[0])
        if harmony.bass[1]:
            add(bass, "bass-alter", harmony.bass[1])
    for value, change, type_ in harmony.degrees:
        degree = add(element, "degree", print_object="no")
        add(degree, "degree-value", value)
        add(degree, "degree-alter", change)
        add(degree, "degree-type", type_)
    _offset(element, offset)
