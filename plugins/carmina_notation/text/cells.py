"""What each note of the sung line shows on a plain-text sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from carmina import TICKS_PER_QUARTER, Key, Note, Score, Track
from carmina.theory import LINE_OF_FIFTHS, key_alterations, split_line

from ..common.spelling import name, spell
from ..common.timeline import Notes, Timeline
from ..engraving.folding import Measure, measures
from ..engraving.underlay import Underlay, Word

_ABOVE, _BELOW = "\u0307", "\u0323"  # combining dots: an octave up, an octave down
_CHANGES = {-2: "bb", -1: "b", 0: "", 1: "#", 2: "x"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One column: a note, the part of it after a bar line, or a rest."""

    words: tuple[str, ...]  # one for each verse
    chord: str
    figure: str  # movable do: 1 is do; 0 a rest, - a tone held on
    tone: str  # "G4"
    length: str  # in the metre's own unit
    begins_line: bool = False


@dataclass(frozen=True, slots=True)
class BarLine:
    """The end of a bar."""

    sign: str  # "|", ":|", "|:", "||"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section begins."""

    tick: int


def cells(score: Score, track: Track) -> Iterator[Cell | BarLine | Heading]:
    """The line from left to right, verses that share a tune once."""
    printed = measures(score)
    underlay = Underlay(score, track, printed)
    notes = split_line(track.notes)[0]
    scale, line = Scale(score, notes), Notes(notes)
    chords = Timeline({chord.onset_ticks: chord for chord in score.chords}.values())
    starts = Timeline((mark.onset_ticks for mark in score.sections), int)
    fresh = True
    for measure in printed:
        if measure.opens:
            yield BarLine("|:")
        for start, end, note in _pieces(measure, line.sounding(measure.onset_ticks, measure.end_ticks)):
            yield from (Heading(tick) for tick in starts.between(start, end))
            words = underlay.words(note, measure) if note and note.onset_ticks == start else []
            sung = any(word.syllable for word in words)
            sign = " ".join(chord.symbol for chord in chords.between(start, end))
            yield Cell(
                _texts(words, note, start, underlay.lines(start, measure)),
                sign,
                *scale.show(note, start),
                _length(end - start, measure.metre.unit),
                fresh and sung,
            )
            if sung:
                fresh = any(word.syllable.ends_line for word in words if word.syllable)
        yield BarLine("||" if measure is printed[-1] and not measure.closes else ":|" if measure.closes else "|")


def _pieces(measure: Measure, notes: Sequence[Note]) -> Iterator[tuple[int, int, Note | None]]:
    """(start, end, note or none for a rest) within one bar."""
    at = measure.onset_ticks
    for note in notes:
        if note.end_ticks <= measure.onset_ticks or note.onset_ticks >= measure.end_ticks:
            continue
        start, end = max(note.onset_ticks, at), min(note.end_ticks, measure.end_ticks)
        if at < start:
            yield at, start, None
        yield start, end, note
        at = end
    if at < measure.end_ticks:
        yield at, measure.end_ticks, None


def _texts(words: Sequence[Word], note: Note | None, start: int, passes: int) -> tuple[str, ...]:
    if note is not None and note.continues and note.onset_ticks == start:
        return ("_",) * passes
    return tuple(
        ""
        if not word.syllable
        else word.syllable.text + word.syllable.after + ("" if word.syllable.ends_word or word.syllable.tone else "-")
        for word in words
    )


def _length(ticks: int, unit: int) -> str:
    """``1``, ``1.5``, ``0.25``; thirds as ``2/3``."""
    units = Fraction(ticks * unit, 4 * TICKS_PER_QUARTER)
    if units.denominator in (1, 2, 4, 8):
        return f"{float(units):g}"
    return str(units.limit_denominator(24))


class Scale:
    """Names tones in the key that is in force. The undotted octave is the one that holds most of the tune."""

    def __init__(self, score: Score, notes: Sequence[Note]):
        self.keys = Timeline(score.keys)
        self.after = {a.onset_ticks: b.pitch for a, b in zip(notes, notes[1:], strict=False)}
        do = score.keys[0].fifths * 7 % 12
        self.home = max(range(do, 120, 12), key=lambda low: sum(low <= note.pitch < low + 12 for note in notes))

    def show(self, note: Note | None, start: int) -> tuple[str, str]:
        """(figure, tone name) of a piece that begins at ``start``."""
        if note is None:
            return "0", ""
        if note.onset_ticks != start:
            return "-", ""
        key = self.keys.at(start)
        step, alter, octave = spell(note.pitch, key, self.after.get(start))
        return self._figure(step, alter, octave, key), name(step, alter, octave)

    def _figure(self, step: str, alter: int, octave: int, key: Key) -> str:
        do, signature = LINE_OF_FIFTHS[(key.fifths + 1) % 7], key_alterations(key)
        low = self.home + (key.fifths * 7 - self.home + 5) % 12 - 5  # this key's do nearest to the undotted one
        places = _staff_place(step, octave) - _staff_place(do, (low - signature[do]) // 12 - 1)
        octaves = places // 7
        change = _CHANGES[max(-2, min(2, alter - signature[step]))]
        return change + str(places % 7 + 1) + (_ABOVE * octaves if octaves > 0 else _BELOW * -octaves)


def _staff_place(step: str, octave: int) -> int:
    return "CDEFGAB".index(step) + 7 * octave
