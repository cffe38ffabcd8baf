"""Rules that make a song known again: motifs and lines come back in rhythm and pitch, and the words keep their
contour."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..passes.all import RhythmHypothesis
from ..passes.vocabulary import CHORD, LENGTHS, MELISMA, NOTE, SIZE, UNITS_PER_QUARTER
from ..planning.motifs import HEAD, pitch_of, step_of
from .base import ToldOnce
from .pitches import PITCHES, PitchRule

_LENGTHS = np.array(LENGTHS)


class RhythmMotif(ToldOnce):
    """The head of a line has the rhythm of the section's motif, one note a syllable."""

    name = "rhythm-motif"
    summary = "lines that take up the section's motif have its rhythm (soft)"
    task = "melody.rhythm"
    STRENGTH = 4.0  # nats; see docs/experiments/motifs.md
    BROKEN = 2.5  # nats that a melisma or a rest inside it costs

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[bool, int | None] | None:
        guide, at = hypothesis.piece.guide, hypothesis.syllable
        motif = guide.section.motif if guide and guide.section else None
        line = guide.line(hypothesis.line) if guide else None
        if motif is None or line is None or line.motif == "none" or at > len(motif.places):
            return None
        if at >= len(motif.places) - (line.motif == "new end"):
            return bool(at), None
        return bool(at), hypothesis.frame.start + round(motif.places[at] * UNITS_PER_QUARTER) - hypothesis.now

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        begun, wanted = heeded
        total = np.zeros(SIZE, np.float32)
        if begun:
            total[MELISMA:CHORD] -= self.BROKEN
        if wanted is not None:
            total[NOTE:MELISMA][wanted == _LENGTHS] += self.STRENGTH
        return total


class RhythmAnswers(ToldOnce):
    """A line that develops another has its rhythm, where the plan does not leave it free."""

    name = "rhythm-answers"
    summary = "syllables stand where those of the line stand that theirs develops (soft)"
    task = "melody.rhythm"
    STRENGTH = 1.5  # nats; see docs/experiments/motifs.md

    def heeds(self, hypothesis: RhythmHypothesis) -> tuple[int, ...] | None:
        frame, guide, at = hypothesis.frame, hypothesis.piece.guide, hypothesis.syllable
        line = guide.line(hypothesis.line) if guide else None
        if line is None or frame.reference < 0 or line.how in ("new", "free") or at + 1 >= len(frame.syllables):
            return None
        if line.how == "new end" and at + 1 > HEAD * len(frame.syllables):
            return None
        model = hypothesis.piece.frames[frame.reference]
        onsets = [n.onset - model.anchor + frame.anchor for n in model.notes if not n.continues]
        if len(onsets) == len(frame.syllables):
            onsets = onsets[at + 1 : at + 2]
        return tuple(onset - hypothesis.now for onset in onsets)

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        """``heeded``: how long after now the model's syllables begin."""
        total = np.zeros(SIZE, np.float32)
        total[NOTE:MELISMA][np.isin(_LENGTHS, heeded)] += self.STRENGTH
        return total


class PitchContour(PitchRule):
    """The tune rises and falls where its plan has it (Parsons code); pitches stay free."""

    name = "pitch-contour"
    summary = "the tune keeps the contour that the words suggest, whatever the seed (soft)"
    STRENGTH = 1.8  # nats; see docs/experiments/motifs.md
    SIGNS = {"u": 1, "d": -1, "r": 0}

    def heeds(self, hypothesis):
        before, now = hypothesis.before(), hypothesis.note
        guide = hypothesis.piece.guide
        line = guide.line(hypothesis.notes[hypothesis.at][0]) if guide else None
        if before is None or line is None or now.continues or not 0 < now.syllable <= len(line.contour):
            return None
        wanted = self.SIGNS.get(line.contour[now.syllable - 1])
        return None if wanted is None else (hypothesis.head_before(), wanted)

    def judge(self, pitches, before, wanted):
        pitches[np.sign(PITCHES - before) == wanted] += self.STRENGTH


class PitchMotif(PitchRule):
    """The head of a line sings the section's motif: as it was, moved, turned, or with another last note."""

    name = "pitch-motif"
    summary = "lines that take up the section's motif sing its steps (soft)"
    STRENGTH = 4.0  # nats; see docs/experiments/motifs.md
    FIRST = {"exact": 1.5, "new end": 1.5, "sequence": 0.8}  # nats for the pitch on which it begins

    def heeds(self, hypothesis):
        guide, note = hypothesis.piece.guide, hypothesis.note
        motif = guide.section.motif if guide and guide.section else None
        line = guide.line(hypothesis.notes[hypothesis.at][0]) if guide else None
        if motif is None or line is None or line.motif == "none" or note.continues:
            return None
        if note.syllable == 0:
            return self._first(hypothesis, line)
        if note.syllable > len(motif.steps) - (line.motif == "new end"):
            return None
        mode = hypothesis.piece.mode
        step = motif.steps[note.syllable - 1] * (-1 if line.motif == "inversion" else 1)
        return pitch_of(step_of(hypothesis.frame.notes[0].height, mode) + step, mode), self.STRENGTH

    def _first(self, hypothesis, line):
        stated, mode = hypothesis.stated(), hypothesis.piece.mode
        if stated is None or line.motif not in self.FIRST:
            return None
        moved = line.motif == "sequence"
        return pitch_of(step_of(stated, mode) + line.shift, mode) if moved else stated, self.FIRST[line.motif]

    def judge(self, pitches, wanted, strength):
        if PITCHES[0] <= wanted <= PITCHES[-1]:
            pitches[wanted - PITCHES[0]] += strength
