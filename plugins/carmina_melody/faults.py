"""What is weak in a line of a tune, counted from its notes and from its plan: leaps that do not turn back, pitches that
stay, weighty notes outside their chord, a contour, a motif, an echo or an end that is not the planned one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from carmina import LinePlan

from .passes.piece import Frame, Piece, strength
from .passes.vocabulary import UNITS_PER_QUARTER
from .planning.following import degree_pitch
from .planning.motifs import HEAD, NEW_END, developed, step_of
from .ranking import CHORD_TONES, TONE_HEIGHTS
from .rules.echoes import echoed_pitch, echoes_of
from .rules.plan import middle_of

LEAP = 5  # semitones from which a leap should turn back
STILL = 3  # pitches in a row, as many as may stay
NEAR = 2.0  # semitones that a line's mean may lie from the middle of its register
RECALL = ("motif", "answers", "echoes", "end")  # the faults by which a tune is not the one that was planned
WEIGHTS = {
    "leaps": 1.0,
    "still": 0.6,
    "clashes": 0.8,
    "contour": 0.8,
    "motif": 1.0,
    "answers": 1.2,
    "echoes": 1.2,
    "end": 0.7,
    "climax": 0.5,
    "register": 0.8,
    "tones": 0.4,
}


def faults(piece: Piece, number: int) -> dict[str, float]:
    """The faults of a line, weighted; each about 0 to 1 before its weight."""
    frame, guide = piece.frames[number], piece.guide
    line = guide.line(number) if guide else None
    pitches = [note.height for note in frame.notes]
    if len(pitches) < 2:
        return {}
    found = {
        "leaps": _unturned(pitches),
        "still": sum(max(0, len(list(run)) - STILL) for _pitch, run in groupby(pitches)) / len(pitches),
        "clashes": _clashes(piece, frame),
        "tones": _against_tones(frame),
    }
    if line is not None:
        found |= {"contour": _off_contour(frame, line), "end": _off_end(frame, line, piece.mode)}
        found["motif"] = _off_motif(piece, frame, line)
        found |= {"answers": _off_answer(piece, frame, line), "register": _off_register(piece, pitches)}
        found["echoes"] = _off_echoes(piece, number, line)
        found["climax"] = _outgrows(piece, number)
    return {name: WEIGHTS[name] * value for name, value in found.items()}


def off_plan(piece: Piece) -> float:
    """The faults of recall of a tune, a line."""
    found = [faults(piece, number) for number in range(len(piece.frames))]
    return float(np.mean([sum(line.get(name, 0.0) for name in RECALL) for line in found])) if found else 0.0


def off_rhythm(piece: Piece) -> float:
    """Share of the syllables of motifs and echoes that stand elsewhere than what they recall; 0 where none recalls."""
    missed: list[bool] = []
    for number, frame in enumerate(piece.frames):
        onsets = [note.onset for note in frame.notes if not note.continues]
        guide = piece.guide
        line = guide.line(number) if guide else None
        motif = guide.section.motif if guide and guide.section else None
        if motif is not None and line is not None and line.motif != "none":
            places = motif.places[: len(motif.places) - (line.motif == NEW_END)]
            wanted = [onsets[0] + round(place * UNITS_PER_QUARTER) for place in places]
            missed += [a != b for a, b in zip(onsets[1:], wanted, strict=False)]
        for echo, model in echoes_of(piece, number):
            heard = [note.onset for note in model.notes if not note.continues][echo.of - 1 :]
            here = onsets[echo.at - 1 : echo.at - 1 + echo.syllables]
            missed += [a - here[0] != b - heard[0] for a, b in zip(here[1:], heard[1:], strict=False)]
    return float(np.mean(missed)) if missed else 0.0


def _unturned(pitches: Sequence[int]) -> float:
    """Leaps after which the tune goes on in their direction, and leaps wider than an octave less a third."""
    moves = [b - a for a, b in pairwise(pitches)]
    on = sum(abs(a) >= LEAP and a * b > 0 for a, b in pairwise(moves))
    return min(1.0, 0.5 * on + 0.5 * sum(abs(move) > 9 for move in moves))


def _clashes(piece: Piece, frame: Frame) -> float:
    """Share of time on strong places that lies outside its chord."""
    outside = total = 0
    for note in frame.notes:
        chord = piece.chord_at(note.onset)
        bar, _length, metre = piece.grid.bar(note.onset)
        if chord is None or strength(note.onset - bar, metre) < 3 or note.length < 12:
            continue
        total += note.length
        outside += note.length * ((note.height - chord // 4) % 12 not in CHORD_TONES[chord % 4])
    return outside / total if total else 0.0


def _heads(frame: Frame) -> list[int]:
    return [note.height for note in frame.notes if not note.continues]


def _off_contour(frame: Frame, line: LinePlan) -> float:
    heads = _heads(frame)
    wanted = [{"u": 1, "d": -1, "r": 0}.get(letter) for letter in line.contour[: len(heads) - 1]]
    pairs = [(int(np.sign(b - a)), want) for (a, b), want in zip(pairwise(heads), wanted, strict=False)]
    asked = [went != want for went, want in pairs if want is not None]
    return float(np.mean(asked)) if asked else 0.0


def _off_motif(piece: Piece, frame: Frame, line: LinePlan) -> float:
    motif = piece.guide.section.motif if piece.guide and piece.guide.section else None
    if motif is None or line.motif == "none":
        return 0.0
    steps = [step_of(height, piece.mode) for height in _heads(frame)[: len(motif.steps) + 1]]
    turn = -1 if line.motif == "inversion" else 1
    missed = [step - steps[0] != turn * want for step, want in zip(steps[1:], motif.steps, strict=False)]
    return float(np.mean(missed)) if missed else 0.0


def _off_answer(piece: Piece, frame: Frame, line: LinePlan) -> float:
    """Share of syllables that do not sing what the line that theirs develops has for them, where it is not free."""
    if frame.reference < 0 or line.how in ("new", "free"):
        return 0.0
    model, heads = _heads(piece.frames[frame.reference]), _heads(frame)
    until = round(HEAD * len(heads)) if line.how == "new end" else len(heads) - 1  # the end is the plan's
    wanted = [developed(height, line.how, line.shift, model[0], piece.mode) for height in model]
    missed = [(a - b) % 12 != 0 for a, b in zip(heads[:until], wanted, strict=False)]
    return float(np.mean(missed)) if missed else 0.0


def _off_echoes(piece: Piece, number: int, line: LinePlan) -> float:
    """Share of the line's echoing syllables that sing something else."""
    frame = piece.frames[number]
    asked = [(echoed_pitch(piece, number, note.syllable), note) for note in frame.notes if not note.continues]
    missed = [note.height != wanted for wanted, note in asked if wanted is not None]
    return float(np.mean(missed)) if missed and line.echoes else 0.0


def _off_register(piece: Piece, pitches: Sequence[int]) -> float:
    register = piece.guide.section.register if piece.guide and piece.guide.section else 0
    if not register:
        return 0.0
    away = abs(float(np.mean(pitches)) - middle_of(register, piece.low, piece.high))
    return min(1.0, max(0.0, away - NEAR) / 5)


def _off_end(frame: Frame, line: LinePlan, mode: str) -> float:
    return float(bool(line.end) and frame.notes[-1].height % 12 != degree_pitch(line.end, mode))


def _outgrows(piece: Piece, number: int) -> float:
    """By how much a line rises above the one that should rise highest, in fifths."""
    guide = piece.guide
    top = guide.section.climax - 1 - guide.first_line if guide and guide.section and guide.section.climax else -1
    if not 0 <= top < len(piece.frames) or top == number:
        return 0.0
    highest = max(note.height for note in piece.frames[top].notes)
    return min(1.0, max(0, max(note.height for note in piece.frames[number].notes) - highest) / 7)


def _against_tones(frame: Frame) -> float:
    """Share of moves that go against clear tones of Chinese words, beyond the share that people's do."""
    against = total = 0
    sung = [note for note in frame.notes if not note.continues]
    for a, b in pairwise(sung):
        one, two = frame.syllables[a.syllable].tone, frame.syllables[b.syllable].tone
        rise = sum(TONE_HEIGHTS[two]) - sum(TONE_HEIGHTS[one]) if one and two else 0.0
        if abs(rise) >= 1 and a.height != b.height:
            total += 1
            against += (rise > 0) != (b.height > a.height)
    return max(0.0, against / total - 0.44) if total else 0.0
