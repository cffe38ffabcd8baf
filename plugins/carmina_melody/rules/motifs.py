"""Rules that make a song known again: motifs and lines come back in rhythm and pitch, and the words keep their
contour."""

from __future__ import annotations

import numpy as np

from ..passes.all import RhythmHypothesis
from ..passes.vocabulary import CHORD, LENGTHS, MELISMA, NOTE, SIZE, UNITS_PER_QUARTER
from ..planning.motifs import HEAD, pitch_of, step_of
from .base import MelodyRule
from .pitches import PITCHES, PitchRule

_LENGTHS = np.array(LENGTHS)


class RhythmMotif(MelodyRule):
    """The head of a line has the rhythm of the section's motif, one note a syllable."""

    name = "rhythm-motif"
    summary = "lines that take up the section's motif have its rhythm (soft)"
    task = "melody.rhythm"
    STRENGTH = 3.0  # nats; see docs/experiments/motifs.md
    BROKEN = 2.5  # nats that a melisma or a rest inside it costs

    def logit_bias(self, hypothesis: RhythmHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        guide, at = hypothesis.piece.guide, hypothesis.syllable
        motif = guide.section.motif if guide and guide.section else None
        line = guide.line(hypothesis.line) if guide else None
        if motif is None or line is None or line.motif == "none" or at > len(motif.places):
            return total
        if at:
            total[MELISMA:CHORD] -= self.BROKEN
        if at < len(motif.places) - (line.motif == "new end"):
            wanted = hypothesis.frame.start + round(motif.places[at] * UNITS_PER_QUARTER) - hypothesis.now
            total[NOTE:MELISMA][wanted == _LENGTHS] += self.STRENGTH
        return total


class RhythmAnswers(MelodyRule):
    """A line that develops another has its rhythm, where the plan does not leave it free."""

    name = "rhythm-answers"
    summary = "syllables stand where those of the line stand that theirs develops (soft)"
    task = "melody.rhythm"
    STRENGTH = 1.5  # nats; see docs/experiments/motifs.md

    def logit_bias(self, hypothesis: RhythmHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        frame, guide, at = hypothesis.frame, hypothesis.piece.guide, hypothesis.syllable
        line = guide.line(hypothesis.line) if guide else None
        if line is None or frame.reference < 0 or line.how in ("new", "free") or at + 1 >= len(frame.syllables):
            return total
        if line.how == "new end" and at + 1 > HEAD * len(frame.syllables):
            return total
        model = hypothesis.piece.frames[frame.reference]
        onsets = [n.onset - model.anchor + frame.anchor for n in model.notes if not n.continues]
        if len(onsets) == len(frame.syllables):
            onsets = onsets[at + 1 : at + 2]
        total[NOTE:MELISMA][np.isin(hypothesis.now + _LENGTHS, onsets)] += self.STRENGTH
        return total


class PitchContour(PitchRule):
    """The tune rises and falls where its plan has it (Parsons code); pitches stay free."""

    name = "pitch-contour"
    summary = "the tune keeps the contour that the words suggest, whatever the seed (soft)"
    STRENGTH = 1.8  # nats; see docs/experiments/motifs.md
    SIGNS = {"u": 1, "d": -1, "r": 0}

    def judge(self, hypothesis, pitches):
        before, now = hypothesis.before(), hypothesis.note
        guide = hypothesis.piece.guide
        line = guide.line(hypothesis.notes[hypothesis.at][0]) if guide else None
        if before is None or line is None or now.continues or not 0 < now.syllable <= len(line.contour):
            return
        wanted = self.SIGNS.get(line.contour[now.syllable - 1])
        if wanted is not None:
            pitches[np.sign(PITCHES - hypothesis.head_before()) == wanted] += self.STRENGTH


class PitchMotif(PitchRule):
    """The head of a line sings the section's motif: as it was, moved, turned, or with another last note."""

    name = "pitch-motif"
    summary = "lines that take up the section's motif sing its steps (soft)"
    STRENGTH = 3.0  # nats; see docs/experiments/motifs.md
    FIRST = {"exact": 1.5, "new end": 1.5, "sequence": 0.8}  # nats for the pitch on which it begins

    def judge(self, hypothesis, pitches):
        guide, note = hypothesis.piece.guide, hypothesis.note
        motif = guide.section.motif if guide and guide.section else None
        number = hypothesis.notes[hypothesis.at][0]
        line = guide.line(number) if guide else None
        if motif is None or line is None or line.motif == "none" or note.continues:
            return
        if note.syllable == 0:
            self._begin(hypothesis, line, pitches)
        elif note.syllable <= len(motif.steps) - (line.motif == "new end"):
            mode = hypothesis.piece.mode
            step = motif.steps[note.syllable - 1] * (-1 if line.motif == "inversion" else 1)
            wanted = pitch_of(step_of(hypothesis.frame.notes[0].height, mode) + step, mode)
            if PITCHES[0] <= wanted <= PITCHES[-1]:
                pitches[wanted - PITCHES[0]] += self.STRENGTH

    def _begin(self, hypothesis, line, pitches):
        stated = hypothesis.stated()
        if stated is None or line.motif not in self.FIRST:
            return
        mode = hypothesis.piece.mode
        wanted = pitch_of(step_of(stated, mode) + line.shift, mode) if line.motif == "sequence" else stated
        if PITCHES[0] <= wanted <= PITCHES[-1]:
            pitches[wanted - PITCHES[0]] += self.FIRST[line.motif]
