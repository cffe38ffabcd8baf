"""Notes, rests and chords in LilyPond music, and what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from carmina import BadInput

from ..common.bounds import LONGEST_QUARTERS, MOST_NOTES
from .pitch import DURATION, Tone, duration, octaves
from .tokens import Cursor
from .values import State, Struck


class NoteParser:
    """What sounds. Each returns the time after it."""

    names: Mapping[str, tuple[int, int]]
    pattern: re.Pattern[str]
    beams_are_sung: bool
    end: Fraction  # of notes and rests
    left: int  # notes that may still come

    def _signs(self, signs: str, state: State) -> None:
        raise NotImplementedError

    def _note(self, found: re.Match[str], cursor: Cursor, state: State, at: Fraction) -> Fraction:
        if found["length"]:
            state.length = duration(found["length"])
        length = state.length * state.scale
        name = found["name"]
        if name in self.names:
            tone = self._tone(name, found["marks"], state)
            rest = cursor.peek() == "\\rest"
            if not rest:
                self._strike(state, at, length, (tone.pitch,))
        elif name == "q" and state.stream.notes:
            self._strike(state, at, length, state.stream.notes[-1].pitches)
        self._hung(found["rest"], state)
        self.end = max(self.end, at + length)
        return at + length

    def _tone(self, name: str, marks: str, state: State) -> Tone:
        step, alter = self.names[name]
        up = octaves(marks)
        if state.tone is None:
            return Tone(step, alter, 3 + state.octaves + up)
        state.tone = state.tone.near(step, alter, up)
        return state.tone

    def _chord(self, cursor: Cursor, state: State, at: Fraction) -> Fraction:
        tones = []
        while cursor and cursor.peek() not in (">", "}", ">>"):
            found = self.pattern.fullmatch(cursor.take())
            if found and found["name"] in self.names:
                tones.append(self._tone(found["name"], found["marks"], state))
        cursor.take()
        if tones and state.tone is not None:
            state.tone = tones[0]
        after = re.match(rf"({DURATION.pattern})?([()\[\]~|^_.:>+!?-]*)", cursor.peek())
        if after and after[0] and after.end() == len(cursor.peek()):
            cursor.take()
            state.length = duration(after[1]) if after[1] else state.length
        length = state.length * state.scale
        if tones:
            self._strike(state, at, length, tuple(sorted(tone.pitch for tone in tones)))
        self._hung(after[2] if after else "", state)
        return at + length

    def _strike(self, state: State, at: Fraction, length: Fraction, pitches: tuple[int, ...]) -> None:
        self.left -= 1
        if self.left < 0 or at > LONGEST_QUARTERS // 4:
            raise BadInput(f"the LilyPond file has more than {MOST_NOTES:,} notes, or lasts too long. Split it.")
        held = state.tie or state.slur or state.melisma or state.beam and self.beams_are_sung
        sounding = tuple(pitch for pitch in pitches if 0 <= pitch <= 127)
        if sounding and length > 0:
            state.stream.notes.append(Struck(at, length, sounding, not held, state.tie, tuple(state.graces)))
            state.graces = []
        state.tie = False

    def _hung(self, signs: str, state: State) -> None:
        """Ties, slurs, beams and marks that hang on the note before."""
        self._signs(signs, state)
        for sign in re.sub(r"[-^_][-^_.>!]", "", signs):
            if sign in "()":
                state.slur = sign == "("
                if state.stream.notes:
                    last = state.stream.notes[-1]
                    last.marks = (*last.marks, "slur-start" if sign == "(" else "slur-stop")
            elif sign in "[]":
                state.beam = sign == "["
            elif sign == "~":
                state.tie = True
