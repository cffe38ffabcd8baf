"""Rules of the lines pass: every line gets the bars that its syllables need, and like lines stand alike."""

from __future__ import annotations

import numpy as np

from ..passes.all import LinesHypothesis
from ..passes.lines import needed, roomy
from ..passes.vocabulary import MAX_BACK, MAX_SPAN, MAX_START, PHASE, REFERENCE, SIZE, SPAN, START_STEP
from .base import MelodyRule

SLOW = 20  # units a syllable above which a line has too much room
FORBIDDEN = np.float32(-np.inf)


class LineRoom(MelodyRule):
    """A line starts after the one before has had room for its syllables, and gets neither too few nor too many bars."""

    name = "line-room"
    summary = "each line has the bars that its syllables need (hard)"
    task = "melody.line"

    def logit_bias(self, hypothesis: LinesHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        if hypothesis.stage == 1:
            self._starts(hypothesis, total)
        elif hypothesis.stage == 2:
            self._spans(hypothesis, total)
        return total

    def _starts(self, hypothesis: LinesHypothesis, total: np.ndarray) -> None:
        if not hypothesis.index:
            return
        earliest = hypothesis.earliest()
        for place in range(-MAX_START, MAX_START + 1):
            if hypothesis.anchor + place * START_STEP < earliest:
                total[PHASE + MAX_START + place] = FORBIDDEN

    def _spans(self, hypothesis: LinesHypothesis, total: np.ndarray) -> None:
        frame = hypothesis.piece.frames[hypothesis.index]
        need = needed(frame)
        last = (
            hypothesis.index + 1 == len(hypothesis.piece.frames)
            or hypothesis.piece.frames[hypothesis.index + 1].line == 0
        )
        for bars in range(1, MAX_SPAN + 1):
            room = hypothesis.piece.grid.after(hypothesis.anchor, bars) - frame.start
            roomy = hypothesis.roomy
            tight = room < (roomy + (roomy / 2 if last else 0)) * need + (roomy if last else 0)
            _onset, bar, _metre = hypothesis.piece.grid.bar(hypothesis.anchor)
            wide = bars > 1 and room - bar >= SLOW * need
            if tight or wide:
                total[SPAN + bars] = FORBIDDEN
        if not np.isfinite(total[SPAN + 1 : SPAN + MAX_SPAN + 1]).any():  # more syllables than any span was meant for
            total[SPAN + MAX_SPAN] = 0.0


class LineAnswers(MelodyRule):
    """Lines with the same words answer each other; a line answers one of like length, in the same place of the bar."""

    name = "line-answers"
    summary = "repeated lines repeat; answering lines have like lengths and starts"
    task = "melody.line"

    def logit_bias(self, hypothesis: LinesHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        frames, at = hypothesis.piece.frames, hypothesis.index
        frame = frames[at]
        if hypothesis.stage == 0:
            if 0 < frame.repeat_back <= MAX_BACK:
                total[REFERENCE : REFERENCE + MAX_BACK + 1] = FORBIDDEN
                total[REFERENCE + frame.repeat_back] = 0.0
                return total
            total[REFERENCE + max(1, at - frame.answers_from + 1) : REFERENCE + MAX_BACK + 1] = FORBIDDEN
            for back in range(1, min(at - frame.answers_from, MAX_BACK) + 1):
                gap = abs(len(frames[at - back].syllables) - len(frame.syllables))
                total[REFERENCE + back] = -1.5 * max(0, gap - 1) + 1.0 * (gap == 0)
        elif frame.reference >= 0:
            self._like(hypothesis, frames[frame.reference], total)
        elif at and hypothesis.stage == 2:
            before = frames[at - 1]
            total[SPAN + min(MAX_SPAN, _bars(hypothesis, before))] += 1.0
        if hypothesis.stage == 2 and frame.lines_left == 0 and at:
            self._no_longer(hypothesis, frames[at - 1], total)
        return total

    @staticmethod
    def _no_longer(hypothesis: LinesHypothesis, before, total: np.ndarray) -> None:
        """The end of a stanza is not drawn out: each bar more than the line before had, and than it needs, costs."""
        usual, guide = _bars(hypothesis, before), hypothesis.piece.guide
        if guide is not None:
            _onset, bar, metre = hypothesis.piece.grid.bar(hypothesis.anchor)
            usual = max(usual, round(roomy(hypothesis.piece.frames[hypothesis.index], guide.pace, metre) / bar))
        for bars in range(usual + 1, MAX_SPAN + 1):
            total[SPAN + bars] -= 2.5 * (bars - usual)

    @staticmethod
    def _like(hypothesis: LinesHypothesis, model, total: np.ndarray) -> None:
        if hypothesis.stage == 1:
            place = (model.start - model.anchor) // START_STEP
            total[PHASE + MAX_START + max(-MAX_START, min(MAX_START, place))] += 2.0
        else:
            total[SPAN + min(MAX_SPAN, _bars(hypothesis, model))] += 1.5


def _bars(hypothesis: LinesHypothesis, frame) -> int:
    return hypothesis.piece.grid.bars_between(frame.anchor, frame.next_anchor)
