"""The outline of a song: where its melody rises and falls from syllable to syllable.

A tune is written that depends on the words alone; every seed's tune keeps its contour (Parsons code, after Parsons
1975) and the steps of its most striking head, so that a song's words are heard in its tune whatever the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..assembly import copied
from ..passes.all import PitchHypothesis
from ..passes.piece import Frame, Piece
from ..passes.vocabulary import Mode
from ..ranking import TONE_HEIGHTS, pitch_merit
from .layouts import Stretch
from .motifs import EXACT, HEAD, INVERSION, NEW_END, SEQUENCE, step_of

if TYPE_CHECKING:
    from ..studio import Studio

SKETCHES = 8  # tunes that the words alone suggest, of which the best is followed
LOW, HIGH = -5, 14  # semitones above the tonic that they stay within
STRIKING = 1.0  # merit of a first line that is known again, over one that is not
LONGEST = 6  # notes of a motif
MOST = 90  # letters of a contour
CLEAR = (
    3.0  # heights (Chao 1930, start and end together) that two tones differ by, where a tune should not go against them
)
Heights = list[int]  # steps of the scale above the tonic that each syllable of a line starts on


def outlines(studio: Studio, usual: Sequence[tuple[Stretch, Piece]], mode: Mode) -> list[list[Heights]]:
    """For every tune the heights of its lines' syllables; empty lists where nothing is known."""
    found: list[list[Heights]] = [[[] for _ in tune.lead.lines] for tune in studio.tunes]
    if not usual:
        return found
    groups = []
    for _stretch, piece in usual:
        piece.low, piece.high = LOW, HIGH
        groups.append([PitchHypothesis(copied(piece)) for _ in range(SKETCHES)])
    seeds = [[[0, 3, *stretch[:2], n] for n in range(SKETCHES)] for stretch, _piece in usual]
    for (stretch, _piece), walked in zip(usual, studio.walk("pitches", groups, seeds), strict=True):
        merits = [pitch_merit(sung, total) + STRIKING * striking(sung.frames[0], mode) for sung, total in walked]
        best = walked[int(np.argmax(merits))][0]
        for number, frame in enumerate(best.frames):
            found[stretch[0]][stretch[1] + number] = heights(frame, mode)
    return found


def heights(frame: Frame, mode: str) -> Heights:
    """The step that each syllable starts on."""
    return [step_of(note.height, mode) for note in frame.notes if not note.continues]


def striking(frame: Frame, mode: str) -> float:
    """How easily a line's head is known again, 0..1: three pitches or more, one skip at least, within a sixth."""
    steps = heights(frame, mode)[:LONGEST]
    if len(steps) < 3:
        return 0.5
    moves = np.abs(np.diff(steps))
    return (
        0.4 * min(1.0, (len(set(steps)) - 1) / 2)
        + 0.3 * float((moves >= 2).any())
        + 0.2 * float(2 <= np.ptp(steps) <= 5 and moves.max() <= 4)
        + 0.1 * float((moves == 0).sum() < len(moves) / 2)
    )


def parsons(line: Heights) -> str:
    """Heights -> Parsons code without its first star."""
    return "".join("udr"[0 if b > a else 1 if b < a else 2] for a, b in zip(line, line[1:], strict=False))[:MOST]


def spoken(contour: str, frame: Frame) -> str:
    """A contour free where it would go against the tones of Chinese words."""
    tones = [syllable.tone for syllable in frame.syllables]
    found = ""
    for letter, (one, two) in zip(contour, zip(tones, tones[1:], strict=False), strict=False):
        rise = sum(TONE_HEIGHTS[two]) - sum(TONE_HEIGHTS[one]) if one and two else 0.0
        found += "*" if rise >= CLEAR and letter == "d" or rise <= -CLEAR and letter == "u" else letter
    return found


def developed_contour(model: str, own: str, how: str) -> str:
    """The contour of a line that develops another; ``own`` is what it would have by itself."""
    if how == NEW_END:
        kept = round(HEAD * len(own))
        return (model[:kept] + own[kept:])[: len(own)] if len(model) >= kept else own
    if how in (EXACT, SEQUENCE, INVERSION):
        turned = model.translate(str.maketrans("ud", "du")) if how == INVERSION else model
        return (turned + own[len(turned) :])[: len(own)]
    return own
