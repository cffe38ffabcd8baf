"""Weak lines of a tune written again: the weakest line of each stretch is proposed anew, the rest as it stands, and
kept where the whole lies better.

What is weak is counted from the notes and the plan: leaps that do not turn back, pitches that stay, weighty notes
outside their chord, a contour, a motif or an end that is not the planned one, a line that outgrows the climax.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from carmina import LinePlan

from .assembly import copied
from .bands import cost, pitch_figures
from .composing import Part
from .learnt import PITCH_WEIGHTS
from .passes.all import PitchHypothesis
from .passes.piece import Frame, Piece, strength
from .planning.following import degree_pitch
from .planning.motifs import HEAD, developed, step_of
from .ranking import CHORD_TONES, TONE_HEIGHTS, own_bands
from .rules.plan import middle_of
from .studio import Studio

ROUNDS = 2  # lines of a stretch that are written again
GAIN = 0.02  # by which a tune must lie better than the one that stands
LEAP = 5  # semitones from which a leap should turn back
STILL = 3  # pitches in a row, as many as may stay
NEAR = 2.0  # semitones that a line's mean may lie from the middle of its register
WEIGHTS = {
    "leaps": 1.0,
    "still": 0.6,
    "clashes": 0.8,
    "contour": 0.8,
    "motif": 1.0,
    "answers": 1.2,
    "end": 0.7,
    "climax": 0.5,
    "register": 0.8,
    "tones": 0.4,
}


def refine(studio: Studio, parts: Sequence[Part]) -> None:
    """Every part with its weakest lines written again where that is better; one candidate alone is left as it is."""
    many = studio.candidates // 2
    done: list[set[int]] = [set() for _ in parts]
    for turn in range(min(ROUNDS, many)):
        weak = [_weakest(part.piece, tried) for part, tried in zip(parts, done, strict=True)]
        at = [i for i, line in enumerate(weak) if line is not None]
        groups = [[_opened(parts[i].piece, weak[i] or 0) for _ in range(many)] for i in at]
        seeds = [[[studio.brief.seed, 5, parts[i].tune, parts[i].first, turn, n] for n in range(many)] for i in at]
        for i, walked in zip(at, studio.walk("pitches", groups, seeds), strict=True):
            done[i].add(weak[i] or 0)
            parts[i].piece = _best(parts[i].piece, [piece for piece, _total in walked])


def _best(standing: Piece, proposed: Sequence[Piece]) -> Piece:
    """The proposal that lies best, where it gains enough over what stands."""
    for piece in proposed:
        for frame in piece.frames:
            for note in frame.notes:
                note.fixed = False
    burdens = [burden(piece) for piece in proposed]
    best = int(np.argmin(burdens))
    return proposed[best] if burdens[best] < burden(standing) - GAIN else standing


def burden(piece: Piece) -> float:
    """How far a tune lies from people's bands and from its plan, 0 best."""
    assert piece.guide is not None
    bands = cost(pitch_figures(piece.frames, piece.mode), piece.guide.idiom.genre, PITCH_WEIGHTS, own_bands(piece))
    return bands + float(np.mean([sum(faults(piece, i).values()) for i in range(len(piece.frames))]))


def _weakest(piece: Piece, tried: set[int]) -> int | None:
    """The line with most faults of those not tried; ``None`` where none has any."""
    if piece.guide is None:
        return None
    found = {i: sum(faults(piece, i).values()) for i in range(len(piece.frames)) if i not in tried}
    worst = max(found, key=lambda i: found[i], default=None)
    return worst if worst is not None and found[worst] > 0 else None


def _opened(piece: Piece, line: int) -> PitchHypothesis:
    """A walk over the tune in which all but one line stands."""
    opened = copied(piece)
    for number, frame in enumerate(opened.frames):
        for note in frame.notes:
            note.fixed = number != line
            note.pitch = note.pitch if note.fixed else None
    return PitchHypothesis(opened)


# ---- what is weak ---------------------------------------------------------------------------------------------------


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
        found["climax"] = _outgrows(piece, number)
    return {name: WEIGHTS[name] * value for name, value in found.items()}


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
