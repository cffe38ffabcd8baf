"""Rules of the pitches pass: range and cadence are hard; leaps, answers, scale and tones are matters of taste."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..bands import SCALES
from ..passes.piece import Piece, Sung, strength
from ..passes.vocabulary import HIGHEST, LOWEST, PITCH, SIZE
from ..planning.following import degree_pitch
from ..ranking import CHORD_TONES, TONE_HEIGHTS
from .base import ToldOnce

FORBIDDEN = np.float32(-np.inf)
PITCHES = np.arange(LOWEST, HIGHEST + 1)


class PitchRule(ToldOnce):
    """A rule that looks only at pitches above the tonic."""

    task = "melody.pitch"

    def made(self, heeded: tuple[Any, ...]) -> np.ndarray:
        total = np.zeros(SIZE, np.float32)
        self.judge(total[PITCH:], *heeded)
        return total

    def judge(self, pitches: np.ndarray, *heeded: Any) -> None:
        """Add to ``pitches`` (one for each of ``PITCHES``) what is so where this is heeded."""
        raise AssertionError("a pitch rule judges")


class PitchRange(PitchRule):
    """Nothing outside the voice, no leap beyond an octave."""

    name = "pitch-range"
    summary = "the voice's range, and no leap beyond an octave (hard)"

    def heeds(self, hypothesis):
        return hypothesis.piece.low, hypothesis.piece.high, hypothesis.before()

    def judge(self, pitches, low, high, before):
        inside = (PITCHES >= low) & (PITCHES <= high)
        near = np.abs(PITCHES - before) <= 12 if before is not None else np.ones_like(inside)
        pitches[~(inside & near if (inside & near).any() else inside)] = FORBIDDEN


class PitchCadence(PitchRule):
    """Lines end on the degree that the plan gives them; without one the song ends on the tonic and stanzas at rest."""

    name = "pitch-cadence"
    summary = "the last note is the one planned (hard), without a leap beyond a sixth; lines end as planned (soft)"
    PLANNED = 3.0  # nats
    WIDEST = 9  # semitones of a leap into the end of a stanza

    def heeds(self, hypothesis):
        if hypothesis.left[hypothesis.at]:
            return None
        frame, piece = hypothesis.frame, hypothesis.piece
        guide = piece.guide
        line = guide.line(hypothesis.notes[hypothesis.at][0]) if guide else None
        final = frame.closes or hypothesis.at + 1 == len(hypothesis.notes) and not piece.closed
        wanted = _ends(line.end if line else 0, piece.mode)
        if not wanted and frame.lines_left and not (line and line.cadence == "closed"):
            return None
        return wanted, final, not frame.lines_left, piece.mode, piece.low, piece.high, hypothesis.before()

    def judge(self, pitches, wanted, final, last, mode, low, high, before):
        inside = near = (PITCHES >= low) & (PITCHES <= high)
        if before is not None:
            away = np.abs(PITCHES - before)
            inside, near = inside & (away <= 12), inside & (away <= 12) & (away <= self.WIDEST)
        on = np.isin(PITCHES % 12, wanted or (0,))
        if last and (near & on).any():
            pitches[~near] -= 8.0
        if final:
            if (near & on).any():
                pitches[~(on & near)] = FORBIDDEN
            elif (on & inside).any():
                pitches[~on] = FORBIDDEN
        elif wanted:
            pitches[~on] -= self.PLANNED
        else:
            pitches[~np.isin(PITCHES % 12, (0, 4 if mode != "minor" else 3, 7))] -= 2.0
            pitches[PITCHES % 12 == 0] += 0.7


def _ends(degree: int, mode: str) -> tuple[int, ...]:
    """The pitch classes above the tonic that a planned degree may be."""
    if not degree:
        return ()
    return (10, 11) if degree == 7 and mode == "minor" else (degree_pitch(degree, mode),)


class PitchLeaps(PitchRule):
    """Wide leaps are rare, and turn back by step (Huron 2006, post-skip reversal)."""

    name = "pitch-leaps"
    summary = "leaps are rare and turn back (soft)"
    WELCOME = 1.15  # nats inside a line: what the other rules take from leaps beyond what people do
    ANEW = -0.4  # nats from one line to the next: no other rule minds them there

    def heeds(self, hypothesis):
        before, earlier = hypothesis.before(), hypothesis.before(2)
        if before is None:
            return None
        on = 0 if earlier is None or abs(before - earlier) < 5 else 1 if before > earlier else -1
        note = hypothesis.note
        guided = 0.0 if hypothesis.piece.guide is None else self.WELCOME if note.syllable else self.ANEW
        return before, on, guided, note.continues

    def judge(self, pitches, before, on, welcome, continues):
        """``on``: the direction of a leap that has just been made, or 0; ``welcome``: nats, 0 without a plan."""
        moves = PITCHES - before
        pitches[np.abs(moves) > 7] -= (0.2 if welcome else 0.7) + self.style.leap
        pitches[np.abs(moves) > 5] -= self.style.leap - welcome
        pitches[np.isin(np.abs(moves), (6, 10, 11))] -= 1.0
        if continues:  # a melisma moves, else it is one note
            pitches[moves == 0] -= 4.0
        if on:
            pitches[np.sign(moves) * on > 0] -= 0.8


class PitchAnswers(PitchRule):
    """A line that develops an earlier one leans on its tune as the plan says: as it was, moved, turned, or with a
    new end."""

    name = "pitch-answers"
    summary = "lines repeat, move, turn or lean on the tune of the line that they develop (soft)"
    LEANS = {"exact": 2.5, "sequence": 1.8, "inversion": 1.8, "new end": 1.8, "free": 0.3}  # nats

    def heeds(self, hypothesis):
        shown = hypothesis.shown()
        return (shown, hypothesis.how(), bool(hypothesis.frame.repeat_back)) if shown else None

    def judge(self, pitches, shown, how, repeats):
        if how is None:
            pitches[shown - 1] += 2.5 if repeats else 0.9
        else:
            pitches[shown - 1] += self.LEANS[how]


class PitchMode(PitchRule):
    """The third and sixth of the other mode are foreign, except where the chord has them."""

    name = "pitch-mode"
    summary = "major stays major, minor stays minor, but for the tones of borrowed chords (soft)"

    def heeds(self, hypothesis):
        if not hypothesis.piece.mode:
            return None
        chord = hypothesis.piece.chord_at(hypothesis.note.onset) if hypothesis.piece.guide else None
        return hypothesis.piece.mode, -1 if chord is None else chord

    def judge(self, pitches, mode, chord):
        pitches += _foreign(mode, chord)


@lru_cache(maxsize=256)
def _foreign(mode: str, chord: int) -> np.ndarray:
    degrees = {3, 8, 10} if mode == "major" else {4, 9}
    tones = set() if chord < 0 else {(chord // 4 + step) % 12 for step in CHORD_TONES[chord % 4]}
    found = np.zeros(len(PITCHES), np.float32)
    found[np.isin(PITCHES % 12, sorted(degrees - tones))] -= 1.2 if chord < 0 else 0.3
    if chord >= 0:
        found[np.isin(PITCHES % 12, sorted(tones - set(SCALES[mode])))] += 0.8  # a borrowed chord is heard in the tune
    return found


class PitchHarmony(PitchRule):
    """On a beat the tune sings a tone of its chord; another one is a suspension or an appoggiatura, and moves by
    step."""

    name = "pitch-harmony"
    summary = "on beats tones of the chord; what is none goes on by step (soft)"
    FOREIGN = 0.4  # nats; see docs/experiments/harmony.md
    CROSSING = 2.5  # nats of the key's own note beside one that the chord has altered: F sharp over an F chord in G
    LEFT = 1.5  # nats of a tone that is foreign on a beat and is left by leap

    def heeds(self, hypothesis):
        piece = hypothesis.piece
        if piece.guide is None:
            return None
        chord = self._heavy(piece, hypothesis.note)
        last = hypothesis.notes[hypothesis.at - 1][1] if hypothesis.at else None
        bound = last is not None and self._foreign(piece, last)
        if chord is None and not bound:
            return None
        return chord, last.height if last is not None and bound else None, piece.mode

    def judge(self, pitches, chord, bound, mode):
        if chord is not None:
            tones = {(chord // 4 + step) % 12 for step in CHORD_TONES[chord % 4]}
            altered = tones - set(SCALES.get(mode, SCALES["major"]))
            crossing = {(tone + step) % 12 for tone in altered for step in (1, 11)} - tones
            pitches[~np.isin(PITCHES % 12, sorted(tones))] -= self.FOREIGN
            pitches[np.isin(PITCHES % 12, sorted(crossing))] -= self.CROSSING
        if bound is not None:
            away = np.abs(PITCHES - bound)
            pitches[(away > 2) | (away == 0)] -= self.LEFT

    @staticmethod
    def _heavy(piece: Piece, note: Sung) -> int | None:
        """The chord of a note that begins on a beat; ``None`` off it."""
        bar, _length, metre = piece.grid.bar(note.onset)
        return piece.chord_at(note.onset) if strength(note.onset - bar, metre) >= 2 else None

    def _foreign(self, piece: Piece, note: Sung) -> bool:
        chord = self._heavy(piece, note)
        return chord is not None and (note.height - chord // 4) % 12 not in CHORD_TONES[chord % 4]


class PitchSpeech(PitchRule):
    """A voice rises into a stressed syllable and sinks from it (Palmer & Kelly 1992; measured on the corpus)."""

    name = "pitch-speech"
    summary = "the tune rises into stressed syllables, as speech does (soft)"
    STRENGTH = 0.3  # nats; see docs/experiments.md
    PLANNED = 0.1  # the same where candidates are ranked into people's bands

    def heeds(self, hypothesis):
        before, here = hypothesis.before(), hypothesis.note.syllable
        if before is None or here == 0 or hypothesis.note.continues:
            return None
        stresses = hypothesis.frame.syllables[here - 1].stress, hypothesis.frame.syllables[here].stress
        if 0 in stresses or hypothesis.frame.syllables[here].tone:
            return None
        lift = (stresses[1] == 2) - (stresses[0] == 2)
        return (before, lift, hypothesis.piece.guide is None) if lift else None

    def judge(self, pitches, before, lift, free):
        pitches += (self.STRENGTH if free else self.PLANNED) * lift * np.sign(PITCHES - before)


class PitchArch(PitchRule):
    """A line rises to its weightiest word and sinks from it (Huron 1996, the melodic arch)."""

    name = "pitch-arch"
    summary = "each line arches over its weightiest word (soft)"
    STRENGTH = 0.3  # nats; see docs/experiments.md

    def heeds(self, hypothesis):
        before, focus, here = hypothesis.before(), hypothesis.frame.focus, hypothesis.note.syllable
        if before is None or focus < 0 or (here == 0 and focus > 0):
            return None
        return before, 1.0 if here < focus else 1.5 if here == focus else -1.0

    def judge(self, pitches, before, lift):
        pitches += self.STRENGTH * lift * np.sign(PITCHES - before)


class PitchScale(PitchRule):
    """The style's scale, e.g. pentatonic."""

    name = "pitch-scale"
    summary = "the scale that the style prefers (soft, by the style's strength)"

    def heeds(self, hypothesis):
        return () if self.style.scale else None

    def judge(self, pitches):
        pitches[~np.isin(PITCHES % 12, self.style.scale)] -= self.style.scale_strength


class PitchTones(PitchRule):
    """A melody that moves against the tones of Chinese words is unwelcome, one that moves with them welcome."""

    name = "pitch-tones"
    summary = "the tune moves with the tones of Chinese words (soft)"
    STRENGTH = 0.2  # nats; see docs/experiments.md
    PLANNED = 0.1  # the same where a planned contour already heeds the tones

    def heeds(self, hypothesis):
        before, here = hypothesis.before(), hypothesis.note.syllable
        if before is None or here == 0 or hypothesis.note.continues:
            return None
        tones = hypothesis.frame.syllables[here - 1].tone, hypothesis.frame.syllables[here].tone
        return None if 0 in tones else (before, tones, hypothesis.piece.guide is None)

    def judge(self, pitches, before, tones, free):
        strength = self.STRENGTH if free else self.PLANNED
        rise = sum(TONE_HEIGHTS[tones[1]]) / 2 - sum(TONE_HEIGHTS[tones[0]]) / 2
        moves = PITCHES - before
        if abs(rise) < 0.5:
            pitches[np.abs(moves) > 4] -= strength
        else:
            pitches += strength * np.sign(moves * rise) * min(1.0, abs(rise) / 2)
