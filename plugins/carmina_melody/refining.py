"""Weak lines of a tune written again: the weakest line of each stretch is proposed anew, the rest as it stands, and
kept where the whole lies better.

What is weak is counted by :mod:`.faults`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .assembly import copied
from .bands import cost, pitch_figures
from .composing import Part
from .faults import faults
from .learnt import PITCH_WEIGHTS
from .passes.all import PitchHypothesis
from .passes.piece import Piece
from .ranking import own_bands
from .studio import Studio

ROUNDS = 2  # lines of a stretch that are written again
GAIN = 0.02  # by which a tune must lie better than the one that stands


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
