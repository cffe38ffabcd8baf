"""Rules of the pitches pass: range and cadence are hard; leaps, answers, scale and tones are matters of taste."""

from __future__ import annotations

import numpy as np

from ..passes.all import PitchHypothesis
from ..passes.vocabulary import HIGHEST, LOWEST, PITCH, SIZE
from .base import MelodyRule

FORBIDDEN = np.float32(-np.inf)
PITCHES = np.arange(LOWEST, HIGHEST + 1)


class PitchRule(MelodyRule):
    """A rule that looks only at pitches above the tonic."""

    task = "melody.pitch"

    def logit_bias(self, hypothesis: PitchHypothesis) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        self.judge(hypothesis, total[PITCH:])
        return total

    def judge(self, hypothesis: PitchHypothesis, pitches: np.ndarray) -> None:
        """Add to ``pitches`` (one for each of ``PITCHES``)."""
        raise AssertionError("a pitch rule judges")


class PitchRange(PitchRule):
    """Nothing outside the voice, no leap beyond an octave."""

    name = "pitch-range"
    summary = "the voice's range, and no leap beyond an octave (hard)"

    def judge(self, hypothesis, pitches):
        inside = (PITCHES >= hypothesis.piece.low) & (PITCHES <= hypothesis.piece.high)
        before = hypothesis.before()
        near = np.abs(PITCHES - before) <= 12 if before is not None else np.ones_like(inside)
        pitches[~(inside & near if (inside & near).any() else inside)] = FORBIDDEN


class PitchCadence(PitchRule):
    """The song ends on the tonic; a stanza before it ends on a tone of the tonic chord; held notes are not sharp."""

    name = "pitch-cadence"
    summary = "the last note is the tonic (hard); stanzas end at rest (soft)"

    def judge(self, hypothesis, pitches):
        last_of_line = hypothesis.left[hypothesis.at] == 0
        if not last_of_line or hypothesis.frame.lines_left:
            return
        tonic = PITCHES % 12 == 0
        final = hypothesis.frame.closes or hypothesis.at + 1 == len(hypothesis.notes) and not hypothesis.piece.closed
        allowed = np.isfinite(pitches) & (PITCHES >= hypothesis.piece.low) & (PITCHES <= hypothesis.piece.high)
        before = hypothesis.before()
        if before is not None:
            allowed &= np.abs(PITCHES - before) <= 12
        if final and (allowed & tonic).any():
            pitches[~tonic] = FORBIDDEN
        elif not final:
            third = 4 if hypothesis.piece.mode != "minor" else 3
            pitches[~np.isin(PITCHES % 12, (0, third, 7))] -= 2.0
            pitches[tonic] += 0.7


class PitchLeaps(PitchRule):
    """Wide leaps are rare, and turn back by step (Huron 2006, post-skip reversal)."""

    name = "pitch-leaps"
    summary = "leaps are rare and turn back (soft)"

    def judge(self, hypothesis, pitches):
        before, earlier = hypothesis.before(), hypothesis.before(2)
        if before is None:
            return
        moves = PITCHES - before
        pitches[np.abs(moves) > 7] -= 0.7 + self.style.leap
        pitches[np.abs(moves) > 5] -= self.style.leap
        pitches[np.isin(np.abs(moves), (6, 10, 11))] -= 1.0
        if hypothesis.note.continues:  # a melisma moves, else it is one note
            pitches[moves == 0] -= 4.0
        if earlier is not None and abs(before - earlier) >= 5:
            pitches[np.sign(moves) * np.sign(before - earlier) > 0] -= 0.8


class PitchAnswers(PitchRule):
    """Where a line repeats words it repeats their tune; where it answers another, it leans on its tune."""

    name = "pitch-answers"
    summary = "repeated words repeat their tune, answering lines lean on theirs (soft)"

    def judge(self, hypothesis, pitches):
        shown = hypothesis.shown()
        if shown:
            pitches[shown - 1] += 2.5 if hypothesis.frame.repeat_back else 0.9


class PitchMode(PitchRule):
    """The third and sixth of the other mode are foreign."""

    name = "pitch-mode"
    summary = "major stays major, minor stays minor (soft)"

    def judge(self, hypothesis, pitches):
        if hypothesis.piece.mode:
            pitches[np.isin(PITCHES % 12, (3, 8, 10) if hypothesis.piece.mode == "major" else (4, 9))] -= 1.2


class PitchSpeech(PitchRule):
    """A voice rises into a stressed syllable and sinks from it (Palmer & Kelly 1992; measured on the corpus)."""

    name = "pitch-speech"
    summary = "the tune rises into stressed syllables, as speech does (soft)"
    STRENGTH = 0.3  # nats; see docs/experiments.md

    def judge(self, hypothesis, pitches):
        before, here = hypothesis.before(), hypothesis.note.syllable
        if before is None or here == 0 or hypothesis.note.continues:
            return
        stresses = hypothesis.frame.syllables[here - 1][0], hypothesis.frame.syllables[here][0]
        if 0 in stresses or hypothesis.frame.syllables[here][5]:
            return
        lift = (stresses[1] == 2) - (stresses[0] == 2)
        pitches += self.STRENGTH * lift * np.sign(PITCHES - before)


class PitchArch(PitchRule):
    """A line rises to its weightiest word and sinks from it (Huron 1996, the melodic arch)."""

    name = "pitch-arch"
    summary = "each line arches over its weightiest word (soft)"
    STRENGTH = 0.3  # nats; see docs/experiments.md

    def judge(self, hypothesis, pitches):
        before, focus, here = hypothesis.before(), hypothesis.frame.focus, hypothesis.note.syllable
        if before is None or focus < 0 or (here == 0 and focus > 0):
            return
        lift = 1.0 if here < focus else 1.5 if here == focus else -1.0
        pitches += self.STRENGTH * lift * np.sign(PITCHES - before)


class PitchSketch(PitchRule):
    """The tune follows the rise and fall of a sketch that the words alone suggested; pitches stay free."""

    name = "pitch-sketch"
    summary = "the tune follows the outline that the words suggest, whatever the seed (soft)"
    STRENGTH = 1.1  # nats; see docs/experiments.md

    def judge(self, hypothesis, pitches):
        before, now = hypothesis.before(), hypothesis.note
        earlier = hypothesis.notes[hypothesis.at - 1][1] if hypothesis.at else None
        if before is None or earlier is None or now.sketch is None or earlier.sketch is None:
            return
        pitches[np.sign(PITCHES - before) == np.sign(now.sketch - earlier.sketch)] += self.STRENGTH


class PitchScale(PitchRule):
    """The style's scale, e.g. pentatonic."""

    name = "pitch-scale"
    summary = "the scale that the style prefers (soft, by the style's strength)"

    def judge(self, hypothesis, pitches):
        if self.style.scale:
            pitches[~np.isin(PITCHES % 12, self.style.scale)] -= self.style.scale_strength


# Height at which a tone starts and ends, 1 low .. 5 high (Chao 1930); 5 the neutral tone, which follows its neighbour.
TONE_HEIGHTS = {1: (5.0, 5.0), 2: (3.0, 5.0), 3: (2.0, 1.5), 4: (5.0, 1.5), 5: (2.5, 2.5)}


class PitchTones(PitchRule):
    """A melody that moves against the tones of Chinese words is unwelcome, one that moves with them welcome."""

    name = "pitch-tones"
    summary = "the tune moves with the tones of Chinese words (soft)"
    STRENGTH = 0.2  # nats; see docs/experiments.md

    def judge(self, hypothesis, pitches):
        before = hypothesis.before()
        here = hypothesis.note.syllable
        if before is None or here == 0 or hypothesis.note.continues:
            return
        tones = hypothesis.frame.syllables[here - 1][5], hypothesis.frame.syllables[here][5]
        if 0 in tones:
            return
        rise = sum(TONE_HEIGHTS[tones[1]]) / 2 - sum(TONE_HEIGHTS[tones[0]]) / 2
        moves = PITCHES - before
        if abs(rise) < 0.5:
            pitches[np.abs(moves) > 4] -= self.STRENGTH
        else:
            pitches += self.STRENGTH * np.sign(moves * rise) * min(1.0, abs(rise) / 2)
