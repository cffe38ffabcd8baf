"""A plan -> notes: each stretch of lines gets many rhythms and many tunes, the stretches of all tunes walked
together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import BadInput, SectionPlan, SongPlan, UnknownEntry, spelling

from .assembly import copied
from .faults import off_plan, off_rhythm
from .passes.all import PitchHypothesis, RhythmHypothesis, slots
from .passes.piece import Grid, Piece, beat_units
from .passes.vocabulary import START_STEP, UNITS_PER_QUARTER
from .planning.following import guide_of, shares
from .planning.idioms import idioms
from .planning.numerals import Numeral
from .ranking import pitch_merit, rhythm_merit
from .settings import Placement
from .studio import Studio
from .tunes import Tune

FORGOTTEN = 1.0  # merit that a rhythm loses in which no motif and no echo has its own
UNPLANNED = 0.4  # merit that a tune loses for a fault of recall in every line
LEAST_UNITS = 2  # that a syllable must have


@dataclass
class Part:
    """Some lines of one tune, and what has been written of them."""

    tune: int
    first: int
    piece: Piece


def parts_of(studio: Studio, plan: SongPlan, placed: Placement) -> list[Part]:
    """The stretches of all tunes with their lines where the plan has them; a plan that does not fit the words is
    refused."""
    _check(studio, plan)
    idiom = idioms()[plan.idiom]
    pickup = max(0, *(round(-section.lines[0].start * UNITS_PER_QUARTER) for section in plan.sections))
    found = []
    for number, (tune, section) in enumerate(zip(studio.tunes, plan.sections, strict=True)):
        for first, last in studio.stretches(tune):
            piece = studio.blank(
                tune, first, last, plan.metre, guide_of(section, idiom, plan.mode, plan.pace, first, last)
            )
            room = (
                pickup
                if last == len(section.lines)
                else round(max(0.0, -section.lines[last].start) * UNITS_PER_QUARTER)
            )
            _place(piece, room, section.melody, first)
            piece.low, piece.high = placed.low, placed.high
            found.append(Part(number, first, piece))
    return found


def _check(studio: Studio, plan: SongPlan) -> None:
    spelling.metre(plan.metre, option="the plan's metre")
    if plan.idiom not in idioms():
        raise UnknownEntry("idiom", plan.idiom, idioms())
    ours = [len(tune.lead.lines) for tune in studio.tunes]
    theirs = [len(section.lines) for section in plan.sections]
    if ours != theirs:
        raise BadInput(
            f"the plan is for tunes of {theirs} lines, and these words need tunes of {ours}. Draw a plan for them "
            "with --plan."
        )
    for tune, section in zip(studio.tunes, plan.sections, strict=True):
        _check_echoes(section, [len(line.syllables) for line in tune.lead.lines])


def _check_echoes(section: SectionPlan, syllables: Sequence[int]) -> None:
    """Every echo is of syllables that the words have."""
    for number, line in enumerate(section.lines, 1):
        for echo in line.echoes:
            for at, first in ((number, echo.at), (echo.line, echo.of)):
                if first + echo.syllables - 1 > syllables[at - 1]:
                    raise BadInput(
                        f"the plan has line {number} of {section.melody} echo syllables {first} to "
                        f"{first + echo.syllables - 1} of line {at}, which has {syllables[at - 1]}. Mend that echo."
                    )


def _place(piece: Piece, room: int, melody: str, first: int) -> None:
    """Each line where its plan says; ``room`` is left at the end for what begins before the next bar line."""
    at = 0
    assert piece.guide is not None
    for index, (frame, line) in enumerate(zip(piece.frames, piece.guide.lines, strict=True)):
        frame.anchor = at
        frame.start = at + round(line.start * UNITS_PER_QUARTER / START_STEP) * START_STEP
        at = piece.grid.after(at, line.bars)
        frame.stop = frame.next_anchor = at
        develops = line.develops - 1 - first
        frame.reference = develops if line.how != "new" and 0 <= develops < index else -1
        if index:
            piece.frames[index - 1].stop = frame.start
    piece.frames[-1].stop -= room
    for index, frame in enumerate(piece.frames):
        need = sum(1 + syllable.extra_notes for syllable in frame.syllables)
        if frame.stop - frame.start < LEAST_UNITS * need:
            raise BadInput(
                f"the plan gives line {first + index + 1} of {melody} too little time for {need} notes. Give it more "
                "bars, "
                "or let it or the next one start elsewhere."
            )


# ---- the passes -----------------------------------------------------------------------------------------------------


def set_rhythms(studio: Studio, parts: Sequence[Part]) -> None:
    """The best of many rhythms for every part."""
    many = studio.candidates
    groups = [[RhythmHypothesis(copied(part.piece)) for _ in range(many)] for part in parts]
    seeds = [[[studio.brief.seed, 2, part.tune, part.first, n] for n in range(many)] for part in parts]
    for part, found in zip(parts, studio.walk("rhythm", groups, seeds), strict=True):
        part.piece = max(found, key=lambda pair: rhythm_merit(*pair) - FORGOTTEN * off_rhythm(pair[0]))[0]


def set_chords(part: Part) -> None:
    """The plan's chords in the slots that the pitches pass looks at: in each the chord that lasts longest."""
    piece = part.piece
    if piece.guide is None or not piece.guide.chords:
        return
    marks = [(onset, numeral.known) for onset, numeral in marks_of(piece)]
    piece.chords = filled(piece, marks)


def filled(piece: Piece, marks: Sequence[tuple[int, int]]) -> dict[int, int]:
    """(onset, chord) -> slot -> the chord that sounds in its middle; the first one before it began."""
    onsets, found, at = slots(piece), {}, 0
    for slot, stop in zip(onsets, [*onsets[1:], piece.frames[-1].next_anchor], strict=True):
        while at + 1 < len(marks) and marks[at + 1][0] < (slot + stop) / 2:
            at += 1
        found[slot] = marks[at][1]
    return found


def marks_of(piece: Piece) -> list[tuple[int, Numeral]]:
    """(onset in units, numeral) of every chord of the plan, from bar line 0 of the piece."""
    assert piece.guide is not None
    at = piece.frames[0].anchor
    found: list[tuple[int, Numeral]] = []
    for chords in piece.guide.chords:
        _onset, length, metre = piece.grid.bar(at)
        found += shares(chords, at, length, beat_units(metre))
        at += length
    return found


def set_pitches(studio: Studio, parts: Sequence[Part]) -> None:
    """The best of many tunes on every part's rhythm."""
    for part, (best, _merit) in zip(
        parts, _tunes(studio, parts, studio.candidates, [studio.brief.seed, 4]), strict=True
    ):
        part.piece = best


def _tunes(studio: Studio, parts: Sequence[Part], many: int, chance: list[int]) -> list[tuple[Piece, float]]:
    groups = [[PitchHypothesis(copied(part.piece)) for _ in range(many)] for part in parts]
    seeds = [[[*chance, part.tune, part.first, n] for n in range(many)] for part in parts]
    found = studio.walk("pitches", groups, seeds)
    best = []
    for walked in found:
        merits = [pitch_merit(piece, total) - UNPLANNED * off_plan(piece) for piece, total in walked]
        top = max(range(len(merits)), key=merits.__getitem__)
        best.append((walked[top][0], merits[top]))
    return best


# ---- one piece ------------------------------------------------------------------------------------------------------


def joined(parts: Sequence[Part], tunes: Sequence[Tune], metre: str) -> Piece:
    """All parts one after the other, each from a bar line on."""
    first = parts[0].piece
    whole = replace(first, frames=[], chords={}, grid=Grid.uniform(metre), guide=None, part=False)
    at = 0
    for part in parts:
        piece, offset = part.piece, len(whole.frames)
        for frame in piece.frames:
            moved = [replace(note, onset=note.onset + at) for note in frame.notes]
            whole.frames.append(
                replace(
                    frame,
                    anchor=frame.anchor + at,
                    start=frame.start + at,
                    stop=frame.stop + at,
                    next_anchor=frame.next_anchor + at,
                    reference=frame.reference + offset if frame.reference >= 0 else -1,
                    notes=moved,
                )
            )
        whole.chords |= {slot + at: chord for slot, chord in piece.chords.items()}
        at += piece.frames[-1].next_anchor
    return whole
